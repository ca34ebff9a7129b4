"""The number that the register gave to a receipt, and the receipt that a refund or void speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from receiptbridge.receipt.lexicon import Hit, Lexicon
from receiptbridge.receipt.statements import Row

_GLUE: Final = re.compile(r"(?:\s|[:#.№°º]|no\b|nr\b|n\b|num\b|number\b|id\b)*", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r"(?:[A-Z]{1,3} )?(?:[A-Za-z]{1,4}[-/])*[A-Za-z]{0,6}\d[A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*"
)
_DATE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_SHORT: Final = re.compile(r"\d{1,2}")
_ALONE: Final = re.compile(r"[A-Z]{1,3}-?\d{6,10}")
_MARKED: Final = re.compile(r"(?<!\w)#\s?(\d[\w-]{2,})")
_BESIDE_A_DATE: Final = re.compile(r"(?<![\w./:-])([A-Za-z]{0,4}\d[\w-]{3,})(?![\w./:])")
_DATE_OR_TIME: Final = re.compile(
    r"(?<![\d-])\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?(?![\d-])|\d{1,2}:\d{2}(?::\d{2})?"
)


_GOES_ON: Final = re.compile(r":\d\d|[ ]?%|[.,]\d")
"""Behind what is no number of a receipt: a time, a rate, an amount."""


class Numbers(NamedTuple):
    receipt: str | None
    original: str | None


class _Labelled(NamedTuple):
    number: str
    bare: bool


_BARE_LABEL: Final = 2
""" "No" may number anything; a label that says more goes before it."""


def read_numbers(rows: Sequence[Row], words: Lexicon, amounts_at: frozenset[int]) -> Numbers:
    """The receipt's own number and that of the receipt it refers to, as printed."""
    original = next((number for number, _ in _labelled(rows, words, "original", frozenset())), None)
    found = sorted(_labelled(rows, words, "number", amounts_at), key=lambda found: found.bare)
    own = [number for number, _ in found if number != original]
    long = (number for number in own if not _SHORT.fullmatch(number))
    receipt = next(long, None) or next(_unlabelled(rows, amounts_at), None) or next(iter(own), None)
    return Numbers(receipt, original)


def _labelled(
    rows: Sequence[Row], words: Lexicon, meaning: str, amounts_at: frozenset[int]
) -> Iterator[_Labelled]:
    """Numbers behind a label, longer labels telling: "原单号" is no "单号"."""
    for row in rows:
        if row.index in amounts_at:
            continue
        hits = _naming_hits(row, words)
        for hit, following in zip_longest(hits, hits[1:]):
            if hit.meaning != meaning:
                continue
            glue = _GLUE.match(row.text, hit.end)
            at = glue.end() if glue else hit.end
            if (
                following is not None
                and following.start < at
                and following.meaning not in (meaning, "neutral")
            ):
                continue
            token = _TOKEN.match(row.text, at)
            if token is not None and following is not None and _names_another(following, token):
                continue
            if (
                token is not None
                and not _DATE.fullmatch(token[0])
                and not _GOES_ON.match(row.text, token.end())
            ):
                yield _Labelled(token[0], hit.end - hit.start <= _BARE_LABEL)


def _names_another(following: Hit, token: re.Match[str]) -> bool:
    """Whether a number opens with another label: "TAX INVOICE ABN 82 007" has none of its own."""
    return following.meaning == "identity" and token.start() == following.start and " " in token[0]


def _naming_hits(row: Row, words: Lexicon) -> list[Hit]:
    return [
        hit._replace(meaning=words.naming.get(row.low[hit.start : hit.end], hit.meaning))
        for hit in words.labels.find(row.low)
    ]


def _unlabelled(rows: Sequence[Row], amounts_at: frozenset[int]) -> Iterator[str]:
    """Numbers behind a "#", or the one other number on the line of the date."""
    plain = [row for row in rows if row.index not in amounts_at]
    for row in plain:
        if marked := _MARKED.search(row.text):
            yield marked[1]
    for row in plain:
        if alone := _ALONE.fullmatch(row.text):
            yield alone[0]
    for row in plain:
        rest, dated = _DATE_OR_TIME.subn(" ", row.text)
        found = _BESIDE_A_DATE.findall(rest)
        if dated and len(found) == 1:
            yield found[0]
