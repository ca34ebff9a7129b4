"""The currency of a receipt: what is printed with its amounts, then what register and lane say, then the language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from receiptbridge import money
from receiptbridge.receipt.amounts import DOLLARS, SIGNS, YEN_OR_YUAN
from receiptbridge.receipt.statements import Row, Statement

UNKNOWN_EXPONENT: Final = 2
"""Amounts whose currency is not known are kept in hundredths."""

_HOME: Final = {"zh": "CNY", "ja": "JPY", "ko": "KRW", "ru": "RUB", "th": "THB", "vi": "VND", "id": "IDR"}
"""A language of one country tells the currency where nothing else does."""

_TELLING: Final = {
    "gstin": "INR", "cgst": "INR", "abn": "AUD", "eftpos": "AUD", "hst": "CAD", "pst": "CAD", "interac": "CAD",
    "rfc": "MXN", "cuit": "ARS", "nit": "COP", "rut": "CLP", "ruc": "PEN", "cnpj": "BRL", "siret": "EUR", "npwp": "IDR",
    "sst": "MYR",
}  # fmt: skip
"""Taxes, registers and schemes of one country."""

_UNMISTAKABLE: Final = {sign: code for sign, code in SIGNS.items() if len(sign) == 1 and not sign.isalpha()}
_WORD: Final = re.compile(r"[a-z]+")
_WEIGHTY: Final = frozenset({"total", "total_weak", "subtotal"})
_TOTAL_WEIGHT: Final = 10
"""The currency of the sums outweighs that of the items: a foreign price may stand among those."""


def receipt_currency(
    statements: Sequence[Statement], rows: Sequence[Row], language: str, assumed: str | None
) -> str | None:
    """The ISO 4217 code of a receipt's amounts; `assumed`: what register profile or lane say."""
    votes: Counter[str] = Counter()
    assumed = assumed or _told(rows)
    for statement in statements:
        if statement.currency is not None:
            votes[statement.currency] += _TOTAL_WEIGHT if statement.meaning in _WEIGHTY else 1
    if not votes:
        text = "".join(row.low for row in rows)
        votes.update(code for sign, code in _UNMISTAKABLE.items() if sign in text)
    for printed, _ in votes.most_common(1):
        return resolve(printed, language, assumed)
    return assumed or _HOME.get(language)


def _told(rows: Sequence[Row]) -> str | None:
    words = {word for row in rows for word in _WORD.findall(row.low)}
    return next((code for word, code in _TELLING.items() if word in words), None)


def resolve(printed: str, language: str, assumed: str | None) -> str | None:
    """The currency that a printed sign stands for here."""
    if printed == "$":
        return assumed if assumed in DOLLARS else "USD" if language == "en" else None
    if printed == "¥":
        return assumed if assumed in YEN_OR_YUAN else "JPY" if language == "ja" else "CNY"
    return printed


def is_in(statement: Statement, currency: str | None) -> bool:
    """Whether a statement's amount can be one in `currency`; those in another are equivalents."""
    sign = statement.currency
    if sign is None or currency is None or sign == currency:
        return True
    return (sign == "$" and currency in DOLLARS) or (sign == "¥" and currency in YEN_OR_YUAN)


def minor(amount: Decimal | None, currency: str | None) -> int | None:
    """`amount` in minor units; None where the currency has fewer decimals than were printed."""
    if amount is None:
        return None
    exponent = UNKNOWN_EXPONENT if currency is None else money.currency(currency).exponent
    scaled = amount.scaleb(exponent)
    return int(scaled) if scaled == scaled.to_integral_value() else None
