"""Finds the sale that a receipt is printed once more of, by what both print.

Rules of this file:
- The same lane, receipt number, total and currency, and the same printed time: that is one sale. With another
  time it is another, for registers count from 1 every day; without a number nothing tells two equal sales apart.
- A receipt without a mark is a reprint only if a time of day is printed. One that calls itself a reprint and
  prints no date is that of the only sale with its number and total; of several it is none.
- One indexed query, inside the commit's transaction: two lanes' rows and a reprint a moment later are seen.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from receiptbridge.journal.port import Connection
from receiptbridge.receipt.model import Kind, ReceiptReading

_COLUMNS: Final = "SELECT number, issued_at, token, points FROM sale"
_SAME: Final = (
    " WHERE kind = 'sale' AND lane = :lane AND receipt_no = :receipt_no AND total = :total"
    " AND currency IS :currency"
)
_AT_THAT_TIME: Final = f"{_COLUMNS}{_SAME} AND printed_at = :printed_at ORDER BY number LIMIT 1"
_AT_ANY_TIME: Final = f"{_COLUMNS}{_SAME} LIMIT 2"

_NO_TIME_OF_DAY: Final = "T00:00:00"
"""A date that is printed without a time is read as its midnight."""


class Original(NamedTuple):
    """The sale's row; `token` is None where it got no code."""

    number: int
    issued_at: int
    token: bytes | None
    points: int | None


def find_original(connection: Connection, lane: str, reading: ReceiptReading) -> Original | None:
    """The sale of which `reading` is a reprint, None where it is none or one cannot tell of which."""
    marked = reading.kind is Kind.DUPLICATE
    if not (marked or reading.kind is Kind.SALE) or reading.receipt_no is None or reading.total is None:
        return None
    if not marked and (reading.datetime is None or reading.datetime.endswith(_NO_TIME_OF_DAY)):
        return None
    found = connection.execute(
        _AT_ANY_TIME if reading.datetime is None else _AT_THAT_TIME,
        {
            "lane": lane,
            "receipt_no": reading.receipt_no,
            "total": reading.total,
            "currency": reading.currency,
            "printed_at": reading.datetime,
        },
    ).fetchall()
    return Original(*found[0]) if len(found) == 1 else None
