"""Fields of printer state as the commands that set them, by dialect: the way back from `fields`.

A builder is given the fields as they are to be; it returns no command for a value that none can set (a
default that only the model knows). Each command comes by itself: what is sent is proved by its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from receiptbridge.escpos.fields import UNITS, Value
from receiptbridge.escpos.state import PrinterState

_POWER_ON_UNITS: Final = UNITS + b"\x00\x00"

Target = Mapping[str, Value]
Build = Callable[[Target, PrinterState], list[bytes]]
Builders = tuple[tuple[tuple[str, ...], Build], ...]


def _byte(name: str, opening: bytes) -> Build:
    """A command with the field's value as its one argument; nothing for a value that only the model knows."""

    def build(target: Target, state: PrinterState) -> list[bytes]:
        value = target[name]
        return [opening + bytes([value])] if isinstance(value, int) and value < 256 else []

    return build


def _length(name: str, opening: bytes, size: int) -> Build:
    """A length, under the motion units that it was set under."""

    def build(target: Target, state: PrinterState) -> list[bytes]:
        value = target[name]
        number, *units = value if isinstance(value, tuple) else (value,)
        if not isinstance(number, int):
            return []
        return _under_units(tuple(units), opening + number.to_bytes(size, "little"), state)

    return build


def _under_units(units: tuple[Value, ...], command: bytes, state: PrinterState) -> list[bytes]:
    current = state.said(UNITS) or _POWER_ON_UNITS
    needed = UNITS + bytes(unit for unit in units if isinstance(unit, int)) if units else _POWER_ON_UNITS
    return [command] if needed == current else [needed, command, current]


def _line_spacing(target: Target, state: PrinterState) -> list[bytes]:
    if target["line_spacing"] == "default":
        return [b"\x1b2"]
    return _length("line_spacing", b"\x1b3", 1)(target, state)


def _print_width(target: Target, state: PrinterState) -> list[bytes]:
    value = target["print_width"]
    full = state.printer.dots_per_line if value == "full" else value
    return _length("print_width", b"\x1dW", 2)({"print_width": full}, state)


def _kanji_spacing(target: Target, state: PrinterState) -> list[bytes]:
    value = target["kanji_spacing"]
    if not isinstance(value, tuple):
        return []
    return _under_units(value[2:], b"\x1cS" + bytes(value[:2]), state)


def _size(target: Target, state: PrinterState) -> list[bytes]:
    width, height = target["width_mag"], target["height_mag"]
    if not (isinstance(width, int) and isinstance(height, int)):
        return []
    return [b"\x1d!" + bytes([(width - 1) << 4 | (height - 1)])]


def _bold(target: Target, state: PrinterState) -> list[bytes]:
    """ESC E n, or ESC E and ESC F where the maker's have no argument."""
    if state.grammar.entry(b"\x1bE").length == {"fixed": 2}:
        return [b"\x1bE" if target["bold"] else b"\x1bF"]
    return _byte("bold", b"\x1bE")(target, state)


def _kanji_mode(target: Target, state: PrinterState) -> list[bytes]:
    return [b"\x1c&" if target["kanji_mode"] else b"\x1c."]


def _kanji_font(target: Target, state: PrinterState) -> list[bytes]:
    return [b"\x1c(A\x02\x000" + bytes(["ABC".index(str(target["kanji_font"]))])]


_ESCPOS: Final[Builders] = (
    (("left_margin",), _length("left_margin", b"\x1dL", 2)),
    (("print_width",), _print_width),
    (("justify",), _byte("justify", b"\x1ba")),
    (("upside_down",), _byte("upside_down", b"\x1b{")),
    (("font",), _byte("font", b"\x1bM")),
    (("bold",), _bold),
    (("double_strike",), _byte("double_strike", b"\x1bG")),
    (("underline",), _byte("underline", b"\x1b-")),
    (("width_mag", "height_mag"), _size),
    (("rotate90",), _byte("rotate90", b"\x1bV")),
    (("reverse",), _byte("reverse", b"\x1dB")),
    (("smoothing",), _byte("smoothing", b"\x1db")),
    (("color",), _byte("color", b"\x1br")),
    (("right_spacing",), _length("right_spacing", b"\x1b ", 1)),
    (("line_spacing",), _line_spacing),
    (("user_chars_on",), _byte("user_chars_on", b"\x1b%")),
    (("code_page",), _byte("code_page", b"\x1bt")),
    (("intl",), _byte("intl", b"\x1bR")),
    (("encoding",), _byte("encoding", b"\x1c(C\x02\x000")),
    (("kanji_code",), _byte("kanji_code", b"\x1cC")),
    (("kanji_font",), _kanji_font),
    (("kanji_quad",), _byte("kanji_quad", b"\x1cW")),
    (("kanji_print_mode",), _byte("kanji_print_mode", b"\x1c!")),
    (("kanji_underline",), _byte("kanji_underline", b"\x1c-")),
    (("kanji_spacing",), _kanji_spacing),
    (("hri_pos",), _byte("hri_pos", b"\x1dH")),
    (("hri_font",), _byte("hri_font", b"\x1df")),
    (("barcode_height",), _byte("barcode_height", b"\x1dh")),
    (("barcode_width",), _byte("barcode_width", b"\x1dw")),
    (("kanji_mode",), _kanji_mode),
)

# ---- Star ---------------------------------------------------------------------------------------------


def _either(name: str, on: bytes, off: bytes) -> Build:
    """A pair of commands without arguments."""
    return lambda target, state: [on if target[name] else off]


def _star_size(target: Target, state: PrinterState) -> list[bytes]:
    width, height = target["width_mag"], target["height_mag"]
    if not (isinstance(width, int) and isinstance(height, int)):
        return []
    return [b"\x1bi" + bytes([height - 1, width - 1])]


def _as_said(name: str, opening: bytes | None = None) -> Build:
    """The register's own command again, where only the model knows what it means in dots."""

    def build(target: Target, state: PrinterState) -> list[bytes]:
        value = target[name]
        if isinstance(value, bytes):
            return [value]
        return [opening + bytes([value])] if opening and isinstance(value, int) else []

    return build


_STAR: Final[Builders] = (
    (("left_margin",), _byte("left_margin", b"\x1bl")),
    (("print_width",), _byte("print_width", b"\x1bQ")),
    (("justify",), _byte("justify", b"\x1b\x1da")),
    (("upside_down",), _either("upside_down", b"\x0f", b"\x12")),
    (("font",), _byte("font", b"\x1b\x1eF")),
    (("bold",), _either("bold", b"\x1bE", b"\x1bF")),
    (("underline",), _byte("underline", b"\x1b-")),
    (("overline",), _byte("overline", b"\x1b_")),
    (("reverse",), _either("reverse", b"\x1b4", b"\x1b5")),
    (("width_mag", "height_mag"), _star_size),
    (("right_spacing",), _as_said("right_spacing", b"\x1b ")),
    (("line_spacing",), _as_said("line_spacing")),
    (("user_chars_on",), _byte("user_chars_on", b"\x1b%")),
    (("code_page",), _byte("code_page", b"\x1b\x1dt")),
    (("intl",), _byte("intl", b"\x1bR")),
    (("kanji_mode",), _either("kanji_mode", b"\x1bp", b"\x1bq")),
)

BUILDERS: Final[Mapping[str, Builders]] = {"escpos": _ESCPOS, "star": _STAR}
"""In an order that works on an empty line: what needs one first; of overlapping fields the wider first."""
