"""The one state machine: events in, actions out, no I/O.

- `events`   what may happen, and what the core may wish
- `states`   the session's states and its transitions, as a table
- `flow`     which of the register's bytes have passed and which are held: the first law, in one place
- `forwarding`  the least of a session: bytes released by offset, its state, its actions
- `understanding`  reader, printer state and receipt, kept together
- `holding`  the two things that are held back, with their bounds
- `jobs`     where a job begins on a line without connections
- `rules`    what a lane is told once, and what follows for one receipt
- `own_page`  pages of the box's own, where no receipt is under way
- `session`  reads the stream, decides at the cut, asks for the commit, inserts the block
"""
