"""Bytes into completed commands, as they come.

Rules of this room:
- No input raises, and none is waited for without bound: at most `LONGEST_HEADER` bytes stay behind, or
  `HELD_COMMAND_BYTES` of a cut.
- A payload streams through: its bytes belong to a command under way as they come, and only its first
  `HEAD_BYTES` are kept for those who want to understand it.
- However the bytes are cut into reads, the tokens are the same, but that a run of text may come in pieces.
- A real-time command is one wherever it stands between commands; inside a payload it is payload.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from receiptbridge.escpos.grammar import (
    HELD_COMMAND_BYTES,
    INSERTION_MARKS,
    TEXT,
    UNLISTED,
    Entry,
    Grammar,
    Mark,
    Table,
)
from receiptbridge.escpos.lengths import Payload, Skip, Steps

HEAD_BYTES: Final = 8192
"""Of a payload command this much is kept: a whole GS ( k store (at most 7,092 bytes of symbol data)."""

WINDOW_BYTES: Final = 8192
"""Plain commands are split in windows of this size: what follows a stop is copied once per window only."""


class Batch(NamedTuple):
    """Completed commands in a row, the stream offset behind them, and why the batch ends there."""

    tokens: list[bytes]
    end: int
    mark: Mark | None


class Reader:
    """Reads one stream by a grammar. `feed` bytes, then `pull` until there is no batch.

    `keep`: of a payload command so much is kept.
    """

    def __init__(self, grammar: Grammar, keep: int = HEAD_BYTES) -> None:
        self._grammar = grammar
        self._keep = keep
        self._table: Table = grammar.printer
        self._follow = _FOLLOW[grammar.dialect]
        self._selected = True
        self._kanji_font = "A"
        self._data = b""
        self._at = 0
        self._payload: Payload | None = None
        self._payload_entry: Entry = TEXT
        self._head = b""
        self.received = 0
        self.unknown = 0
        self.commands = 0

    @property
    def end(self) -> int:
        """Stream offset up to which bytes belong to completed commands or to a payload under way."""
        return self.received - len(self._data) + self._at

    @property
    def tail_may_mark(self) -> bool:
        """Whether the incomplete bytes behind `end` may become a command before which one inserts."""
        return self._at < len(self._data) and self._selected and self._table.may_mark(self._data[self._at :])

    @property
    def in_mid_command(self) -> bool:
        """Whether the stream so far ends inside a command, incomplete or with its payload under way."""
        return self._payload is not None or self._at < len(self._data)

    def surely_unmarked(self, data: bytes) -> bool:
        """Whether these bytes can neither hold nor begin a command before which one inserts.

        Told from the bytes alone and quickly, so that they can be passed on before they are read. They must
        not continue a command: feed and pull what came before, unless that was surely unmarked too.
        """
        for lead, pattern in self._table.may_insert:  # noqa: SIM110  all() of a generator takes twice as long
            if lead in data and pattern.search(data) is not None:
                return False
        return True

    def feed(self, data: bytes) -> None:
        self._data = self._data[self._at :] + data if self._at < len(self._data) else data
        self._at = 0
        self.received += len(data)

    def pull(self) -> Batch | None:
        """The next completed commands; None when more bytes are needed. Ends early at a mark."""
        tokens: list[bytes] = []
        before, mark = self.end, None
        while mark is None and self._at < len(self._data):
            at = self._at
            if self._payload is not None:
                mark = self._take_payload(tokens)
            elif not self._take_plain(tokens):
                mark = self._take_command(tokens)
            if self._at == at:
                break
        self.commands += len(tokens)
        return Batch(tokens, self.end, mark) if self.end > before else None

    def _take_plain(self, tokens: list[bytes]) -> bool:
        """Take a window of plain commands; False: the next one must be looked at closer."""
        window = min(self._at + WINDOW_BYTES, len(self._data))
        found = self._table.token_or_rest.findall(self._data, self._at, window)
        rest = 0 if self._table.plain.fullmatch(found[-1]) else len(found.pop())
        tokens += found
        self._at = window - rest
        return not rest

    def _take_command(self, tokens: list[bytes]) -> Mark | None:
        """Take one command that is not plain, or nothing as long as it is incomplete."""
        data, at = self._data, self._at
        entry, sure = self._table.match(data, at)
        if not sure:
            return None
        entry = entry or UNLISTED
        length = entry.rule(data, at, self._kanji_font)
        if length is None:
            return None
        if isinstance(length, int):
            if at + length <= len(data):
                self._at += length
                return self._complete(tokens, entry, data[at : at + min(length, self._keep)], length)
            if length <= HELD_COMMAND_BYTES and entry.opening in self._table.marks:
                return None
            length = _rest_of(length)
        self._payload, self._payload_entry, self._head = Payload(length), entry, b""
        return self._take_payload(tokens)

    def _take_payload(self, tokens: list[bytes]) -> Mark | None:
        payload, at = self._payload, self._at
        assert payload is not None
        self._at = payload.take(self._data, at)
        if len(self._head) < self._keep:
            self._head += self._data[at : min(self._at, at + self._keep - len(self._head))]
        if not payload.done:
            return None
        head, self._head, self._payload = self._head, b"", None
        return self._complete(tokens, self._payload_entry, head, HELD_COMMAND_BYTES + 1)

    def _complete(self, tokens: list[bytes], entry: Entry, raw: bytes, length: int) -> Mark | None:
        tokens.append(raw)
        if entry.category == "unknown":
            self.unknown += 1
        mark = self._table.mark(entry, raw)
        if not self._selected and mark != "device":
            return None
        if (follow := self._follow.get(entry.opening)) is not None:
            follow(self, raw)
        # A cut too long to be held back has passed already: nothing can come before it any more.
        return None if mark in INSERTION_MARKS and length > HELD_COMMAND_BYTES else mark

    # ---- commands that change how the next ones are read

    def _select_device(self, raw: bytes) -> None:
        self._selected = bool(raw[2] & 1)
        to_display = raw[2] & 3 == 2
        self._table = self._grammar.display if to_display else self._grammar.printer

    def _choose_kanji_font(self, raw: bytes) -> None:
        if raw[5:6] == b"0" and len(raw) > 6:
            self._kanji_font = "ABC"[raw[6] % 48] if raw[6] % 48 < 3 else "A"

    def _switch_raster(self, raw: bytes) -> None:
        if raw[3:4] in (b"A", b"B"):
            self._table = self._grammar.raster if raw[3:4] == b"A" else self._grammar.printer

    def _reset(self, raw: bytes) -> None:
        self._kanji_font = "A"
        self._table = self._grammar.printer


def _rest_of(length: int) -> Steps:
    yield Skip(length)


_FOLLOW: Final[Mapping[str, Mapping[bytes, Callable[[Reader, bytes], None]]]] = {
    "escpos": {
        b"\x1b=": Reader._select_device,
        b"\x1c(A": Reader._choose_kanji_font,
        b"\x1b@": Reader._reset,
    },
    "star": {
        b"\x1b*r": Reader._switch_raster,
        b"\x1b@": Reader._reset,
        b"\x1b?": Reader._reset,
        b"\x18": Reader._reset,
    },
}
