"""What the block's words are in any language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from receiptbridge.profiles.model import TwoByteCharset

Part = Literal["sale", "scan", "typed", "join", "typed_alone", "short", "scan_or_type"]

Wordings = tuple[str, ...]
"""One paragraph, the longest wording first: the first that fits the paper is printed, so the last must fit
32 columns (58 mm). "\\n" begins a new line."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One language. Fields of `parts`: {amount} and {points} with their units, {until}, {code} the typed
    code, {host} where to type it."""

    title: str
    points_forms: tuple[str, str]  # one point, any other number
    by_date: str
    within_days: str  # the clock was not known to be good
    parts: Mapping[Part, Wordings]
    units: Mapping[str, str] = field(default_factory=dict)  # ISO 4217 code -> how an amount of it is written
    other_unit: str = "{number}"
    decimal_mark: str = "."
    two_byte: TwoByteCharset = "none"  # the charset whose printers have all its characters
    # Scripts whose letters join, stack or run leftwards: printers' code pages leave that to the sender.
    only_as_picture: bool = False

    def phrases(self) -> Iterator[str]:
        """All that is said, fields in braces."""
        yield from (self.title, *self.points_forms, self.by_date, self.within_days, self.other_unit)
        yield from self.units.values()
        for wordings in self.parts.values():
            yield from wordings

    def points(self, number: int) -> str:
        one, many = self.points_forms
        return (one if number == 1 else many).format(number=number)

    def money(self, number: str, currency: str) -> str:
        """An amount given as "63.67" as this language writes it."""
        unit = self.units.get(currency, self.other_unit)
        return unit.format(number=number.replace(".", self.decimal_mark), currency=currency)
