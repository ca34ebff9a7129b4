"""The macro of GS : and GS ^, as a printer keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

MACRO_BYTES: Final = 2048
"""What a printer keeps of a macro (Epson GS :); the rest is not recorded."""


@dataclass(slots=True)
class Macro:
    """`whole` is False once a command did not fit: what the printer then keeps of it is its own affair."""

    recording: bool = False
    whole: bool = True
    commands: list[bytes] = field(default_factory=list)
    _room: int = MACRO_BYTES

    def begin(self) -> None:
        self.recording, self.whole = True, True
        self.commands, self._room = [], MACRO_BYTES

    def end(self) -> None:
        self.recording = False

    def discard(self) -> None:
        self.recording, self.commands = False, []

    def store(self, raw: bytes) -> None:
        """Keep a command as long as there is room."""
        self._room -= len(raw)
        if self._room >= 0:
            self.commands.append(raw)
        else:
            self.whole = False

    def copy(self) -> Macro:
        return replace(self, commands=list(self.commands))
