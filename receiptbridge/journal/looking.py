"""The journal looked at by people: read only, beside lanes and sync that go on writing.

Rules of this file:
- Nothing is made, locked or brought forward. A journal of another version is refused.
- Rows are read a slice at a time: a transaction that reads for minutes would keep the write-ahead log from being
  emptied.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from receiptbridge.errors import JournalError
from receiptbridge.journal.connection import faults_translated
from receiptbridge.journal.schema import LATEST
from receiptbridge.words import _

SLICE: Final = 2000
"""Rows of one read: some milliseconds."""

PATIENCE: Final = 5.0
"""Seconds to wait for the file; readers wait for nobody but a recovery."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: from `since` until before `until` (Unix seconds, by the box's clock), of one lane. None: any."""

    since: int | None = None
    until: int | None = None
    lane: str | None = None


@contextlib.contextmanager
def look(path: Path) -> Iterator[sqlite3.Connection]:
    """The journal at `path`, to be read. Raises `JournalError`, also for what the driver says while it is open."""
    if not path.exists():
        raise JournalError(
            _("{path}: no journal there").format(path=path),
            hint=_("Nothing was printed on this box yet, or state_dir is another."),
        )
    with faults_translated(str(path)):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as connection:
            connection.row_factory = sqlite3.Row
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version != LATEST:
                raise JournalError(
                    _(
                        "{path}: the journal's schema is version {version}, this software reads {latest}"
                    ).format(path=path, version=version, latest=LATEST),
                    hint=_("A lane or sync of this version brings it forward when it starts."),
                )
            yield connection


def rows(connection: sqlite3.Connection, columns: str = "*", wanted: Wanted = Wanted()) -> Iterator[Row]:
    """Rows of `sale` in the order of their numbers. `columns` is SQL of ours."""
    last = 0
    while True:
        found = connection.execute(
            f"SELECT number AS _number, {columns} FROM sale WHERE number > :last"
            " AND (:since IS NULL OR issued_at >= :since) AND (:until IS NULL OR issued_at < :until)"
            " AND (:lane IS NULL OR lane = :lane) ORDER BY number LIMIT :most",
            {"last": last, "since": wanted.since, "until": wanted.until, "lane": wanted.lane, "most": SLICE},
        ).fetchall()
        for row in found:
            plain = dict(row)
            last = plain.pop("_number")
            yield plain
        if len(found) < SLICE:
            return
