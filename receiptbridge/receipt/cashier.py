"""Who stood at the register, as far as a merchant needs it to see claims out of proportion.

A number or short id is kept as printed. Of a name only its first letter is kept: enough to tell two people of one till
apart most of the time, and nobody's name leaves the counter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LABELS: Final = (
    "收银员|收款员|收銀員|营业员|服务员|操作员|工号|cashier|operator|clerk|associate|kassierer|kassiererin|bediener"
    "|caissier|caissière|vendeur|cajero|cajera|le atendió|atendido por|cassiere|operatore|caixa|operador|kasjer"
    "|кассир|担当|レジ担当|責任者|계산원|담당|kasir|thu ngân|พนักงาน|แคชเชียร์|كاشير|أمين الصندوق"
)
_BEHIND: Final = r"(?:[ ]?(?:no|nr|id|user|number|编号|号|號)\b\.?)?[\]\s]*[:：#.]?\s*"
_CASHIER: Final = re.compile(rf"(?:^|[\s|\[])(?:{_LABELS})(?![a-zà-ÿ'’]){_BEHIND}(\S[^|:：]*)", re.IGNORECASE)
_ID: Final = re.compile(r"[A-Za-z]{0,4}-?\d[A-Za-z0-9-]*")
_NAME: Final = re.compile(r"[^\W\d_]+", re.UNICODE)
_TIME_OR_AMOUNT: Final = re.compile(r"\d+(?:[.,:/]\d+)+")
_ID_MOST: Final = 8
"""Longer numbers may be telephones or citizens: their last four tell colleagues apart."""
_LAST: Final = 4


def read_cashier(lines: Iterable[str]) -> str | None:
    """The first cashier that a receipt names: an id ("1090", "A12"), or a name's first letter ("张*")."""
    for line in lines:
        if (found := _CASHIER.search(line)) is not None and (kept := _kept(found[1])) is not None:
            return kept
    return None


def _kept(printed: str) -> str | None:
    """Of "12 - Anna" the number, of "Anna" the letter, of what is an amount or a time nothing."""
    first = re.split(r"\s{2,}", printed.strip(), maxsplit=1)[0]
    plain = _TIME_OR_AMOUNT.sub(" ", first)
    if (number := _ID.search(plain)) is not None:
        return number[0] if len(number[0]) <= _ID_MOST else f"*{number[0][-_LAST:]}"
    if plain == first and (name := _NAME.match(plain)) is not None:
        return f"{name[0][0].upper()}*"
    return None
