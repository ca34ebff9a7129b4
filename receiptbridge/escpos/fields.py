"""What the commands that set printer state say: their arguments as fields, and fields as commands.

Field names and defaults are those of the grammar's [[state_field]] tables. A default that the printer's
model decides stays the word "model" (or "switch", "default", "full"): such a value cannot be compared with
a number, and only some can be put back. A length that was set under other motion units than the model's
own (GS P) is (n, x, y), so that it can be put back exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Final

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.model import PrinterProfile

Value = int | str | bytes | tuple[int, ...]
Fields = MutableMapping[str, Value]
Decoder = Callable[[Fields, bytes], None]
Builder = Callable[[Mapping[str, Value]], bytes]

UNITS: Final = b"\x1dP"
UNIT_KEYS: Final = frozenset({b"\x1b ", b"\x1b3", b"\x1dL", b"\x1dW", b"\x1cS"})
"""State keys of lengths that are counted in motion units."""


def defaults(grammar: Grammar, printer: PrinterProfile) -> dict[str, Value]:
    """The fields as they are after power-on, as far as the printer's profile and the grammar know."""
    rows = grammar.tables.get("state_field", _STAR_DEFAULTS)
    fields = {row["name"]: _default(row["default"]) for row in rows}
    known: dict[str, Value] = {"code_page": printer.default_code_page, "intl": 0}
    if grammar.dialect == "escpos":  # Star's ESC p is another mode: pairs of seven-bit JIS
        known["kanji_mode"] = int(printer.two_byte_on)
    return fields | known


def _default(text: str) -> Value:
    numbers = text.split()
    if not all(number.isdigit() for number in numbers):
        return text
    return int(text) if len(numbers) == 1 else tuple(int(number) for number in numbers)


_STAR_DEFAULTS: Final = [
    {"name": name, "default": default}
    for name, default in {
        "font": "0", "bold": "0", "underline": "0", "overline": "0", "reverse": "0", "upside_down": "0",
        "width_mag": "1", "height_mag": "1", "right_spacing": "0", "line_spacing": "default",
        "justify": "0", "left_margin": "0", "print_width": "full", "code_page": "model", "intl": "model",
        "kanji_mode": "0", "user_chars_on": "0", "device": "1", "page_mode": "0", "line_start": "1",
    }.items()
]  # fmt: skip


# ---- commands to fields -------------------------------------------------------------------------------


def digit(n: int) -> int:
    """Many arguments may be sent as number or as its ASCII digit."""
    return n - 48 if 48 <= n <= 57 else n


def _bit(n: int) -> int:
    return n & 1


def _same(n: int) -> int:
    return n


def _last_byte(name: str, meaning: Callable[[int], int]) -> Decoder:
    def decode(fields: Fields, raw: bytes) -> None:
        fields[name] = meaning(raw[-1])

    return decode


def _constant(values: Mapping[bytes, Value], name: str) -> Decoder:
    """Commands without an argument: the opening says it all."""

    def decode(fields: Fields, raw: bytes) -> None:
        if raw[:2] in values:
            fields[name] = values[raw[:2]]

    return decode


def _length(name: str, size: int) -> Decoder:
    """A length of `size` bytes in motion units, GS P in front of it where it was set under other ones."""

    def decode(fields: Fields, raw: bytes) -> None:
        units = tuple(raw[2:4]) if raw.startswith(UNITS) else fields["motion_units"]
        number = int.from_bytes(raw[-size:], "little")
        other_units = isinstance(units, tuple) and units != (0, 0) and number != 0
        fields[name] = (number, *units) if other_units and isinstance(units, tuple) else number

    return decode


def _kanji_spacing(fields: Fields, raw: bytes) -> None:
    """FS S: left and right of each character."""
    _length("kanji_spacing", 2)(fields, raw)
    value = fields["kanji_spacing"]
    fields["kanji_spacing"] = (*raw[-2:], *(value[1:] if isinstance(value, tuple) else ()))


def _line_spacing(fields: Fields, raw: bytes) -> None:
    if raw[-2:] == b"\x1b2":
        fields["line_spacing"] = "default"
    else:
        _length("line_spacing", 1)(fields, raw)


def _bold(fields: Fields, raw: bytes) -> None:
    """ESC E n; Bematech, Daruma and Diebold have ESC E and ESC F without an argument."""
    fields["bold"] = int(raw == b"\x1bE") if len(raw) == 2 else raw[2] & 1


def _motion_units(fields: Fields, raw: bytes) -> None:
    fields["motion_units"] = tuple(raw[2:4]) if any(raw[2:4]) else "model"


def _print_mode(fields: Fields, raw: bytes) -> None:
    """ESC ! sets five fields at once; its underline has the thickness that ESC - chose last."""
    n = raw[2]
    fields["font"], fields["bold"] = n & 1, n >> 3 & 1
    fields["height_mag"], fields["width_mag"] = 1 + (n >> 4 & 1), 1 + (n >> 5 & 1)
    fields["underline"] = n >> 7


def _size(fields: Fields, raw: bytes) -> None:
    fields["width_mag"], fields["height_mag"] = 1 + (raw[2] >> 4 & 7), 1 + (raw[2] & 7)


def _kanji_print_mode(fields: Fields, raw: bytes) -> None:
    """FS ! overlaps FS W (both sizes doubled) and FS - (underline)."""
    n = raw[2]
    fields["kanji_print_mode"] = n & 0x8C
    fields["kanji_quad"] = int(n & 0x0C == 0x0C)
    fields["kanji_underline"] = n >> 7


def _kanji_quad(fields: Fields, raw: bytes) -> None:
    fields["kanji_quad"] = raw[2] & 1
    fields["kanji_print_mode"] = _number(fields, "kanji_print_mode") & 0x80 | 0x0C * (raw[2] & 1)


def _kanji_underline(fields: Fields, raw: bytes) -> None:
    fields["kanji_underline"] = thickness = digit(raw[2])
    fields["kanji_print_mode"] = _number(fields, "kanji_print_mode") & 0x0C | 0x80 * (thickness > 0)


def _number(fields: Fields, name: str) -> int:
    value = fields[name]
    return value if isinstance(value, int) else 0


def _kanji_font(fields: Fields, raw: bytes) -> None:
    fields["kanji_font"] = "ABC"[min(digit(raw[6]), 2)]


def _bytes_after(name: str, offset: int) -> Decoder:
    def decode(fields: Fields, raw: bytes) -> None:
        fields[name] = tuple(raw[offset:])

    return decode


def _symbol(fields: Fields, raw: bytes) -> None:
    before = fields.get("sym2d")
    fields["sym2d"] = (before if isinstance(before, bytes) else b"") + raw


def _as_said(name: str) -> Decoder:
    """Star's pitches and line spacings: how many dots they are, only the model knows."""

    def decode(fields: Fields, raw: bytes) -> None:
        fields[name] = raw

    return decode


def _star_size(fields: Fields, raw: bytes) -> None:
    fields["height_mag"], fields["width_mag"] = 1 + digit(raw[2]), 1 + digit(raw[3])


def _star_magnification(name: str, on: bytes, off: bytes) -> Decoder:
    def decode(fields: Fields, raw: bytes) -> None:
        constant: Mapping[bytes, int] = {on: 2, off: 1}
        fields[name] = constant[raw] if raw in constant else 1 + digit(raw[-1])

    return decode


DECODERS: Final[Mapping[str, Mapping[bytes, Decoder]]] = {
    "escpos": {
        b"\x1b ": _length("right_spacing", 1),
        b"\x1b!": _print_mode,
        b"\x1b%": _last_byte("user_chars_on", _bit),
        b"\x1b-": _last_byte("underline", digit),
        b"\x1b3": _line_spacing,
        b"\x1bD": _bytes_after("tab_stops", 2),
        b"\x1bE": _bold,
        b"\x1bG": _last_byte("double_strike", _bit),
        b"\x1bM": _last_byte("font", digit),
        b"\x1bR": _last_byte("intl", _same),
        b"\x1bV": _last_byte("rotate90", digit),
        b"\x1ba": _last_byte("justify", digit),
        b"\x1bc5": _last_byte("panel_buttons", _bit),
        b"\x1br": _last_byte("color", digit),
        b"\x1bt": _last_byte("code_page", _same),
        b"\x1b{": _last_byte("upside_down", _bit),
        b"\x1c!": _kanji_print_mode,
        b"\x1c&": _constant({b"\x1c&": 1, b"\x1c.": 0}, "kanji_mode"),
        b"\x1c-": _kanji_underline,
        b"\x1cC": _last_byte("kanji_code", digit),
        b"\x1cS": _kanji_spacing,
        b"\x1cW": _kanji_quad,
        b"\x1c(A0": _kanji_font,
        b"\x1c(C0": _last_byte("encoding", digit),
        b"\x1d!": _size,
        b"\x1dB": _last_byte("reverse", _bit),
        b"\x1dH": _last_byte("hri_pos", digit),
        b"\x1dL": _length("left_margin", 2),
        b"\x1dP": _motion_units,
        b"\x1dW": _length("print_width", 2),
        b"\x1da": _last_byte("asb", _same),
        b"\x1db": _last_byte("smoothing", _bit),
        b"\x1df": _last_byte("hri_font", digit),
        b"\x1dh": _last_byte("barcode_height", _same),
        b"\x1dw": _last_byte("barcode_width", _same),
        b"\x1d|": _last_byte("print_density", _same),
        b"\x1d(K1": _last_byte("print_density", _same),
        b"\x1d(K2": _last_byte("print_speed", _same),
        b"\x1d(k": _symbol,
    },
    "star": {
        b"\x0e": _star_magnification("width_mag", b"\x0e", b"\x14"),
        b"\x1b\x0e": _star_magnification("height_mag", b"\x1b\x0e", b"\x1b\x14"),
        b"\x0f": _constant({b"\x0f": 1, b"\x12": 0}, "upside_down"),
        b"\x1b ": _last_byte("right_spacing", _same),
        b"\x1b:": _as_said("right_spacing"),
        b"\x1b0": _as_said("line_spacing"),
        b"\x1b%": _last_byte("user_chars_on", _bit),
        b"\x1b-": _last_byte("underline", digit),
        b"\x1b4": _constant({b"\x1b4": 1, b"\x1b5": 0}, "reverse"),
        b"\x1bE": _constant({b"\x1bE": 1, b"\x1bF": 0}, "bold"),
        b"\x1bQ": _last_byte("print_width", _same),
        b"\x1bR": _last_byte("intl", _same),
        b"\x1b_": _last_byte("overline", digit),
        b"\x1bi": _star_size,
        b"\x1bl": _last_byte("left_margin", _same),
        b"\x1bp": _constant({b"\x1bp": 1, b"\x1bq": 0}, "kanji_mode"),
        b"\x1b\x1da": _last_byte("justify", digit),
        b"\x1b\x1dt": _last_byte("code_page", _same),
        b"\x1b\x1eF": _last_byte("font", digit),
    },
}
"""By what a state key starts with (see `state`)."""


def decode(dialect: str, fields: Fields, said: Iterable[tuple[bytes, bytes]]) -> None:
    """Apply (key, raw command) pairs to the fields in their order."""
    decoders, said = DECODERS[dialect], list(said)
    # Lengths without units of their own were set under those in force now, whatever the order of keys.
    for key, raw in sorted(said, key=_units_first):
        decoder = decoders.get(key) or decoders.get(key[:3])
        if decoder is not None:
            decoder(fields, raw)


def _units_first(said: tuple[bytes, bytes]) -> bool:
    return said[0] != UNITS


def undecoded(grammar: Grammar, said: Iterable[tuple[bytes, bytes]]) -> frozenset[str]:
    """Fields set by vendors' commands that have no decoder here."""
    entries = (grammar.entry(raw) for key, raw in said if key not in DECODERS[grammar.dialect])
    return frozenset(name for entry in entries if entry.profile != "base" for name in entry.sets)
