"""What is logged must never hold up a lane."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

LINES = 20_000  # far more than a socket's buffer takes
TALK = f"""
import logging
from receiptbridge.logs import start_logging
start_logging()
for number in range({LINES}):
    logging.getLogger("receiptbridge.lane").warning("line %d", number)
"""


def test_a_journal_that_takes_no_more_costs_lines_and_no_time():
    journald, ours = socket.socketpair()
    with journald, ours:
        done = subprocess.run(
            [sys.executable, "-c", TALK], env={**os.environ, "JOURNAL_STREAM": "8:1"}, stderr=ours, timeout=60
        )
        ours.close()
        said = b"".join(iter(lambda: journald.recv(65536), b""))
    assert done.returncode == 0
    assert said.startswith(b"<4>receiptbridge.lane: line 0\n<4>receiptbridge.lane: line 1\n")
    assert len(said) < 10 * LINES
