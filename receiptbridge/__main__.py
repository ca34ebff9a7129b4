"""`python -m receiptbridge`."""

from receiptbridge.cli import main

main()
