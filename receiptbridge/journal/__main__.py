"""`python -m receiptbridge.journal FILE`: bring a journal forward, in a process of its own. See `schema`."""

from __future__ import annotations

import sys
from pathlib import Path

from receiptbridge.journal.connection import OPEN_BUSY_SECONDS, open_connection

open_connection(Path(sys.argv[1]), synchronous="FULL", busy_seconds=OPEN_BUSY_SECONDS).close()
