from __future__ import annotations

from receiptbridge.receipt.collect import COLLECTED_BYTES, KEPT_OF_A_PAYLOAD, Collector

CUT = b"\x1dV\x00"


def test_a_cut_ends_a_receipt_and_the_rest_is_one_too(split_stream):
    receipts = split_stream(b"one\n" + CUT + b"two\n")
    assert [receipt.tokens[0] for receipt in receipts] == [b"one", b"two"]


def test_a_cut_with_nothing_printed_before_it_ends_no_receipt(split_stream):
    assert len(split_stream(b"\x1b@" + CUT + b"one\n" + CUT + b"\x1bp\x00\x19\xfa" + CUT)) == 1


def test_a_cut_inside_a_picture_is_part_of_the_picture(split_stream):
    picture = b"\x1dv0\x00\x04\x00\x02\x00" + CUT + b"\x00" * 5
    assert len(split_stream(picture + b"one\n" + CUT)) == 1


def test_text_behind_the_last_cut_whose_line_never_ends_is_not_on_paper(split_stream):
    assert len(split_stream(b"one\n" + CUT + b"q")) == 1


def test_the_next_receipt_starts_in_the_state_that_the_last_one_left(split_stream):
    second = split_stream(b"\x1bt\x10one\n" + CUT + b"two\n" + CUT)[1]
    assert b"\x1bt\x10" in second.prelude


def test_only_the_head_of_a_picture_is_kept():
    collector = Collector()
    collector.add([b"\x1dv0\x00" + b"\xff" * 4000])
    assert len(collector.take().tokens[0]) == KEPT_OF_A_PAYLOAD


def test_what_is_kept_is_bounded_and_says_so():
    collector = Collector()
    for _ in range(3 * COLLECTED_BYTES // 48_000):
        collector.add([b"x" * 48, b"\n"] * 1000)
    collected = collector.take()
    assert collected.overflow
    assert sum(map(len, collected.tokens)) <= COLLECTED_BYTES + 49_000


def test_blanks_alone_are_nothing_printed():
    collector = Collector()
    collector.add([b"   ", b"\n"])
    assert not collector.printed


def test_taking_a_receipt_begins_an_empty_one():
    collector = Collector()
    collector.add([b"one", b"\n"])
    collector.take()
    assert not collector.printed
    assert collector.take().tokens == []
