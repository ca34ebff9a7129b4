"""Amounts in the forms of old and foreign registers, brought to those that `amounts` finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_DASHED: Final = re.compile(r"(?<![\d.,])(-?\d{1,6})-(\d\d)$")
_AT_THE_END: Final = re.compile(r"\d[.,]\d\d$")
_STARRED: Final = re.compile(r"(?<=  )[*※#]+(?=\d{2,3}(?:,?\d{3})*$|\d{1,6}[.,]\d\d$)")
_PREFIXED: Final = re.compile(r"(?<![^\W_])([A-Z]{1,3})(?=\d{1,3}(?:,?\d{3})*\.\d\d(?!\d))")
_SEVERAL: Final = 3
"""One row may end in anything; so many that do so show the register's habit."""

_CODES: Final = {"R": "ZAR", "N": "NGN", "P": "PHP", "Q": "GTQ", "K": "ZMW", "KSH": "KES", "L": "HNL"}
"""Letters that stand for a currency where they are written to most of the amounts."""


def usual(texts: Sequence[str]) -> Sequence[str]:
    """The texts of a receipt's rows with their amounts in the usual form."""
    return _with_codes(_without_stars(_with_points(texts)))


def _with_points(texts: Sequence[str]) -> Sequence[str]:
    """The texts; where kopecks stand behind a dash (700-00) in most of the amounts, behind a point."""
    dashed = sum(_DASHED.search(text) is not None for text in texts)
    others = sum(_AT_THE_END.search(text) is not None for text in texts)
    if dashed < _SEVERAL or others > dashed:
        return texts
    return [_DASHED.sub(r"\1.\2", text) for text in texts]


def _without_stars(texts: Sequence[str]) -> Sequence[str]:
    """The texts; where stars stand before the amounts (*260), as against forgery or for their tax, blanks."""
    if sum(_STARRED.search(text) is not None for text in texts) < _SEVERAL:
        return texts
    return [_STARRED.sub(lambda stars: " " * len(stars[0]), text) for text in texts]


def _with_codes(texts: Sequence[str]) -> Sequence[str]:
    """The texts; where letters are written to the amounts (R847.30), the code of the currency they stand for."""
    letters = Counter(found for text in texts for found in _PREFIXED.findall(text.upper()))
    for prefix, times in letters.most_common(1):
        if times >= _SEVERAL - (prefix in _CODES):
            written = re.compile(rf"(?i)(?<![^\W_]){prefix}(?=\d)")
            return [written.sub(f"{_CODES.get(prefix, '')} ", text) for text in texts]
    return texts
