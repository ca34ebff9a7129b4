"""Sync's side of the journal: claim what is due, send it elsewhere, settle what was answered, forget the old.

Rules of this file:
- A claim is a lease: a conditional update that moves a row's `due_at` past the lease. Two sync processes
  never hold the same row, and a row whose claimer died is due again when the lease has run out.
- An answer is final whoever brings it; the first one stays. Delivery is idempotent, so that a row delivered
  twice does no harm, and a row forgotten would.
- What the service has stored is kept for a while, to be looked up at the counter, and then deleted: the file
  stops growing, because SQLite uses the room of deleted rows again. Nothing else is ever deleted.
- The write lock is held for one slice of rows, and then let go for at least as long: lanes have receipts
  waiting. It is never held across a request.
- `synchronous=NORMAL`: an answer lost in a power cut is asked for again, and no flush happens under the lock but
  that of the log's head, by whoever writes first after a checkpoint has emptied it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from receiptbridge.journal.connection import (
    SYNC,
    faults_translated,
    open_connection,
    transaction,
)
from receiptbridge.journal.port import Connection
from receiptbridge.journal.settings import Setting, read_setting, write_setting

# Longer than a request may take with all its timeouts, so that a lease runs out for the dead only.
LEASE_SECONDS = 120
# No row is ever put off for longer than this; one that seems to be has seen the clock jump back.
LONGEST_DELAY_SECONDS = 3600
# Rows per write transaction: 0.5 ms on the build machine, 5 ms on a board ten times slower.
SLICE_ROWS = 50

Final = Literal["stored", "conflict", "rejected"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class DueSale:
    """A claimed row. `payments`, `transactions` and `refers_to` are JSON text, times Unix seconds, money minor
    units."""

    number: int
    token: bytes | None
    lane: str
    kind: str
    total: int | None
    currency: str | None
    payments: str
    receipt_no: str | None
    printed_at: str | None
    issued_at: int
    clock_good: int
    points: int | None
    refers_to: str | None
    transactions: str
    reason: str | None
    why_no_code: str | None
    outcome: str
    cashier: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said about one row, for good."""

    number: int
    final: Final
    reason: str | None = None


_DUE_COLUMNS = ", ".join(field.name for field in fields(DueSale))


class Outbox:
    """The journal as one sync process sees it. Use from one thread."""

    def __init__(
        self,
        connection: Connection,
        *,
        where: str,
        clock: Callable[[], float] = time.time,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connection = connection
        self._where = where
        self._clock = clock
        self._rest = rest
        self._me = os.urandom(8).hex()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        rest: Callable[[float], None] = time.sleep,
    ) -> Self:
        """The journal at `path`, made where there is none. Raises `JournalError`."""
        return cls(open_connection(path, SYNC), where=str(path), clock=clock, rest=rest)

    def claim(self, box_id: bytes, most: int) -> list[DueSale]:
        """Up to `most` rows of one box that are due, in the order in which they fell due, now ours."""
        claimed: list[DueSale] = []
        while len(claimed) < most and self._any_due(box_id):
            got = self._claim_slice(box_id, min(SLICE_ROWS, most - len(claimed)))
            claimed += got
            if len(got) < SLICE_ROWS:
                break
        return claimed

    def settle(self, answers: Iterable[Answer], at: int | None = None) -> None:
        """Keep final answers. A row that has one already keeps it.

        `at` is when they came, in Unix seconds by the service's clock, which `forget` counts from.
        """
        now = self._now() if at is None else at
        for part in _slices(answers):
            with self._writing():
                for answer in part:
                    self._connection.execute(
                        "UPDATE sale SET sync = ?, sync_reason = ?, synced_at = ?, claim = NULL"
                        " WHERE number = ? AND sync = 'due'",
                        (answer.final, answer.reason, now, answer.number),
                    )

    def postpone(self, numbers: Iterable[int], seconds: float) -> None:
        """Give claimed rows back, due again in `seconds`. Rows that somebody else claimed stay theirs."""
        due_at = self._now() + min(int(seconds), LONGEST_DELAY_SECONDS)
        for part in _slices(numbers):
            with self._writing():
                for number in part:
                    self._connection.execute(
                        "UPDATE sale SET due_at = ?, claim = NULL"
                        " WHERE number = ? AND sync = 'due' AND claim = ?",
                        (due_at, number, self._me),
                    )

    def forget(self, before: int, most: int) -> int:
        """Delete sales that the service stored before `before` (Unix seconds), `most` of them; how many went.

        What has no answer, or was set aside by one, is never deleted.
        """
        gone = 0
        while gone < most and self._any_to_forget(before):
            gone += self._forget_slice(before, min(SLICE_ROWS, most - gone))
        return gone

    def pending(self, box_id: bytes) -> int:
        """Rows of this box that have no final answer yet, due, claimed or put off."""
        return int(
            self._one("SELECT count(*) FROM sale WHERE sync = 'due' AND box_id = ?", (box_id.hex(),))[0]
        )

    def next_due(self, box_id: bytes) -> int | None:
        """When (Unix seconds) the next row of this box falls due, or None when none is waiting."""
        found = self._one("SELECT min(due_at) FROM sale WHERE sync = 'due' AND box_id = ?", (box_id.hex(),))
        return None if found[0] is None else int(found[0])

    def checkpoint(self) -> None:
        """Move what the WAL holds into the database, as far as nobody has to wait for it."""
        self._one("PRAGMA wal_checkpoint(PASSIVE)")

    def setting(self, key: str) -> Setting | None:
        with faults_translated(self._where):
            return read_setting(self._connection, key)

    def put_setting(self, key: str, setting: Setting) -> None:
        with self._writing():
            write_setting(self._connection, key, setting, self._now())

    def close(self) -> None:
        with faults_translated(self._where):
            self._connection.close()

    def _now(self) -> int:
        return int(self._clock())

    def _one(self, sql: str, parameters: Any = ()) -> Any:
        with faults_translated(self._where):
            return self._connection.execute(sql, parameters).fetchone()

    def _all(self, sql: str, parameters: Any = ()) -> list[Any]:
        with faults_translated(self._where):
            return self._connection.execute(sql, parameters).fetchall()

    def _any_due(self, box_id: bytes) -> bool:
        """Looked up without the write lock: most of the time nothing is due, and nobody shall wait."""
        now = self._now()
        return bool(
            self._one(
                "SELECT EXISTS (SELECT 1 FROM sale WHERE sync = 'due' AND box_id = :box AND due_at <= :now)"
                " OR EXISTS (SELECT 1 FROM sale WHERE sync = 'due' AND box_id = :box AND due_at > :beyond)",
                {"box": box_id.hex(), "now": now, "beyond": now + LONGEST_DELAY_SECONDS},
            )[0]
        )

    def _any_to_forget(self, before: int) -> bool:
        """Looked up without the write lock, too."""
        return bool(
            self._one(
                "SELECT EXISTS (SELECT 1 FROM sale WHERE sync = 'stored' AND synced_at < ?)", (before,)
            )[0]
        )

    def _forget_slice(self, before: int, most: int) -> int:
        with self._writing():
            rows = self._connection.execute(
                "DELETE FROM sale WHERE number IN (SELECT number FROM sale WHERE sync = 'stored'"
                " AND synced_at < ? ORDER BY synced_at LIMIT ?) RETURNING number",
                (before, most),
            ).fetchall()
        return len(rows)

    def _claim_slice(self, box_id: bytes, most: int) -> list[DueSale]:
        now = self._now()
        asked = {"box": box_id.hex(), "now": now, "most": most, "me": self._me}
        with self._writing():
            self._connection.execute(
                "UPDATE sale SET due_at = :now, claim = NULL WHERE number IN (SELECT number FROM sale"
                " WHERE sync = 'due' AND box_id = :box AND due_at > :beyond LIMIT :most)",
                {**asked, "beyond": now + LONGEST_DELAY_SECONDS},
            )
            rows = self._connection.execute(
                "UPDATE sale SET claim = :me, due_at = :lease, tries = tries + 1"
                " WHERE number IN (SELECT number FROM sale WHERE sync = 'due' AND box_id = :box"
                f" AND due_at <= :now ORDER BY due_at, number LIMIT :most) RETURNING {_DUE_COLUMNS}",
                {**asked, "lease": now + LEASE_SECONDS},
            ).fetchall()
        return sorted((DueSale(*row) for row in rows), key=lambda sale: sale.number)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with faults_translated(self._where):
            with transaction(self._connection):
                taken = time.monotonic()
                yield
            held = time.monotonic() - taken
        self._rest(held)


def _slices(items: Iterable[_T]) -> Iterator[list[_T]]:
    remaining = iter(items)
    while part := list(islice(remaining, SLICE_ROWS)):
        yield part
