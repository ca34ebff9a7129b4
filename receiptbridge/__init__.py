"""receiptbridge: the box between a cash register and a receipt printer.

A tour of the house, from the paper upwards:

- `escpos`    bytes to commands and back: grammar, reader, printer state, charsets, replies
- `receipt`   commands to lines to what was sold
- `claim`     a sale to the signed token, its QR and the printed block
- `bridge`    the one state machine: events in, actions out
- `profiles`  what is known of printers and registers, as data
- `journal`   SQLite: every receipt that passed, and what became of its code
- `links`     bytes in and out: TCP, pty, device files
- `cloud`     the sync process: journal to member service
- `junction`  the shell around `bridge`: two wires, events in, its actions carried out
- `daemon`    a lane around that: how the links are come by, kept and given up
- `assemble`  the one place that names concrete adapters
- `lanes`     what `receiptbridge run` does, and `checked` how its files are checked
- `cli`       what a technician types

`escpos`, `receipt`, `claim` and `bridge` do no I/O: time, randomness and keys come in as arguments.
"""

__version__ = "0.1.0"
