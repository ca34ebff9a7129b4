"""Checks of what is kept: the journal, and what waits for the service."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from typing import Final

from receiptbridge.clock import BoxClock
from receiptbridge.journal import FILE_NAME
from receiptbridge.journal.figures import queue_figures
from receiptbridge.journal.looking import look
from receiptbridge.upkeep.checks.place import Finding, Place, bad, good, unknown, warning
from receiptbridge.upkeep.needs import DUE_FOR
from receiptbridge.words import _

WAL_MOST: Final = 128
"""MB: sync empties the write-ahead log every 10 s, and a lane does at 64 MB where sync does not run."""

LOOK_MOST: Final = 3.0
"""Seconds for the quick check of the file; `receiptbridge journal verify` takes its time."""

MB: Final = 1024 * 1024


def journal(place: Place) -> Iterator[Finding]:
    path = place.state_dir / FILE_NAME
    if not path.exists():
        yield unknown(_("there is none yet: nothing was printed"))
        return
    end = time.monotonic() + LOOK_MOST
    with look(path) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        try:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.OperationalError:
            if time.monotonic() <= end:
                raise
            said = None
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size > WAL_MOST * MB:
        what = _("its log has {size} MB").format(size=wal.stat().st_size // MB)
        yield warning(what, _("Sync empties it: sudo systemctl restart receiptbridge-sync"))
    size = max(1, path.stat().st_size // MB)
    if said is None:
        yield unknown(
            _("{size} MB, too much for a quick look").format(size=size), "receiptbridge journal verify"
        )
    elif said != "ok":
        yield bad(
            _("it is damaged: {what}").format(what=said),
            _("Stop receiptbridge, keep a copy of the file, and move it away."),
        )
    else:
        yield good(_("{size} MB, whole").format(size=size))


def queue(place: Place) -> Iterator[Finding]:
    path = place.state_dir / FILE_NAME
    if not path.exists():
        yield unknown(_("there is none yet: nothing was printed"))
        return
    with look(path) as connection:
        figures = queue_figures(connection)
    if figures.refused:
        what = _("the service refused {count} sales").format(count=figures.refused)
        yield bad(what, "receiptbridge queue list")
    clock = BoxClock(place.state_dir)
    clock.learn()
    age = 0 if figures.oldest_due_at is None else max(0, int(clock.now()) - figures.oldest_due_at)
    what = _("{due} sales to deliver").format(due=figures.due)
    if age > DUE_FOR:
        what += _(", the oldest for {hours} h").format(hours=age // 3600)
        yield bad(what, "journalctl -u receiptbridge-sync -n 20")
    else:
        yield good(what)
