"""What ends a receipt, and with what the paper then goes on.

Most tills cut. Where they do not, the register's profile says by what else a receipt ends: a form feed, a text
in its last line, a long feed, the register hanging up, or silence. Paper of a printer without a cutter is torn
off: there a receipt ends at the latest when the register hangs up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from receiptbridge.bridge.rules import LaneRules
from receiptbridge.escpos.reader import HEAD_BYTES, Batch
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.model import RegisterProfile

# GS V m n: 65, 66 feed to the cutter and n more, then cut; 103, 104 also return to the top (Epson, GS V).
FEEDING_CUTS = frozenset({65, 66, 103, 104})

# Of a line only so much is looked at for the text that ends a receipt; paper has 64 columns.
LINE_MOST = 1024

_TEXT_FROM = b" "
_FEEDS_LINES = b"\x1bd"
_ENDS_LINE = (b"\n", _FEEDS_LINES, b"\x1bJ")


class Ending(NamedTuple):
    """`held`: how many bytes wait with it, the command that ends the receipt. `feeds`: it brings the paper to the
    cutter by itself, so the block need not."""

    held: int
    feeds: bool


WITHOUT_COMMAND = Ending(held=0, feeds=False)


def ending_of(batch: Batch, rules: LaneRules, state: PrinterState) -> Ending | None:
    """The ending that the last command of a batch is, None where it is none."""
    match batch.mark:
        case "cut":
            command = batch.tokens[-1]
            return Ending(len(command), feeds=_feeds(command))
        case "cut-reserved":
            # It is carried out when the paper where it was reserved has come to the cutter.
            return Ending(len(batch.tokens[-1]), feeds=True)
        case "macro-run" if state.macro_cuts:
            return Ending(len(batch.tokens[-1]), feeds=False)
        case "form-feed" if "form-feed" in rules.register.ends_with:
            return Ending(len(batch.tokens[-1]), feeds=False)
        case _:
            return None


def ends_at_hang_up(rules: LaneRules) -> bool:
    return "hang-up" in rules.register.ends_with or not rules.printer.cutter


def quiet_that_ends(rules: LaneRules) -> float | None:
    """After so many seconds without register bytes the receipt is over; None where silence means nothing."""
    return rules.register.quiet_seconds if "quiet" in rules.register.ends_with else None


def _feeds(command: bytes) -> bool:
    return command[:2] == b"\x1dV" and command[2] in FEEDING_CUTS


class LastLine:
    """Finds the line that ends a receipt by its text, or by the feed behind it, as the register's profile says."""

    def __init__(self, register: RegisterProfile) -> None:
        charsets = {"utf-8", "gb18030", register.charset or "utf-8"}
        self._texts = {
            text.encode(charset, "ignore") for text in register.end_of_receipt_texts for charset in charsets
        }
        self._feed = register.end_of_receipt_feed
        self._line = b""
        self._fed = 0

    def __bool__(self) -> bool:
        return bool(self._texts) or self._feed is not None

    def find(self, tokens: Sequence[bytes]) -> int | None:
        """How many of the tokens belong to the receipt, up to the end of its last line; None: no end here."""
        for count, token in enumerate(tokens, 1):
            if token >= _TEXT_FROM:
                self._line = (self._line + token)[:LINE_MOST]
                self._fed = 0
            elif token.startswith(_ENDS_LINE) and self._is_last(token):
                return count
        return None

    def _is_last(self, line_end: bytes) -> bool:
        line, self._line = self._line, b""
        self._fed += line_end[2] if line_end.startswith(_FEEDS_LINES) else 1
        if self._feed is not None and self._fed >= self._feed:
            self._fed = 0
            return True
        return any(text in line for text in self._texts)


def length_of(tokens: Iterable[bytes]) -> int | None:
    """How many stream bytes the tokens are; None where one of them is the kept beginning of a payload."""
    lengths = [len(token) for token in tokens]
    return None if any(length >= HEAD_BYTES for length in lengths) else sum(lengths)
