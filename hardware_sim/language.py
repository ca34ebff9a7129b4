"""What a printer understands at a moment, and how it obeys: its dialect, its model, Star's raster mode."""

from __future__ import annotations

from . import commands, graphics, layout, page, star, star_lengths, symbols, system, text
from .commands import Table, compile_table
from .machine import Handler, Machine

_HANDLERS: dict[str, Handler] = (
    text.HANDLERS | layout.HANDLERS | graphics.HANDLERS | symbols.HANDLERS | page.HANDLERS | system.HANDLERS
)
_STAR = compile_table(star_lengths.FIXED, star_lengths.VARIABLE)
_STAR_RASTER = compile_table(star_lengths.RASTER_FIXED, star_lengths.RASTER_VARIABLE, text=False)


def language(m: Machine) -> tuple[Table, dict[str, Handler]]:
    """What the printer understands at this moment, and how it obeys."""
    if m.model.dialect == "star":
        return _STAR_RASTER if m.raster else _STAR, star.HANDLERS
    return commands.escpos(m.model.beeps_on_esc_b, m.model.lacks), _HANDLERS
