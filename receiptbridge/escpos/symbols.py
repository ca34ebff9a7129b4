"""What a register does with the printer's own two-dimensional symbols (GS ( k)."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

KINDS: Final = b"0123456"
"""GS ( k cn: PDF417, QR, MaxiCode, GS1 DataBar, composite, Aztec, DataMatrix."""
SETTINGS: Final = b"ABCDEFGH"
"""GS ( k fn 65 to 72."""
STORE: Final = b"P"
PRINT: Final = b"Q"


@dataclass(slots=True)
class SymbolUse:
    """`used` stays through resets: a register that uses symbols once will do so again.

    `printed_unstored`: since the last reset a symbol was printed of which no store was seen, so the register
    counts on an empty store (or on one from before).
    """

    used: bool = False
    printed_unstored: bool = False

    def remember(self, raw: bytes, said: Container[bytes]) -> bytes | None:
        """The key under which this GS ( k is remembered, by kind of symbol and function; None: it is not."""
        kind, function = raw[5:6], raw[6:7]
        if not (kind and kind in KINDS):
            return None
        self.used = True
        if function and function in SETTINGS + STORE:
            return raw[:3] + kind + function
        if function == PRINT and raw[:3] + kind + STORE not in said:
            self.printed_unstored = True
        return None
