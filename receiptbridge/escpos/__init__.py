"""Bytes to commands, and what they make of a printer. Pure: no I/O, no clock.

`grammar` compiles a dialect's data file (`lengths`: how long a command is, `trie`: which one it is, `plain`:
the many of known length in one regular expression). `reader` turns a stream into completed commands,
`charsets` turns their text into characters. `state` follows what they set in the printer (`matters`: which
commands count, `handlers`: what single ones do, `macro`, `symbols`, `quirks`; `fields`: what they say), and
`restore` brings a printer to a wanted state and back (`builders`: fields as commands). `replies` reads what the
printer answers (`questions`: who asked, `answers`: where each begins and ends, `condition`: what it says).
"""
