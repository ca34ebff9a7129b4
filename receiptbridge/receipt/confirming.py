"""What on the paper confirms that an amount is the total, without resting on the label that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.settlement import settled_weight
from receiptbridge.receipt.statements import METHODS, Row, Statement
from receiptbridge.receipt.sums import NOTHING, rates, reachable, tax_within

SUBTOTAL: Final = 0.82
ITEM: Final = 0.85
ITEMS: Final = 0.92
"""Several items that add up to the cent do so by no chance; a single one may say the amount once more."""
DISCOUNTED: Final = 0.6
TAX_RATE: Final = 0.6
SAID_TWICE: Final = 0.6
MEASURED: Final = 0.85
MEASURED_ALONE: Final = 0.92
FEW_MEASURES: Final = 8
"""Of so few numbers two do not make the amount by chance."""
ALONE: Final = 0.85
ALONE_AT_ALL: Final = 0.92
"""No other amount at all, however it is called."""

MOST_SUMS: Final = 8
"""A receipt names its total a few times; one that has more sums than this under such labels is a report."""

MOST_MEASURES: Final = 16
"""A fuel receipt has a price and a quantity, a fish stall a few of them; more are no measures."""

_WITH_DECIMALS: Final = re.compile(r"(?<![\d.,])\d{1,5}[.,]\d{1,3}(?![\d.,]*\d)")
_COUNTED_AT: Final = re.compile(
    r"(?<![\w.,])(\d{1,3}) ?[x*@] ?\d+[.,]\d\d(?!\d)|\d[.,]\d\d ?[x*] ?(\d{1,3})(?![\w.,])"
)
"""Two tickets at 39.90."""
_PRICE_IN_WHOLE: Final = re.compile(r"(?:@|単価|单价|단가)[ :]*@?(\d{2,4})(?![\d.,])")
"""A litre at 165 yen."""
CENT: Final = Decimal("0.01")
ROUNDED_BY: Final = Decimal("0.005")
"""Weights, litres and prices are printed to the hundredth: each factor may be off by half of one."""

_TAKEN_OFF: Final = frozenset({"discount", "deposit"})
BESIDE: Final = frozenset(
    {"tax", "price", "count", "balance", "points", "savings", "foreign", "identity", "queue", "number"}
    | {"original", "date", "change", "per_head", "suggested"}
)
"""What may stand on a receipt of a single amount: nothing that could be a total itself."""


class Candidate(NamedTuple):
    """An amount that may be the total, the first row that says so, and how surely its labels do."""

    amount: Decimal
    row: int
    weight: float


Confirmation = tuple[str, float]


def confirmations(
    candidate: Candidate, evidence: Evidence, settled: set[Decimal]
) -> tuple[Confirmation, ...]:
    """The names of what confirms, and how strongly. `settled`: what the payments come to."""
    amount, items = candidate.amount, items_of(candidate.amount, candidate.row, evidence)
    checks: Iterable[tuple[str, float, Callable[[], bool]]] = (
        ("settled", settled_weight(amount, evidence), lambda: amount in settled),
        (
            "items",
            ITEM if items in ([amount], []) else ITEMS,
            lambda: _reached(amount, sum(items, NOTHING), evidence),
        ),
        ("subtotal", SUBTOTAL, lambda: _from_subtotal(candidate, evidence)),
        (
            "discounted",
            SUBTOTAL if _is_what_is_left(candidate, evidence) else DISCOUNTED,
            lambda: _is_discounted(candidate, evidence),
        ),
        ("tax", TAX_RATE, lambda: _has_its_tax(amount, evidence)),
        ("twice", SAID_TWICE, lambda: _said_twice(amount, evidence)),
        (
            "measured",
            _measured_weight(evidence),
            lambda: bool(factors(amount, evidence.measures)),
        ),
        ("alone", _alone_weight(amount, evidence), lambda: _is_alone(amount, evidence)),
    )
    return tuple((name, weight) for name, weight, holds in checks if holds())


def items_of(amount: Decimal, above: int | None, evidence: Evidence) -> list[Decimal]:
    """The items one by one; in the way, of those in which they may be meant, that comes to the amount."""
    ways = evidence.item_sums(above)
    return next((way for way in ways if _reached(amount, sum(way, NOTHING), evidence)), ways[0])


def _reached(amount: Decimal, base: Decimal, evidence: Evidence) -> bool:
    """Whether `base` comes to `amount` by some of the printed taxes, discounts and roundings."""
    if not base:
        return False
    return amount in reachable(base, evidence.adjustments())


def _from_subtotal(candidate: Candidate, evidence: Evidence) -> bool:
    """Whether a subtotal, or a total before discounts, comes to the amount by what is printed between."""
    amount, subtotals = candidate.amount, evidence.of("subtotal", "gross")[:MOST_SUMS]
    bases = {s.amount for s in subtotals}
    bases.add(sum((s.amount for s in evidence.of("subtotal")), NOTHING))
    adjustments = evidence.adjustments()
    return any(base and base != amount and amount in reachable(base, adjustments) for base in bases) or any(
        runs_down(Candidate(s.amount, s.row, 0), candidate, evidence) for s in subtotals
    )


def runs_down(first: Candidate, last: Candidate, evidence: Evidence) -> bool:
    """Whether all that is printed between two sums, also under words that nobody knows, joins them."""
    between = [
        s for s in evidence.statements if first.row < s.row < last.row and s.meaning not in BESIDE - {"tax"}
    ]
    if not any(s.meaning is None for s in between):
        return False
    running = first.amount
    for s in between:
        if s.amount != running:  # else a sum in between
            running += -abs(s.amount) if s.meaning in _TAKEN_OFF else s.amount
    return running == last.amount != first.amount


def _is_discounted(candidate: Candidate, evidence: Evidence) -> bool:
    """Whether a total or price above, less or with what is printed between the two, comes to the amount."""
    if any(
        runs_down(Candidate(s.amount, s.row, 0), candidate, evidence)
        for s in evidence.of("total", "total_weak")[:MOST_SUMS]
    ):
        return True
    cut = ((s.amount, s.row) for s in evidence.of("price") if s.amount > candidate.amount)
    if any(candidate.amount == price - _cut_by(row, candidate.row, evidence) for price, row in cut):
        return True
    return any(
        total.sure
        and total.amount > candidate.amount
        and candidate.amount in reachable(total.amount, _taken_between(total.row, candidate.row, evidence))
        for total in evidence.of("total")[:MOST_SUMS]
    )


def _is_what_is_left(candidate: Candidate, evidence: Evidence) -> bool:
    """Whether a total above less all that is taken off between the two, and nothing else between, is the amount."""
    above = [
        s
        for s in evidence.of("total", "gross")
        if s.sure and s.row < candidate.row and s.amount > candidate.amount
    ]
    between = [s for s in evidence.statements if above and above[-1].row < s.row < candidate.row]
    taken = sum((abs(s.amount) for s in between), NOTHING)
    return (
        bool(between)
        and all(s.meaning in _TAKEN_OFF for s in between)
        and above[-1].amount - taken == candidate.amount
    )


def _cut_by(first: int, last: int, evidence: Evidence) -> Decimal:
    """What discounts take off between a row and the next but one."""
    near = (s for s in evidence.of("discount") if first <= s.row <= last <= first + 2)
    return sum((abs(s.amount) for s in near), NOTHING)


def _taken_between(first: int, last: int, evidence: Evidence) -> Sequence[Statement]:
    return [
        s
        for s in evidence.adjustments()
        if s.meaning in ("discount", "deposit", "rounding") and first <= s.row <= last
    ]


def _has_its_tax(amount: Decimal, evidence: Evidence) -> bool:
    """Whether a printed tax is what its printed rate makes of the amount, in it or on top of the rest."""
    return any(
        abs(tax_within(amount, rate) - abs(s.amount)) <= CENT
        for s in evidence.of("tax")
        for rate in rates(s.label)
    )


def _said_twice(amount: Decimal, evidence: Evidence) -> bool:
    labels = {
        s.label.strip()
        for s in evidence.of("total", "total_weak", "received", *METHODS)
        if s.amount == amount
    }
    return len(labels) > 1


def measures(rows: Sequence[Row]) -> list[Decimal]:
    """All numbers with decimals, and prices of a unit: among them are quantities and their prices.

    1.234 may be more than a thousand or little more than one: both.
    """
    found = [number for row in rows for number in _WITH_DECIMALS.findall(row.low)]
    found += [price for row in rows for price in _PRICE_IN_WHOLE.findall(row.low)]
    found += [before or behind for row in rows for before, behind in _COUNTED_AT.findall(row.low)]
    thousands = (re.sub("[.,]", "", number) for number in found if len(re.split("[.,]", number)[-1]) == 3)
    return [Decimal(number) for number in (*(n.replace(",", ".") for n in found), *thousands)]


def factors(amount: Decimal, measures: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """A quantity and its price, as fuel and fish are sold by, that make the amount; nothing where none do."""
    several = [measure for measure in measures[:MOST_MEASURES] if measure != 1]
    pairs = ((one, other) for at, one in enumerate(several) for other in several[at + 1 :])
    made = (p for p in pairs if abs(p[0] * p[1] - amount) <= ROUNDED_BY * (p[0] + p[1] + 1))
    return next(made, ()) if amount > 0 else ()


def _measured_weight(evidence: Evidence) -> float:
    return MEASURED if len(evidence.measures) > FEW_MEASURES else MEASURED_ALONE


def _alone_weight(amount: Decimal, evidence: Evidence) -> float:
    others = {s.amount for s in evidence.statements if s.meaning not in ("price", "count", "balance")}
    return ALONE_AT_ALL if others <= {amount, NOTHING} else ALONE


def _is_alone(amount: Decimal, evidence: Evidence) -> bool:
    """Whether a paper with the title of a receipt has no other amount that could be a total."""
    return evidence.titled and all(
        s.amount in (amount, NOTHING) or s.meaning in BESIDE for s in evidence.statements
    )
