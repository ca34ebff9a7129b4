"""What the printer's state is, followed from the commands that it was sent.

The state is what was last said in each matter: a dictionary from the kind of command to its last bytes, in
the order of saying, because later commands overrule parts of earlier ones (ESC ! and ESC E). Sent again in
that order they bring a fresh printer to the same state. Values are decoded only when somebody asks.

Rules of this room:
- What the printer ignores is not recorded: ESC a, ESC {, GS L, GS W in mid-line; everything but ESC = while
  the printer is deselected; everything while a macro is recorded (it is stored, not executed).
- Data (downloaded characters and images, NV memory, macros) is not followed; only settings are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from receiptbridge.escpos import fields
from receiptbridge.escpos.fields import Value
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.matters import (
    HEARD_IN_MACRO,
    HEARD_IN_RASTER,
    HEARD_WHEN_DESELECTED,
    SYMBOL_KINDS,
    SYMBOL_PRINT,
    SYMBOL_SETTINGS,
    SYMBOL_STORE,
    Matters,
    matters_of,
)
from receiptbridge.profiles.model import PrinterProfile

MACRO_BYTES: Final = 2048
"""What a printer keeps of a macro (Epson GS :); the rest is not recorded."""

CR_IS_LF: Final = "cr-is-lf"
"""Quirk of a printer profile: automatic line feed is on, CR prints the line."""

_TEXT: Final = b" "
_LF: Final = b"\n"


class PrinterState:
    """Follows one printer. `apply` tokens; then ask."""

    def __init__(self, grammar: Grammar, printer: PrinterProfile) -> None:
        self.grammar = grammar
        self.printer = printer
        self.line_open = False
        self.page_mode = False
        self.recording_macro = False
        self.printer_selected = True
        self.star_raster = False
        self.state_unknown = False
        self.symbol_printed_unstored = False
        self._user_setting = False
        self._macro: list[bytes] = []
        self._macro_room = 0
        self._said: dict[bytes, bytes] = {}
        self._matters: Matters = matters_of(grammar)
        self._acts: dict[bytes, Callable[[bytes], None]] = {
            opening: getattr(self, f"_{name}") for opening, name in self._matters.acts.items()
        }

    def apply(self, tokens: Iterable[bytes]) -> None:
        """Follow completed commands, in their order."""
        stream = iter(tokens)
        self._wait_until_heard(stream)
        said, acts, line_open = self._said, self._acts, self.line_open
        keys, line_start = self._keys()
        for raw in stream:
            if raw >= _TEXT:
                line_open = True
            elif raw == _LF:
                line_open = False
            elif (key := keys.get(raw)) is not None:
                if line_open and key in line_start:
                    continue
                said.pop(key, None)
                said[key] = raw
            elif (act := acts.get(raw[:2])) is not None:
                self.line_open = line_open
                act(raw)
                self._wait_until_heard(stream)
                line_open = self.line_open
                keys, line_start = self._keys()
        self.line_open = line_open

    def prelude(self) -> list[bytes]:
        """Commands that, sent to a fresh printer, give this state. Downloaded data is not among them."""
        commands: list[bytes] = []
        for key, raw in self._said.items():
            if key in fields.UNIT_KEYS and raw.startswith(fields.UNITS):
                commands += [raw[:_UNITS_SIZE], raw[_UNITS_SIZE:]]
            else:
                commands.append(raw)
        if self.page_mode:
            commands.append(b"\x1bL" if self.grammar.dialect == "escpos" else b"\x1b\x1dP0")
        if self.recording_macro:
            commands += [_MACRO_TOGGLE, *self._macro]
        return commands

    def values(self) -> dict[str, Value]:
        """The fields of the grammar's [[state_field]] tables, decoded."""
        values = fields.defaults(self.grammar, self.printer)
        fields.decode(self.grammar.dialect, values, self._said.items())
        width = values["print_width"]
        if isinstance(width, int) and width >= self.printer.dots_per_line:
            values["print_width"] = "full"
        return values | {
            "page_mode": int(self.page_mode),
            "macro_def": int(self.recording_macro),
            "device": int(self.printer_selected),
            "line_start": int(not self.line_open),
        }

    def why_not_insertable(self) -> str | None:
        """Why nothing may be inserted here, None when it may (on an empty line, or after ending this one)."""
        reasons = {
            "page mode": self.page_mode,
            "a macro is being recorded": self.recording_macro,
            "the printer is deselected": not self.printer_selected,
            "user settings are being changed": self._user_setting,
            "Star raster mode": self.star_raster,
            "the printer's state is unknown since its buffers were cleared": self.state_unknown,
        }
        return next((reason for reason, holds in reasons.items() if holds), None)

    def said(self, key: bytes) -> bytes | None:
        """The last command of a kind, None when it was not sent since the last reset."""
        return self._said.get(key)

    def copy(self) -> PrinterState:
        """A state of its own that starts as this one."""
        twin = PrinterState(self.grammar, self.printer)
        for name in _COPIED:
            setattr(twin, name, getattr(self, name))
        twin._said, twin._macro = dict(self._said), list(self._macro)
        return twin

    # ---- what is being heard

    @property
    def _heard(self) -> frozenset[str] | None:
        """Handlers of what the printer executes while it stores or ignores the rest; None: all."""
        if self.recording_macro:
            return HEARD_IN_MACRO
        if not self.printer_selected:
            return HEARD_WHEN_DESELECTED
        return HEARD_IN_RASTER if self.star_raster else None

    def _keys(self) -> tuple[Mapping[bytes, bytes], frozenset[bytes]]:
        """Keys by command, and the keys of commands that a started line makes the printer ignore."""
        if self.page_mode:
            return self._matters.page_mode_keys, frozenset()
        return self._matters.keys, self._matters.line_start

    def _wait_until_heard(self, stream: Iterator[bytes]) -> None:
        """Skip what the printer stores or ignores, through the command that makes it execute again."""
        while (heard := self._heard) is not None and (raw := next(stream, None)) is not None:
            if self._matters.acts.get(raw[:2]) in heard:
                self._acts[raw[:2]](raw)
            elif self.recording_macro:
                self._store_in_macro(raw)

    # ---- handlers, named in `matters`

    def _record(self, raw: bytes) -> None:
        keys = self._matters.long_keys
        key = keys.get(raw[:4]) or keys.get(raw[:3]) or keys.get(raw[:2])
        ignored = self._keys()[1] if self.line_open else frozenset()
        if key is not None and key not in ignored:
            self._say(key, raw)

    def _say(self, key: bytes, raw: bytes) -> None:
        self._said.pop(key, None)
        self._said[key] = raw

    def _open_line(self, raw: bytes) -> None:
        self.line_open = True

    def _close_line(self, raw: bytes) -> None:
        self.line_open = False

    def _carriage_return(self, raw: bytes) -> None:
        if self.printer.print_head == "impact" or CR_IS_LF in self.printer.quirks:
            self.line_open = False

    def _form_feed(self, raw: bytes) -> None:
        # In standard mode receipt models ignore FF: what stands on the line stays there.
        if self.page_mode:
            self._leave_page_mode(raw)

    def _enter_page_mode(self, raw: bytes) -> None:
        # Epson ignores ESC L in mid-line, clones may not: taken as entered, which only forbids insertion.
        self.page_mode = True

    def _leave_page_mode(self, raw: bytes) -> None:
        if self.page_mode:
            self.page_mode = self.line_open = False

    def _reset(self, raw: bytes) -> None:
        self._said.clear()
        self.line_open = self.page_mode = self.star_raster = False
        self.state_unknown = self.symbol_printed_unstored = False

    def _set_units(self, raw: bytes) -> None:
        """GS P does not rescale what was set before: those lengths keep the units they were set under."""
        units = self._said.get(fields.UNITS, fields.UNITS + b"\x00\x00")
        for key in fields.UNIT_KEYS & self._said.keys():
            if not self._said[key].startswith(fields.UNITS):
                self._said[key] = units + self._said[key]
        self._say(fields.UNITS, raw)

    def _toggle_macro(self, raw: bytes) -> None:
        self.recording_macro = not self.recording_macro
        if self.recording_macro:
            self._macro, self._macro_room = [], MACRO_BYTES

    def _store_in_macro(self, raw: bytes) -> None:
        self._macro_room -= len(raw)
        if self._macro_room >= 0:
            self._macro.append(raw)

    def _run_macro(self, raw: bytes) -> None:
        """GS ^ executes the macro; received while recording it ends that and empties the macro."""
        if self.recording_macro:
            self.recording_macro, self._macro = False, []
        elif raw[2]:
            self.apply(self._macro)

    def _select(self, raw: bytes) -> None:
        self.printer_selected = bool(raw[2] & 1)

    def _clear_buffers(self, raw: bytes) -> None:
        """DLE DC4 8 and DLE ENQ 2 throw away what was received and not yet executed: state is a guess."""
        if raw[2] == _CLEARS[raw[:2]]:
            self.line_open = self.page_mode = self.recording_macro = False
            self.state_unknown = True

    def _family(self, raw: bytes) -> None:
        """ESC/POS FS ( and GS (: one opening, many functions."""
        functions = self._matters.families.get(raw[:3])
        if raw.startswith(b"\x1d(k"):
            self._symbol(raw)
        elif raw.startswith(b"\x1d(E"):
            self._user_settings(raw)
        elif raw.startswith(b"\x1d(A"):
            self._reset(raw)
        elif functions is None:
            self._record(raw)
        elif len(raw) >= _SHORTEST_FAMILY_COMMAND and raw[5:6] in functions:
            self._say(raw[:3] + raw[5:6], raw)

    def _symbol(self, raw: bytes) -> None:
        """GS ( k: settings and the stored data are remembered by kind of symbol and function."""
        kind, function = raw[5:6], raw[6:7]
        if not (kind and kind in SYMBOL_KINDS):
            return
        if function and function in SYMBOL_SETTINGS + SYMBOL_STORE:
            self._say(raw[:3] + kind + function, raw)
        elif function == SYMBOL_PRINT and raw[:3] + kind + SYMBOL_STORE not in self._said:
            self.symbol_printed_unstored = True

    def _user_settings(self, raw: bytes) -> None:
        if raw[5:6] == b"\x01":
            self._user_setting = True
        elif raw[5:6] == b"\x02":
            self._user_setting = False
            self._reset(raw)

    def _star_select(self, raw: bytes) -> None:
        self.printer_selected = raw == b"\x11"

    def _star_raster_mode(self, raw: bytes) -> None:
        if raw[2:4] in (b"rA", b"rB"):
            self.star_raster = raw[3:4] == b"A"

    def _star_extended(self, raw: bytes) -> None:
        """Star ESC GS: page mode (P), print position (A, R), and settings."""
        if raw[2:3] == b"P" and raw[3:4] in _STAR_PAGE_MODE:
            self.page_mode = _STAR_PAGE_MODE[raw[3:4]]
        elif raw[2:3] in (b"A", b"R"):
            self.line_open = True
        else:
            self._record(raw)


_MACRO_TOGGLE: Final = b"\x1d:"
_UNITS_SIZE: Final = 4
_SHORTEST_FAMILY_COMMAND: Final = 7
_CLEARS: Final[Mapping[bytes, int]] = {b"\x10\x14": 8, b"\x10\x05": 2}
_STAR_PAGE_MODE: Final[Mapping[bytes, bool]] = {b"0": True, b"1": False, b"7": False}
_COPIED: Final = (
    "line_open", "page_mode", "recording_macro", "printer_selected", "star_raster", "state_unknown",
    "symbol_printed_unstored", "_user_setting", "_macro_room",
)  # fmt: skip
