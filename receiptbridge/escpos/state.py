"""What the printer's state is, followed from the commands that it was sent.

The state is what was last said in each matter: a dictionary from the kind of command to its last bytes, in
the order of saying, because later commands overrule parts of earlier ones (ESC ! and ESC E). Sent again in
that order they bring a fresh printer to the same state. Values are decoded only when somebody asks.

Rules of this room:
- What the printer ignores is not recorded: ESC a, ESC {, GS L, GS W in mid-line; everything but ESC = while
  the printer is deselected; everything while a macro is recorded (Epson stores it and does not execute it).
- Where makers disagree (a macro that prints while it is recorded, ESC L in mid-line) and it makes a
  difference, the state is `doubtful` until the next reset, and nothing is inserted.
- Data (downloaded characters and images, NV memory, macros) is not followed; only settings are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy as shallow_copy
from typing import Final

from receiptbridge.escpos import fields
from receiptbridge.escpos.fields import Value
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.handlers import Handlers
from receiptbridge.escpos.matters import (
    HEARD_IN_MACRO,
    HEARD_IN_RASTER,
    HEARD_WHEN_DESELECTED,
    matters_of,
)
from receiptbridge.escpos.quirks import Swallowing
from receiptbridge.profiles.model import PrinterProfile

_TEXT: Final = b" "
_LF: Final = b"\n"


class PrinterState(Handlers):
    """Follows one printer. `apply` tokens; then ask."""

    def __init__(self, grammar: Grammar, printer: PrinterProfile) -> None:
        super().__init__(printer, matters_of(grammar))
        self.grammar = grammar
        self._swallowing = Swallowing(printer.quirks)
        self._acts = self._handlers()

    def _handlers(self) -> dict[bytes, Callable[[bytes], None]]:
        return {opening: getattr(self, f"_{name}") for opening, name in self._matters.acts.items()}

    @property
    def symbols_used(self) -> bool:
        """Whether this register ever used the printer's own two-dimensional symbols (resets do not count)."""
        return self._symbols.used

    @property
    def symbol_printed_unstored(self) -> bool:
        """Whether it printed one, since the last reset, of which no store was seen."""
        return self._symbols.printed_unstored

    @property
    def recording_macro(self) -> bool:
        """Whether the stream is between the two GS : of a macro."""
        return self._macro.recording

    def apply(self, tokens: Iterable[bytes]) -> None:
        """Follow completed commands, in their order."""
        stream = self._swallowing.executed(tokens) if self._swallowing.needed else iter(tokens)
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

    @property
    def macro_cuts(self) -> bool:
        """Whether the macro that was recorded cuts when it is run."""
        table = self.grammar.printer
        return any(table.mark(self.grammar.entry(raw), raw) == "cut" for raw in self._macro.commands)

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
            commands += [_MACRO_TOGGLE, *self._macro.commands]
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
        }
        return next((reason for reason, holds in reasons.items() if holds), self.doubtful)

    @property
    def undecoded(self) -> frozenset[str]:
        """Fields that a vendor's own command was the last to set: their values are not known."""
        return fields.undecoded(self.grammar, self._said.items())

    def said(self, key: bytes) -> bytes | None:
        """The last command of a kind, None when it was not sent since the last reset."""
        return self._said.get(key)

    def copy(self) -> PrinterState:
        """A state of its own that starts as this one."""
        twin = shallow_copy(self)
        twin._said, twin._macro = dict(self._said), self._macro.copy()
        twin._swallowing, twin._symbols = shallow_copy(self._swallowing), shallow_copy(self._symbols)
        twin._acts = twin._handlers()
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

    def _wait_until_heard(self, stream: Iterator[bytes]) -> None:
        """Skip what the printer stores or ignores, through the command that makes it execute again."""
        while (heard := self._heard) is not None and (raw := next(stream, None)) is not None:
            if self._matters.acts.get(raw[:2]) in heard:
                self._acts[raw[:2]](raw)
            elif self.recording_macro:
                self._macro.store(raw)

    # ---- handlers, named in `matters`

    def _toggle_macro(self, raw: bytes) -> None:
        if self.recording_macro:
            self._macro.end()
            self._doubt_what_was_recorded()
        else:
            self._macro.begin()

    def _doubt_what_was_recorded(self) -> None:
        """Bixolon, Citizen and Wincor print a macro while they record it: does that make a difference?"""
        printed = self.copy()
        printed.apply(self._macro.commands)
        same = printed.values() == self.values() and printed.doubtful == self.doubtful
        if not (same and self._macro.whole):
            self.doubtful = "a macro was recorded, which some printers execute at the same time"

    def _run_macro(self, raw: bytes) -> None:
        """GS ^ executes the macro; received while recording it ends that and empties the macro."""
        if self.recording_macro:
            self._macro.end()
            self._doubt_what_was_recorded()
            self._macro.discard()
        elif not self._macro.whole:
            self.doubtful = "a macro was run that was too long to be kept"
        else:
            for _ in range(min(raw[2], _RUNS_THAT_MATTER)):
                self.apply(self._macro.commands)


_MACRO_TOGGLE: Final = b"\x1d:"
_UNITS_SIZE: Final = 4
_RUNS_THAT_MATTER: Final = 2
"""A line that the first run leaves open changes what the second one does; further ones change nothing."""
