"""A shop that sells: receipts of today, written by python-escpos as a register's software would.

The encoder is not ours, and neither are its habits: that is the point of using it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from escpos.printer import Dummy

Language = Literal["zh", "en"]

_COLUMNS = 48


@dataclass(frozen=True)
class Item:
    name: str
    quantity: int
    price: Decimal

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


@dataclass(frozen=True)
class Words:
    """What a shop prints around its items."""

    shop: str
    number: str
    date: str
    head: tuple[str, str, str, str]
    total: str
    paid: str
    change: str
    cash: str
    thanks: str


_WORDS: dict[Language, Words] = {
    "zh": Words(
        "万家福超市", "单号", "日期", ("品名", "数量", "单价", "金额"), "合计", "实收", "找零", "付款方式: 现金",
        "谢谢惠顾",
    ),
    "en": Words(
        "THE CORNER SHOP", "Receipt", "Date", ("Item", "Qty", "Price", "Amount"), "TOTAL", "CASH", "CHANGE",
        "Paid in cash", "Thank you",
    ),
}  # fmt: skip

BASKETS: dict[Language, tuple[Item, ...]] = {
    "zh": (
        Item("散装鸡蛋", 1, Decimal("11.36")),
        Item("海天生抽500ml", 3, Decimal("9.90")),
        Item("青菜", 3, Decimal("3.27")),
        Item("红富士苹果", 1, Decimal("12.80")),
    ),
    "en": (
        Item("Coffee beans 250g", 1, Decimal("38.00")),
        Item("Whole milk 1l", 2, Decimal("12.50")),
        Item("Sourdough bread", 1, Decimal("26.80")),
    ),
}


def receipt(
    language: Language,
    items: Sequence[Item],
    *,
    number: str,
    when: datetime.datetime,
    cash: Decimal,
) -> bytes:
    """One job: a cash sale, fed and cut as a simple register does."""
    words = _WORDS[language]
    printer = Dummy(profile="TM-T88V")
    printer.hw("INIT")
    if language == "zh":
        printer._raw(b"\x1c&")  # FS &: two-byte characters on
    printer.set(align="center", custom_size=True, width=2, height=2)
    _line(printer, words.shop)
    printer.set(align="left", custom_size=True, width=1, height=1)
    for line in _lines(words, items, number, when, cash):
        _line(printer, line)
    printer.set(align="center")
    _line(printer, words.thanks)
    printer.ln(4)
    printer._raw(b"\x1dV\x00")  # a cut without feed, as most tills send it
    return bytes(printer.output)


def _lines(
    words: Words, items: Sequence[Item], number: str, when: datetime.datetime, cash: Decimal
) -> list[str]:
    total = sum((item.amount for item in items), Decimal(0))
    rule = "-" * _COLUMNS
    return [
        f"{words.number}:{number}",
        f"{words.date}:{when:%Y-%m-%d %H:%M:%S}",
        rule,
        _row(*words.head),
        *(_row(item.name, str(item.quantity), str(item.price), str(item.amount)) for item in items),
        rule,
        _pair(words.total, total),
        _pair(words.paid, cash),
        _pair(words.change, cash - total),
        words.cash,
        rule,
    ]


def _row(name: str, quantity: str, price: str, amount: str) -> str:
    return _left(name, 24) + _right(quantity, 4) + _right(price, 10) + _right(amount, 10)


def _pair(label: str, amount: Decimal) -> str:
    return _left(label, _COLUMNS - 12) + _right(f"{amount:.2f}", 12)


def _left(text: str, columns: int) -> str:
    return text + _blanks(text, columns)


def _right(text: str, columns: int) -> str:
    return _blanks(text, columns) + text


def _blanks(text: str, columns: int) -> str:
    """What is left of the columns; Chinese characters take two each."""
    return " " * (columns - len(text.encode("gb18030")))


def _line(printer: Dummy, text: str) -> None:
    printer._raw(text.encode("gb18030") + b"\n")
