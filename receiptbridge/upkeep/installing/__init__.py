"""An installation, step by step: `receiptbridge setup` without its terminal.

Rooms: `visit` holds what a step works with (the person, the answers, what is known so far), `wiring` finds ports
and the line's settings, `shaking` the handshakes, `naming` the printer's profile, `laning` writes and starts the
lane, `proof` proves that what the till prints still comes out, `lesson` learns the total, `opening` enrols,
observes, and prints the first code. A step is a function of a `Visit`; it may be taken again at any time.
"""
