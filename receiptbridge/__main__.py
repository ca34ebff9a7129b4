from receiptbridge.cli import main

main()
