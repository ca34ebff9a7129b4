"""Whose answer it is: the register hears everything but what the box itself asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.escpos.answers import LONGEST_BLOCK
from receiptbridge.escpos.questions import Form, asked_by
from receiptbridge.escpos.replies import PrinterCondition, ReplyReader
from receiptbridge.profiles.load import load_grammar

C = PrinterCondition
READY_ASB, PAPER_OUT_ASB = b"\x10\x00\x00\x00", b"\x18\x00\x0c\x00"
SWITCHED_ON = b"\x3b\x31\x00"
STAR_READY, STAR_COVER_OPEN = b"\x23\x06\x00\x00\x00\x00\x00\x00\x00", b"\x23\x06\x28\x00\x00\x00\x00\x00\x00"
STAR_PAPER_OUT = b"\x23\x06\x08\x00\x00\x08\x00\x00\x00"

# A question and what the printer answers to it.
EXCHANGES = [
    (b"\x10\x04\x01", b"\x12"), (b"\x10\x04\x04", b"\x72"), (b"\x10\x04\x02", b"\x16"), (b"\x1dr\x01", b"\x00"),
    (b"\x1dr\x01", b"\x0c"), (b"\x1dI\x01", b"\x20"), (b"\x1dIA", b"\x5f1.00 ESC/POS\x00"),
    (b"\x1dI\x43", b"\x5fTM-T88V\x00"), (b"\x1dI\x23", b"\x3d\x23\x30\x00"), (b"\x1bv", b"\x03"),
]  # fmt: skip
UNASKED = [READY_ASB, PAPER_OUT_ASB, b"\x37\x25\x00", b"\x37\x22abcd\x00", b"\x37\x23\x40\x00"]
FLOW = st.sampled_from([b"", b"", b"\x11", b"\x13"])

asked_in_turn = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["register", "box"]), st.sampled_from(EXCHANGES)),
        st.tuples(st.just("nobody"), st.sampled_from(UNASKED).map(lambda answer: (b"", answer))),
    ),
    max_size=12,
)


@given(asked_in_turn, st.data())
def test_the_register_hears_everything_but_the_answers_to_the_boxs_questions(exchanges, data):
    reader, heard, expected = ReplyReader(), b"", b""
    for who, (question, answer) in exchanges:
        if who == "register":
            reader.asked([question])
        elif who == "box":
            assert reader.may_ask
            reader.box_asked([question])
        for byte in answer:
            flow = data.draw(FLOW)
            heard += reader.hear(flow + bytes([byte])).to_register
            expected += flow + (b"" if who == "box" else bytes([byte]))
    assert heard == expected


@given(st.lists(st.sampled_from(EXCHANGES), max_size=8), st.binary(max_size=80))
def test_where_the_box_asked_nothing_the_register_hears_every_byte(exchanges, data):
    reader = ReplyReader()
    reader.asked([question for question, _ in exchanges])
    assert reader.hear(data).to_register == data


@given(st.sampled_from(EXCHANGES), st.binary(max_size=80), st.sampled_from(["escpos", "star"]))
def test_never_more_is_withheld_than_one_answer_for_one_question(exchange, data, dialect):
    reader = ReplyReader(dialect)
    reader.box_asked([exchange[0]])
    heard = reader.hear(data).to_register
    assert len(data) - len(heard) <= LONGEST_BLOCK
    rest = iter(data)
    assert all(byte in rest for byte in heard)


@given(asked_in_turn, st.binary(max_size=60), st.integers(0, 60))
def test_what_is_heard_does_not_depend_on_how_it_arrives(exchanges, data, place):
    whole, parts = ReplyReader(), ReplyReader()
    for who, (question, _) in exchanges:
        for reader in (whole, parts):
            (reader.box_asked if who == "box" else reader.asked)([question])
    together = whole.hear(data)
    first, second = parts.hear(data[:place]), parts.hear(data[place:])
    assert first.to_register + second.to_register == together.to_register
    assert second.condition is together.condition


@given(st.binary(max_size=80), st.sampled_from(["escpos", "star"]))
def test_no_bytes_raise_out_of_the_replies(data, dialect):
    assert ReplyReader(dialect).hear(data).to_register == data


def test_an_answer_goes_to_the_question_that_was_open_first():
    reader = ReplyReader()
    reader.box_asked([b"\x10\x04\x04"])
    reader.asked([b"\x10\x04\x01"])
    heard = reader.hear(b"\x72\x12")
    assert heard.to_register == b"\x12"
    assert heard.condition is C.READY


def test_an_automatic_status_between_question_and_answer_is_no_answer():
    reader = ReplyReader()
    reader.box_asked([b"\x1dr\x01"])
    assert reader.hear(READY_ASB + b"\x0c") == (READY_ASB, C.PAPER_OUT, False)


def test_the_box_asks_only_when_its_answer_can_be_told():
    reader = ReplyReader()
    assert reader.may_ask
    reader.asked([b"\x10\x04\x01"])
    assert not reader.may_ask
    reader.hear(b"\x12")
    assert reader.may_ask
    reader.hear(READY_ASB[:2])
    assert not reader.may_ask


def test_a_question_that_was_given_up_takes_no_later_answer():
    reader = ReplyReader()
    reader.box_asked([b"\x10\x04\x01"])
    reader.give_up()
    reader.asked([b"\x10\x04\x01"])
    assert reader.hear(b"\x12").to_register == b"\x12"


def test_a_real_time_answer_that_was_lost_does_not_shift_the_next_ones():
    reader = ReplyReader()
    reader.asked([b"\x10\x04\x01", b"\x1dr\x01"])
    reader.hear(b"\x00")
    reader.asked([b"\x10\x04\x04"])
    assert reader.hear(b"\x72").condition is C.PAPER_OUT


def test_a_printer_that_was_switched_on_is_a_stranger():
    reader = ReplyReader()
    reader.asked([b"\x10\x04\x01"])
    assert reader.hear(PAPER_OUT_ASB).condition is C.PAPER_OUT
    assert reader.hear(SWITCHED_ON) == (SWITCHED_ON, C.UNKNOWN, True)
    assert reader.may_ask
    assert not reader.hear(READY_ASB).switched_on


def test_a_printer_that_says_that_it_goes_off_is_offline():
    assert ReplyReader().hear(b"\x3b\x30\x00").condition is C.OFFLINE


def test_automatic_status_makes_asking_unnecessary():
    reader = ReplyReader()
    assert not reader.tells_unasked
    reader.hear(READY_ASB)
    assert reader.tells_unasked


@pytest.mark.parametrize(
    ("answer", "expected"), [(b"\x00", C.READY), (b"\x03", C.PAPER_LOW), (b"\x0f", C.PAPER_OUT)]
)
@pytest.mark.parametrize("question", [b"\x1dr\x01", b"\x1dr1", b"\x1bv"])
def test_the_paper_is_known_from_a_paper_query(question, answer, expected):
    reader = ReplyReader()
    reader.asked([question])
    assert reader.hear(answer).condition is expected


def test_the_drawers_state_is_not_taken_for_the_papers():
    reader = ReplyReader()
    reader.asked([b"\x1dr\x02"])
    assert reader.hear(b"\x0c").condition is C.UNKNOWN


def test_an_error_is_over_when_the_printer_says_so():
    reader = ReplyReader()
    reader.asked([b"\x10\x04\x03", b"\x10\x04\x01"])
    assert reader.hear(b"\x1a").condition is C.OFFLINE
    assert reader.hear(b"\x12").condition is C.READY


@pytest.mark.parametrize(
    ("status", "expected"),
    [(STAR_READY, C.READY), (STAR_COVER_OPEN, C.COVER_OPEN), (STAR_PAPER_OUT, C.PAPER_OUT)],
)
def test_stars_automatic_status_says_how_the_printer_is(status, expected):
    assert ReplyReader("star").hear(status) == (status, expected, False)


def test_a_network_stars_status_is_longer():
    longer = b"\x23\x86" + STAR_READY[2:] + b"\x02\x00" + b"\x7e\x7e"
    assert ReplyReader("star").hear(longer + STAR_PAPER_OUT).condition is C.PAPER_OUT


def test_a_star_answers_the_box_too():
    reader = ReplyReader("star")
    reader.box_asked([b"\x1b\x06\x01"])
    assert reader.hear(STAR_PAPER_OUT + STAR_READY) == (STAR_READY, C.READY, False)
    reader.box_asked([b"\x1b\x1d\x03\x00\x00\x00"])
    assert reader.hear(b"\x1b\x1d\x03\x00\x00\x00\x07\x00\x12").to_register == b"\x12"


FORMS_OF_REPLIES = {
    "dle_eot": Form.REAL_TIME, "gs_r": Form.BYTE, "gs_i": Form.TEXT, "esc_u": Form.BYTE, "esc_v": Form.BYTE,
    "star_enq": Form.BYTE, "star_eot": Form.BYTE, "star_etx": Form.ECHO, "star_asb": Form.ASB,
}  # fmt: skip
NOT_A_QUESTION = {b"\x1b\x1ea"}  # setting automatic status provokes one, as does many another event


@pytest.mark.parametrize("dialect", ["escpos", "star"])
def test_every_question_of_the_grammar_is_known_for_one(dialect):
    for entry in load_grammar(dialect).entries:
        if entry.reply in FORMS_OF_REPLIES and entry.opening not in NOT_A_QUESTION:
            argument = b"C" if entry.reply == "gs_i" else b"\x01"
            size = entry.length.get("fixed", len(entry.opening) + 1)
            asked = asked_by((entry.opening + argument * 4)[:size], dialect)
            assert asked is not None, entry.mnemonic
            assert asked[0] is FORMS_OF_REPLIES[entry.reply]
