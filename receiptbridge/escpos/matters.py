"""Which commands printer state remembers, under which key, and which it must act on.

Built once per grammar. Commands of up to three bytes are looked up whole, so that one dictionary lookup
finds the key and at the same time refuses arguments that printers ignore.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from receiptbridge.escpos.grammar import Entry, Grammar
from receiptbridge.escpos.lengths import case_values
from receiptbridge.escpos.plain import all_fixed

_KEPT_GRAMMARS: Final = 16
"""Tables are kept for this many grammars: one per dialect and set of vendor profiles in use."""

HEARD_IN_MACRO: Final = frozenset({"toggle_macro", "run_macro", "clear_buffers"})
HEARD_WHEN_DESELECTED: Final = frozenset({"select", "star_select", "clear_buffers"})
HEARD_IN_RASTER: Final = frozenset({"star_raster_mode", "reset"})
"""Handlers of the commands that are executed while a macro is recorded, the printer is deselected (ESC =,
DC3), or in Star raster mode, where letters are image rows."""

_ANY: Final = frozenset(range(256))


def _and_digits(last: int) -> frozenset[int]:
    """Numbers from 0 to `last`, and the same as ASCII digits."""
    return frozenset(range(last + 1)) | frozenset(range(48, 48 + last + 1))


_FONTS: Final = _and_digits(4) | {97, 98}

_VALID: Final[Mapping[bytes, frozenset[int]]] = {
    b"\x1b-": _and_digits(2),
    b"\x1bM": _FONTS,
    b"\x1bV": _and_digits(2),
    b"\x1ba": _and_digits(2),
    b"\x1br": _and_digits(3),
    b"\x1c-": _and_digits(2),
    b"\x1d!": frozenset(n for n in _ANY if not n & 0x88),
    b"\x1dH": _and_digits(3),
    b"\x1df": _FONTS,
    b"\x1dh": _ANY - {0},
    b"\x1dw": _ANY - {0},
}
_STAR_VALID: Final[Mapping[bytes, frozenset[int]]] = {
    b"\x1b-": _and_digits(1),
    b"\x1b_": _and_digits(1),
    b"\x1bW": _and_digits(5),
    b"\x1bh": _and_digits(5),
    b"\x1bi": _and_digits(5),
    b"\x1b\x1da": _and_digits(2),
    b"\x1b\x1eF": _and_digits(2) | {16},
}
"""Arguments in range; a command with another one is ignored by the printer (the makers' manuals, Star: S1)."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What cannot be told from the grammar's rows alone."""

    same: Mapping[bytes, bytes]  # opening -> the opening under whose key it is remembered
    line_start: frozenset[bytes]  # keys of commands that are ignored in mid-line
    own_in_page_mode: frozenset[bytes]  # keys whose value in page mode is another one
    families: Mapping[bytes, bytes]  # opening -> function bytes (at offset 5) that are matters of their own
    valid: Mapping[bytes, frozenset[int]]  # opening -> what its arguments may be
    acts: Mapping[str, tuple[bytes, ...]]  # handler of PrinterState -> openings, two bytes at most


_DIALECTS: Final[Mapping[str, _Dialect]] = {
    "escpos": _Dialect(
        same={b"\x1b2": b"\x1b3", b"\x1b5": b"\x1b4", b"\x1c.": b"\x1c&", b"\x1c\x14": b"\x1c\x0e",
              b"\x1bF": b"\x1bE"},
        line_start=frozenset({b"\x1ba", b"\x1b{", b"\x1dL", b"\x1dW"}),
        own_in_page_mode=frozenset({b"\x1b ", b"\x1b3"}),
        families={b"\x1c(A": b"0", b"\x1c(C": b"0<", b"\x1d(K": b"012a", b"\x1d(N": b"012"},
        valid=_VALID,
        acts={
            "open_line": (b"\t", b"\x1b*", b"\x1dc"),
            "move_along_line": (b"\x1b$", b"\x1b\\"),
            "close_line": (b"\x1dT",),
            "carriage_return": (b"\r",),
            "form_feed": (b"\x0c",),
            "enter_page_mode": (b"\x1bL",),
            "leave_page_mode": (b"\x1bS",),
            "reset": (b"\x1b@", b"\x1c\xc0", b"\x1cq"),
            "set_units": (b"\x1dP",),
            "toggle_macro": (b"\x1d:",),
            "run_macro": (b"\x1d^",),
            "select": (b"\x1b=",),
            "clear_buffers": (b"\x10\x14", b"\x10\x05"),
            "family": (b"\x1c(", b"\x1d("),
        },
    ),
    "star": _Dialect(
        same={
            b"\x14": b"\x0e", b"\x1bW": b"\x0e", b"\x1b\x14": b"\x1b\x0e", b"\x1bh": b"\x1b\x0e",
            b"\x12": b"\x0f", b"\x1b5": b"\x1b4", b"\x1bF": b"\x1bE", b"\x1bq": b"\x1bp",
            b"\x1b1": b"\x1b0", b"\x1b2": b"\x1b0", b"\x1b3": b"\x1b0", b"\x1bA": b"\x1b0",
            b"\x1by": b"\x1b0", b"\x1bz": b"\x1b0", b"\x1bM": b"\x1b:", b"\x1bP": b"\x1b:",
            b"\x1bg": b"\x1b:", b"\x1b6": b"\x1b7",
        },
        line_start=frozenset({b"\x1b\x1da", b"\x1bl", b"\x1bQ"}),
        own_in_page_mode=frozenset({b"\x1b ", b"\x1b:", b"\x1b0", b"\x1bD", b"\x1bs", b"\x1bt"}),
        families={},
        valid=_STAR_VALID,
        acts={
            "open_line": (b"\t", b"\x1bK", b"\x1bL", b"\x1bX", b"\x1b^"),
            "carriage_return": (b"\r",),
            "reset": (b"\x1b@", b"\x1b?", b"\x18"),
            "star_select": (b"\x11", b"\x13"),
            "star_extended": (b"\x1b\x1d",),
            "star_raster_mode": (b"\x1b*",),
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matters:
    """The lookups of `PrinterState` for one grammar."""

    keys: Mapping[bytes, bytes]  # a whole command of up to three bytes -> its key
    page_mode_keys: Mapping[bytes, bytes]  # the same in page mode
    long_keys: Mapping[bytes, bytes]  # the opening of a longer command -> its key
    line_start: frozenset[bytes]
    own_in_page_mode: frozenset[bytes]
    families: Mapping[bytes, bytes]
    valid: Mapping[bytes, frozenset[int]]
    acts: Mapping[bytes, str]  # the first two bytes of a command -> the name of its handler


@lru_cache(maxsize=_KEPT_GRAMMARS)
def matters_of(grammar: Grammar) -> Matters:
    """The lookups for a grammar."""
    special = _DIALECTS[grammar.dialect]
    acts = {opening: name for name, openings in special.acts.items() for opening in openings}
    keys: dict[bytes, bytes] = {}
    long_keys: dict[bytes, bytes] = {}
    for entry in grammar.entries:
        if entry.profile != "base":
            acts.pop(entry.opening[:2], None)  # the vendor's command is another one than the handler's
        opening, short = entry.opening, [t for t in _tokens(entry, special.valid) if len(t) <= 3]
        if "position" in entry.sets:
            acts.setdefault(opening[:2], "close_line" if entry.category == "print-feed" else "open_line")
        elif entry.category == "state" and not _NOT_SETTINGS.intersection(entry.sets):
            key = special.same.get(opening, opening)
            if short and acts.get(opening[:2]) is None:
                keys.update(dict.fromkeys(short, key))
            elif opening not in special.families:
                long_keys[opening] = key
                acts.setdefault(opening[:2], "record")
    return Matters(
        keys=keys,
        page_mode_keys={token: key for token, key in keys.items() if key not in special.own_in_page_mode},
        long_keys=long_keys,
        line_start=special.line_start,
        own_in_page_mode=special.own_in_page_mode,
        families=special.families,
        valid=special.valid,
        acts=acts,
    )


_NOT_SETTINGS: Final = frozenset({"device", "settings_store", "motion_units", "raster_mode"})
"""State that has a handler of its own, or that lives in NV memory."""


def _tokens(entry: Entry, valid: Mapping[bytes, frozenset[int]]) -> Iterable[bytes]:
    """All tokens of a command that has at most one argument byte behind its opening."""
    opened, length = len(entry.opening), entry.length
    sizes: Mapping[int, int] = {}
    if "fixed" in length:
        sizes = dict.fromkeys(range(256), length["fixed"])
    elif length.get("switch") == opened and all_fixed(length):
        sizes = dict.fromkeys(range(256), length["else"]["fixed"])
        sizes = {**sizes, **{v: case["fixed"] for case in length["cases"] for v in case_values(case)}}
    in_range = valid.get(entry.opening, _ANY)
    for argument, size in sizes.items():
        if size == opened:
            yield entry.opening
        elif size == opened + 1 and argument in in_range:
            yield entry.opening + bytes([argument])
