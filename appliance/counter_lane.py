"""In the guest: the lane as it is installed; with `synchronous=NORMAL` on the kernel's command line, one whose commits
are not flushed, which must lose sales in a power cut."""

import functools
from pathlib import Path

from receiptbridge.cli import main
from receiptbridge.journal import Journal

if "synchronous=NORMAL" in Path("/proc/cmdline").read_text(encoding="ascii"):
    Journal.__init__ = functools.partialmethod(Journal.__init__, sale_commit="NORMAL")
main()
