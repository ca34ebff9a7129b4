"""The sums that a receipt's taxes, discounts and roundings can make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from receiptbridge.receipt.statements import Statement

NOTHING: Final = Decimal(0)

_ADDED: Final = frozenset({"tax", "service", "tip"})
_TAKEN: Final = frozenset({"discount", "deposit", "savings"})
_EITHER: Final = frozenset({"rounding"})
ADJUSTING: Final = _ADDED | _TAKEN | _EITHER

_RATE: Final = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?) ?%")


def reachable(base: Decimal, adjustments: Sequence[Statement]) -> set[Decimal]:
    """All that `base` may come to when each adjustment enters it or not."""
    return {base + sum(chosen, NOTHING) for chosen in product(*map(_ways, adjustments))}


def way_to(amount: Decimal, base: Decimal, adjustments: Sequence[Statement]) -> tuple[Decimal, ...] | None:
    """What each adjustment does to `base` to make it `amount`, by the fewest of them; None: it cannot be made."""
    ways = (way for way in product(*map(_ways, adjustments)) if base + sum(way, NOTHING) == amount)
    return min(ways, key=lambda way: sum(map(bool, way)), default=None)


def _ways(adjustment: Statement) -> tuple[Decimal, ...]:
    """The ways in which an adjustment may enter a sum; not at all is one, since it may be in it already."""
    size = abs(adjustment.amount)
    if adjustment.meaning in _ADDED:
        return (NOTHING, adjustment.amount)
    if adjustment.meaning in _TAKEN:
        return (NOTHING, -size)
    return (NOTHING, -size) if adjustment.amount < 0 else (NOTHING, size, -size)


def tax_within(amount: Decimal, rate: Decimal) -> Decimal:
    """The tax of `rate` per cent that is contained in `amount`."""
    return abs(amount) * rate / (100 + rate)


def rates(label: str) -> list[Decimal]:
    """The rates in per cent that a label names."""
    return [Decimal(found.replace(",", ".")) for found in _RATE.findall(label)]
