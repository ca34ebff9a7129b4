"""Reader, printer state, brackets and characters on any bytes: laws 2 to 5 as far as commands go."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

from fuzz.inputs import Input, parse
from receiptbridge.escpos.charsets import TextDecoder, survey
from receiptbridge.escpos.fields import Value
from receiptbridge.escpos.grammar import INSERTION_MARKS, Grammar
from receiptbridge.escpos.lengths import LONGEST_HEADER
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.replies import ReplyReader
from receiptbridge.escpos.restore import CannotRestore, bracket, put_back_qr
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer
from receiptbridge.profiles.model import PrinterProfile

PLAIN: dict[str, Value] = {
    "font": 0, "bold": 0, "underline": 0, "width_mag": 1, "height_mag": 1, "reverse": 0, "upside_down": 0,
    "right_spacing": 0, "left_margin": 0, "justify": 1,
}  # fmt: skip
PLAIN_ESCPOS: dict[str, Value] = {
    "double_strike": 0, "rotate90": 0, "line_spacing": "default", "print_width": "full", "kanji_mode": 1,
    "kanji_print_mode": 0, "kanji_quad": 0, "kanji_underline": 0, "kanji_spacing": (0, 0), "kanji_font": "A",
    "encoding": 1, "user_chars_on": 0,
}  # fmt: skip


@cache
def lanes() -> tuple[tuple[Grammar, PrinterProfile], ...]:
    """The grammars and printers that an input may choose."""
    base, star = load_grammar("escpos"), load_grammar("star-line")
    vendors = [name for name in base.tables["meta"]["profiles"] if name != "base"]
    return (
        (base, load_printer("generic-80")),
        (base, load_printer("epson-tm-t88v")),
        (base, load_printer("epson-tm-u220")),
        (star, load_printer("star-tsp650")),
        *((load_grammar("escpos", [vendor]), load_printer("generic-58")) for vendor in vendors),
    )


def check(data: bytes) -> None:
    """Raise where a law does not hold for this input."""
    given = parse(data)
    grammar, printer = lanes()[given.choice % len(lanes())]
    whole, pieces = _read(grammar, [given.stream]), _read(grammar, given.pieces)
    assert pieces == whole, "cutting changed what was read"
    tokens = whole[0]
    _check_state(tokens, grammar, printer)
    _check_characters(tokens, grammar, printer)
    _check_tails(given, grammar)
    _check_replies(given, grammar)


def _read(grammar: Grammar, pieces: list[bytes]) -> tuple[list[bytes], list[Any], tuple[int, ...]]:
    reader, tokens, marks = Reader(grammar), [], []
    for piece in pieces:
        reader.feed(piece)
        while (batch := reader.pull()) is not None:
            tokens += batch.tokens
            marks += [(batch.end, batch.mark)] if batch.mark else []
        assert reader.received - reader.end <= LONGEST_HEADER, "too much waits"
    runs = groupby(tokens, key=b" ".__le__)
    joined = [token for text, run in runs for token in ([b"".join(run)] if text else run)]
    return joined, marks, (reader.end, reader.received, reader.unknown, reader.tail_may_mark)


def _check_state(tokens: list[bytes], grammar: Grammar, printer: PrinterProfile) -> None:
    state = PrinterState(grammar, printer)
    state.apply(tokens)
    if state.why_not_insertable() is not None:
        return
    again = PrinterState(grammar, printer)
    again.apply(state.prelude())
    assert _settings(again) == _settings(state), "the prelude gives another state"
    wanted = PLAIN if grammar.dialect == "star" else PLAIN | PLAIN_ESCPOS
    try:
        before, after = bracket(state, wanted)
        put_back_qr(state)
    except CannotRestore:
        return
    state.apply([b"\n"])
    begun = _settings(state)
    state.apply(_read(grammar, [before + b"block\n" + after])[0])
    assert _settings(state) == begun, "the bracket did not put the state back"


def _settings(state: PrinterState) -> dict[str, Value]:
    values = state.values()
    del values["line_start"]
    return values


def _check_characters(tokens: list[bytes], grammar: Grammar, printer: PrinterProfile) -> None:
    decoder = TextDecoder(grammar, printer, found=survey(grammar, printer, tokens))
    for token in tokens:
        if token >= b" ":
            decoder.decode(token)
        else:
            decoder.apply(token)


def _check_tails(given: Input, grammar: Grammar) -> None:
    """What is surely unmarked holds no place to insert."""
    reader = Reader(grammar)
    if reader.surely_unmarked(given.stream):
        reader.feed(given.stream)
        while (batch := reader.pull()) is not None:
            assert batch.mark not in INSERTION_MARKS, "a cut passed as surely unmarked"


def _check_replies(given: Input, grammar: Grammar) -> None:
    """The same bytes as if the printer had sent them: where the box asked nothing the register gets them all."""
    whole, parts = ReplyReader(grammar.dialect), ReplyReader(grammar.dialect)
    heard = whole.hear(given.stream)
    assert heard.to_register == given.stream, "the register missed bytes"
    for piece in given.pieces:
        parts.hear(piece)
    assert parts.condition is heard.condition, "cutting changed what was heard"
