"""What a merchant may choose of the block, and what a line carries of it. Known before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from receiptbridge.claim.bitmap import Bitmap

TemplateName = Literal["full", "compact"]

BLOCK_SECONDS: Final = 2.0
"""What the block may add to the time that a line takes for a receipt: longer, and a counter waits for it."""

BITS_A_BYTE: Final = 10
"""On a serial line: start bit, eight of data, stop bit."""

LOGO_ROWS_MOST: Final = 160
"""20 mm of paper at 203 dpi: a logo is a sign above the block, not an advertisement."""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How a merchant wants the block: which template, and a logo above it. ValueError for a logo too high."""

    template: TemplateName = "full"
    logo: Bitmap | None = None

    def __post_init__(self) -> None:
        if self.logo is not None and self.logo.height > LOGO_ROWS_MOST:
            raise ValueError(f"a logo has at most {LOGO_ROWS_MOST} rows of dots, this has {self.logo.height}")


PLAIN_BLOCK: Final = BlockStyle()


def line_budget(baud: int | None, bits_a_byte: int = BITS_A_BYTE) -> int | None:
    """The bytes that a block may have on a serial line of that speed; None (network, USB): no bound."""
    return None if baud is None else int(baud / bits_a_byte * BLOCK_SECONDS)
