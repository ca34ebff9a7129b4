"""The registers' papers as data: `registers/*.toml`, one file a country.

A paper's rows are text. Each row may open with directives, then come cells that `|` divides:

- `%30` prints the row on 30 of 100 receipts; `?cash` where that fact or flag holds, `?!cash` where not
- `@item`, `@pay`, `@tax` print the row once for each item, tender or tax rate; neighbours take turns
- `^` centred, `>` right aligned, `*` double size, `!` bold
- `[a~b]` is one of the alternatives, the same on the whole receipt; `{total}` a fact, `{$total}` with the
  currency's sign, `{-total}` negative
- `---` or the like is a rule
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "registers"

_CHANCE: Final = re.compile(r"%(\d+) ")
_ALTERNATIVES: Final = re.compile(r"\[([^\[\]]*~[^\[\]]*)\]")


@dataclass(frozen=True)
class Country:
    """What the registers of one country have in common. Prices are in minor units."""

    lang: str
    currency: str
    decimals: int
    number: Sequence[str]  # how 1234.56 is written
    signed: Sequence[str]  # how the currency's sign stands by an amount
    codecs: Sequence[str]
    dates: Sequence[str]
    prices: Sequence[int]  # the least and the most; all are multiples of `step`
    numbers: Sequence[str]  # receipt numbers: # a digit, and strftime's directives
    items: Sequence[str]
    shops: Sequence[str]
    methods: Mapping[str, Sequence[str]]  # of payment, with what is printed for them
    minus: Sequence[str] = ("-{}",)
    step: int = 1
    notes: Sequence[int] = (500, 1000, 2000, 5000, 10000)  # what cash is given in
    weighed: Sequence[str] = ()
    traps: Sequence[str] = ()  # items that are called like something else on receipts
    rates: Sequence[float] = ()
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)  # further facts, any of them


@dataclass(frozen=True)
class Paper:
    """One thing that a register prints. Chances are of 100."""

    name: str
    country: Country
    rows: str
    kind: str = "sale"
    weight: float = 1.0
    taxes: str = "none"  # "included", "added"
    count: Sequence[int] = (1, 9)
    discount: int = 0  # chance of one on the whole receipt
    line_off: int = 0  # chance of one on an item
    service: float = 0  # percent added
    rounding: int = 0  # to a multiple of so many minor units
    rounds: str = "cash"  # which payments are rounded: "cash" or "all"; "down" is all, downwards
    pays: Sequence[str] = ()  # methods, if not all of the country's
    split: int = 0  # chance of two tenders
    flags: Mapping[str, int] = field(default_factory=dict)
    numbers: Sequence[str] = ()
    columns: Sequence[int] = (32, 42, 48)
    accepts: Sequence[str] = ()  # facts that are defensible as the total beside it


@cache
def papers() -> tuple[Paper, ...]:
    """All papers of all countries."""
    return tuple(
        paper
        for file in sorted(FOLDER.glob("*.toml"))
        for paper in _read(tomllib.loads(file.read_text("utf-8")))
    )


def _read(table: dict[str, Any]) -> list[Paper]:
    entries = table.pop("paper")
    country = Country(**table)
    return [Paper(country=country, **_plain(entry)) for entry in entries]


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"rows": entry["rows"].strip("\n")}


def vary(rng: random.Random, text: str) -> str:
    """One of the many texts that a template stands for: chances and alternatives decided."""
    rows = [kept for row in text.split("\n") if (kept := _by_chance(rng, row)) is not None]
    return _ALTERNATIVES.sub(lambda found: rng.choice(found[1].split("~")), "\n".join(rows))


def _by_chance(rng: random.Random, row: str) -> str | None:
    chance = _CHANCE.match(row)
    if chance is None:
        return row
    return row[chance.end() :] if rng.randrange(100) < int(chance[1]) else None
