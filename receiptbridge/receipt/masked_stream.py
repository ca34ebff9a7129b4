"""Masks what is personal in a captured stream, so that the stream still is one: no length changes.

Rules of this file:
- Text is masked by `masking`, a line at a time as the paper has it; each masked character's bytes become as many
  bytes of stars. What was read of amounts and the receipt's number stays.
- Pictures, logos, downloaded characters and symbols may show anybody: their dots become white, the characters of
  symbols noughts. Their headers stay.
- What ends in the middle of a command is overwritten behind its first bytes.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from unicodedata import combining

from receiptbridge.escpos.charsets import TextDecoder, survey
from receiptbridge.escpos.grammar import Entry, Grammar
from receiptbridge.escpos.lengths import Collect, Skip, Steps, Until
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.collect import Collected, Collector
from receiptbridge.receipt.masking import mask_lines
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

SHORT: Final = 8
"""Bytes of a command that can hold nothing but its own arguments."""

_DRAWN: Final = frozenset({"graphics", "download"})
_HEADERS: Final = {b"\x1d(k": 8, b"\x1d(L": 15, b"\x1d8L": 17}
"""Bytes of arguments behind the length that say what the rest means."""

_GAPS: Final = (b"\t", b"\x1b$", b"\x1b\\", b"\x1d$", b"\x1d\\", b"\x1b\x1dA", b"\x1b\x1dR")
"""What stands behind these stands in another column."""

_DISPLAY_TEXT: Final = b"\x1bQ"
_GAP: Final = "  "
_UTF8: Final = {1: b"*", 2: "·".encode(), 3: "＊".encode(), 4: "＊*".encode()}
_JIS_STAR: Final = b"\x21\x76"


class Masked(NamedTuple):
    """The stream, and how many places of it were overwritten."""

    data: bytes
    characters: int
    pictures: int
    symbols: int


def mask_stream(
    data: bytes,
    *,
    grammar: Grammar,
    printer: PrinterProfile,
    register: RegisterProfile,
    currency: str | None = None,
) -> Masked:
    """The same stream with what is personal masked, as long as it was. Never raises."""
    out = bytearray(data)
    characters = pictures = symbols = at = 0
    for receipt in _receipts(data, grammar, printer):
        one = _Masker(receipt, grammar, printer, register, currency)
        masked = one.masked()
        out[at : at + len(masked)] = masked
        at += len(masked)
        characters, pictures, symbols = (
            characters + one.characters,
            pictures + one.pictures,
            symbols + one.symbols,
        )
    out[at + SHORT :] = _noughts(data[at + SHORT :])
    return Masked(bytes(out), characters, pictures, symbols)


def receipt_ends(data: bytes, grammar: Grammar, printer: PrinterProfile) -> list[int]:
    """Offsets behind each receipt of a stream; the last is the stream's end."""
    reader, collector, ends = Reader(grammar), Collector(), list[int]()
    reader.feed(data)
    while (batch := reader.pull()) is not None:
        collector.add(batch.tokens)
        if batch.mark == "cut" and collector.printed:
            ends.append(batch.end)
            collector.take()
    whole = ends if collector.printed else ends[:-1]
    return [*whole, len(data)]


def _receipts(data: bytes, grammar: Grammar, printer: PrinterProfile) -> Iterator[Collected]:
    """The stream's whole commands, a receipt at a time, none left out."""
    reader, state = Reader(grammar, keep=len(data) + 1), PrinterState(grammar, printer)
    reader.feed(data)
    prelude: Sequence[bytes] = ()
    tokens: list[bytes] = []
    while (batch := reader.pull()) is not None:
        state.apply(batch.tokens)
        tokens += batch.tokens
        if batch.mark == "cut":
            yield Collected(tokens, prelude)
            prelude, tokens = state.prelude(), []
    if tokens:
        yield Collected(tokens, prelude)


class _Place(NamedTuple):
    """A character of a line, and its bytes in the receipt; a gap has none."""

    character: str
    start: int
    end: int


@dataclass
class _Masker:
    """Masks the commands of one receipt."""

    receipt: Collected
    grammar: Grammar
    printer: PrinterProfile
    register: RegisterProfile
    currency: str | None
    characters: int = 0
    pictures: int = 0
    symbols: int = 0

    def masked(self) -> bytes:
        tokens = self.receipt.tokens
        self._keep = list(self._kept())
        self._out = bytearray().join(tokens)
        self._line: list[_Place] = []
        self._raster = self._display = False
        found = survey(self.grammar, self.printer, [*self.receipt.prelude, *tokens])
        decoder = TextDecoder(self.grammar, self.printer, charset=self.register.charset, found=found)
        for command in self.receipt.prelude:
            decoder.apply(command)
        at = run_from = 0
        for token in tokens:
            if token < b" " or self._raster:
                self._add(decoder, run_from, at)
                decoder.apply(token)
                self._command(token, at)
                run_from = at + len(token)
            at += len(token)
        self._add(decoder, run_from, at)
        self._end_line(decoder.codec)
        return bytes(self._out)

    def _kept(self) -> Iterator[str]:
        """The amounts and the number that were read, as printed."""
        reading: ReceiptReading = read_receipt(
            self.receipt, grammar=self.grammar, printer=self.printer, register=self.register,
            currency=self.currency, explained=True,
        )  # fmt: skip
        if reading.receipt_no:
            yield reading.receipt_no
        marks = reading.explanation.marks if reading.explanation else ()
        for mark in (mark for mark in marks if mark.part != "item"):
            yield reading.text[mark.line][mark.start : mark.end].strip()

    # ---- text

    def _add(self, decoder: TextDecoder, start: int, end: int) -> None:
        """A run of text, up to the command that ended it."""
        self._codec = decoder.codec
        if start < end:
            self._line += _places(decoder, bytes(self._out[start:end]), start)

    def _end_line(self, codec: str) -> None:
        line, self._line = self._line, []
        text = "".join(place.character for place in line)
        [masked] = mask_lines([text], keep=self._keep)
        for place, now in zip(line, masked, strict=True):
            if now != place.character and place.start < place.end:
                self._out[place.start : place.end] = _stars(place.end - place.start, codec)
                self.characters += 1

    # ---- commands

    def _command(self, token: bytes, at: int) -> None:
        entry = self.grammar.entry(token)
        if token.startswith(_GAPS):
            self._line += [_Place(blank, 0, 0) for blank in _GAP]
        elif entry.category in ("print-feed", "cut") or token in (b"\n", b"\r", b"\f"):
            self._end_line(self._codec)
        if self._raster and token[:1] in (b"b", b"k"):
            self._whiten(at + 3, at + len(token))
        elif len(token) > SHORT and (entry.category in _DRAWN or entry.category == "barcode"):
            self._hide(token, at, entry)
        elif len(token) > SHORT and (self._display or entry.category == "unknown"):
            self._out[at + len(_DISPLAY_TEXT) + 1 : at + len(token)] = _noughts(
                token[len(_DISPLAY_TEXT) + 1 :]
            )
        if token[:2] == b"\x1b=":
            self._display = token[2:3] == b"\x02"
        if token[:3] == b"\x1b*r":
            self._raster = token[3:4] == b"A"

    def _hide(self, token: bytes, at: int, entry: Entry) -> None:
        """Overwrite a payload behind its headers."""
        drawn = entry.category in _DRAWN
        for start, end, counted in _payload(token, entry):
            if drawn and counted:
                self._out[at + start : at + end] = bytes(end - start)
            else:
                self._out[at + start : at + end] = _noughts(token[start:end])
        self.pictures += drawn
        self.symbols += not drawn

    def _whiten(self, start: int, end: int) -> None:
        if start < end:
            self._out[start:end] = bytes(end - start)
            self.pictures += 1


def _places(decoder: TextDecoder, text: bytes, offset: int) -> Iterator[_Place]:
    """Each character of a run of text with its bytes."""
    for start, end in _clusters(text, decoder.codec):
        for character in decoder.decode(text[start:end]):
            yield _Place(character, offset + start, offset + end)


def _clusters(text: bytes, codec: str) -> list[tuple[int, int]]:
    """Where the bytes of each character begin and end, its accents with it."""
    if codec == "jis":
        return [(at, min(at + 2, len(text))) for at in range(0, len(text), 2)]
    decoder, start = getincrementaldecoder(codec)("replace"), 0
    clusters: list[tuple[int, int]] = []
    for end in range(1, len(text) + 1):
        decoded = decoder.decode(text[end - 1 : end], end == len(text))
        if decoded and clusters and combining(decoded[0]):
            clusters[-1] = (clusters[-1][0], end)
        elif decoded:
            clusters.append((start, end))
        start = end if decoded else start
    return clusters


def _stars(size: int, codec: str) -> bytes:
    if codec == "utf-8":
        return _UTF8.get(size, b"*" * size)
    return _JIS_STAR if codec == "jis" and size == len(_JIS_STAR) else b"*" * size


def _noughts(data: bytes) -> bytes:
    """Printable bytes become noughts, which every symbol takes; what ends a list of them stays."""
    return bytes(0x30 if byte > 0x20 else byte for byte in data)


_Part = tuple[int, int, bool]
"""Where a part of a payload begins and ends, and whether its length is counted (else a terminator ends it)."""


def _payload(token: bytes, entry: Entry) -> Iterator[_Part]:
    """The parts of a command that are no header."""
    rule = None
    for header in range(len(entry.opening), len(token) + 1):
        if (rule := entry.rule(token[:header], 0, "A")) is not None:
            break
    if rule is None or isinstance(rule, int):
        yield max(header, next((n for o, n in _HEADERS.items() if token.startswith(o)), 0)), len(token), True
    else:
        yield from _skipped(token, rule)


def _skipped(token: bytes, steps: Steps) -> Iterator[_Part]:
    """What the steps of a payload pass over unread, behind its header."""
    at, first = 0, True
    step: Skip | Until | None = next(steps)
    while step is not None and at < len(token):
        behind = step.take(token, at) if not step.done else at
        if not first and not isinstance(step, Collect):
            yield at, behind - isinstance(step, Until), not isinstance(step, Until)
        at, first = behind, False
        try:
            step = steps.send(step.result)
        except StopIteration:
            step = None
    yield at, len(token), True
