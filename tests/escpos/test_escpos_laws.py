"""The laws of the reader, on generated streams: no input raises, cutting changes nothing, nothing grows."""

from __future__ import annotations

import tracemalloc

import pytest
from command_streams import cuts, read, streams
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.escpos.grammar import INSERTION_MARKS
from receiptbridge.escpos.lengths import LONGEST_HEADER
from receiptbridge.escpos.reader import HEAD_BYTES, Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

GRAMMARS = {"escpos": load_grammar("escpos"), "star": load_grammar("star-line")}
PRINTER = load_printer("generic-80")
BOTH = pytest.mark.parametrize("grammar", GRAMMARS.values(), ids=GRAMMARS)


@BOTH
@given(data=st.data())
def test_however_a_stream_is_cut_it_reads_the_same(grammar, data):
    stream = data.draw(streams(grammar))
    pieces = data.draw(cuts(stream))
    whole, tokens, marks = read(grammar, [stream])
    parts, same_tokens, same_marks = read(grammar, pieces)
    assert (same_tokens, same_marks) == (tokens, marks)
    assert (parts.end, parts.received, parts.unknown) == (whole.end, whole.received, whole.unknown)
    assert parts.tail_may_mark == whole.tail_may_mark


@BOTH
@given(data=st.data())
def test_byte_by_byte_is_no_exception(grammar, data):
    stream = data.draw(streams(grammar))
    assert read(grammar, [stream[i : i + 1] for i in range(len(stream))])[1:] == read(grammar, [stream])[1:]


@BOTH
@given(data=st.data())
def test_tokens_are_the_stream_and_nothing_else(grammar, data):
    stream = data.draw(streams(grammar))
    reader, tokens, _ = read(grammar, [stream])
    seen = b"".join(tokens)
    assert stream.startswith(seen)
    assert len(seen) <= reader.end <= reader.received == len(stream)
    assert len(seen) == reader.end or reader.in_mid_command


@BOTH
@given(stream=st.binary(max_size=400))
def test_no_bytes_raise_out_of_reader_and_state(grammar, stream):
    _, tokens, _ = read(grammar, [stream])
    state = PrinterState(grammar, PRINTER)
    state.apply(tokens)
    state.values()
    state.prelude()
    state.why_not_insertable()


@BOTH
@given(data=st.data())
def test_no_commands_raise_out_of_the_state(grammar, data):
    state = PrinterState(grammar, PRINTER)
    state.apply(read(grammar, [data.draw(streams(grammar))])[1])
    assert state.values().keys() >= {"bold", "font", "justify"}
    assert all(isinstance(command, bytes) and command for command in state.prelude())


@BOTH
@given(data=st.data())
def test_little_waits_behind_the_last_whole_command(grammar, data):
    stream = data.draw(streams(grammar))
    for end in range(len(stream)):
        reader, _, _ = read(grammar, [stream[:end]])
        assert reader.received - reader.end <= LONGEST_HEADER


@BOTH
@given(data=st.data())
def test_a_cut_is_never_let_go_before_it_is_known(grammar, data):
    stream = data.draw(streams(grammar))
    _, _, marks = read(grammar, [stream])
    for start, end, mark in marks:
        for cut in range(start + 1, end) if mark in INSERTION_MARKS else ():
            before, _, _ = read(grammar, [stream[:cut]])
            assert before.end == start
            assert before.tail_may_mark


@pytest.mark.parametrize(
    "claim",
    [
        b"\x1d8L\xff\xff\xff\xff",
        b"\x1dv0\x00\xff\xff\xff\xff",
        b"\x1dk\x04",
        b"\x1c\x71\xff" + b"\xff" * 4,
        b"\x1d(k\xff\xff1P0",
        b"\x1dC;",
    ],
    ids=["GS 8", "GS v 0", "GS k until NUL", "FS q", "GS ( k", "GS C ;"],
)
def test_a_payload_streams_through_without_being_kept(claim):
    reader = Reader(GRAMMARS["escpos"])
    chunk = b"\x55" * 65536
    reader.feed(claim)
    reader.pull()
    tracemalloc.start()
    for _ in range(64):
        reader.feed(chunk)
        while (batch := reader.pull()) is not None:
            assert all(len(token) <= max(HEAD_BYTES, len(chunk)) for token in batch.tokens)
        assert reader.end == reader.received
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 2 * len(chunk)


@given(data=st.data())
def test_vendor_profiles_keep_the_laws(data):
    names = [name for name in GRAMMARS["escpos"].tables["meta"]["profiles"] if name != "base"]
    grammar = load_grammar("escpos", data.draw(st.lists(st.sampled_from(names), unique=True)))
    stream = data.draw(streams(grammar))
    assert read(grammar, data.draw(cuts(stream)))[1:] == read(grammar, [stream])[1:]
