"""The journal in numbers, at a cost that does not grow with what is stored: for `status` and monitoring."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

LOOK_BACK: Final = 5000
"""Rows among which a lane's last receipt is looked for: what the busiest store prints in a day."""

_LAST_COLUMNS: Final = "number, kind, total, currency, receipt_no, issued_at, points, why_no_code, outcome"


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """`numbered`: receipts ever kept. `due`: on their way to the service, the oldest kept at `oldest_due_at` (Unix
    seconds). `refused`: those that the service would not take, and nobody has retried or dropped."""

    numbered: int
    due: int
    oldest_due_at: int | None
    stored: int
    refused: int


def queue_figures(connection: sqlite3.Connection) -> QueueFigures:
    (numbered,) = connection.execute("SELECT value FROM counter WHERE name = 'number'").fetchone()
    due, oldest = connection.execute("SELECT count(*), min(number) FROM sale WHERE sync = 'due'").fetchone()
    (stored,) = connection.execute("SELECT count(*) FROM sale WHERE sync = 'stored'").fetchone()
    (refused,) = connection.execute(
        "SELECT count(*) FROM sale WHERE sync IN ('conflict', 'rejected')"
    ).fetchone()
    since = None
    if oldest is not None:
        (since,) = connection.execute("SELECT issued_at FROM sale WHERE number = ?", (oldest,)).fetchone()
    return QueueFigures(numbered, due, since, stored, refused)


def last_receipt(connection: sqlite3.Connection, lane: str) -> dict[str, Any] | None:
    """The last row of a lane, by column; None where it is not among the last `LOOK_BACK` of all lanes."""
    found = connection.execute(
        f"SELECT {_LAST_COLUMNS} FROM sale WHERE lane = ?"
        f" AND number > (SELECT value FROM counter WHERE name = 'number') - {LOOK_BACK}"
        " ORDER BY number DESC LIMIT 1",
        (lane,),
    ).fetchone()
    return None if found is None else dict(zip(_LAST_COLUMNS.split(", "), found, strict=True))
