"""Bytes in and out. Every link is one file descriptor that never blocks; `wire` puts it on the event loop.

- `address`  what a technician writes in the configuration
- `link`     what every link can do
- `tcp`, `pty`, `device`  the kinds there are
- `doors`    how a lane comes by its links: accept one register, connect one printer
- `wire`     a link on the event loop, with a bounded outbox
"""
