"""Lines, feeds, margins, and the cutter."""

from __future__ import annotations

from .commands import u16
from .machine import Handler, Machine

_JUSTIFY = {0: 0, 48: 0, 1: 1, 49: 1, 2: 2, 50: 2}


def at_line_start(handler: Handler) -> Handler:
    """Commands that a printer obeys only at the beginning of a line, and never in page mode."""

    def handle(m: Machine, data: bytes) -> None:
        if not m.line.open and m.page is None:
            handler(m, data)

    return handle


def _line_feed(m: Machine, _data: bytes) -> None:
    m.end_line(m.settings.line_spacing)


def _feed_dots(m: Machine, data: bytes) -> None:
    m.end_line(m.down(data[0]))


def _feed_lines(m: Machine, data: bytes) -> None:
    m.end_line(data[0] * m.settings.line_spacing)


def _back_dots(m: Machine, data: bytes) -> None:
    m.end_line(0)
    m.surface.feed(-m.down(data[0]))


def _back_lines(m: Machine, data: bytes) -> None:
    m.end_line(0)
    m.surface.feed(-data[0] * m.settings.line_spacing)


def _default_spacing(m: Machine, _data: bytes) -> None:
    m.settings.line_spacing = m.model.line_spacing


def _spacing(m: Machine, data: bytes) -> None:
    m.settings.line_spacing = m.down(data[0])


def _justify(m: Machine, data: bytes) -> None:
    if data[0] in _JUSTIFY:
        m.settings.justify = _JUSTIFY[data[0]]


def _upside_down(m: Machine, data: bytes) -> None:
    m.settings.upside_down = bool(data[0] & 1)


def _left_margin(m: Machine, data: bytes) -> None:
    m.settings.left_margin = m.across(u16(data, 0))


def _width(m: Machine, data: bytes) -> None:
    m.settings.width = max(1, m.across(u16(data, 0)))


def _motion_units(m: Machine, data: bytes) -> None:
    """GS P x y: fractions of an inch; 0 stands for the printer's own."""
    m.settings.horizontal_unit = data[0] or m.model.horizontal_unit
    m.settings.vertical_unit = data[1] or m.model.vertical_unit


def _to_line_start(m: Machine, data: bytes) -> None:
    """GS T n: throw the open line away (0) or print it (1)."""
    if data[0] in (0, 48):
        m.line.clear()
    elif data[0] in (1, 49) and m.line.open:
        m.end_line(m.settings.line_spacing)


def _cut_here(m: Machine, _data: bytes) -> None:
    if m.model.cutter:
        m.paper.cut()


def _cut(m: Machine, data: bytes) -> None:
    """GS V m [n]: cut (0, 1), feed to the cutter and n further and cut (65, 66), reserve a cut where the
    paper is now (97, 98), or feed, cut and bring the paper back (103, 104)."""
    if not m.model.cutter:
        return
    mode = data[0]
    if mode in (0, 1, 48, 49):
        m.paper.cut()
        return
    ahead = m.down(data[1]) if len(data) > 1 else 0
    if mode in (97, 98):
        m.paper.reserve_cut(ahead)
    elif mode in (65, 66, 103, 104):
        m.paper.feed(m.paper.head_to_cutter + ahead)
        m.paper.cut()
        if mode in (103, 104):
            m.paper.feed(-m.paper.head_to_cutter)


HANDLERS: dict[str, Handler] = {
    "LF": _line_feed, "ESC J": _feed_dots, "ESC d": _feed_lines, "ESC K": _back_dots, "ESC e": _back_lines,
    "ESC 2": _default_spacing, "ESC 3": _spacing, "ESC a": at_line_start(_justify),
    "ESC {": at_line_start(_upside_down), "GS L": at_line_start(_left_margin),
    "GS W": at_line_start(_width), "GS P": _motion_units, "GS T": _to_line_start,
    "GS V": at_line_start(_cut), "ESC i": at_line_start(_cut_here), "ESC m": at_line_start(_cut_here),
}  # fmt: skip
