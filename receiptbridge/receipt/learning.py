"""A register's profile from samples of its receipts whose totals are known.

What carries the total is a label before it or above it, or else the line's whole form. What does so on all
samples is tried as a profile, the likeliest first, and every sample is read with it: a profile that reads one of
them wrongly, or not at all, is no profile. Nothing is guessed: where no profile reads all, the reason is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations
from typing import Final

from receiptbridge import money
from receiptbridge.profiles.model import Patterns, RegisterProfile
from receiptbridge.receipt.amounts import Number, Style
from receiptbridge.receipt.carriers import AROUND, KNOWN, Carrier, Sample, find_carriers, in_common, rank_of
from receiptbridge.receipt.currency import UNKNOWN_EXPONENT
from receiptbridge.receipt.fold import letters
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.statements import Row, make_rows
from receiptbridge.receipt.styles import receipt_style

FEWEST_SAMPLES: Final = 3
"""On two receipts many things equal the total by chance; on three with different totals hardly any does."""

FEWEST_ITEMS: Final = 2
"""Of a sale of one thing, that thing's own line carries the total as well."""

MOST_TRIED: Final = 40

_UNPAID: Final = "nothing says that it was paid"

Reader = Callable[[Sample, RegisterProfile], list[ReceiptReading]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The profile that reads all samples, or None and why there is none."""

    profile: RegisterProfile | None
    reason: str | None = None


def learn(samples: Sequence[Sample], base: RegisterProfile, read: Reader) -> Lesson:
    """The profile that reads all samples right. `base`: what is known of the register already."""
    if why := _unfit(samples):
        return Lesson(None, why)
    carried = [list(find_carriers(sample)) for sample in samples]
    for sample, carriers in zip(samples, carried, strict=True):
        if not carriers:
            return Lesson(None, _why_not_there(sample))
    common = in_common(carried)
    if not common:
        return Lesson(None, _why_nothing_in_common(samples, carried))
    if common[0].rank > KNOWN and (doubt := _doubt(common, carried)):
        return Lesson(None, doubt)
    why = ""
    for carrier in common[:MOST_TRIED]:
        for profile in _profiles(base, carrier, samples):
            fault = _fault(samples, profile, read)
            if fault is None:
                return Lesson(profile)
            why = why or f"with {carrier.kind} {carrier.text!r} for the total, {fault}"
    return Lesson(None, why)


def amount_of(reading: ReceiptReading) -> Decimal | None:
    """A reading's total in units."""
    if reading.total is None:
        return None
    exponent = money.currency(reading.currency).exponent if reading.currency else UNKNOWN_EXPONENT
    return Decimal(reading.total).scaleb(-exponent)


def main_reading(readings: Sequence[ReceiptReading]) -> ReceiptReading:
    """The first sale of a stream, else its first receipt."""
    return next((reading for reading in readings if reading.kind is Kind.SALE), readings[0])


# ---- samples


def _unfit(samples: Sequence[Sample]) -> str | None:
    if len(samples) < FEWEST_SAMPLES:
        return f"{len(samples)} samples are given, at least {FEWEST_SAMPLES} are needed"
    seen: dict[bytes, str] = {}
    for sample in samples:
        if sample.data in seen:
            return f"{sample.name} holds the same bytes as {seen[sample.data]}; every sample must be a sale of its own"
        seen[sample.data] = sample.name
    if len({sample.total for sample in samples}) == 1:
        return f"all samples have the total {samples[0].total}; take sales of different totals"
    return None


def _why_not_there(sample: Sample) -> str:
    if not any(letters(text) for page in sample.pages for text, _ in page):
        return f"{sample.name} has no text: it is printed as a picture, which no profile can read"
    return f"the total {sample.total} is nowhere on {sample.name}; is it the right total, and the right file?"


def _why_nothing_in_common(samples: Sequence[Sample], carried: Sequence[Sequence[Carrier]]) -> str:
    labels = (
        f"{sample.name}: {', '.join(dict.fromkeys(repr(c.text) for c in carriers if c.kind == 'label')) or 'no label'}"
        for sample, carriers in zip(samples, carried, strict=True)
    )
    return f"no label stands before the total on all samples ({'; '.join(labels)})"


# ---- what keeps it from being told


def _doubt(common: Sequence[Carrier], carried: Sequence[Sequence[Carrier]]) -> str | None:
    """What keeps words that nobody knows from being taken for the total's."""
    shared = {(c.kind, c.text) for c in common}
    telling = [
        carriers
        for carriers in carried
        if any(c.above >= FEWEST_ITEMS for c in carriers if (c.kind, c.text) in shared)
    ]
    if len(telling) < FEWEST_ITEMS:
        return (
            "the samples are sales of one thing, whose own line carries the total too; take sales of several"
        )
    kind = common[0].kind
    rows = {
        text: {c.row for c in telling[0] if (c.kind, c.text) == (kind, text)}
        for k, text in shared
        if k == kind
    }
    for (one, here), (other, there) in combinations(rows.items(), 2):
        if here.isdisjoint(there):
            return (
                f"{one!r} and {other!r} both stand before the total on all samples; take a sale paid in cash with"
                " change, and one with a discount"
            )
    return None


# ---- profiles to try


def _profiles(
    base: RegisterProfile, carrier: Carrier, samples: Sequence[Sample]
) -> Iterator[RegisterProfile]:
    """The carrier alone, then with the labels that can only be payments and their change."""
    if carrier.kind == "pattern":
        pinned = base.but(patterns=Patterns(total=carrier.text))
    else:
        pinned = base.but(labels={**base.labels, "total": (carrier.text,)})
    yield pinned
    received, change = _payment_labels(carrier, samples)
    if received:
        paid = {**pinned.labels, "received": received}
        yield pinned.but(labels=paid | {"change": change} if change else paid)


def _payment_labels(carrier: Carrier, samples: Sequence[Sample]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Unknown labels below the total before amounts that pay it: alone, or less another below them."""
    received: dict[str, None] = {}
    change: dict[str, None] = {}
    for sample in samples:
        for page in sample.pages:
            below = list(_unknown_below(make_rows(page), carrier.text, sample.total))
            received.update((label, None) for label, amount in below if amount == sample.total)
            for (given, much), (back, rest) in permutations(below, 2):
                if much - rest == sample.total and rest > 0:
                    received[given] = change[back] = None
    return tuple(received), tuple(label for label in change if label not in received)


def _unknown_below(rows: Sequence[Row], carrier: str, total: Decimal) -> Iterator[tuple[str, Decimal]]:
    style = receipt_style(rows)
    found = False
    for row in rows:
        for number in row.numbers[-1:] if style else ():
            label = row.low[: number.start].strip(AROUND)
            amount = _value(style, number)
            if (
                found
                and amount is not None
                and letters(label)
                and label != carrier
                and rank_of(label, rows) == 1
            ):
                yield label, amount
            found = found or amount == total


def _value(style: Style | None, number: Number) -> Decimal | None:
    return style.value(number) if style else None


# ---- trying them


def _fault(samples: Sequence[Sample], profile: RegisterProfile, read: Reader) -> str | None:
    """What a profile reads wrongly on the samples, or does not read."""
    for sample in samples:
        readings = read(sample, profile)
        sales = [reading for reading in readings if reading.kind is Kind.SALE]
        for wrong in (reading for reading in sales if amount_of(reading) not in (None, sample.total)):
            return f"{sample.name} would be read as {amount_of(wrong)} instead of {sample.total}"
        main = main_reading(readings)
        if main.total is None or main.kind is not Kind.SALE:
            return f"{sample.name} has no total: {main.reason or f'it is a {main.kind.value}'}{_remedy(main.reason)}"
    return None


def _remedy(reason: str | None) -> str:
    return (
        " (--only-paid says that this register prints no bill before it is paid)" if reason == _UNPAID else ""
    )
