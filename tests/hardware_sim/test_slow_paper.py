"""Paper that takes its time, the buffer that fills meanwhile, and how senders are held back; clones' replies."""

from __future__ import annotations

import asyncio
import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.drive import XOFF, XON
from hardware_sim.printer import RECEIVE_BUFFER, VirtualPrinter
from hardware_sim.register import over_tcp
from hardware_sim.server import PrinterServer

SPEED = 150.0  # millimetres a second: a plain 80 mm printer
LINES = b"Total 63.67\n" * 60
STATUS = b"\x10\x04\x01"
READY = b"\x16"
PATIENCE = 20.0


def straight(data: bytes) -> VirtualPrinter:
    printer = VirtualPrinter()
    printer.receive(data)
    return printer


def test_a_line_is_printed_when_the_paper_has_moved_for_the_one_before() -> None:
    printer = VirtualPrinter(millimetres_per_second=SPEED)
    printer.receive(LINES)
    assert printer.busy
    one_line = 4.24 / SPEED
    heads = []
    for _ in range(5):
        heads.append(printer.head)
        printer.advance(one_line)
    assert [later - earlier for earlier, later in itertools.pairwise(heads)] == [30] * 4


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.001, 1.5), min_size=1, max_size=30), st.floats(50, 400))
def test_however_time_passes_the_paper_is_the_same(steps: list[float], speed: float) -> None:
    slow = VirtualPrinter(millimetres_per_second=speed)
    slow.receive(LINES + b"\x1dVA\x00")
    for seconds in steps:
        slow.advance(seconds)
    slow.advance(60)
    assert not slow.busy
    assert [paper.tobytes() for paper in slow.papers] == [
        paper.tobytes() for paper in straight(LINES + b"\x1dVA\x00").papers
    ]


def test_a_busy_printer_takes_4_kb_and_answers_at_once() -> None:
    printer = VirtualPrinter(millimetres_per_second=SPEED)
    printer.receive(b"first\n")
    assert printer.room == RECEIVE_BUFFER
    printer.receive(LINES)
    assert printer.room == RECEIVE_BUFFER - len(LINES)
    assert printer.receive(STATUS) == READY
    printer.receive(b"x" * RECEIVE_BUFFER)
    assert printer.overrun == len(LINES) + len(STATUS)


def test_a_queued_question_is_answered_when_all_before_it_is_on_paper() -> None:
    printer = VirtualPrinter(millimetres_per_second=SPEED)
    assert printer.receive(LINES + b"\x1dr\x01") == b""
    assert printer.advance(60 * 4.23 / SPEED - 0.1) == b""
    assert printer.advance(0.2) == b"\x00"


def test_a_cover_opened_in_mid_receipt_stops_the_paper() -> None:
    printer = VirtualPrinter(millimetres_per_second=SPEED)
    printer.receive(LINES)
    printer.open_cover()
    at = printer.head
    printer.advance(10)
    assert printer.head == at
    printer.close_cover()
    printer.advance(10)
    assert printer.strip_image().tobytes() == straight(LINES).strip_image().tobytes()


def test_xoff_comes_before_the_buffer_is_full_and_xon_when_there_is_room_again() -> None:
    printer = VirtualPrinter(millimetres_per_second=SPEED, xonxoff=True)
    assert printer.receive(b"first\n") == b""
    assert printer.receive(b"y\n" * ((RECEIVE_BUFFER - 128) // 2)) == XOFF
    assert 0 < printer.room <= 128
    assert printer.receive(b"z\n") == b""
    said = b"".join(printer.advance(0.1) for _ in range(600))
    assert said == XON
    assert printer.overrun == 0


def test_an_offline_printer_says_xoff_and_answers_behind_it() -> None:
    printer = VirtualPrinter(xonxoff=True)
    printer.set_paper_out()
    assert printer.receive(b"x" * (RECEIVE_BUFFER - 100)) == XOFF
    assert printer.receive(STATUS) == b"\x1e"
    assert printer.set_paper_out(False) == XON


def test_a_printer_on_a_socket_pushes_back_while_its_paper_moves() -> None:
    async def test() -> None:
        server = PrinterServer(VirtualPrinter(millimetres_per_second=4000))
        async with server.tcp() as port, over_tcp("127.0.0.1", port) as register:
            await register.play(LINES + b"\x1dr\x01")
            await register.wait_for_replies(1)
        assert server.printer.strip_image().tobytes() == straight(LINES).strip_image().tobytes()
        assert server.printer.overrun == 0

    asyncio.run(asyncio.wait_for(test(), PATIENCE))


def test_a_slow_printer_on_a_pty_loses_nothing(tmp_path: Path) -> None:
    async def test() -> None:
        server = PrinterServer(VirtualPrinter(millimetres_per_second=8000, xonxoff=True))
        async with server.pty(tmp_path / "till") as path:
            till = os.open(path, os.O_RDWR | os.O_NOCTTY)
            try:
                await asyncio.to_thread(os.write, till, LINES * 8 + b"\x1dr\x01")
                while not (await asyncio.to_thread(os.read, till, 100)).endswith(b"\x00"):
                    pass
            finally:
                os.close(till)
        assert server.printer.overrun == 0
        assert server.printer.strip_image().tobytes() == straight(LINES * 8).strip_image().tobytes()

    asyncio.run(asyncio.wait_for(test(), PATIENCE))


# ---- what a clone leaves unanswered -------------------------------------------------------------------

QUESTIONS = [STATUS, b"\x1dr\x01", b"\x1dI\x43", b"\x1da\x0f"]


@pytest.mark.parametrize(
    ("model", "answers"),
    [
        ("epson-tm-t88v", [READY, b"\x00", b"_TM-T88V\x00", b"\x14\x00\x00\x0f"]),
        ("clone-80", [READY, b"\x00", b"", b"\x14\x00\x00\x0f"]),
        ("generic-58", [READY, b"\x00", b"", b""]),
    ],
)
def test_a_clone_answers_less_than_a_tm_t88(model: str, answers: list[bytes]) -> None:
    printer = VirtualPrinter(model)
    assert [printer.receive(question) for question in QUESTIONS] == answers
