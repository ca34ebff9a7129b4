"""Further receipts than the captures, written down as text with what a reader must make of them.

A file of `papers/` holds one language. Each paper opens with a line
`=== what it is | kind[,kind] | total | method[,method] | receipt number`, "-" for none; what follows is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from receiptbridge import money
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.currency import UNKNOWN_EXPONENT
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

FOLDER: Final = Path(__file__).parents[1] / "receipt" / "papers"

SENT_AS: Final = {
    "zh": (b"", "gb18030"), "ja": (b"\x1bt\x01", "cp932"), "ko": (b"", "cp949"), "ru": (b"\x1bt\x11", "cp866"),
    "th": (b"\x1bt\x15", "cp874"), "vi": (b"", "utf-8"), "ar": (b"", "utf-8"),
}  # fmt: skip
"""Language -> what selects the characters, and their codec. All others: Western European with the euro."""

GRAMMAR, PRINTER, REGISTER = load_grammar("escpos"), load_printer("generic-80"), load_register("generic")


@dataclass(frozen=True, slots=True)
class Paper:
    """`kinds`: the right one first, then others that are defensible. `total` is as `format_minor` writes it."""

    language: str
    name: str
    kinds: tuple[str, ...]
    total: Decimal | None
    methods: frozenset[str]
    receipt_no: str | None
    text: str

    @property
    def is_sale(self) -> bool:
        return self.kinds == ("sale",)

    def printed(self, text: str | None = None) -> bytes:
        select, codec = SENT_AS.get(self.language, (b"\x1bt\x13", "cp858"))
        words = text or self.text
        if codec == "cp932":
            words = words.replace("¥", "\\")  # the yen sign of Shift JIS
        return b"\x1b@" + select + words.encode(codec, "replace") + b"\n\n\n\x1dV\x00"


def papers(folder: Path = FOLDER) -> Iterator[Paper]:
    for path in sorted(folder.glob("*.txt")):
        for entry in path.read_text(encoding="utf-8").split("=== ")[1:]:
            head, _, text = entry.partition("\n")
            name, kinds, total, methods, number = (field.strip() for field in head.split("|"))
            yield Paper(
                path.stem.partition("-")[0],
                name,
                tuple(kinds.split(",")),
                None if total == "-" else Decimal(total),
                frozenset() if methods == "-" else frozenset(methods.split(",")),
                None if number == "-" else number,
                text.rstrip("\n"),
            )


def read_all(data: bytes) -> list[ReceiptReading]:
    return [
        read_receipt(receipt, grammar=GRAMMAR, printer=PRINTER, register=REGISTER, currency=None)
        for receipt in split(data, GRAMMAR, PRINTER)
    ]


def amount(reading: ReceiptReading) -> Decimal | None:
    """The total as printed, in units of its currency."""
    if reading.total is None:
        return None
    if reading.currency is None:
        return Decimal(reading.total).scaleb(-UNKNOWN_EXPONENT)
    return Decimal(money.format_minor(reading.total, reading.currency))
