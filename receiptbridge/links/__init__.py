"""Bytes in and out. Every link is one file descriptor that never blocks; `wire` puts it on the event loop.

- `address`  what a technician writes in the configuration; `line` is the part of it that sets a serial line
- `link`     what every link can do
- `tcp`, `pty`, `device`, `serial_port`  the kinds there are
- `handshake`  flow control and error counts of serial lines
- `ports`    which serial port a name means, and whether it will stay so
- `detect`, `legible`, `serial_ear`  how a till's line is set, found by listening while it prints
- `doors`    how a lane comes by its links: accept one register, connect one printer
- `wire`     a link on the event loop, with a bounded outbox
"""
