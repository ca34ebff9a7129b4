"""A paper's rows filled with the facts of a receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from .decoys import Facts
from .money import MoneyStyle
from .till import Rung

_RULE: Final = re.compile(r"([-=*_.·─])\1{2,}")
_LOOP: Final = re.compile(r"@(item|pay|tax) ")
_CONDITION: Final = re.compile(r"\?(!?)([a-z_0-9]+) ")
_STYLE: Final = re.compile(r"([\^>]?[*!]?) (?=\S)")
_FACT: Final = re.compile(r"\{(\$?)(-?)([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row before it has a width: its cells from left to right, or one sign that fills it."""

    cells: tuple[str, ...]
    align: str = "left"  # of a single cell: "left", "centre", "right"
    big: bool = False
    bold: bool = False
    rule: str = ""


def fill(rows: str, rung: Rung, style: MoneyStyle) -> list[Row]:
    """The rows of one receipt; `rows` has its alternatives decided already."""
    repeated = {"item": rung.items, "pay": rung.pays, "tax": rung.taxes, "": [Facts()]}
    lines = [(loop[1] if (loop := _LOOP.match(row)) else "", row) for row in rows.split("\n")]
    filled = []
    for loop, group in groupby(lines, key=lambda pair: pair[0]):
        texts = [_LOOP.sub("", row, count=1) for _, row in group]
        for own in repeated[loop]:
            filled += list(_turn(texts, own, rung, style))
    return filled


def _turn(texts: Sequence[str], own: Facts, rung: Rung, style: MoneyStyle) -> Iterator[Row]:
    for text in texts:
        while condition := _CONDITION.match(text):
            holds = bool(own.get(condition[2]) or rung.flags.get(condition[2]))
            if holds == bool(condition[1]):
                break
            text = text[condition.end() :]
        else:
            yield _row(_FACT.sub(lambda fact: _print(fact, rung.facts | own, style), text))


def _print(fact: re.Match[str], facts: Facts, style: MoneyStyle) -> str:
    value = facts[fact[3]]
    if isinstance(value, str):
        return value
    value = -value if fact[2] else value
    return style.with_sign(value) if fact[1] else style.bare(value)


def _row(text: str) -> Row:
    if rule := _RULE.fullmatch(text.strip()):
        return Row((), rule=rule[1])
    found = _STYLE.match(text)
    marks = found[1] if found else ""
    body = text[found.end() :] if found and marks else text
    align = {"^": "centre", ">": "right"}.get(marks[:1], "left")
    cells = tuple(cell.strip() if at else cell.rstrip() for at, cell in enumerate(body.split("|")))
    return Row(cells, align, "*" in marks, "!" in marks)
