"""Steps that bring a store of any age up to date, run by Alembic. A released step is never edited."""
