"""The one state machine: events in, actions out, no I/O.

- `events`   what may happen, and what the core may wish
- `states`   the session's states and its transitions, as a table
- `flow`     which of the register's bytes have passed and which are held: the first law, in one place
- `session`  reads the stream, decides at the cut, asks for the commit, inserts the block
"""
