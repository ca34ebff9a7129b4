"""What the block says, one module of data for each language. `model` says what a language consists of."""
