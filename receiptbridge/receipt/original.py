"""What a refund or void prints of the sale that it is of, beside the number: its date and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from receiptbridge.receipt.amounts import Style
from receiptbridge.receipt.dates import read_datetime
from receiptbridge.receipt.fold import fold, lower
from receiptbridge.receipt.lexicon import Phrases
from receiptbridge.receipt.statements import Row

_DATES: Final = (
    "原单时间|原单日期|原交易时间|原交易日期|原销售时间|原销售日期|原订单时间|原小票时间|原小票日期|原消费时间"
    "|原購買日期|original date|original sale date|original transaction date|orig date|orig. date|date of sale"
    "|date of purchase|purchase date|purchased on|sale date|kaufdatum|ursprungsdatum|date d'achat|date de vente"
    "|fecha de compra|fecha original|data da compra|data da venda|data original|data acquisto|data vendita"
    "|дата покупки|дата продажи|購入日|元取引日|구매일|원거래일|원거래일자|tanggal pembelian|ngay mua"
)
_TOTALS: Final = (
    "原单金额|原单合计|原交易金额|原销售金额|原订单金额|原小票金额|原单实付|original amount|original total"
    "|original sale amount|orig amount|orig total|ursprungsbetrag|montant d'origine|importe original"
    "|valor original|importo originale|сумма покупки|원거래금액"
)


@cache
def _phrases() -> Phrases:
    labels = {"date": _DATES, "total": _TOTALS}
    return Phrases(
        [{phrase: what for what, said in labels.items() for phrase in lower(fold(said)).split("|")}]
    )


def read_original_date(rows: Sequence[Row], *, month_first: bool) -> str | None:
    """When the sale was, as ISO 8601 local time; its midnight where only the day is printed."""
    for row in _labelled(rows, "date"):
        if (moment := read_datetime([replace(row, index=0)], month_first=month_first)) is not None:
            return moment
    return None


def read_original_total(rows: Sequence[Row], style: Style) -> Decimal | None:
    """What the sale came to."""
    for row in _labelled(rows, "total"):
        amounts = [value for number in row.numbers if (value := style.value(number)) is not None]
        if len(amounts) == 1:
            return abs(amounts[0])
    return None


def _labelled(rows: Sequence[Row], what: str) -> list[Row]:
    return [row for row in rows if any(hit.meaning == what for hit in _phrases().find(row.low))]
