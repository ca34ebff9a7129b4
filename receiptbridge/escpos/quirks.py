"""What single models do otherwise than the grammar says, by the names that printer profiles use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

CR_IS_LF: Final = "cr-is-lf"
"""Automatic line feed is on: CR prints the line."""
EATS_LF_AFTER_RASTER: Final = "eats-lf-after-raster"
"""An LF right behind GS v 0 is swallowed (NT-5890K)."""
IGNORES_ESC_J: Final = "ignores-esc-j"
"""ESC J neither prints nor feeds (NT-5890K)."""

_LF, _RASTER, _FEED = b"\n", b"\x1dv", b"\x1bJ"


class Swallowing:
    """Leaves out of a token stream what the printer swallows or ignores."""

    def __init__(self, quirks: Iterable[str]) -> None:
        self._eats_lf = EATS_LF_AFTER_RASTER in quirks
        self._ignores_feed = IGNORES_ESC_J in quirks
        self.after_raster = False

    @property
    def needed(self) -> bool:
        """Whether the printer swallows anything at all."""
        return self._eats_lf or self._ignores_feed

    def executed(self, tokens: Iterable[bytes]) -> Iterator[bytes]:
        """The tokens that have an effect."""
        for raw in tokens:
            eaten = self.after_raster and raw == _LF
            self.after_raster = self._eats_lf and raw.startswith(_RASTER)
            if not eaten and not (self._ignores_feed and raw.startswith(_FEED)):
                yield raw
