"""Coverage-guided fuzzing of the rooms that read whatever a register sends, and a corpus of what it found.

`make fuzz` runs it for FUZZ_SECONDS; the test suite replays `corpus/` without a fuzzer. An input is a header
of two bytes (which target and grammar, how the rest is cut into reads) and the register's bytes.
"""
