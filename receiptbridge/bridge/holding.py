"""The two things that the core holds back, their bounds, and what is printed when a held cut is answered."""

from __future__ import annotations

from dataclasses import dataclass

from receiptbridge.bridge.events import Code, StoreSale, WakeAt
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
    rules: LaneRules  # that the sale was judged by: others may be in force when the answer comes


class Tail:
    """The beginning of a command, from stream offset `start`, that may become a cut; None: nothing is held."""

    def __init__(self) -> None:
        self._start: int | None = None
        self._deadline = 0.0

    def hold(self, start: int, now: float) -> list[WakeAt]:
        """Hold what begins at `start`; when to look again, where it was not held already."""
        if self._start == start:
            return []
        self._start, self._deadline = start, now + TAIL_HOLD
        return [WakeAt(self._deadline)]

    def let_go(self) -> None:
        self._start = None

    def lapsed(self, now: float) -> bool:
        """Whether it was held for its whole time; it is let go then."""
        due = self._start is not None and now >= self._deadline
        if due:
            self._start = None
        return due


def block_for(cut: HeldCut, code: Code, state: PrinterState) -> bytes:
    """What goes before the held cut. Raises `CannotRestore` where the printer could not be put back."""
    reading, rules = cut.sale.reading, cut.rules
    assert reading.total is not None
    assert reading.currency is not None
    content = BlockContent(
        language=language_of(reading.language, reading.currency),
        amount=reading.total,
        currency=reading.currency,
        points=code.points,
        url=rules.claim_prefix + spell(code.token),
        typed_code=typed_code(code.token),
        valid_until=code.valid_until,
    )
    return render_block(
        content, rules.printer, state, cut_feeds=cut.feeds, max_bytes=rules.block_bytes, style=rules.style
    )
