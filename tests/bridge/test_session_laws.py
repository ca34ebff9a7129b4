"""The laws that the core must keep for every input, answer and timing whatever."""

from __future__ import annotations

import pytest
from captures import CUT, Capture, captures, chinese_sale
from hypothesis import given
from hypothesis import strategies as st
from lane_driver import Driver, cut_up, rules
from session_streams import ANSWERS, CUTS, STREAMS, settle

from receiptbridge.bridge.holding import CUT_HOLD, HELD_MOST, TAIL_HOLD
from receiptbridge.bridge.states import State


@given(stream=STREAMS, cuts=CUTS, answers=ANSWERS)
def test_output_less_blocks_is_the_input_however_it_is_cut(stream, cuts, answers):
    driver = Driver(answers=answers).register(*cut_up(stream, cuts))
    driver.answer_all()
    settle(driver)
    assert driver.stream == stream
    assert "core_fault" not in driver.reported()


@given(stream=STREAMS, cuts=CUTS)
def test_any_way_of_cutting_the_input_gives_the_same_paper(stream, cuts):
    whole = Driver().register(stream)
    pieces = Driver().register(*cut_up(stream, cuts))
    settle(whole)
    settle(pieces)
    assert pieces.paper == whole.paper
    assert pieces.blocks == whole.blocks


def test_whether_a_stream_is_escpos_does_not_depend_on_how_it_is_cut():
    stream = b"\x1b@" + b"\x1b\xf1TOTAL 12.00 and a long line of text\n" * 40 + CUT + chinese_sale()
    whole = Driver().register(stream)
    bytewise = Driver().register(*(stream[at : at + 1] for at in range(len(stream))))
    assert bytewise.session.opaque == whole.session.opaque
    assert bytewise.blocks == whole.blocks


@given(stream=STREAMS, cuts=CUTS, answers=ANSWERS)
def test_nothing_is_held_beyond_its_bounds(stream, cuts, answers):
    driver = Driver(answers=answers)
    for piece in cut_up(stream, cuts):
        driver.register(piece)
        assert driver.session.held <= HELD_MOST + len(piece)
    for _ in range(1 + len(stream)):
        if not driver.session.held:
            break
        driver.wait(CUT_HOLD)
    assert driver.session.held == 0


@given(stream=STREAMS, cut=st.integers(0, 10_000), replies=st.binary(max_size=40))
def test_what_the_printer_says_reaches_the_register_unchanged_at_any_moment(stream, cut, replies):
    first, *rest = cut_up(stream, [cut]) or [b""]
    driver = Driver(answers="never").register(first).printer(replies).register(*rest)
    assert driver.to_register == replies


@pytest.mark.parametrize("capture", captures(), ids=lambda c: c.id)
def test_every_capture_passes_whole_and_byte_by_byte_with_the_same_blocks(capture: Capture):
    printer = "epson-tm-t88v" if capture.is_escpos else "star-tsp100"
    lane = rules(printer=printer, currency=capture.truth["currency"] or "CNY")
    whole = Driver(lane).register(capture.data)
    bytewise = Driver(lane).register(*(capture.data[i : i + 1] for i in range(len(capture.data))))
    for driver in (whole, bytewise):
        driver.wait(TAIL_HOLD)
        assert driver.stream == capture.data
        assert "core_fault" not in driver.reported()
    assert bytewise.blocks == whole.blocks


@pytest.mark.parametrize("capture", captures(), ids=lambda c: c.id)
def test_every_capture_broken_off_anywhere_passes_as_far_as_it_came(capture: Capture):
    for length in range(0, len(capture.data), max(1, len(capture.data) // 40)):
        driver = Driver().register(capture.data[:length]).wait(TAIL_HOLD)
        assert driver.stream == capture.data[:length]


def test_a_fault_in_the_core_lets_everything_go_and_stops_reading(monkeypatch: pytest.MonkeyPatch):
    driver = Driver(answers="never").register(chinese_sale())
    assert driver.session.holding_cut

    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(driver.session, "_let_go_what_is_due", broken)
    driver.wait(0.01)
    assert driver.stream == chinese_sale()
    assert driver.session.state is State.PASSTHROUGH
    assert "core_fault" in driver.reported()
