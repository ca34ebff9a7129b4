"""A sale becomes the token that a box signs, its QR code and typed code, and the block on the paper."""
