"""A real lane between real sockets or ptys; only register and printer are ours to play."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from lane_driver import rules, stored

from receiptbridge.bridge.events import MarkSale, SaleStored, StoreFailed, StoreSale
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.bridge.store import SaleStore
from receiptbridge.daemon import Lane
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import PrinterDoor, RegisterDoor, printer_door, register_door
from receiptbridge.receipt.lexicon import warm_up

PATIENCE = 10.0  # seconds until a test that waits for something gives up


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Book:
    """A store that keeps sales in a list; `failing` is what it says instead."""

    failing: str | None = None
    sales: list[StoreSale] = field(default_factory=list)
    marks: list[MarkSale] = field(default_factory=list)

    def commit(self, sale: StoreSale) -> SaleStored | StoreFailed:
        self.sales.append(sale)
        if self.failing:
            return StoreFailed(sale.ticket, self.failing, 0.0)
        return stored(sale, 0.0)

    def mark(self, mark: MarkSale) -> None:
        self.marks.append(mark)


@dataclass
class Rig:
    lane: Lane
    book: Book
    register_port: int
    printer_port: int

    async def register(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(sock=await self.connect())

    async def connect(self, send_buffer: int | None = None) -> socket.socket:
        return await connect_to(self.register_port, send_buffer)


async def connect_to(port: int, send_buffer: int | None = None) -> socket.socket:
    """A register's connection, as soon as a lane listens on that port."""
    while True:
        connection = socket.socket()
        if send_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        connection.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
        except ConnectionRefusedError:
            connection.close()
            await asyncio.sleep(0.01)
        else:
            return connection


@asynccontextmanager
async def running(
    register: RegisterDoor,
    printer: PrinterDoor,
    *,
    book: SaleStore | None = None,
    lane_rules: LaneRules | None = None,
    patience: float = PATIENCE,
) -> AsyncIterator[Lane]:
    """A lane that runs for the length of the block."""
    warm_up()  # as where lanes are put together: else a process's first sale is late for its paper on a busy machine
    lane = Lane("till-1", Session(lane_rules or rules()), register, printer, book or Book())
    task = asyncio.create_task(lane.run())
    try:
        async with asyncio.timeout(patience):
            yield lane
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def tcp_rig(
    *, book: SaleStore | None = None, lane_rules: LaneRules | None = None, patience: float = PATIENCE
) -> AsyncIterator[Rig]:
    """A lane from TCP to TCP. The printer's port is free: who wants a printer listens there."""
    store = book or Book()
    register_port, printer_port = free_port(), free_port()
    doors = (
        register_door(parse_address(f"tcp-listen://127.0.0.1:{register_port}")),
        printer_door(parse_address(f"tcp://127.0.0.1:{printer_port}")),
    )
    async with running(*doors, book=store, lane_rules=lane_rules, patience=patience) as lane:
        yield Rig(lane, store if isinstance(store, Book) else Book(), register_port, printer_port)


@asynccontextmanager
async def listening(port: int, *, receive_buffer: int | None = None) -> AsyncIterator[socket.socket]:
    """A printer's listening socket; accept from it by `accept`."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if receive_buffer:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        listener.bind(("127.0.0.1", port))
        listener.listen(8)
        listener.setblocking(False)
        yield listener


async def accept(listener: socket.socket) -> socket.socket:
    connection, _ = await asyncio.get_running_loop().sock_accept(listener)
    return connection


async def receive(connection: socket.socket, count: int) -> bytes:
    """Exactly that many bytes, or fewer where the other side finishes first."""
    loop, data = asyncio.get_running_loop(), b""
    while len(data) < count and (piece := await loop.sock_recv(connection, count - len(data))):
        data += piece
    return data


async def receive_all(connection: socket.socket) -> bytes:
    return await receive(connection, 1 << 30)


def reset(connection: socket.socket) -> None:
    """Close so that the other side sees a failure."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


async def read_terminal(descriptor: int, count: int) -> bytes:
    """Exactly that many bytes from a terminal."""
    loop, data = asyncio.get_running_loop(), b""
    readable = asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        while len(data) < count:
            await readable.wait()
            readable.clear()
            with contextlib.suppress(BlockingIOError):  # told twice of the same bytes
                data += os.read(descriptor, count - len(data))
    finally:
        loop.remove_reader(descriptor)
    return data
