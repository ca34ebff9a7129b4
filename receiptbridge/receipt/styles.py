"""In which style a receipt's amounts are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from receiptbridge.receipt.amounts import THOUSANDTHS, Style, style_in_thousandths, style_of
from receiptbridge.receipt.statements import Row

_GROUPS_BY_COMMAS: Final = frozenset({"en", "ar", "zh", "ja", "ko", "th"})
"""Languages of countries where no point parts thousands."""


def receipt_style(
    rows: Sequence[Row], languages: Sequence[str] = (), currency: str | None = None
) -> Style | None:
    """The style of the receipt's amounts, by the last number of every row; None where it cannot be told.

    18.750 is many in Spanish and little in Arabic dinars: its currency (printed, or that of register or lane) tells,
    and where nobody groups by points and nothing tells, it is not read.
    """
    last = [row.numbers[-1] for row in rows if row.numbers]
    style = style_of(last)
    if style is None or style.decimal:
        return style
    fine = style_in_thousandths(last)
    printed = {number.currency for row in rows for number in row.numbers} - {None}
    if fine is None or printed - THOUSANDTHS:
        return style
    if printed or currency in THOUSANDTHS:
        return fine
    doubtful = (
        fine.decimal == "."
        and bool(languages)
        and _GROUPS_BY_COMMAS.issuperset(languages)
        and currency is None
    )
    return None if doubtful else style
