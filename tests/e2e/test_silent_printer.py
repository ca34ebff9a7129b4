"""A printer whose cable was pulled answers nothing; one without paper takes nothing, and is waited for."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest
from captures import CUT, chinese_sale
from lane_rig import PATIENCE, Book, accept, connect_to, free_port, running
from net_rig import PRINTER, Machines, bridged, why_not

from receiptbridge.links import tcp, wire
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import printer_door, register_door

RAW = 9100
# A sale with a picture behind it that is larger than all buffers.
MUCH = chinese_sale().removesuffix(CUT) + b"\x1dv0\x00\x48\x00\xff\xff" + bytes(400_000)

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "can be")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two answers that fail to come are 0.6 s; seven would be 25."""
    monkeypatch.setattr(tcp, "UNANSWERED_MOST", 2)
    monkeypatch.setattr(wire, "LOOK_EVERY", 0.05)


async def print_much(machines: Machines, *, pull_cable: bool) -> list[str]:
    """A job that the printer does not take; why rows say that there is no code."""
    port, book = free_port(), Book()
    register = register_door(parse_address(f"tcp-listen://127.0.0.1:{port}"))
    printer = printer_door(parse_address(f"tcp://{PRINTER}:{RAW}"))
    with machines.listen(machines.printer, RAW, PATIENCE) as listener:
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, tcp.SOCKET_BUFFER)
        async with running(register, printer, book=book):
            with await connect_to(port, send_buffer=tcp.SOCKET_BUFFER) as till:
                sending = asyncio.ensure_future(asyncio.get_running_loop().sock_sendall(till, MUCH))
                with await accept(listener):
                    if pull_cable:
                        machines.cut(machines.printer)
                    done, _ = await asyncio.wait([sending], timeout=None if pull_cable else 2.0)
                    assert bool(done) is pull_cable
                    sending.cancel()
                    with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                        await sending
                    while pull_cable and not book.sales:
                        await asyncio.sleep(0.01)
    return [sale.why_no_code or "" for sale in book.sales]


def test_a_printer_whose_cable_was_pulled_is_lost_and_its_register_reset():
    with bridged() as machines, machines.inside(machines.box):
        [why] = asyncio.run(print_much(machines, pull_cable=True))
    assert "not acknowledged" in why


def test_a_printer_that_takes_nothing_but_answers_is_waited_for():
    with bridged() as machines, machines.inside(machines.box):
        whys = asyncio.run(print_much(machines, pull_cable=False))
    assert not any("was lost" in why for why in whys)
