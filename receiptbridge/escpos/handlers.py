"""What single commands do to printer state: the handlers that `matters` names by opening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from receiptbridge.escpos import fields
from receiptbridge.escpos.macro import Macro
from receiptbridge.escpos.matters import Matters
from receiptbridge.escpos.quirks import CR_IS_LF
from receiptbridge.escpos.symbols import SymbolUse
from receiptbridge.profiles.model import PrinterProfile


class Handlers:
    """The state that commands change, and the changing of it. `PrinterState` is what others use."""

    def __init__(self, printer: PrinterProfile, matters: Matters) -> None:
        self.printer = printer
        self.line_open = False
        self.page_mode = False
        self.printer_selected = True
        self.star_raster = False
        self.doubtful: str | None = None
        self._symbols = SymbolUse()
        self._user_setting = False
        self._macro = Macro()
        self._said: dict[bytes, bytes] = {}
        self._matters = matters

    def _keys(self) -> tuple[Mapping[bytes, bytes], frozenset[bytes]]:
        """Keys by command, and the keys of commands that a started line makes the printer ignore."""
        if self.page_mode:
            return self._matters.page_mode_keys, frozenset()
        return self._matters.keys, self._matters.line_start

    def _record(self, raw: bytes) -> None:
        keys = self._matters.long_keys
        key = keys.get(raw[:4]) or keys.get(raw[:3]) or keys.get(raw[:2])
        ignored = self._keys()[1] if self.line_open else frozenset()
        if self.page_mode:
            ignored |= self._matters.own_in_page_mode
        if key is not None and key not in ignored and self._in_range(raw):
            self._say(key, raw)

    def _in_range(self, raw: bytes) -> bool:
        for size in (2, 3):
            if (valid := self._matters.valid.get(raw[:size])) is not None:
                return valid.issuperset(raw[size:])
        return True

    def _say(self, key: bytes, raw: bytes) -> None:
        self._said.pop(key, None)
        self._said[key] = raw

    def _open_line(self, raw: bytes) -> None:
        self.line_open = True

    def _move_along_line(self, raw: bytes) -> None:
        """ESC $ and ESC \\: to or by nothing at a line's start, it is still its start."""
        self.line_open = self.line_open or any(raw[2:])

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
        if self.line_open:
            self.doubtful = "page mode was begun in mid-line, which some printers ignore"
        self.page_mode = True

    def _leave_page_mode(self, raw: bytes) -> None:
        if self.page_mode:
            self.page_mode = self.line_open = False

    def _reset(self, raw: bytes) -> None:
        self._said.clear()
        self.line_open = self.page_mode = self.star_raster = False
        self._symbols.printed_unstored, self.doubtful = False, None

    def _set_units(self, raw: bytes) -> None:
        """GS P does not rescale what was set before: those lengths keep the units they were set under."""
        units = self._said.get(fields.UNITS, fields.UNITS + b"\x00\x00")
        for key in fields.UNIT_KEYS & self._said.keys():
            if not self._said[key].startswith(fields.UNITS):
                self._said[key] = units + self._said[key]
        self._say(fields.UNITS, raw)

    def _select(self, raw: bytes) -> None:
        self.printer_selected = bool(raw[2] & 1)

    def _clear_buffers(self, raw: bytes) -> None:
        """DLE DC4 8 and DLE ENQ 2 throw away what was received and not yet executed: state is a guess."""
        if raw[2] == _CLEARS[raw[:2]]:
            self.line_open = self.page_mode = False
            self._macro.discard()
            self.doubtful = "the printer's state is unknown since its buffers were cleared"

    def _family(self, raw: bytes) -> None:
        """ESC/POS FS ( and GS (: one opening, many functions."""
        functions = self._matters.families.get(raw[:3])
        if raw.startswith(b"\x1d(k"):
            if (key := self._symbols.remember(raw, self._said)) is not None:
                self._say(key, raw)
        elif raw.startswith(b"\x1d(E"):
            self._user_settings(raw)
        elif raw.startswith(b"\x1d(A"):
            self._reset(raw)
        elif functions is None:
            self._record(raw)
        elif len(raw) >= _SHORTEST_FAMILY_COMMAND and raw[5:6] in functions:
            self._say(raw[:3] + raw[5:6], raw)

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
        """Star ESC GS: page mode (P), print position (A, R), settings, and writing memory, which ends in a reset."""
        if raw[2:3] == b"P" and raw[3:4] in _STAR_PAGE_MODE:
            if _STAR_PAGE_MODE[raw[3:4]]:
                self._enter_page_mode(raw)
            else:
                self.page_mode = False
        elif raw.startswith(_STAR_RESETS):
            self._reset(raw)
        elif raw[2:3] in (b"A", b"R"):
            self.line_open = True
        else:
            self._record(raw)


_SHORTEST_FAMILY_COMMAND: Final = 7
_CLEARS: Final[Mapping[bytes, int]] = {b"\x10\x14": 8, b"\x10\x05": 2}
_STAR_RESETS: Final = (b"\x1b\x1d+", b"\x1b\x1d*W", b"\x1b\x1d*C", b"\x1b\x1d/W", b"\x1b\x1d/C")
_STAR_PAGE_MODE: Final[Mapping[bytes, bool]] = {b"0": True, b"1": False, b"7": False}
