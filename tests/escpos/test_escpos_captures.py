"""Every capture: read whole and in pieces, cut off, and its state said again."""

from __future__ import annotations

from copy import copy

import pytest
from captures import Capture, captures
from command_streams import joined, read

from receiptbridge.escpos.lengths import LONGEST_HEADER
from receiptbridge.escpos.reader import HEAD_BYTES, Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

GRAMMARS = {"escpos": load_grammar("escpos"), "star": load_grammar("star-line")}
PRINTER = load_printer("generic-80")
SENT_ESCPOS_TO_A_STAR_PRINTER = {"d0094"}

each_capture = pytest.mark.parametrize("capture", captures(), ids=lambda capture: capture.id)


def pulled(reader: Reader, data: bytes) -> list[bytes]:
    """The tokens that these bytes complete."""
    tokens = []
    reader.feed(data)
    while (batch := reader.pull()) is not None:
        tokens += batch.tokens
    return tokens


def grammar_of(capture: Capture):
    return GRAMMARS[capture.truth["protocol"]]


@each_capture
def test_a_capture_reads_to_its_end(capture):
    reader, tokens, _ = read(grammar_of(capture), [capture.data])
    assert reader.end == len(capture.data)
    assert not reader.in_mid_command
    if max(map(len, tokens)) < HEAD_BYTES:
        assert b"".join(tokens) == capture.data


@each_capture
def test_a_capture_holds_no_unknown_command(capture):
    if capture.id not in SENT_ESCPOS_TO_A_STAR_PRINTER:
        assert read(grammar_of(capture), [capture.data])[0].unknown == 0


@each_capture
def test_a_capture_reads_the_same_byte_by_byte(capture):
    data, grammar = capture.data, grammar_of(capture)
    whole = read(grammar, [data])
    pieces = read(grammar, [data[i : i + 1] for i in range(len(data))])
    assert pieces[1:] == whole[1:]


@each_capture
def test_a_capture_cut_off_at_any_byte_reads_as_far_as_it_goes(capture):
    data, grammar = capture.data, grammar_of(capture)
    reader, read_so_far = Reader(grammar), 0
    for end in range(1, len(data) + 1):
        tokens = pulled(reader, data[end - 1 : end])
        assert reader.received == end
        assert end - LONGEST_HEADER <= reader.end <= end
        whole = b"".join(tokens)
        if not reader.in_mid_command and len(whole) < HEAD_BYTES:
            assert data[:end].endswith(whole)
        read_so_far += len(whole)
        assert read_so_far <= reader.end


@each_capture
def test_a_capture_cut_in_two_at_any_byte_reads_the_same(capture):
    """Around every place: from the command in which it lies to the one behind."""
    data, grammar = capture.data, grammar_of(capture)
    reader = Reader(grammar)
    for token in pulled(Reader(grammar), data):
        begin, end = reader.end, reader.end + len(token)
        if len(token) >= HEAD_BYTES:
            return  # of so long a payload the length does not show; its cuts are tried by the laws
        for place in range(begin, end):
            twin = copy(reader)
            read_so_far = pulled(twin, data[begin:place]) + pulled(twin, data[place:end])
            assert joined(read_so_far) == [token] or twin.end < end
        pulled(reader, data[begin:end])


@each_capture
def test_the_state_after_a_capture_can_be_said_again(capture):
    grammar = grammar_of(capture)
    state, again = PrinterState(grammar, PRINTER), PrinterState(grammar, PRINTER)
    state.apply(read(grammar, [capture.data])[1])
    again.apply(state.prelude())
    state.line_open = False
    assert again.values() == state.values()
