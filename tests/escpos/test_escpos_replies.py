"""What the printer's answers say of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.escpos.answers import LONGEST_BLOCK
from receiptbridge.escpos.replies import PrinterCondition, ReplyReader

C = PrinterCondition
READY_ASB = b"\x10\x00\x00\x00"
PAPER_OUT_ASB = b"\x18\x00\x0c\x00"


def condition(*exchanges: tuple[bytes, bytes]) -> PrinterCondition:
    """The condition after (question, answer) pairs."""
    reader = ReplyReader()
    for question, answer in exchanges:
        reader.asked([question])
        reader.feed(answer)
    return reader.condition


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (1, 0x12, C.READY),
        (1, 0x16, C.READY),
        (1, 0x1A, C.OFFLINE),
        (2, 0x16, C.COVER_OPEN),
        (2, 0x32, C.PAPER_OUT),
        (3, 0x1A, C.OFFLINE),
        (3, 0x32, C.OFFLINE),
        (4, 0x12, C.READY),
        (4, 0x1E, C.PAPER_LOW),
        (4, 0x7E, C.PAPER_OUT),
    ],
)
def test_an_answer_means_what_was_asked(question, answer, expected):
    assert condition((b"\x10\x04" + bytes([question]), bytes([answer]))) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (READY_ASB, C.READY),
        (b"\x14\x00\x00\x0f", C.READY),
        (b"\x18\x00\x00\x00", C.OFFLINE),
        (b"\x38\x00\x00\x00", C.COVER_OPEN),
        (PAPER_OUT_ASB, C.PAPER_OUT),
        (b"\x10\x00\x03\x00", C.PAPER_LOW),
        (b"\x10\x08\x00\x00", C.OFFLINE),
    ],
)
def test_an_automatic_status_says_everything(status, expected):
    assert ReplyReader().feed(status) is expected


@given(st.sampled_from([READY_ASB, PAPER_OUT_ASB]), st.integers(0, 3), st.sampled_from([b"\x11", b"\x13"]))
def test_flow_control_inside_a_status_changes_nothing(status, place, flow):
    assert ReplyReader().feed(status[:place] + flow + status[place:]) is ReplyReader().feed(status)


@given(st.binary(max_size=60), st.data())
def test_answers_read_the_same_however_they_arrive(data, cut):
    whole, parts = ReplyReader(), ReplyReader()
    place = cut.draw(st.integers(0, len(data)))
    parts.feed(data[:place])
    assert parts.feed(data[place:]) is whole.feed(data)


def test_nothing_heard_is_nothing_known():
    assert ReplyReader().condition is C.UNKNOWN
    assert ReplyReader().feed(b"\x00\x0c") is C.UNKNOWN


def test_an_answer_to_an_unseen_question_is_trusted_only_when_all_is_well():
    assert ReplyReader().feed(b"\x12") is C.READY
    assert ReplyReader().feed(b"\x1a") is C.UNKNOWN


def test_a_printer_that_is_online_again_has_paper_and_a_closed_cover():
    assert condition((b"\x10\x04\x04", b"\x72"), (b"\x10\x04\x01", b"\x12")) is C.READY


@pytest.mark.parametrize("block", [b"\x5fTM-T88V\x00", b"\x3d\x23\x38\x00", b"\x37\x25\x00", b"\x3b\x31\x00"])
def test_what_stands_in_a_block_is_no_status(block):
    reader = ReplyReader()
    reader.feed(READY_ASB)
    assert reader.feed(block[:-1] + b"\x18\x10" + block[-1:]) is C.READY
    assert reader.feed(PAPER_OUT_ASB) is C.PAPER_OUT


def test_a_block_that_lost_its_end_does_not_swallow_the_rest_for_ever():
    reader = ReplyReader()
    reader.feed(b"\x5f" + b"x" * LONGEST_BLOCK)
    assert reader.feed(READY_ASB) is C.READY


def test_a_status_that_lost_bytes_gives_way_to_the_next():
    assert ReplyReader().feed(b"\x18\x00" + READY_ASB) is C.READY
