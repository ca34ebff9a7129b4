"""Receipts by the thousand: a paper, a basket, a register's manner, and the truth beside the bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from . import library, writer
from .baskets import Item, invent, real_baskets
from .layout import Row, fill
from .money import MoneyStyle
from .spoil import spoil
from .templates import Country, Paper, papers, vary
from .till import ring_up, truth

_WESTERN: Final = frozenset({"cp437", "cp850", "cp858", "cp860", "cp1252"})
Change = Callable[[random.Random, str], str]
"""What becomes of a paper's rows before they are filled."""

_TWO_IN_A_JOB: Final = 0.03
_BY_LIBRARY: Final = 0.2


@dataclass(frozen=True, slots=True)
class Made:
    """One job as a register sends it, and the truth in the form of the captures' labels."""

    id: str
    data: bytes
    truth: dict[str, Any]


def generate(
    seed: int, count: int, *, only: str = "", real: bool = False, spoiled: bool = False
) -> Iterator[Made]:
    """`count` jobs. `only`: of papers whose name begins so; `real`: sales of real baskets only.
    `spoiled`: rows of each are missing, or their words are of no language."""
    choice = [
        paper for paper in papers() if paper.name.startswith(only) and (paper.kind == "sale" or not real)
    ]
    if not choice:
        raise ValueError(
            f"no paper's name begins with {only!r}; they are {', '.join(p.name for p in papers())}"
        )
    baskets = real_baskets(seed) if real else None
    for number in range(1, count + 1):
        # Each has a seed of its own: one more template does not change how the others are varied.
        rng = random.Random(f"{seed}/{number}")
        paper = rng.choices(choice, [paper.weight for paper in choice])[0]
        basket = next(baskets) if baskets else None
        prefix = ("b" if real else "g") + ("s" if spoiled else "")
        yield _job(f"{prefix}{seed}-{number:06}", paper, basket, rng, spoil if spoiled else _as_it_is)


def _as_it_is(rng: random.Random, rows: str) -> str:
    return rows


def _job(name: str, paper: Paper, basket: Sequence[Item] | None, rng: random.Random, change: Change) -> Made:
    country = paper.country
    manner = writer.any_manner(rng, country.codecs, paper.columns)
    write = writer.write
    if manner.codec in _WESTERN and rng.random() < _BY_LIBRARY:
        manner, write = library.manner_of(manner), library.write
    style = _money_style(country, rng)
    receipts = [_receipt(paper, basket, style, rng, change)]
    if paper.kind == "sale" and basket is None and rng.random() < _TWO_IN_A_JOB:
        receipts.append(_receipt(paper, None, style, rng, change))
    data = b"".join(write(rows, manner) for rows, _ in receipts)
    truths = [own for _, own in receipts]
    about = {
        "id": name,
        "set": "generated",
        "template": paper.name,
        "lang": country.lang,
        "receipts": truths,
        "transport": "text",
        "protocol": "escpos",
        "encoder": "python-escpos" if write is library.write else "own direct writer",
        "encoder_params": {"way": manner.way},
        "codepage": manner.codec,
        "columns": manner.columns,
        "text": "\n".join(_as_text(row) for row in receipts[0][0]),
    }
    return Made(name, data, about | truths[0])


def _receipt(
    paper: Paper, basket: Sequence[Item] | None, style: MoneyStyle, rng: random.Random, change: Change
) -> tuple[list[Row], dict[str, Any]]:
    bought = invent(paper, rng) if basket is None else basket
    text = vary(rng, paper.rows)
    rung = ring_up(paper, bought, rng)
    return fill(change(rng, text), rung, style), truth(paper, rung, text)


def _money_style(country: Country, rng: random.Random) -> MoneyStyle:
    return MoneyStyle(
        rng.choice(country.number), rng.choice(country.signed), rng.choice(country.minus), country.decimals
    )


def _as_text(row: Row) -> str:
    return row.rule * 3 if row.rule else " ".join(row.cells)
