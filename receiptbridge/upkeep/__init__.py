"""What the technician's commands do, without a terminal: asking lanes, checks, captures, reports, metrics.

Rooms, among others: `lanes` asks the lanes that run, by their control sockets (docs/control.md), and `watching` hears
what passes through them; `status` is the whole box in one answer, `needs` what of it needs a person, `metrics` the same
for Prometheus; `checks` is what `doctor` looks at. Nothing here prints: it returns plain data, and
`receiptbridge.cli` shows it.
"""
