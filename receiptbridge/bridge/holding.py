"""The two things that the core holds back, their bounds, and what is printed when a held cut is answered."""

from __future__ import annotations

from dataclasses import dataclass

from receiptbridge.bridge.events import SaleStored, StoreSale
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.claim.block import BlockContent, render_block
from receiptbridge.claim.code import typed_code
from receiptbridge.claim.texts import language_of
from receiptbridge.claim.token import spell
from receiptbridge.escpos.state import PrinterState

# A register's write may end in the middle of a cut. The rest follows within a byte time or a network packet:
# 50 ms is far above both and far below what a person at the counter notices.
TAIL_HOLD = 0.050

# Commit, sign and draw take some 10 ms on flash; a quarter of a second is what a cutter itself takes.
CUT_HOLD = 0.250

# What may wait behind a held cut: the shell stops reading then, so this is one read and what preceded it.
HELD_MOST = 16 * 1024


@dataclass(frozen=True, slots=True)
class HeldCut:
    """The cut that waits for the answer to `sale.ticket`."""

    sale: StoreSale
    feeds: bool  # the cut itself feeds the paper to the cutter
    deadline: float


@dataclass(frozen=True, slots=True)
class HeldTail:
    """The beginning of a command, from stream offset `start`, that may become a cut."""

    start: int
    deadline: float


def block_for(cut: HeldCut, stored: SaleStored, token: bytes, rules: LaneRules, state: PrinterState) -> bytes:
    """What goes before the held cut. Raises `CannotRestore` where the printer could not be put back."""
    reading = cut.sale.reading
    assert reading.total is not None
    assert reading.currency is not None
    content = BlockContent(
        language=language_of(reading.language, reading.currency),
        amount=reading.total,
        currency=reading.currency,
        points=cut.sale.points or 0,
        url=rules.claim_prefix + spell(token),
        typed_code=typed_code(token),
        valid_until=stored.valid_until,
    )
    return render_block(
        content, rules.printer, state, cut_feeds=cut.feeds, max_bytes=rules.block_bytes, style=rules.style
    )
