"""Amounts as registers print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_EXAMPLE: Final = re.compile(r"1(\D?)234(?:(\D)(\d+))?")


@dataclass(frozen=True, slots=True)
class MoneyStyle:
    """How amounts look on one receipt. `example` shows 1234.56, `signed` and `minus` hold a {}."""

    example: str
    signed: str
    minus: str
    decimals: int

    def bare(self, minor: int) -> str:
        """Without the currency's sign."""
        return self._negative(minor, self._digits(abs(minor)))

    def with_sign(self, minor: int) -> str:
        return self._negative(minor, self.signed.format(self._digits(abs(minor))))

    def _negative(self, minor: int, text: str) -> str:
        return self.minus.format(text) if minor < 0 else text

    def _digits(self, minor: int) -> str:
        shape = _EXAMPLE.fullmatch(self.example)
        assert shape is not None, f"{self.example} is no way of writing 1234.56"
        whole, fraction = divmod(minor, 10**self.decimals)
        text = f"{whole:,}".replace(",", shape[1])
        if shape[2] is None:
            return text
        return f"{text}{shape[2]}{fraction:0{len(shape[3])}}"
