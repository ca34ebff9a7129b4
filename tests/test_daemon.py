"""The shell of a lane on real sockets and real pseudo-terminals."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
import tty
from pathlib import Path

import pytest
from captures import CUT, chinese_sale
from lane_rig import (
    Book,
    Rig,
    accept,
    connect_to,
    free_port,
    listening,
    read_terminal,
    receive,
    receive_all,
    reset,
    running,
    tcp_rig,
)

from receiptbridge.bridge.jobs import QUIET_BEFORE_JOB
from receiptbridge.daemon import Lane
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import printer_door, register_door
from receiptbridge.links.tcp import SOCKET_BUFFER
from receiptbridge.links.wire import READ_MOST, WRITE_HIGH_WATER

SALE = chinese_sale()
BEFORE_CUT = SALE.removesuffix(CUT)
ASKING_TILL = bytes.fromhex("1B 40 1B 3D 01 10 04 01")


def less_block(paper: bytes) -> bytes:
    """The stream with what stands between the receipt and its cut taken out."""
    assert paper.startswith(BEFORE_CUT)
    return BEFORE_CUT + paper[-len(CUT) :]


async def printed(rig: Rig, listener: socket.socket, job: bytes) -> bytes:
    """Send a job as a register does, hang up as both sides do; what the printer got."""
    _, writer = await rig.register()
    writer.write(job)
    writer.write_eof()
    printer = await accept(listener)
    paper = await receive_all(printer)
    printer.close()
    writer.close()
    return paper


def test_a_sale_goes_through_with_its_code_and_both_sides_close():
    async def scenario() -> tuple[bytes, Book]:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            reader, writer = await rig.register()
            writer.write(SALE)
            writer.write_eof()
            printer = await accept(listener)
            paper = await receive_all(printer)
            printer.close()
            assert await reader.read() == b""
            writer.close()
            return paper, rig.book

    paper, book = asyncio.run(scenario())
    assert len(paper) > len(SALE) + 100
    assert less_block(paper) == SALE
    assert [sale.why_no_code for sale in book.sales] == [None]


def test_a_row_is_marked_released_once_the_printer_has_its_block():
    async def scenario() -> Book:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            await printed(rig, listener, SALE)
            return rig.book

    assert [mark.outcome for mark in asyncio.run(scenario()).marks] == ["releasing", "released"]


def test_a_status_question_is_answered_before_anything_is_printed():
    async def scenario() -> bytes:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            reader, writer = await rig.register()
            writer.write(ASKING_TILL)
            printer = await accept(listener)
            assert await receive(printer, len(ASKING_TILL)) == ASKING_TILL
            await asyncio.get_running_loop().sock_sendall(printer, b"\x16")
            answer = await reader.readexactly(1)
            writer.close()
            printer.close()
            return answer

    assert asyncio.run(scenario()) == b"\x16"


def test_a_register_that_has_finished_sending_still_hears_the_printer():
    async def scenario() -> bytes:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            reader, writer = await rig.register()
            writer.write(b"\x1b@\x1dr\x01")
            writer.write_eof()
            printer = await accept(listener)
            assert await receive_all(printer) == b"\x1b@\x1dr\x01"
            await asyncio.get_running_loop().sock_sendall(printer, b"\x00")
            printer.close()
            heard = await reader.read()
            writer.close()
            return heard

    assert asyncio.run(scenario()) == b"\x00"


def test_a_register_is_refused_while_the_printer_refuses_and_served_when_it_is_back():
    async def scenario() -> bytes:
        async with tcp_rig() as rig:
            reader, writer = await rig.register()
            with pytest.raises(ConnectionResetError):
                await reader.readexactly(1)
            writer.close()
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", rig.register_port)
            async with listening(rig.printer_port) as listener:
                probe = await accept(listener)
                assert await receive_all(probe) == b""
                probe.close()
                return await printed(rig, listener, SALE)

    assert less_block(asyncio.run(scenario())) == SALE


def test_a_printer_that_breaks_off_in_mid_job_resets_the_register():
    async def scenario() -> Book:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            reader, writer = await rig.register()
            writer.write(BEFORE_CUT)
            printer = await accept(listener)
            assert await receive(printer, len(BEFORE_CUT)) == BEFORE_CUT
            reset(printer)
            with pytest.raises(ConnectionResetError):
                await reader.readexactly(1)
            writer.close()
            return rig.book

    [sale] = asyncio.run(scenario()).sales
    assert (
        sale.why_no_code
        == f"the printer was lost ({len(BEFORE_CUT)} bytes written, 0 not acknowledged, 0 still in the box)"
    )


def test_the_row_of_a_broken_job_says_how_much_the_printer_has_not_acknowledged():
    job = BEFORE_CUT + b"\x1dv0\x00\x48\x00\xff\xff" + bytes(60_000)

    async def scenario() -> Book:
        async with tcp_rig() as rig, listening(rig.printer_port, receive_buffer=SOCKET_BUFFER) as listener:
            with await rig.connect(send_buffer=SOCKET_BUFFER) as register:
                printer = await accept(listener)
                sending = asyncio.ensure_future(asyncio.get_running_loop().sock_sendall(register, job))
                head = await receive(printer, len(BEFORE_CUT))
                assert head == BEFORE_CUT
                await asyncio.wait([sending], timeout=0.3)  # until nothing more goes anywhere
                reset(printer)
                await asyncio.gather(sending, return_exceptions=True)
                while not rig.book.sales:
                    await asyncio.sleep(0.01)
                return rig.book

    [sale] = asyncio.run(scenario()).sales
    assert sale.why_no_code is not None
    found = re.search(
        r"(\d+) bytes written, (\d+) not acknowledged, (\d+) still in the box", sale.why_no_code
    )
    assert found is not None
    written, unacknowledged, waiting = map(int, found.groups())
    assert 0 < unacknowledged < written < len(job)
    assert waiting > 0


def test_a_register_from_elsewhere_is_reset_and_the_next_is_served():
    async def scenario() -> bytes:
        port, printer_port = free_port(), free_port()
        register = register_door(parse_address(f"tcp-listen://0.0.0.0:{port}?interface=lo&allow=127.0.0.2"))
        printer = printer_door(parse_address(f"tcp://127.0.0.1:{printer_port}"))
        async with running(register, printer), listening(printer_port) as listener:
            stranger, writer = await asyncio.open_connection(sock=await connect_to(port))
            with pytest.raises(ConnectionResetError):
                await stranger.readexactly(1)
            writer.close()
            _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.2", 0))
            writer.write(b"mine")
            connection = await accept(listener)
            got = await receive(connection, 4)
            connection.close()
            writer.close()
            return got

    assert asyncio.run(scenario()) == b"mine"


def test_a_register_with_an_ipv4_address_is_known_by_it_where_the_lane_listens_for_both_kinds():
    async def scenario() -> bytes:
        port, printer_port = free_port(), free_port()
        register = register_door(parse_address(f"tcp-listen://[::]:{port}?allow=127.0.0.0/8"))
        printer = printer_door(parse_address(f"tcp://127.0.0.1:{printer_port}"))
        async with running(register, printer), listening(printer_port) as listener:
            _, writer = await asyncio.open_connection(sock=await connect_to(port))
            writer.write(b"mine")
            connection = await accept(listener)
            got = await receive(connection, 4)
            connection.close()
            writer.close()
            return got

    assert asyncio.run(scenario()) == b"mine"


def test_a_till_that_keeps_its_connection_and_polls_is_answered_each_time():
    async def scenario() -> list[bytes]:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            reader, writer = await rig.register()
            writer.write(b"\x1b@")
            printer = await accept(listener)
            await receive(printer, 2)
            answers = []
            for job in (b"\x10\x04\x01", SALE, b"\x10\x04\x04", SALE):
                writer.write(job)
                await receive(printer, len(job))
                await asyncio.get_running_loop().sock_sendall(printer, b"\x16")
                answers.append(await reader.readexactly(1))
            writer.close()
            printer.close()
            return answers

    assert asyncio.run(scenario()) == [b"\x16"] * 4


def test_an_empty_connection_passes_as_one_and_leaves_no_row():
    async def scenario() -> tuple[bytes, Book]:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            _, writer = await rig.register()
            writer.write_eof()
            printer = await accept(listener)
            said = await receive_all(printer)
            printer.close()
            writer.close()
            return said, rig.book

    said, book = asyncio.run(scenario())
    assert said == b""
    assert book.sales == []


def test_what_a_register_sent_before_it_broke_off_is_printed():
    async def scenario() -> tuple[bytes, Book]:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            _, writer = await rig.register()
            writer.write(BEFORE_CUT + b"\x1dv0\x00\x48")
            printer = await accept(listener)
            head = await receive(printer, 10)
            writer.transport.abort()
            paper = head + await receive_all(printer)
            printer.close()
            return paper, rig.book

    paper, book = asyncio.run(scenario())
    assert paper == BEFORE_CUT + b"\x1dv0\x00\x48"
    assert [sale.why_no_code for sale in book.sales] == ["the register hung up before a cut"]


def test_a_second_register_waits_until_the_first_has_finished():
    async def scenario() -> list[bytes]:
        async with tcp_rig() as rig, listening(rig.printer_port) as listener:
            _, first = await rig.register()
            first.write(b"first")
            printer = await accept(listener)
            assert await receive(printer, 5) == b"first"
            _, second = await rig.register()
            second.write(b"second")
            second.write_eof()
            first.write(b" still")
            first.write_eof()
            jobs = [b"first" + await receive_all(printer)]
            printer.close()
            printer = await accept(listener)
            jobs.append(await receive_all(printer))
            for end in (printer, first, second):
                end.close()
            return jobs

    assert asyncio.run(scenario()) == [b"first still", b"second"]


def test_a_failed_commit_costs_the_code_and_not_a_byte():
    async def scenario() -> bytes:
        async with tcp_rig(book=Book(failing="disk full")) as rig, listening(rig.printer_port) as listener:
            return await printed(rig, listener, SALE)

    assert asyncio.run(scenario()) == SALE


# What may be on its way while the printer reads nothing: on each of two connections a send and a receive
# buffer of SOCKET_BUFFER (doubled by Linux for its bookkeeping), one read, one outbox.
SWALLOWED_MOST = 4 * 2 * SOCKET_BUFFER + READ_MOST + WRITE_HIGH_WATER


def test_a_printer_that_reads_nothing_holds_the_register_back():
    async def scenario() -> int:
        async with tcp_rig() as rig, listening(rig.printer_port, receive_buffer=SOCKET_BUFFER) as listener:
            with await rig.connect(send_buffer=SOCKET_BUFFER) as register:
                printer = await accept(listener)
                pushed = await push_until_held_back(register)
                printer.close()
                return pushed

    assert 0 < asyncio.run(scenario()) <= SWALLOWED_MOST


async def push_until_held_back(register: socket.socket) -> int:
    """Send until nothing more is taken for a while; how much went."""
    loop, pushed = asyncio.get_running_loop(), 0
    with contextlib.suppress(TimeoutError):
        while True:
            async with asyncio.timeout(0.5):
                await loop.sock_sendall(register, b"x" * 1024)
            pushed += 1024
    return pushed


def test_a_line_of_two_ptys_carries_a_sale_and_answers(tmp_path: Path):
    till, printer = tmp_path / "till", tmp_path / "printer"

    async def scenario() -> tuple[bytes, bytes]:
        doors = register_door(parse_address(f"pty:{till}")), printer_door(parse_address(f"pty:{printer}"))
        async with running(*doors) as lane:
            await appear(till, printer)
            register_end, printer_end = terminal(till), terminal(printer)
            # A line has no connections: the lane reads from the first ESC @ after silence on.
            os.write(register_end, ASKING_TILL)
            asked = await read_terminal(printer_end, len(ASKING_TILL))
            os.write(printer_end, b"\x16")
            answer = await read_terminal(register_end, 1)
            os.close(register_end)
            os.close(printer_end)
            assert isinstance(lane, Lane)
            return asked, answer

    assert asyncio.run(scenario()) == (ASKING_TILL, b"\x16")


def test_the_first_receipt_after_the_start_of_a_line_gets_its_code(tmp_path: Path):
    """Register and printer come one after the other; that the lane did not read in between held nobody back."""
    till, printer = tmp_path / "till", tmp_path / "printer"

    async def scenario() -> bytes:
        doors = register_door(parse_address(f"pty:{till}")), printer_door(parse_address(f"pty:{printer}"))
        async with running(*doors):
            await appear(till, printer)
            register_end, printer_end = terminal(till), terminal(printer)
            await asyncio.sleep(QUIET_BEFORE_JOB)
            os.write(register_end, SALE)
            paper = await read_terminal(printer_end, len(SALE) + 100)
            os.close(register_end)
            os.close(printer_end)
            return paper

    assert asyncio.run(scenario()).startswith(BEFORE_CUT)


async def appear(*paths: Path) -> None:
    while not all(path.exists() for path in paths):
        await asyncio.sleep(0.01)


def terminal(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    tty.setraw(descriptor)
    return descriptor
