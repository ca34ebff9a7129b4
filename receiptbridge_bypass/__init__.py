"""The bypass: copies bytes between a register and its printer, and does nothing else.

It runs in place of a lane that cannot run: after three failures, under a configuration that is wrong, or by
`receiptbridge bypass on`. Rules of this package:
- The standard library only, and no code of `receiptbridge`: what broke the bridge cannot break this. The link
  addresses are the contract between them.
- It never gives up: what cannot be opened is tried again. It stops on SIGTERM, and passes on first what it has.
"""
