"""The number that the register gave to a receipt, and the receipt that a refund or void speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from receiptbridge.receipt.lexicon import Phrases
from receiptbridge.receipt.statements import Row

_GLUE: Final = re.compile(r"(?:\s|[:#.№°º]|no\b|nr\b|n\b|num\b|number\b|id\b)*", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r"(?:[A-Z]{1,3} )?(?:[A-Za-z]{1,4}[-/])*[A-Za-z]{0,6}\d[A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*"
)
_PLACES: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}")
_MARKED: Final = re.compile(r"(?<!\w)#\s?(\d[\w-]{2,})")
_BESIDE_A_DATE: Final = re.compile(r"(?<![\w./:-])([A-Za-z]{0,4}\d[\w-]{3,})(?![\w./:])")
_DATE_OR_TIME: Final = re.compile(
    r"(?<![\d-])\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?(?![\d-])|\d{1,2}:\d{2}(?::\d{2})?"
)


class Numbers(NamedTuple):
    receipt: str | None
    original: str | None


def read_numbers(rows: Sequence[Row], labels: Phrases, amounts_at: frozenset[int]) -> Numbers:
    """The receipt's own number and that of the receipt it refers to, as printed."""
    original = next(_labelled(rows, labels, "original", frozenset()), None)
    own = (number for number in _labelled(rows, labels, "number", amounts_at) if number != original)
    return Numbers(next(own, None) or next(_unlabelled(rows, amounts_at), None), original)


def _labelled(
    rows: Sequence[Row], labels: Phrases, meaning: str, amounts_at: frozenset[int]
) -> Iterator[str]:
    """Numbers behind a label, longer labels telling: "原单号" is no "单号"."""
    for row in rows:
        if row.index in amounts_at:
            continue
        hits = labels.find(row.low)
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
            if token is not None and not _PLACES.fullmatch(token[0]) and not _is_time(row.text, token.end()):
                yield token[0]


def _is_time(text: str, at: int) -> bool:
    return re.match(r":\d\d", text[at : at + 3]) is not None


def _unlabelled(rows: Sequence[Row], amounts_at: frozenset[int]) -> Iterator[str]:
    """Numbers behind a "#", or the one other number on the line of the date."""
    plain = [row for row in rows if row.index not in amounts_at]
    for row in plain:
        if marked := _MARKED.search(row.text):
            yield marked[1]
    for row in plain:
        rest, dated = _DATE_OR_TIME.subn(" ", row.text)
        found = _BESIDE_A_DATE.findall(rest)
        if dated and len(found) == 1:
            yield found[0]
