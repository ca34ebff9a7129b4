"""The statements of one receipt by their part in its sum: items, adjustments, payments, change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from receiptbridge.receipt.statements import METHODS, Statement
from receiptbridge.receipt.sums import ADJUSTING, NOTHING, rates

MOST_ADJUSTMENTS: Final = 6
"""Every adjustment may apply or not: 3 to the power of this many sums are tried for one base."""

_SEVERAL: Final = 2
_COUNT: Final = re.compile(r"(?<![\w.,])(\d{1,3}) ?[x*@]\W*$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The statements of one receipt by their part in the sum."""

    statements: Sequence[Statement]
    measures: Sequence[Decimal] = ()  # quantities and prices: the numbers with decimals that are printed
    titled: bool = False  # it bears the title of a receipt

    def of(self, *meanings: str) -> list[Statement]:
        return [statement for statement in self.statements if statement.meaning in meanings]

    @property
    def summary_row(self) -> int:
        """The first row of the receipt's sums: items stand above it, payments on it or below."""
        called = any(s.sure for s in self.of("total"))
        sums = ("total", "subtotal", "gross") if called else ("subtotal", "gross", "total_weak")
        rows = [s.row for s in self.of(*sums) if s.sure]
        rows = rows or [s.row for s in self.of("total_weak", "received", *METHODS) if s.sure]
        return min(rows, default=0)

    def items(self, above: int | None = None) -> list[Decimal]:
        """What the items come to, one by one."""
        items = [statement.amount for statement in self.item_statements(above)]
        return items or self._prices(above)

    def item_sums(self, above: int | None = None) -> list[list[Decimal]]:
        """The items in the ways they may be meant: as printed, without sums of those above, times their number."""
        items = self.items(above)
        counted = [_times(s) for s in self.item_statements(above)]
        ways = [items, _without_sums(items), *([counted] if counted and counted != items else [])]
        return [way for at, way in enumerate(ways) if way not in ways[:at]]

    def _prices(self, above: int | None) -> list[Decimal]:
        """The price of the one thing sold, where no row is an item: "Price 32.00, discount 22.10"."""
        prices = [s.amount for s in self.of("price") if above is None or s.row < above]
        return prices if len(prices) == 1 else []

    def item_statements(self, above: int | None = None) -> list[Statement]:
        """The last amount of every row above the sums that says nothing else, discounts among them.

        `above`: a row above the sums that no item stands below.
        """
        by_row: dict[int, Statement] = {}
        first = self.summary_row
        below = first if above is None else min(above, first or above)
        for statement in self.statements:
            if statement.row < below and not _is_known(statement):
                by_row[statement.row] = statement
        return list(by_row.values())

    def adjustments(self) -> list[Statement]:
        """Taxes, discounts and the like; a means of payment with a minus is one more discount."""
        adjusting = (
            s
            for s in self.statements
            if (s.meaning in ADJUSTING and s.amount) or (s.meaning in METHODS and s.amount < NOTHING)
        )
        return list(islice(adjusting, MOST_ADJUSTMENTS))

    def tenders(self) -> list[Statement]:
        """What was given, by method or as a sum, where payments stand: with the sums or below."""
        first = self.summary_row
        given = [s for s in self.of("received", *METHODS) if s.amount >= NOTHING]
        below = [s for s in given if s.row >= first]
        return below if below or not self.change() else given  # "CASH 30, CHANGE 4.50, NET PAID 25.50"

    def change(self) -> Decimal:
        given_back = (s for s in self.of("change") if s.sure or s.row >= self.summary_row)
        return max((abs(s.amount) for s in given_back), default=NOTHING)


def _without_sums(items: Sequence[Decimal]) -> list[Decimal]:
    """The items without those that say what the others above them come to: "FOOD 36.98" below four dishes."""
    kept: list[Decimal] = []
    for item in items:
        if len(kept) < _SEVERAL or item != sum(kept):
            kept.append(item)
    return kept


def _times(item: Statement) -> Decimal:
    """What "2 x 16.00" comes to, where no amount of its own says it."""
    count = _COUNT.search(item.label)
    return item.amount * int(count[1]) if count else item.amount


def _is_known(statement: Statement) -> bool:
    """Whether a row above the sums is something other than an item."""
    if statement.meaning in (
        "price",
        "points",
        "count",
        "identity",
        "queue",
        "number",
        "original",
        "date",
        "balance",
    ):
        return statement.sure
    named_by_its_rate = statement.meaning == "tax" and bool(rates(statement.label))
    return statement.meaning in ADJUSTING and (statement.sure or named_by_its_rate)
