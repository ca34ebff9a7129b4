"""`python -m receiptbridge.journal FILE`: bring a journal forward, in a process of its own. See `schema`."""

from __future__ import annotations

import sys
from pathlib import Path

from receiptbridge.journal.sales import Journal

Journal.open(Path(sys.argv[1])).close()
