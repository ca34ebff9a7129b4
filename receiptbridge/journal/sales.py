"""The lanes' side of the journal: a sale is committed before its code is printed, then marked.

Rules of this file:
- A sale's number is taken in the sale's own transaction and counts up for ever: deleting rows frees none,
  and a transaction that fails has shown its number to nobody.
- A row without a code has nothing to release: its outcome is final when it is committed.
- A row falls due for sync once its outcome is final, or `OUTCOME_SETTLES_SECONDS` after its commit. What
  becomes of a code after its row was sent stays in the journal: the service reads `committed` and
  `releasing` as `unknown`.
- What a box sold before it was enrolled stays with it: there is no id to deliver it under.
- Only the commit that a code rests on is flushed. What became of a code is written without: after a power cut
  the row may stand as `committed` again, which the lane's next start turns into `unknown`.
- A reprint has a row and a number, and no token of its own: what it prints is its sale's (`reprints`).
- The cost of a sale does not depend on how many are stored.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from receiptbridge.bridge.policy import Policy
from receiptbridge.errors import JournalError
from receiptbridge.journal.connection import (
    LANE,
    Synchronous,
    faults_translated,
    open_connection,
    set_synchronous,
    transaction,
)
from receiptbridge.journal.port import Connection
from receiptbridge.journal.reprints import Original, find_original
from receiptbridge.journal.settings import Setting, read_setting, write_setting
from receiptbridge.receipt.model import Kind, ReceiptReading, RefersTo
from receiptbridge.words import _

# The claim token has 40 bits for it: thirty-four thousand years at one sale a second.
NUMBER_MOST = 2**40 - 1
# Printing a block takes 2 s at most; after 5 s without word the lane has been killed or the printer is gone.
OUTCOME_SETTLES_SECONDS = 5

Outcome = Literal["releasing", "released", "not_printed", "unknown"]
Mint = Callable[[int, int], bytes]  # (number, issued_at in Unix seconds) -> claim token


@dataclass(frozen=True, slots=True)
class SaleRecord:
    """One receipt as a lane wants it kept. `box_id` is None on a box that is not enrolled.

    `text`: its lines, masked; None where only its fields are kept.
    """

    lane: str
    mode: Literal["print", "observe"]
    reading: ReceiptReading
    clock_good: bool
    box_id: bytes | None = None
    points: int | None = None
    why_no_code: str | None = None
    policy: Policy = "print"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A committed receipt. `row` is what `mark` wants. `number`, `issued_at` (Unix seconds), `token` and `points`
    are those of its sale: its own, or of a reprint those of the first print. Without a token there is a reason
    where one was wanted."""

    row: int
    number: int
    issued_at: int
    token: bytes | None
    points: int | None = None
    why_no_code: str | None = None


class Journal:
    """The journal as one lane sees it. May be used from any thread; calls wait for each other."""

    def __init__(
        self,
        connection: Connection,
        *,
        where: str,
        clock: Callable[[], float] = time.time,
        sale_commit: Synchronous = "FULL",
    ) -> None:
        """`sale_commit` NORMAL is for those who measure what that would save, and lose."""
        self._connection = connection
        self._where = where
        self._clock = clock
        self._sale_commit = sale_commit
        self._one_at_a_time = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], float] = time.time) -> Journal:
        """The journal at `path`, made where there is none. Raises `JournalError`."""
        connection = open_connection(path, LANE)
        return cls(connection, where=str(path), clock=clock)

    def commit_sale(self, record: SaleRecord, mint: Mint | None) -> Stored:
        """Take the next number, mint its token, and have both on disk when this returns. For a reprint nothing is
        minted: it has the token of its sale.

        Raises `JournalError` when the row is not kept, within `LANE.busy_seconds` and the disk's own time;
        what `mint` raises comes through, and nothing is kept then either.
        """
        with self._writing(self._sale_commit):
            issued_at = int(self._clock())
            number = self._next_number()
            original = find_original(self._connection, record.lane, record.reading)
            if original is not None or record.reading.kind is Kind.DUPLICATE:
                return self._insert_reprint(record, number, issued_at, original)
            token = mint(number, issued_at) if mint else None
            self._insert(_row(record, number, issued_at, prints_code=token is not None) | {"token": token})
        return Stored(number, number, issued_at, token, record.points, record.why_no_code)

    def _insert_reprint(
        self, record: SaleRecord, number: int, issued_at: int, original: Original | None
    ) -> Stored:
        """A reprint's row; `original` is None where no sale here is the one that it claims to be of."""
        token = original.token if original and record.why_no_code is None else None
        record = replace(
            record,
            reading=_as_reprint(record.reading),
            points=original.points if original else None,
            why_no_code=None if token else record.why_no_code or _why_reprint_has_none(original),
        )
        row = _row(record, number, issued_at, prints_code=token is not None)
        self._insert(row | {"reprint_of": original.number if original else None})
        sale = original or Original(number, issued_at, None, None)
        return Stored(number, sale.number, sale.issued_at, token, sale.points, record.why_no_code)

    def mark(self, row: int, outcome: Outcome, reason: str | None = None) -> None:
        """Note what became of a row's code on paper. A final outcome is never changed."""
        now, final = int(self._clock()), outcome != "releasing"
        with self._writing("NORMAL"):
            self._connection.execute(
                "UPDATE sale SET outcome = :outcome, outcome_reason = :reason, outcome_at = :now,"
                " due_at = CASE WHEN :final AND claim IS NULL THEN min(due_at, :now) ELSE due_at END"
                " WHERE number = :row AND outcome IN ('committed', 'releasing')",
                {"row": row, "outcome": outcome, "reason": reason, "now": now, "final": final},
            )

    def mark_interrupted(self, lane: str) -> int:
        """At the start of `lane`: what a crash left open becomes unknown. Other lanes' rows are theirs."""
        now = int(self._clock())
        with self._writing("NORMAL"):
            rows = self._connection.execute(
                "UPDATE sale SET outcome = 'unknown', outcome_reason = 'the lane was interrupted',"
                " outcome_at = :now, due_at = CASE WHEN claim IS NULL THEN min(due_at, :now) ELSE due_at END"
                " WHERE lane = :lane AND outcome IN ('committed', 'releasing') RETURNING number",
                {"now": now, "lane": lane},
            ).fetchall()
        return len(rows)

    def counters(self) -> dict[str, int]:
        """`numbered`: numbers given out in all; `due`: sales on their way to the service."""
        with self._one_at_a_time, faults_translated(self._where):
            numbered, due = self._connection.execute(
                "SELECT (SELECT value FROM counter WHERE name = 'number'),"
                " (SELECT count(*) FROM sale WHERE sync = 'due')"
            ).fetchone()
        return {"numbered": numbered, "due": due}

    def setting(self, key: str) -> Setting | None:
        with self._one_at_a_time, faults_translated(self._where):
            return read_setting(self._connection, key)

    def put_setting(self, key: str, setting: Setting) -> None:
        with self._writing("NORMAL"):
            write_setting(self._connection, key, setting, int(self._clock()))

    def close(self) -> None:
        with self._one_at_a_time, faults_translated(self._where):
            self._connection.close()

    @contextmanager
    def _writing(self, synchronous: Synchronous) -> Iterator[None]:
        with self._one_at_a_time, faults_translated(self._where):
            set_synchronous(self._connection, synchronous)
            with transaction(self._connection):
                yield

    def _next_number(self) -> int:
        (number,) = self._connection.execute(
            "UPDATE counter SET value = value + 1 WHERE name = 'number' RETURNING value"
        ).fetchone()
        if number > NUMBER_MOST:
            raise JournalError(
                _("journal {where} has given out all {count} numbers").format(
                    where=self._where, count=NUMBER_MOST
                )
            )
        return int(number)

    def _insert(self, row: dict[str, Any]) -> None:
        names = ", ".join(row)
        slots = ", ".join(f":{name}" for name in row)
        self._connection.execute(f"INSERT INTO sale ({names}) VALUES ({slots})", row)


def _as_reprint(reading: ReceiptReading) -> ReceiptReading:
    """A second print without a mark is a duplicate as well, and refers to the sale that both print."""
    return replace(
        reading,
        kind=Kind.DUPLICATE,
        refers_to=RefersTo(reading.receipt_no, reading.datetime, reading.total),
    )


def _why_reprint_has_none(original: Original | None) -> str:
    if original is None:
        return "a reprint, and no sale of this lane is surely the one that it is of"
    return f"a reprint of sale {original.number}, which got no code"


def _row(record: SaleRecord, number: int, issued_at: int, *, prints_code: bool) -> dict[str, Any]:
    reading = record.reading
    return {
        "number": number,
        "lane": record.lane,
        "mode": record.mode,
        "kind": reading.kind.value,
        "total": reading.total,
        "currency": reading.currency,
        "payments": _json([{"method": p.method, "amount": p.amount} for p in reading.payments]),
        "receipt_no": reading.receipt_no,
        "printed_at": reading.datetime,
        "tax": reading.tax,
        "transactions": _json([asdict(transaction) for transaction in reading.transactions]),
        "cashier": reading.cashier,
        "refers_to": _json(asdict(reading.refers_to)) if reading.refers_to else None,
        "confidence": float(reading.confidence),
        "reason": reading.reason,
        "why_no_code": record.why_no_code,
        "points": record.points,
        "issued_at": issued_at,
        "clock_good": record.clock_good,
        "box_id": record.box_id.hex() if record.box_id else None,
        "policy": record.policy,
        "text": record.text,
        "outcome": "committed" if prints_code else "not_printed",
        "outcome_reason": None if prints_code else record.why_no_code,
        "outcome_at": issued_at,
        "sync": "due" if record.box_id else "local",
        "due_at": issued_at + (OUTCOME_SETTLES_SECONDS if prints_code else 0),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
