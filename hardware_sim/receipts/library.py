"""The same rows by python-escpos: its own choice of code pages, alignment and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .charsets import width
from .layout import Row
from .writer import Manner

WAY = "python-escpos"


def write(rows: Sequence[Row], manner: Manner) -> bytes:
    """The job of one receipt. The encoder writes Western text only, so `manner.codec` must be one."""
    from escpos.printer import Dummy

    printer = Dummy()
    printer.hw("INIT")
    for row in rows:
        room = manner.columns // (2 if row.big else 1)
        align = "center" if row.align == "centre" else row.align
        printer.set(
            align=align,
            bold=row.bold,
            double_width=row.big,
            double_height=row.big,
            normal_textsize=not row.big,
        )
        printer.textln(row.rule * manner.columns if row.rule else _line(row, room))
    printer.cut()
    output: bytes = printer.output
    return output


def _line(row: Row, room: int) -> str:
    if len(row.cells) == 1:
        return row.cells[0]
    right = "".join(f" {cell:>8}" for cell in row.cells[1:])
    return row.cells[0] + " " * max(1, room - width(row.cells[0]) - width(right)) + right


def manner_of(manner: Manner) -> Manner:
    """The same register with that encoder in it."""
    return replace(manner, way=WAY, codec="utf-8")
