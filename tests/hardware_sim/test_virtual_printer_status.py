"""What the virtual printer answers, and what it does when it cannot print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.printer import RECEIVE_BUFFER, VirtualPrinter

_STATUS = b"\x10\x04\x01"
_READY, _OFFLINE = b"\x16", b"\x1e"


def test_the_question_that_tills_ask_before_printing_is_answered() -> None:
    assert VirtualPrinter().receive(bytes.fromhex("1B401B3D01100401")) == _READY


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_a_status_question_inside_a_picture_is_answered_and_stays_part_of_it(
    before: bytes, after: bytes
) -> None:
    payload = before + _STATUS + after
    header = b"\x1dv0\x00\x01\x00" + len(payload).to_bytes(2, "little")
    printer = VirtualPrinter()
    assert _READY in printer.receive(header + payload)
    assert printer.head - printer.machine.paper.head_to_cutter == len(payload)
    assert not printer.settings["line_open"]


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        ("ready", "16 12 12 12"),
        ("paper out", "1e 32 12 7e"),
        ("near end", "16 12 12 1e"),
        ("cover", "1e 16 12 12"),
        ("cutter", "1e 52 1a 12"),
    ],
)
def test_each_condition_shows_in_the_four_real_time_answers(condition: str, answers: str) -> None:
    printer = VirtualPrinter()
    {
        "ready": lambda: b"",
        "paper out": printer.set_paper_out,
        "near end": printer.set_paper_near_end,
        "cover": printer.open_cover,
        "cutter": printer.jam_cutter,
    }[condition]()
    assert b"".join(printer.receive(b"\x10\x04" + bytes([n])) for n in (1, 2, 3, 4)) == bytes.fromhex(answers)


def test_an_offline_printer_keeps_4_kb_answers_and_prints_it_all_when_it_is_back() -> None:
    offline, straight = VirtualPrinter(), VirtualPrinter()
    job = b"Total 63.67\n" * 100 + b"\x1dVB\x00"
    straight.receive(job)
    offline.open_cover()
    assert offline.receive(job + _STATUS) == _OFFLINE
    assert offline.papers == []
    assert offline.room == RECEIVE_BUFFER - len(job) - len(_STATUS)
    offline.close_cover()
    assert offline.papers[0].tobytes() == straight.papers[0].tobytes()
    assert offline.room == RECEIVE_BUFFER


def test_a_roll_that_ends_stops_the_receipt_and_a_new_one_lets_it_go_on() -> None:
    printer, straight = VirtualPrinter(), VirtualPrinter()
    job = b"Total 63.67\n" * 50
    straight.receive(job)
    printer.load_roll(100)
    printer.receive(job)
    assert printer.receive(_STATUS) == _OFFLINE
    assert printer.model.mm(printer.head) == pytest.approx(115, abs=5)
    printer.load_roll(1000)
    assert printer.strip_image().tobytes() == straight.strip_image().tobytes()


def test_bytes_beyond_the_receive_buffer_are_lost_and_counted() -> None:
    printer = VirtualPrinter()
    printer.set_paper_out()
    printer.receive(b"x" * (RECEIVE_BUFFER + 10))
    assert (printer.room, printer.overrun) == (0, 10)


def test_status_back_reports_at_once_and_then_only_what_it_watches() -> None:
    printer = VirtualPrinter()
    assert printer.receive(b"\x1da\x08") == bytes.fromhex("1400000F")
    assert printer.open_cover() == b""
    assert printer.set_paper_near_end() == bytes.fromhex("3C00030F")
    printer.receive(b"")
    printer.close_cover()
    assert printer.receive(b"\x1da\x00") == b""
    assert printer.set_paper_out() == b""


def test_answers_to_queued_questions_keep_their_order() -> None:
    asked = b"\x1dr\x01" + _STATUS + b"\x1dI\x43\x1d(H\x06\x0000AB12"
    assert VirtualPrinter().receive(asked) == b"\x00" + _READY + b"_TM-T88V\x00" + b'7"AB12\x00'


def test_a_deselected_printer_prints_nothing_but_answers_in_real_time() -> None:
    printer = VirtualPrinter()
    assert printer.receive(b"\x1b=\x02to the display\n" + _STATUS + b"\x1b=\x01") == _READY
    assert printer.tear_off() is None
    assert printer.settings["selected"]


def test_a_drawer_pulse_is_recorded_in_order_and_in_real_time() -> None:
    printer = VirtualPrinter()
    printer.receive(b"\x1bp\x00\x19\xfa")
    printer.receive(b"\x1dv0\x00\x05\x00\x01\x00\x10\x14\x01\x01\x02")
    assert printer.machine.drawer_pulses == [(0, 25, 250), (1, 100, 100)]


def test_the_switch_for_real_time_pulses_is_obeyed() -> None:
    printer = VirtualPrinter()
    printer.receive(b"\x1d(D\x03\x00\x14\x01\x00\x10\x14\x01\x00\x01")
    assert printer.machine.drawer_pulses == []


def test_recovery_with_clearing_throws_away_what_waited() -> None:
    printer = VirtualPrinter()
    printer.jam_cutter()
    printer.receive(b"lost\n\x10\x05\x02kept\n")
    kept = VirtualPrinter()
    kept.receive(b"kept\n")
    assert printer.strip_image().tobytes() == kept.strip_image().tobytes()


def test_switching_off_forgets_settings_and_keeps_paper_and_stored_pictures() -> None:
    printer = VirtualPrinter()
    fresh = printer.settings
    printer.receive(b"Total\n\x1bE\x01\x1cq\x01\x01\x00\x01\x00" + b"\xff" * 8)
    printer.receive(b"\x1bE\x01")
    head = printer.head
    printer.power_cycle()
    assert printer.settings == fresh
    assert printer.head == head
    printer.receive(b"\x1cp\x01\x00")
    assert printer.head == head + 8
