"""In which style a receipt's amounts are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from receiptbridge.receipt.amounts import THOUSANDTHS, Number, Style, style_in_thousandths, style_of
from receiptbridge.receipt.statements import Row

_GROUPS_BY_COMMAS: Final = frozenset({"en", "ar", "zh", "ja", "ko", "th"})
"""Languages of countries where no point parts thousands."""

_NO_DECIMAL_COMMA: Final = frozenset({"zh", "ja", "ko", "th"})
_COMMA_PART: Final = re.compile(r",\d{1,2}$")
"""Where commas part thousands only, seats: "row H, 12,13"."""

_WHOLE_UNITS: Final = frozenset({"TWD", "KRW", "JPY"})


def _is_in_whole_units(rows: Sequence[Row]) -> bool:
    """Whether amounts bear a currency that has no decimals, and none: what has some are litres and their prices."""
    marked = [number for row in rows for number in row.numbers if number.currency is not None]
    return bool(marked) and all(n.currency in _WHOLE_UNITS and "." not in n.digits for n in marked)


def _proves_parts(number: Number) -> bool:
    """Whether a number is less than one: no thousands begin with 0."""
    return number.digits.startswith("0.")


def receipt_style(
    rows: Sequence[Row], languages: Sequence[str] = (), currency: str | None = None
) -> Style | None:
    """The style of the receipt's amounts, by the last number of every row; None where it cannot be told.

    18.750 is many in Spanish and little in Arabic dinars: its currency (printed, or that of register or lane) tells,
    and where nobody groups by points and nothing tells, it is not read.
    """
    last = [row.numbers[-1] for row in rows if row.numbers]
    if languages[:1] and languages[0] in _NO_DECIMAL_COMMA:
        last = [number for number in last if not _COMMA_PART.search(number.digits)]
    style = style_of(last)
    if style is not None and _is_in_whole_units(rows):
        return Style("")
    if style is None or style.decimal:
        return style
    fine = style_in_thousandths(last)
    printed = {number.currency for row in rows for number in row.numbers} - {None}
    if fine is None or printed - THOUSANDTHS:
        return style
    if printed or currency in THOUSANDTHS or any(map(_proves_parts, last)):
        return fine
    if any("دينار" in row.low for row in rows):  # of whatever country: a thousand fils
        return fine
    doubtful = (
        fine.decimal == "."
        and bool(languages)
        and _GROUPS_BY_COMMAS.issuperset(languages)
        and currency is None
    )
    return None if doubtful else style
