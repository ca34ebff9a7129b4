"""Sales on their way to the service as a person sees them, and what he may do about them.

Rules of this file:
- A dropped sale stays as a row and is never delivered; who dropped it, when and why stands beside it.
- What is being delivered at this moment is left alone: the service may have it already.
- The write lock is taken for a few rows at a time, as sync does it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from receiptbridge.errors import JournalError
from receiptbridge.journal.outbox import SLICE_ROWS, Outbox
from receiptbridge.words import N_, _

State = Literal["due", "put off", "being delivered", "rejected", "conflict", "dropped"]
STATES: Final = (
    N_("due"), N_("put off"), N_("being delivered"), N_("rejected"), N_("conflict"), N_("dropped"),
)  # fmt: skip
OUTCOMES: Final = (N_("committed"), N_("releasing"), N_("released"), N_("not_printed"), N_("unknown"))
ACTIONS: Final = (N_("retried"), N_("dropped"))

DROPPED: Final = "dropped"
"""`sync_reason` of a row that is never delivered; its `sync` is `local`."""

LISTED_MOST: Final = 1000
"""Rows that are listed at a time: more are read by nobody."""

_STATE: Final = (
    "CASE WHEN sync = 'due' AND claim IS NOT NULL AND due_at > :now THEN 'being delivered'"
    " WHEN sync = 'due' AND tries > 0 AND due_at > :now THEN 'put off'"
    f" WHEN sync = 'local' THEN '{DROPPED}' ELSE sync END"
)
_QUEUED: Final = (
    f"(sync IN ('due', 'rejected', 'conflict') OR (sync = 'local' AND sync_reason = '{DROPPED}'))"
)
_COLUMNS: Final = (
    "number, lane, kind, total, currency, receipt_no, issued_at, tries, due_at, sync_reason, synced_at, outcome,"
    f" points, {_STATE} AS state"
)
_MAY_BE_MOVED: Final = "sync IN ('due', 'rejected', 'conflict') AND NOT (claim IS NOT NULL AND due_at > :now)"


@dataclass(frozen=True, slots=True)
class Queued:
    """A row that is not with the service. Times are Unix seconds, money minor units."""

    number: int
    lane: str
    kind: str
    total: int | None
    currency: str | None
    receipt_no: str | None
    issued_at: int
    tries: int
    due_at: int
    reason: str | None
    answered_at: int | None
    outcome: str
    points: int | None
    state: State


@dataclass(frozen=True, slots=True)
class Intervention:
    """What somebody did about a row."""

    action: str
    who: str
    why: str
    at: int


def counted(connection: sqlite3.Connection, now: int) -> dict[State, int]:
    """How many rows are in each state; those in none are left out."""
    found = connection.execute(
        f"SELECT {_STATE} AS state, count(*) FROM sale WHERE {_QUEUED} GROUP BY 1 ORDER BY 1", {"now": now}
    )
    return dict(found.fetchall())


def listed(
    connection: sqlite3.Connection, now: int, state: str | None = None, most: int = LISTED_MOST
) -> list[Queued]:
    """The oldest `most` rows, of one state or of all."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM sale WHERE {_QUEUED} AND (:state IS NULL OR {_STATE} = :state)"
        " ORDER BY number LIMIT :most",
        {"now": now, "state": state, "most": most},
    )
    return [_queued(row) for row in found.fetchall()]


def shown(connection: sqlite3.Connection, now: int, number: int) -> tuple[Queued, list[Intervention]] | None:
    """One row, and all that was done about it; None where no such row waits."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM sale WHERE {_QUEUED} AND number = :number", {"now": now, "number": number}
    ).fetchone()
    if found is None:
        return None
    done = connection.execute(
        "SELECT action, who, why, at FROM intervention WHERE number = ? ORDER BY id", (number,)
    ).fetchall()
    return _queued(found), [Intervention(*row) for row in done]


def _queued(row: Sequence[Any]) -> Queued:
    return Queued(*row)


class Queue(Outbox):
    """Moves rows by hand. Use from one thread."""

    def retry(self, numbers: Sequence[int] | None, who: str, why: str) -> list[int]:
        """Have rows delivered again at once, all that wait where no numbers are given; which they were."""
        to_move = numbers if numbers is not None else self._waiting()
        return self._move(
            "retried",
            "sync = 'due', due_at = :now, claim = NULL, sync_reason = NULL, synced_at = NULL",
            to_move,
            who,
            why,
        )

    def drop(self, numbers: Sequence[int], who: str, why: str) -> list[int]:
        """Never deliver these rows; which they were. The others are being delivered, or were."""
        if not why.strip():
            raise JournalError(_("a sale is not dropped without a reason"))
        change = f"sync = 'local', sync_reason = '{DROPPED}', claim = NULL, synced_at = :now"
        moved = self._move("dropped", change, numbers, who, why)
        self.checkpoint()  # flushes the log, without the write lock: a drop survives a power cut
        return moved

    def _waiting(self) -> list[int]:
        """What may be tried again: put off, or set aside by an answer."""
        found = self._all(
            "SELECT number FROM sale WHERE sync IN ('rejected', 'conflict')"
            " OR (sync = 'due' AND tries > 0 AND due_at > ?)",
            (self._now(),),
        )
        return [number for (number,) in found]

    def _move(self, action: str, change: str, numbers: Sequence[int], who: str, why: str) -> list[int]:
        moved: list[int] = []
        for part in _parts(numbers):
            now = self._now()
            with self._writing():
                for number in part:
                    known = {"now": now, "number": number, "action": action, "who": who, "why": why}
                    done = self._connection.execute(
                        f"UPDATE sale SET {change} WHERE number = :number AND {_MAY_BE_MOVED} RETURNING number",
                        known,
                    ).fetchall()
                    if done:
                        self._connection.execute(
                            "INSERT INTO intervention (number, action, who, why, at)"
                            " VALUES (:number, :action, :who, :why, :now)",
                            known,
                        )
                        moved.append(number)
        return moved


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(numbers), SLICE_ROWS):
        yield numbers[begin : begin + SLICE_ROWS]
