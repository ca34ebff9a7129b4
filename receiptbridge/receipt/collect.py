"""What was sent since the last cut, kept until the receipt is whole.

Bridge and `inspect` split a stream by the same two classes: the reader's "cut" marks end a receipt when
something was printed since the last; what is printed behind the last cut is a receipt as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.model import PrinterProfile

COLLECTED_BYTES: Final = 1 << 20
"""Text of 20,000 full lines, or the rows of a Star picture 1.5 m long. A longer receipt is not read."""

COLLECTED_TOKENS: Final = 200_000
"""Small commands cost more memory than their bytes: this many take about 12 MB."""

KEPT_OF_A_PAYLOAD: Final = 64
"""Of a picture or symbol only the header is kept: it says that there is one."""

_PICTURE: Final = (
    rb"\x1b\*|\x1d[v/]|\x1d\([Lk]..[^a]|\x1d8L|\x1dk|\x1cp|\x1bZ"  # ESC/POS pictures and symbols
    rb"|\x1b[KLX][^\n]{2}|\x1bk[^\n]{2}|\x1bb...|\x1b\x1d[Sxy]|\x1b\x1cp"  # those of Star
)
_PRINTS: Final = re.compile(rb"[ ]*[\x21-\xff]|" + _PICTURE, re.DOTALL)
_REACHES_PAPER: Final = re.compile(rb"\n|\x1b?\x0c|\x1b[dJ]|" + _PICTURE, re.DOTALL)
"""Text stays in the line buffer until its line (or in page mode its page) is ended; pictures end it."""


@dataclass(frozen=True, slots=True)
class Collected:
    """One receipt's commands. `prelude` brings a fresh printer to the state in which they start."""

    tokens: Sequence[bytes]
    prelude: Sequence[bytes] = ()
    overflow: bool = False


class Collector:
    """Keeps the tokens of the receipt under way; `prelude`: the printer's state where it starts."""

    def __init__(self, prelude: Sequence[bytes] = ()) -> None:
        self.printed = False
        self.overflow = False
        self._begin(prelude)

    def add(self, tokens: Sequence[bytes]) -> None:
        """Completed commands, in their order."""
        if not self.printed:
            self.printed = any(map(_PRINTS.match, tokens))
        if self.overflow:
            return
        self._tokens += [t if len(t) <= KEPT_OF_A_PAYLOAD or t >= b" " else _head(t) for t in tokens]
        self._room -= sum(map(len, self._tokens[-len(tokens) :])) if tokens else 0
        self.overflow = self._room < 0 or len(self._tokens) > COLLECTED_TOKENS

    def take(self, prelude: Sequence[bytes] = ()) -> Collected:
        """The receipt that ends here; the next one starts in the state that `prelude` brings."""
        collected = Collected(self._tokens, self._prelude, self.overflow)
        self._begin(prelude)
        return collected

    def _begin(self, prelude: Sequence[bytes]) -> None:
        self._tokens: list[bytes] = []
        self._prelude = tuple(prelude)
        self._room = COLLECTED_BYTES
        self.printed = False
        self.overflow = False


def split(data: bytes, grammar: Grammar, printer: PrinterProfile) -> Iterator[Collected]:
    """The receipts of a whole captured stream, in printed order."""
    reader, state = Reader(grammar), PrinterState(grammar, printer)
    collector = Collector()
    reader.feed(data)
    while (batch := reader.pull()) is not None:
        state.apply(batch.tokens)
        collector.add(batch.tokens)
        if batch.mark == "cut" and collector.printed:
            yield collector.take(state.prelude())
    if collector.printed and any(map(_REACHES_PAPER.match, (rest := collector.take()).tokens)):
        yield rest


def _head(token: bytes) -> bytes:
    return token[:KEPT_OF_A_PAYLOAD]
