"""Pages of the box's own on real links: printers that stop, that are lost, and lines without connections."""

from __future__ import annotations

import asyncio
import os
import socket
import tty
from pathlib import Path
from typing import Any

import pytest
from captures import CUT, chinese_sale
from lane_rig import accept, listening, read_terminal, receive_all, reset, running, tcp_rig
from paper_tools import less_blocks

from receiptbridge import daemon
from receiptbridge.bridge import own_page
from receiptbridge.daemon import LaneBusy, PageRefused
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import printer_door, register_door

SALE = chinese_sale()
PAGE = b"TEST PAGE\n" + CUT
LONG_PAGE = b"".join(b"line %d of a long page\n" % number for number in range(2500)) + CUT


async def job(rig: Any, listener: socket.socket) -> bytes:
    with await rig.connect() as register:
        await asyncio.get_running_loop().sock_sendall(register, SALE)
        register.shutdown(socket.SHUT_WR)
        with await accept(listener) as printer:
            return await receive_all(printer)


def test_a_printer_that_stops_in_a_page_gets_the_rest_before_the_next_receipt(monkeypatch: Any) -> None:
    monkeypatch.setattr(daemon, "PAGE_PRINT_MOST", 0.2)

    async def scenario() -> None:
        async with tcp_rig() as rig, listening(rig.printer_port, receive_buffer=2048) as listener:
            asked = asyncio.create_task(rig.lane.print_page(LONG_PAGE))
            with await accept(listener) as printer:
                with pytest.raises(PageRefused, match="stopped"):
                    await asked  # nobody waits for it any more; it goes on all the same
                with await rig.connect() as register:
                    await asyncio.get_running_loop().sock_sendall(register, SALE)
                    register.shutdown(socket.SHUT_WR)
                    assert LONG_PAGE in await receive_all(printer)
                    printer.close()
                    with await accept(listener) as again:
                        assert less_blocks(SALE, await receive_all(again)) == SALE

    asyncio.run(scenario())


def test_a_printer_that_is_lost_in_a_page_is_told_and_the_next_job_is_printed() -> None:
    async def scenario() -> None:
        async with tcp_rig() as rig, listening(rig.printer_port, receive_buffer=2048) as listener:
            asked = asyncio.create_task(rig.lane.print_page(LONG_PAGE))
            printer = await accept(listener)
            await asyncio.get_running_loop().sock_recv(printer, 100)
            reset(printer)
            with pytest.raises(PageRefused, match="lost"):
                await asked
            assert less_blocks(SALE, await job(rig, listener)) == SALE

    asyncio.run(scenario())


def test_a_lane_that_is_stopped_while_it_prints_a_page_ends_at_once() -> None:
    async def scenario() -> None:
        async with tcp_rig() as rig, listening(rig.printer_port, receive_buffer=2048) as listener:
            asked = asyncio.create_task(rig.lane.print_page(LONG_PAGE))
            (await accept(listener)).close()
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)

    asyncio.run(scenario())


def test_on_a_line_that_was_not_read_yet_a_page_is_printed_only_where_one_insists(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(daemon, "IDLE_WAIT_MOST", 0.2)
    monkeypatch.setattr(own_page, "QUIET_WHERE_UNREAD", 0.05)
    till, printer = tmp_path / "till", tmp_path / "printer"

    async def scenario() -> None:
        doors = register_door(parse_address(f"pty:{till}")), printer_door(parse_address(f"pty:{printer}"))
        async with running(*doors) as lane:
            while not (till.exists() and printer.exists()):
                await asyncio.sleep(0.01)
            ends = [os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK) for path in (till, printer)]
            for end in ends:
                tty.setraw(end)
            with pytest.raises(LaneBusy, match="not known"):
                await lane.print_page(PAGE)
            await lane.print_page(PAGE, anyway=True)
            assert PAGE in await read_terminal(ends[1], len(PAGE))
            os.write(ends[0], SALE)
            assert SALE[:50] in await read_terminal(ends[1], 100)
            for end in ends:
                os.close(end)

    asyncio.run(scenario())
