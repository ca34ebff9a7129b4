"""Bringing a printer to a wanted state, and putting back exactly what that changed.

The answer is proved before it is given: the commands are applied to a copy of the state, and unless the
copy ends as the state began, nothing may be inserted (`CannotRestore`). ESC @ is never among them, nor
anything that makes the printer answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.escpos.fields import UNITS, Value
from receiptbridge.escpos.matters import SYMBOL_STORE
from receiptbridge.escpos.state import PrinterState

_ROUNDS: Final = 2
"""Putting one field back may touch a field that it overlaps with (FS ! and FS -): once more settles it."""

_POWER_ON_UNITS: Final = UNITS + b"\x00\x00"

_QR: Final = b"1"
_QR_SETTINGS: Final[Mapping[bytes, bytes]] = {
    b"A": b"\x1d(k\x04\x001A2\x00",
    b"C": b"\x1d(k\x03\x001C\x03",
    b"E": b"\x1d(k\x03\x001E0",
}
"""GS ( k 165, 167, 169 as after power-on (Epson): model 2, module of 3 dots, level L."""


class CannotRestore(ReceiptBridgeError):
    """The printer's state could not be put back, so nothing may be inserted here."""


def bracket(state: PrinterState, wanted: Mapping[str, Value]) -> tuple[bytes, bytes]:
    """The bytes that bring the printer to `wanted`, and those that put back exactly what these changed.

    Both are for an empty line. `wanted` are fields of the grammar's [[state_field]] tables; those that hold
    already cost no bytes. Raises CannotRestore where a field is unknown, or its value is nothing that a
    command can set (a default that only the model knows).
    """
    begun, twin = _settings(state), state.copy()
    twin.line_open = False
    before = _bring(twin, {name: value for name, value in wanted.items() if begun.get(name) != value})
    _require(_settings(twin), wanted)
    after: list[bytes] = []
    for _ in range(_ROUNDS):
        now = _settings(twin)
        after += _bring(twin, {name: value for name, value in begun.items() if now[name] != value})
    _require(_settings(twin), begun)
    return b"".join(before), b"".join(after)


def put_back_qr(state: PrinterState) -> bytes:
    """The bytes that, after a native QR symbol, give its settings and its store their old content.

    An empty store cannot be emptied again: ask `state.symbol_printed_unstored` first. Raises CannotRestore
    where the register's stored symbol was too long to be kept.
    """
    key = b"\x1d(k" + _QR
    settings = [state.said(key + function) or default for function, default in _QR_SETTINGS.items()]
    store = state.said(key + SYMBOL_STORE) or b""
    if store and len(store) < 5 + int.from_bytes(store[3:5], "little"):
        raise CannotRestore("the symbol that the register stored in the printer is too long to be sent again")
    return b"".join(settings) + store


def _settings(state: PrinterState) -> dict[str, Value]:
    """The fields without the line's own: an insertion starts and ends on an empty line."""
    values = state.values()
    del values["line_start"]
    return values


def _require(values: Mapping[str, Value], required: Mapping[str, Value]) -> None:
    """CannotRestore unless the values are as required."""
    failed = sorted(name for name, value in required.items() if values.get(name) != value)
    if failed:
        raise CannotRestore(f"no command sets {', '.join(failed)} to what is needed")


def _bring(state: PrinterState, changes: Mapping[str, Value]) -> list[bytes]:
    """Commands that set these fields, applied to the state as well."""
    target = {**state.values(), **changes}
    commands: list[bytes] = []
    for names, build in _BUILDERS:
        if changes.keys() & set(names):
            commands += build(target, state)
    state.apply(commands)
    return commands


# ---- fields to commands -------------------------------------------------------------------------------

Target = Mapping[str, Value]
Build = Callable[[Target, PrinterState], list[bytes]]


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


def _kanji_mode(target: Target, state: PrinterState) -> list[bytes]:
    return [b"\x1c&" if target["kanji_mode"] else b"\x1c."]


def _kanji_font(target: Target, state: PrinterState) -> list[bytes]:
    return [b"\x1c(A\x02\x000" + bytes(["ABC".index(str(target["kanji_font"]))])]


_BUILDERS: Final[tuple[tuple[tuple[str, ...], Build], ...]] = (
    (("left_margin",), _length("left_margin", b"\x1dL", 2)),
    (("print_width",), _print_width),
    (("justify",), _byte("justify", b"\x1ba")),
    (("upside_down",), _byte("upside_down", b"\x1b{")),
    (("font",), _byte("font", b"\x1bM")),
    (("bold",), _byte("bold", b"\x1bE")),
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
"""In an order that works on an empty line: what needs one first; of overlapping fields the wider first."""
