"""What the technician's commands do, without a terminal: asking lanes, checks, captures, reports, metrics.

Rooms: `lanes` asks the lanes that run, by their control sockets (docs/control.md). Nothing here prints: it returns
plain data, and `receiptbridge.cli` shows it.
"""
