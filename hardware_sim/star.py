"""The same machine spoken to in Star's dialects: Line Mode, its raster mode, and StarPRNT's pictures.

The letters mean other things than in ESC/POS: ESC d cuts, ESC a feeds, ESC i sets the size. Inside raster
mode (ESC * r A to ESC * r B) plain `b` and `k` are commands and nothing is text.
"""

from __future__ import annotations

from .commands import TEXT, u16
from .graphics import enlarge, rows
from .layout import HANDLERS as LAYOUT
from .machine import Handler, Machine
from .symbols import print_bar_code, print_qr
from .text import HANDLERS as TEXT_HANDLERS
from .text import columns

_ON_OFF = {0: False, 48: False, 1: True, 49: True}
_QUARTER_MM, _EIGHTH_MM = 4, 8
_MM_PER_INCH = 25.4
_COLUMN = 12  # dots of a character of font A: what margins are counted in
# Automatic status: length and version, then drawer and offline, errors, paper, all clear.
_STATUS = bytes([0x23, 0x86, 0, 0, 0, 0, 0, 0, 0])
_KINDS = ("upce", "upca", "ean8", "ean13", "code39", "itf", "code128", "code93", "codabar")
_BAR_MODULES = {1: 2, 2: 3, 3: 4}


def _set(name: str, value: object) -> Handler:
    def handle(m: Machine, _data: bytes) -> None:
        setattr(m.settings, name, value)

    return handle


def _switch(*names: str) -> Handler:
    """0 or 1, as number or digit."""

    def handle(m: Machine, data: bytes) -> None:
        if data[0] in _ON_OFF:
            for name in names:
                setattr(m.settings, name, type(getattr(m.settings, name))(_ON_OFF[data[0]]))

    return handle


def _size(m: Machine, data: bytes) -> None:
    """ESC i n1 n2: height, width; one to six times."""
    height, width = (n & 0x0F for n in data)
    if height < 6 and width < 6:
        m.settings.scale = m.settings.kanji_scale = (width + 1, height + 1)


def _scale(axis: int) -> Handler:
    def handle(m: Machine, data: bytes) -> None:
        scale = list(m.settings.scale)
        scale[axis] = (data[0] & 0x0F) + 1
        m.settings.scale = m.settings.kanji_scale = (scale[0], scale[1])

    return handle


def _two_byte(m: Machine, data: bytes) -> None:
    """ESC $ n: bytes above 7F are halves of two-byte characters. (ESC p, pairs of seven-bit JIS, is not made.)"""
    if data[0] in _ON_OFF:
        m.settings.two_byte = _ON_OFF[data[0]] and m.model.two_byte is not None


def _doubled(axis: int, times: int) -> Handler:
    """SO, DC4 and their kin: the old way to say double width or height."""

    def handle(m: Machine, _data: bytes) -> None:
        _scale(axis)(m, bytes([times - 1]))

    return handle


def _font(m: Machine, data: bytes) -> None:
    m.settings.font = 1 if data[0] in (1, 49) else 0


def _kanji_spacing(m: Machine, data: bytes) -> None:
    """ESC s n1 n2: 0 to 15, as number or as character from "0" on."""
    m.settings.kanji_spacing = (data[0] & 0x0F, data[1] & 0x0F)


def _left_margin(m: Machine, data: bytes) -> None:
    m.settings.left_margin = data[0] * _COLUMN
    _fit_between_margins(m)


def _right_margin(m: Machine, data: bytes) -> None:
    """ESC Q n: in columns from the paper's left edge, wherever the left margin is now or will be."""
    m.settings.right_edge = data[0] * _COLUMN
    _fit_between_margins(m)


def _fit_between_margins(m: Machine) -> None:
    right = min(m.settings.right_edge or m.model.dots, m.model.dots)
    m.settings.width = max(_COLUMN, right - m.settings.left_margin)


def _absolute(m: Machine, data: bytes) -> None:
    m.line.x = min(u16(data, 0), m.area[1])


def _relative(m: Machine, data: bytes) -> None:
    m.line.x = min(max(0, m.line.x + int.from_bytes(data, "little", signed=True)), m.area[1])


def _feed(parts_of_mm: int) -> Handler:
    def handle(m: Machine, data: bytes) -> None:
        m.end_line(round(data[0] * m.model.dpi / _MM_PER_INCH / parts_of_mm))

    return handle


def _spacing(millimetres: int) -> Handler:
    def handle(m: Machine, _data: bytes) -> None:
        m.settings.line_spacing = round(millimetres * m.model.dpi / _MM_PER_INCH)

    return handle


def _spacing_choice(m: Machine, data: bytes) -> None:
    """ESC z n: 3 mm (0) or 4 mm (1)."""
    _spacing(4 if data[0] & 1 else 3)(m, data)


def _cut(m: Machine, data: bytes) -> None:
    """ESC d n: at once (0, 1) or after bringing the line to the cutter (2, 3)."""
    if m.line.open:
        m.end_line(m.settings.line_spacing)
    if data[0] & 0x0F in (2, 3):
        m.paper.feed_to_cutter()
    m.paper.cut()


def _eight_dots(wide: int) -> Handler:
    def handle(m: Machine, data: bytes) -> None:
        _line_image(m, data, 1, (wide, 3))

    return handle


def _twenty_four_dots(m: Machine, data: bytes) -> None:
    _line_image(m, data, 3, (1, 1))


def _line_image(m: Machine, data: bytes, depth: int, scale: tuple[int, int]) -> None:
    width = u16(data, 0)
    if width:
        image = enlarge(columns(data[2:], width, depth), scale)
        m.line.put(image, image.width)


def _row_image(m: Machine, data: bytes) -> None:
    if u16(data, 0):
        m.line.put(rows(data[2:], u16(data, 0), 24), u16(data, 0) * 8)


def _block_image(m: Machine, data: bytes) -> None:
    if u16(data, 1) and u16(data, 3):
        m.print_block(rows(data[6:], u16(data, 1), u16(data, 3)))


def _raster_row(m: Machine, data: bytes) -> None:
    """b n1 n2 d...: one row of dots."""
    if u16(data, 0):
        m.paper.put(rows(data[2:], u16(data, 0), 1), 0)
    m.paper.feed(1)


def _raster_command(m: Machine, data: bytes) -> None:
    """ESC * r Y n NUL feeds n rows; margins, quality and page length change nothing here."""
    if data[:1] == b"Y" and data[1:-1].isdigit():
        m.paper.feed(min(int(data[1:-1]), 0xFFFF))


def _raster_page_end(m: Machine, _data: bytes) -> None:
    m.paper.feed_to_cutter()
    m.paper.cut()


def _raster(on: bool) -> Handler:
    def handle(m: Machine, _data: bytes) -> None:
        m.raster = on

    return handle


def _bar_code(m: Machine, data: bytes) -> None:
    """ESC b n1 n2 n3 n4 d... RS: kind, text under it, module width, height."""
    if len(data) > 5 and 0 <= data[0] - 48 < len(_KINDS):
        m.settings.hri = 2 if data[1] in (50, 52) else 0
        m.settings.bar_module = _BAR_MODULES.get(data[2] - 48, 2)
        m.settings.bar_height = data[3]
        print_bar_code(m, _KINDS[data[0] - 48], data[4:-1])


def _qr_parameter(function: int, offset: int) -> Handler:
    def handle(m: Machine, data: bytes) -> None:
        m.settings.symbol[49, function] = bytes([(data[0] + offset) & 0xFF])

    return handle


def _qr_store(m: Machine, data: bytes) -> None:
    m.memory.symbols[49] = data[3:]


def _qr_print(m: Machine, _data: bytes) -> None:
    print_qr(m)


def _drawer(pin: int) -> Handler:
    def handle(m: Machine, _data: bytes) -> None:
        m.drawer_pulses.append((pin, 100, 100))

    return handle


def _status(m: Machine, _data: bytes) -> None:
    c, answer = m.conditions, bytearray(_STATUS)
    answer[2] = (0x20 if c.cover_open else 0) | (0x08 if c.offline else 0)
    answer[5] = (0x08 if c.paper_out else 0) | (0x04 if c.paper_near_end else 0)
    m.replies += answer


def _reset(m: Machine, _data: bytes) -> None:
    m.reset()


def _cancel(m: Machine, _data: bytes) -> None:
    """CAN: the line under way is thrown away and the settings go back."""
    m.reset()


HANDLERS: dict[str, Handler] = {
    TEXT: TEXT_HANDLERS[TEXT], "LF": LAYOUT["LF"], "VT": LAYOUT["LF"], "FF": LAYOUT["LF"],
    "HT": TEXT_HANDLERS["HT"], "ESC D": TEXT_HANDLERS["ESC D"], "ESC @": _reset, "CAN": _cancel,
    "ESC E": _set("bold", True), "ESC F": _set("bold", False), "ESC 4": _set("reverse", True),
    "ESC 5": _set("reverse", False), "ESC -": _switch("underline", "kanji_underline"), "ESC i": _size,
    "SO": _doubled(0, 2), "DC4": _doubled(0, 1), "ESC SO": _doubled(1, 2), "ESC DC4": _doubled(1, 1),
    "ESC W": _scale(0), "ESC h": _scale(1), "SI": _set("upside_down", True),
    "DC2": _set("upside_down", False), "ESC M": _set("font", 0), "ESC P": _set("font", 1),
    "ESC RS F": _font, "ESC R": TEXT_HANDLERS["ESC R"], "ESC GS t": TEXT_HANDLERS["ESC t"],
    "ESC $": _two_byte, "ESC s": _kanji_spacing,
    "ESC GS a": LAYOUT["ESC a"], "ESC GS A": _absolute, "ESC GS R": _relative, "ESC l": _left_margin,
    "ESC Q": _right_margin, "ESC a": LAYOUT["ESC d"], "ESC J": _feed(_QUARTER_MM),
    "ESC I": _feed(_EIGHTH_MM), "ESC 0": _spacing(3), "ESC 1": _spacing(4), "ESC z": _spacing_choice,
    "ESC d": _cut, "ESC K": _eight_dots(2), "ESC L": _eight_dots(1), "ESC X": _twenty_four_dots,
    "ESC k": _row_image, "ESC GS S": _block_image, "ESC b": _bar_code,
    "ESC GS y S 1": _qr_parameter(69, 48), "ESC GS y S 2": _qr_parameter(67, 0), "ESC GS y D 1": _qr_store,
    "ESC GS y P": _qr_print, "BEL": _drawer(0), "FS": _drawer(0), "SUB": _drawer(1), "EM": _drawer(1),
    "ESC ACK SOH": _status, "ESC * r A": _raster(True), "ESC * r B": _raster(False),
    "ESC * r": _raster_command, "b": _raster_row, "k": _raster_row, "ESC FF NUL": _raster_page_end,
    "ESC FF EOT": _raster_page_end,
}  # fmt: skip
