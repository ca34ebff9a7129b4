"""What may say, on a sample, that an amount is the total: the label before it or above it, or the form of its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from receiptbridge.profiles.patterns import PATTERN_MOST
from receiptbridge.receipt.amounts import Number, Style
from receiptbridge.receipt.explanation import columns_of
from receiptbridge.receipt.fold import letters
from receiptbridge.receipt.lexicon import languages_of, lexicon
from receiptbridge.receipt.statements import Row, make_rows
from receiptbridge.receipt.styles import receipt_style

KNOWN: Final = 0
"""The rank of a label that the lexicons know as a total's."""

LABEL_MOST: Final = 40

AROUND: Final = " :.=*-_|#($¥￥€£"
_AMOUNT: Final = r"(?P<total>-?\d[\d.,']*+)"


class Sample(NamedTuple):
    """A captured stream: the lines (text, large) of each of its receipts, its bytes, and the total that is known."""

    name: str
    data: bytes
    pages: tuple[tuple[tuple[str, bool], ...], ...]
    total: Decimal


class Carrier(NamedTuple):
    """What may say that an amount is the total."""

    rank: int  # the lower, the likelier
    row: int  # the amount's
    kind: str  # "label" or "pattern"
    text: str
    above: int = 0  # how many rows with amounts stand above it


def find_carriers(sample: Sample) -> Iterator[Carrier]:
    """All that stands by the known total on a sample."""
    for page in sample.pages:
        rows = make_rows(page)
        style = receipt_style(rows)
        for row in rows if style else ():
            for number in row.numbers:
                if style is not None and style.value(number) == sample.total:
                    above = sum(1 for other in rows[: row.index] if _has_price(other, style))
                    for carrier in (*_labels(rows, row, number), *_form(row, number, page[row.line][0])):
                        yield carrier._replace(above=above)


def _has_price(row: Row, style: Style) -> bool:
    return any(style.is_price(number) and style.value(number) for number in row.numbers)


def _labels(rows: Sequence[Row], row: Row, number: Number) -> Iterator[Carrier]:
    """The words right before a number, or on the line above it, as whole and as their last column."""
    before = max((n.end for n in row.numbers if n.end <= number.start), default=0)
    label = row.low[before : number.start].strip(AROUND)
    if not letters(row.low) and row.index:
        above = rows[row.index - 1]
        label = "" if above.numbers else above.low.strip(AROUND)
    for text in dict.fromkeys((label, re.split(r"\s{2,}", label)[-1].strip(AROUND))):
        rank = rank_of(text, rows)
        if rank is not None and letters(text) and len(text) <= LABEL_MOST and not re.search(r"\d", text):
            yield Carrier(rank, row.index, "label", text)


def rank_of(label: str, rows: Sequence[Row]) -> int | None:
    """How likely a label means the total; None where it is known to mean something else, as "cash" does."""
    words = lexicon(languages_of(row.low for row in rows)).labels
    said = {hit.meaning for hit in words.find(label)} - {"neutral", "inclusive"}
    if said == {"total"}:
        return 0
    if not said:
        return 1
    return 2 if said <= {"total", "total_weak", "number"} else None


def _form(row: Row, number: Number, line: str) -> Iterator[Carrier]:
    """The line as an expression: its words stay, its other numbers and its blanks may be any."""
    start, end = columns_of(row, number.start, number.end, line)
    pattern = f"^{_expression(line[:start])}{_AMOUNT}{_expression(line[end:])}\\s*+$"
    known = {hit.meaning for hit in lexicon(languages_of([row.low])).labels.find(row.low)}
    if len(pattern) <= PATTERN_MOST and known <= {"total", "total_weak", "neutral", "inclusive", "count"}:
        yield Carrier(3 if letters(row.low) else 4, row.index, "pattern", pattern)


def _expression(text: str) -> str:
    pieces = re.findall(r"\d+|\s+|.", text)
    return "".join(
        r"\d++" if piece[0].isdecimal() else r"\s*+" if piece.isspace() else re.escape(piece)
        for piece in pieces
    )


def in_common(carried: Sequence[Sequence[Carrier]]) -> list[Carrier]:
    """What carries the total on every sample, likeliest first."""
    shared = set.intersection(*({(c.kind, c.text) for c in carriers} for carriers in carried))
    first = {(c.kind, c.text): c for c in sorted(carried[0], reverse=True)}
    worst = {key: max(c.rank for cs in carried for c in cs if (c.kind, c.text) == key) for key in shared}
    return sorted(first[key]._replace(rank=worst[key]) for key in shared)
