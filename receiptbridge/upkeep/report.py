"""What lanes read and printed in a time, added up from the journal. Money is minor units, by currency.

Sums are of what was read: a sale without a total counts as a sale and adds nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from receiptbridge.bridge.rules import NOT_ENROLLED, ONLY_OBSERVES
from receiptbridge.journal.looking import Row, Wanted, rows

COLUMNS: Final = (
    "number, lane, mode, kind, total, currency, payments, receipt_no, confidence, reason, why_no_code, points, policy,"
    " issued_at, token IS NOT NULL AS has_token, reprint_of, outcome, outcome_reason"
)
HAS_A_CODE_HERE: Final = frozenset({NOT_ENROLLED, ONLY_OBSERVES})
"""Reasons that are the box's and not the receipt's: in print mode it would have a code."""

PRINTED: Final = "released"
SURE: Final = (0.99, 0.97, 0.0)
"""From which confidence on a total is counted in which class."""

_NUMBERS: Final = re.compile(r"\d+")
SHOWN: Final = 200
"""Receipts that a report names one by one, at most."""


@dataclass(slots=True)
class Sum:
    """How many, and their amounts by currency (None: printed without one)."""

    count: int = 0
    amounts: dict[str | None, int] = field(default_factory=dict)

    def add(self, amount: int | None, currency: str | None) -> None:
        self.count += 1
        if amount is not None:
            self.amounts[currency] = self.amounts.get(currency, 0) + amount


@dataclass(slots=True)
class Takings:
    """A day or a shift. `payments` are of sales; `codes` and `points` of sales and their reprints."""

    receipts: int = 0
    first: int | None = None
    last: int | None = None
    kinds: dict[str, Sum] = field(default_factory=dict)
    without_total: int = 0
    payments: dict[str, Sum] = field(default_factory=dict)
    codes: int = 0
    unknown: int = 0
    no_code: Counter[str] = field(default_factory=Counter)
    points: int = 0


@dataclass(frozen=True, slots=True)
class Observed:
    """One receipt of an observing lane. `code`: it would have got one, with `points` (None: an invitation)."""

    number: int
    at: int
    lane: str
    kind: str
    total: int | None
    currency: str | None
    confidence: float
    code: bool
    points: int | None
    why: str


@dataclass(slots=True)
class Observation:
    """What observing lanes read. `may_be_sales`: sales, and papers of which one cannot tell what they are."""

    receipts: int = 0
    first: int | None = None
    last: int | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    may_be_sales: int = 0
    read: int = 0
    sure: Counter[float] = field(default_factory=Counter)
    codes: int = 0
    points: int = 0
    not_read: Counter[str] = field(default_factory=Counter)
    no_code: Counter[str] = field(default_factory=Counter)
    latest: list[Observed] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """Of what is or may be a sale, how much was read with its total; None where there was nothing."""
        return self.read / self.may_be_sales if self.may_be_sales else None


def takings(journal: sqlite3.Connection, wanted: Wanted) -> Takings:
    """All receipts of a time, of lanes that print and lanes that observe."""
    found = Takings()
    for row in rows(journal, COLUMNS, wanted):
        found.receipts += 1
        found.first = found.first if found.first is not None else row["issued_at"]
        found.last = row["issued_at"]
        found.kinds.setdefault(row["kind"], Sum()).add(row["total"], row["currency"])
        if row["kind"] == "sale":
            found.without_total += row["total"] is None
            for method, amount in _paid(row):
                found.payments.setdefault(method, Sum()).add(amount, row["currency"])
        if row["kind"] in ("sale", "duplicate"):
            _count_code(row, found)
    return found


def _count_code(row: Row, found: Takings) -> None:
    if row["why_no_code"] is not None:
        found.no_code[in_general(row["why_no_code"])] += 1
    elif row["outcome"] == PRINTED:
        found.codes += 1
        if row["kind"] == "sale" and row["policy"] == "print":
            found.points += row["points"] or 0
    elif row["outcome"] == "not_printed":
        found.no_code[in_general(row["outcome_reason"] or "not printed")] += 1
    else:
        found.unknown += 1


def _paid(row: Row) -> Iterator[tuple[str, int | None]]:
    for payment in json.loads(row["payments"]):
        yield payment["method"], payment["amount"]


def observation(journal: sqlite3.Connection, wanted: Wanted, most: int = SHOWN) -> Observation:
    """What lanes read while they observed; the latest `most` one by one."""
    found = Observation()
    for row in rows(journal, COLUMNS, wanted):
        if row["mode"] == "observe":
            _observe(row, found)
            found.latest = [*found.latest, _observed(row)][-most:]
    return found


def _observe(row: Row, found: Observation) -> None:
    found.receipts += 1
    found.first = found.first if found.first is not None else row["issued_at"]
    found.last = row["issued_at"]
    found.kinds[row["kind"]] += 1
    if row["kind"] in ("sale", "other"):
        found.may_be_sales += 1
        if row["kind"] == "sale" and row["total"] is not None:
            found.read += 1
            found.sure[next(bound for bound in SURE if row["confidence"] >= bound)] += 1
        else:
            found.not_read[in_general(row["reason"] or row["why_no_code"] or "")] += 1
    if _would_get_a_code(row):
        found.codes += 1
        found.points += (row["points"] or 0) if row["policy"] == "print" else 0
    elif row["total"] is not None:
        found.no_code[in_general(row["why_no_code"] or "")] += 1


def _would_get_a_code(row: Row) -> bool:
    """Of a reprint one cannot tell: its sale got none here."""
    return row["kind"] == "sale" and row["why_no_code"] in HAS_A_CODE_HERE


def _observed(row: Row) -> Observed:
    code = _would_get_a_code(row)
    return Observed(
        row["number"], row["issued_at"], row["lane"], row["kind"], row["total"], row["currency"], row["confidence"],
        code, row["points"] if row["policy"] == "print" else None,
        "" if code else (row["reason"] if row["kind"] == "other" else None) or row["why_no_code"] or "",
    )  # fmt: skip


def in_general(reason: str) -> str:
    """A reason without its numbers, so that equal ones are counted together."""
    return _NUMBERS.sub("N", reason)


def shares(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The most frequent first, equal ones by name."""
    return sorted(counts, key=lambda entry: (-entry[1], entry[0]))
