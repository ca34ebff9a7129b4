"""Simulated hardware: a virtual receipt printer, a virtual register, and a faulty wire between them.

The printer is built by hand from the manuals and shares no parser with receiptbridge, so that it cannot
share its mistakes. Its rooms, in the order a byte meets them:

- `models`     what tells one printer from another, as data
- `commands`   bytes to commands: the lengths of everything that ESC/POS printers accept
- `machine`    what a printer consists of: settings, line buffer, paper, memories; and what it can do
- `text`, `layout`, `graphics`, `symbols`, `page`, `system`   what each command does to the machine
- `charsets`, `fonts`   bytes to characters to dots
- `paper`      the strip, and the cutter above the print line
- `language`   which commands a model has, and who obeys them
- `drive`      the time that paper takes, and XON and XOFF while it does
- `status`     what the printer answers
- `realtime`   commands that are obeyed when they arrive, wherever they stand
- `printer`    `VirtualPrinter`: bytes in, replies out, paper
- `star`, `star_lengths`   the same machine spoken to in Star's dialects

`uart` is a serial line whose levels are sampled as hardware samples them, and the wires beside it. `scenarios` is what
counters do to a box, each with what must happen (`tests/e2e/test_scenarios.py` plays them).

`server` puts the printer on a TCP port or a pty, `register` plays captures to one, and `wire` stands
between the two and breaks things.
"""
