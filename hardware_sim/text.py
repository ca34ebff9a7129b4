"""Characters, their look, and the print position."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageChops

from . import fonts
from .charsets import Glyph
from .commands import TEXT, u16
from .machine import Handler, Machine

_FONTS = {0: 0, 48: 0, 1: 1, 49: 1}


def print_text(m: Machine, data: bytes) -> None:
    for glyph in m.decoder.decode(data, m.settings):
        _print_glyph(m, glyph)


def finish_text(m: Machine) -> None:
    """A command follows: half a two-byte character that still waits is printed as it is."""
    for glyph in m.decoder.finish(m.settings):
        _print_glyph(m, glyph)


def _print_glyph(m: Machine, glyph: Glyph) -> None:
    s = m.settings
    mark = unicodedata.combining(glyph.text) or unicodedata.category(glyph.text) == "Mn"
    if mark and m.line.open and m.last_character:
        m.last_character += glyph.text
        m.line.replace_last(_image(m, m.last_character, glyph.two_byte))
        return
    image = _image(m, glyph.text, glyph.two_byte)
    _, room = m.area
    if m.line.x + image.width > room and m.line.open:
        m.end_line(s.line_spacing)
    m.line.put(image, image.width)
    m.last_character = glyph.text


def _image(m: Machine, text: str, two_byte: bool) -> Image.Image:
    """The character with its spacing and decoration, as it lands in the line buffer."""
    s = m.settings
    cell = fonts.KANJI if two_byte else fonts.CELLS[s.font]
    scale = s.kanji_scale if two_byte else s.scale
    spacing = s.kanji_spacing if two_byte else (0, s.right_spacing)
    underline = s.kanji_underline if two_byte else s.underline
    own = m.memory.kanji.get(text) if two_byte else _user_character(m, text)
    bold = s.bold or s.double_strike
    if own is not None:
        image = fonts.restyled(own, scale, bold, s.rotated)
    else:
        image = fonts.styled(text, cell, m.settings.multibyte, scale, bold, s.rotated)
    if not (any(spacing) or underline or s.reverse):
        return image
    widths = (spacing[0] * scale[0], spacing[1] * scale[0])
    return _decorated(image, widths, 0 if s.reverse or s.rotated else underline, s.reverse)


def _user_character(m: Machine, text: str) -> Image.Image | None:
    return m.memory.characters.get((m.settings.font, ord(text[0]))) if m.settings.user_characters else None


def _decorated(image: Image.Image, spacing: tuple[int, int], underline: int, reverse: bool) -> Image.Image:
    before, after = spacing
    cell = Image.new("1", (before + image.width + after, image.height))
    cell.paste(ImageChops.invert(image) if reverse else image, (before, 0))
    if underline:
        cell.paste(1, (0, cell.height - underline, cell.width, cell.height))
    return cell


def _flag(name: str) -> Handler:
    """The lowest bit of the parameter switches a setting."""

    def handle(m: Machine, data: bytes) -> None:
        setattr(m.settings, name, bool(data[0] & 1))

    return handle


def _choice(name: str, values: dict[int, int]) -> Handler:
    """The parameter picks a value; one that the manual does not list is ignored."""

    def handle(m: Machine, data: bytes) -> None:
        if data[0] in values:
            setattr(m.settings, name, values[data[0]])

    return handle


def _set(name: str, convert: Callable[[bytes], object]) -> Handler:
    def handle(m: Machine, data: bytes) -> None:
        setattr(m.settings, name, convert(data))

    return handle


def _print_mode(m: Machine, data: bytes) -> None:
    """ESC ! n: font, bold, double height, double width, underline in one byte."""
    n, s = data[0], m.settings
    s.font = n & 1
    s.bold = bool(n & 8)
    s.scale = (2 if n & 32 else 1, 2 if n & 16 else 1)
    s.underline = 1 if n & 128 else 0


def _kanji_mode(m: Machine, data: bytes) -> None:
    """FS ! n: double width (4), double height (8), underline (128) of two-byte characters."""
    n, s = data[0], m.settings
    s.kanji_scale = (2 if n & 4 else 1, 2 if n & 8 else 1)
    s.kanji_underline = 1 if n & 128 else 0


def _size(m: Machine, data: bytes) -> None:
    """GS ! n: one to eight times wide (high nibble) and high, of all characters."""
    width, height = data[0] >> 4, data[0] & 0x0F
    if width < 8 and height < 8:
        m.settings.scale = m.settings.kanji_scale = (width + 1, height + 1)


def _right_spacing(m: Machine, data: bytes) -> None:
    m.settings.right_spacing = m.across(data[0])


def _kanji_spacing(m: Machine, data: bytes) -> None:
    m.settings.kanji_spacing = (m.across(data[0]), m.across(data[1]))


def _quadruple(m: Machine, data: bytes) -> None:
    m.settings.kanji_scale = (2, 2) if data[0] & 1 else (1, 1)


def _tab_stops(m: Machine, data: bytes) -> None:
    """ESC D: columns become dots of the character width at this moment."""
    s = m.settings
    width = (fonts.CELLS[s.font][0] + s.right_spacing) * s.scale[0]
    s.tabs = tuple(column * width for column in data.rstrip(b"\0"))


def _tab(m: Machine, _data: bytes) -> None:
    """HT: to the next stop; past the last one nothing happens; past the area the next character wraps."""
    _, room = m.area
    for stop in m.settings.tabs:
        if stop > m.line.x:
            m.line.x = min(stop, room)
            return


def _absolute(m: Machine, data: bytes) -> None:
    x = m.across(u16(data, 0))
    if x <= m.area[1]:
        m.line.x = x


def _relative(m: Machine, data: bytes) -> None:
    x = m.line.x + m.across(int.from_bytes(data, "little", signed=True))
    if 0 <= x <= m.area[1]:
        m.line.x = x


def _define_characters(m: Machine, data: bytes) -> None:
    """ESC & y c1 c2 [x d...]: columns from the left, y bytes each, highest bit uppermost."""
    if len(data) < 4:
        return
    height, first, last = data[:3]
    at = 3
    for code in range(first, last + 1):
        width = data[at]
        body = data[at + 1 : at + 1 + width * height]
        at += 1 + width * height
        cell = Image.new("1", fonts.CELLS[m.settings.font])
        if width:
            cell.paste(columns(body, width, height), (0, 0))
        m.memory.characters[m.settings.font, code] = cell


def _define_kanji(m: Machine, data: bytes) -> None:
    """FS 2 c1 c2 d1...d72: a 24 x 24 character in three-byte columns."""
    glyphs = list(m.decoder.decode(data[:2], m.settings))
    m.decoder.drop()
    if glyphs and glyphs[0].two_byte:
        m.memory.kanji[glyphs[0].text] = columns(data[2:], 24, 3)


def _forget_character(m: Machine, data: bytes) -> None:
    m.memory.characters.pop((m.settings.font, data[0]), None)


def _code_conversion(m: Machine, data: bytes) -> None:
    """FS ( C: function 48 selects the encoding (2: UTF-8), 60 the order of fonts."""
    if len(data) >= 4 and data[2] == 48:
        m.settings.utf8 = data[3] in (2, 50)


def _two_byte(on: bool) -> Handler:
    def handle(m: Machine, _data: bytes) -> None:
        m.settings.two_byte = on and m.model.two_byte is not None

    return handle


@lru_cache(maxsize=256)
def columns(body: bytes, width: int, height: int) -> Image.Image:
    """A picture sent column by column, `height` bytes a column, highest bit uppermost."""
    turned = Image.frombytes("1", (height * 8, width), body)
    return turned.transpose(Image.Transpose.TRANSPOSE)


_UNDERLINE = {0: 0, 48: 0, 1: 1, 49: 1, 2: 2, 50: 2}

HANDLERS: dict[str, Handler] = {
    TEXT: print_text, "ESC !": _print_mode, "ESC E": _flag("bold"), "ESC G": _flag("double_strike"),
    "ESC -": _choice("underline", _UNDERLINE), "ESC M": _choice("font", _FONTS), "GS !": _size,
    "GS B": _flag("reverse"), "GS b": _flag("smoothing"), "ESC U": _flag("unidirectional"),
    "ESC V": _choice("rotated", {0: 0, 48: 0, 1: 1, 49: 1}), "ESC SP": _right_spacing,
    "ESC r": _choice("colour", {0: 0, 48: 0, 1: 1, 49: 1}),
    "ESC t": _set("code_page", lambda data: data[0]), "ESC R": _set("international", lambda data: data[0]),
    "ESC %": _flag("user_characters"), "ESC &": _define_characters, "ESC ?": _forget_character,
    "FS &": _two_byte(True), "FS .": _two_byte(False), "FS !": _kanji_mode, "FS W": _quadruple,
    "FS -": _choice("kanji_underline", _UNDERLINE), "FS S": _kanji_spacing, "FS 2": _define_kanji,
    "FS ( C": _code_conversion, "HT": _tab, "ESC D": _tab_stops, "ESC $": _absolute, "ESC \\": _relative,
}  # fmt: skip
