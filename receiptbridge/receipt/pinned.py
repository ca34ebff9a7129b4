"""What a register's profile says where the total, the receipt's number and its date stand, beats the general rules.

The pinned total needs no confirmation. What contradicts it still leaves the receipt without a total: payments
that do not come to it, two pinned totals that differ, a discount below it. A receipt on which nothing pinned is
found is left to the general rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from receiptbridge.profiles.model import RegisterProfile
from receiptbridge.profiles.patterns import LINE_MOST
from receiptbridge.receipt.amounts import Style, find_numbers, mask
from receiptbridge.receipt.fold import fold, lower
from receiptbridge.receipt.lexicon import Phrases
from receiptbridge.receipt.statements import Row, Statement


def pin_total(
    statements: Sequence[Statement],
    rows: Sequence[Row],
    lines: Sequence[str],
    style: Style,
    register: RegisterProfile,
) -> list[Statement]:
    """The statements, those marked that the profile says are the total."""
    if register.patterns.total is not None:
        pinned = _by_pattern(register.patterns.total, rows, lines, style)
        return sorted([*_others(statements, pinned), *pinned], key=lambda s: s.row)
    if labels := register.labels.get("total"):
        phrases = _phrases(labels)
        return [s._replace(pinned=s.sure and _is_pinned(s, phrases)) for s in statements]
    return list(statements)


def pinned_text(pattern: str | None, group: str, lines: Sequence[str]) -> str | None:
    """What a profile's pattern finds first on the page."""
    return next((found[group] for _, found in _found(pattern, lines)), None) if pattern else None


def _is_pinned(statement: Statement, phrases: Phrases) -> bool:
    return statement.meaning == "total" and bool(phrases.find(statement.label))


@lru_cache(maxsize=4)
def _phrases(labels: tuple[str, ...]) -> Phrases:
    return Phrases([{lower(fold(label)): "total" for label in labels}])


def _found(pattern: str, lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    compiled = re.compile(pattern)
    for number, line in enumerate(lines):
        if any(map(str.isdecimal, line)) and (found := compiled.search(line[:LINE_MOST])):
            yield number, found


def _by_pattern(pattern: str, rows: Sequence[Row], lines: Sequence[str], style: Style) -> list[Statement]:
    row_of = {row.line: row for row in rows}
    pinned = []
    for number, found in _found(pattern, lines):
        row, amount = row_of.get(number), _amount(found["total"], style)
        if row is not None and amount is not None:
            digits = lower(fold(found["total"])).strip()
            start = max(0, row.low.rfind(digits))
            label = row.low[:start].strip()
            pinned.append(
                Statement(
                    row.index,
                    "total",
                    True,
                    amount,
                    None,
                    label,
                    ("total",),
                    start,
                    start + len(digits),
                    pinned=True,
                )
            )
    return pinned


def _amount(text: str, style: Style) -> Decimal | None:
    """The one amount that a pattern's group holds."""
    amounts = [style.value(number) for number in find_numbers(mask(lower(fold(text))))]
    return amounts[0] if len(amounts) == 1 else None


def _others(statements: Sequence[Statement], pinned: Sequence[Statement]) -> Iterator[Statement]:
    """The statements less those that a pattern has found as the total."""
    taken = {(one.row, one.amount) for one in pinned}
    return (s for s in statements if (s.row, s.amount) not in taken)
