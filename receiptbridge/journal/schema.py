"""Which schema this software speaks, and the way there.

Only `PRAGMA user_version` is looked at when the file is current: sqlite-utils, which brings an old file
forward, takes too long to import for a lane that has to forward its first byte.
"""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import cast

from receiptbridge.errors import JournalError
from receiptbridge.journal.port import Connection
from receiptbridge.words import _

LATEST = 7


def bring_forward(connection: Connection) -> None:
    """Apply the migrations this file lacks. Raises `JournalError` where the file is ahead of the software."""
    version = _version(connection)
    if version < LATEST:
        _migrate(connection)
    elif version > LATEST:
        raise JournalError(
            _("the journal's schema is version {version}, this software knows {latest}").format(
                version=version, latest=LATEST
            ),
            hint=_("Install the newer receiptbridge again; a journal never goes back."),
        )


def bring_forward_apart(path: Path) -> None:
    """The same in a process of its own, for one that must stay small and may not stall (a lane).

    What goes wrong there is not told here: whoever opens the file next meets it again, in its own words.
    """
    if not _is_current(path):
        command = [sys.executable, "-m", "receiptbridge.journal", str(path)]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _is_current(path: Path) -> bool:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return _version(connection) == LATEST
    except (sqlite3.Error, ValueError):
        return False


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: Connection) -> None:
    """One transaction around all, so that lanes and sync may start together on a new box.

    sqlite-utils looks up what is pending before its own BEGIN; inside ours it looks under the write lock.
    """
    from sqlite_utils import Database

    from receiptbridge.journal.migrations import MIGRATIONS

    connection.execute("BEGIN IMMEDIATE")
    try:
        # sqlite3 on the box; in the power-cut test apsw, dressed up as it.
        MIGRATIONS.apply(Database(cast(sqlite3.Connection, connection), execute_plugins=False))
        connection.execute(f"PRAGMA user_version = {LATEST}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
