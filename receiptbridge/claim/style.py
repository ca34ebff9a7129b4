"""Making characters plain for the block, and giving them the register's style again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from receiptbridge.escpos.fields import Value
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.model import PrinterProfile

# As after power-on, but centred on the whole width: whatever else the register chose would change how wide the
# block's lines are, or which characters they are.
_PLACED: Final[Mapping[str, Value]] = {
    "upside_down": 0, "reverse": 0, "right_spacing": 0, "left_margin": 0, "justify": 1, "user_chars_on": 0,
}  # fmt: skip
_ESCPOS: Final[Mapping[str, Value]] = {
    **_PLACED, "print_width": "full", "line_spacing": "default", "rotate90": 0, "color": 0, "encoding": 1,
}  # fmt: skip
_STAR: Final[Mapping[str, Value]] = {
    **_PLACED, "font": 0, "bold": 0, "underline": 0, "overline": 0, "width_mag": 1, "height_mag": 1,
}  # fmt: skip
_STAR_LINE: Final = b"\x1bz\x01"
"""ESC z 1: lines of 4 mm, as after power-on. Star has no command for "as after power-on"."""

# Font, weight, size and underline are set by commands that overlap, and by which of them two-byte characters
# are meant differs between makers (ESC ! on some clones, GS ! everywhere). Whichever way it is, the last of
# each kind, said again in their order to characters made plain, give what they gave before.
_STYLE_COMMANDS: Final = (
    b"\x1b!", b"\x1bM", b"\x1bE", b"\x1bG", b"\x1b-", b"\x1d!", b"\x1c!", b"\x1cW", b"\x1c-"
)  # fmt: skip
_PLAIN_STYLE: Final = b"\x1b!\x00\x1bG\x00\x1d!\x00"
_PLAIN_KANJI_STYLE: Final = b"\x1c!\x00"


def plain_fields(state: PrinterState, printer: PrinterProfile) -> dict[str, Value]:
    """The state fields that the block wants, in the printer's dialect."""
    if printer.dialect == "escpos":
        return dict(_ESCPOS)
    now = state.values()
    spacing, width = now["line_spacing"], now["print_width"]
    return dict(_STAR) | {
        "line_spacing": spacing if spacing == "default" else _STAR_LINE,
        "print_width": width if width == "full" else printer.columns,
    }


def plain_and_styled(state: PrinterState, printer: PrinterProfile) -> tuple[bytes, bytes]:
    """What makes characters plain, and what gives them the register's style again. Star's styles do not
    overlap: they are fields like others."""
    if printer.dialect != "escpos":
        return b"", b""
    said = b"".join(command for command in state.prelude() if command[:2] in _STYLE_COMMANDS)
    plain = _PLAIN_STYLE if printer.two_byte == "none" else _PLAIN_STYLE + _PLAIN_KANJI_STYLE
    return (plain, said) if said else (b"", b"")
