"""The virtual register: it plays captured jobs to a printer as tills do, and listens to what comes back."""

from __future__ import annotations

import asyncio
import contextlib
import os
import termios
import tty
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .descriptors import ready

# What some tills send before a job: reset, select the printer, ask for its status; and then they wait.
STATUS_QUESTION = bytes.fromhex("1B40 1B3D01 100401")
_READ = 4096
# How long a till waits for the status byte before it reports a fault to its cashier.
STATUS_PATIENCE = 3.0
_OFFLINE = 0x08


class PrinterNotReady(Exception):
    """The printer did not answer the status question, or answered that it is offline."""


class Link(Protocol):
    """What a register talks through."""

    async def send(self, data: bytes) -> None:
        """Returns when the line has taken the bytes: a printer that pushes back makes it wait."""

    async def receive(self) -> bytes:
        """The next bytes from the printer; b"" at the end of the connection."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the bytes are dealt out: `chunk` bytes, then `pause` seconds."""

    chunk: int = 4096
    pause: float = 0.0
    ask_first: bool = False  # send STATUS_QUESTION and wait for the answer before every job


class Register:
    """One till on one link. `replies` is everything that has come back so far."""

    def __init__(self, link: Link, pace: Pace | None = None) -> None:
        self._link = link
        self._pace = pace or Pace()
        self._came = asyncio.Event()
        self.replies = bytearray()
        self.closed = False

    async def listen(self) -> None:
        """Collect replies until the connection ends; to be run beside `play`."""
        with contextlib.suppress(ConnectionError):
            while data := await self._link.receive():
                self.replies += data
                self._came.set()
        self.closed = True
        self._came.set()

    async def play(self, job: bytes) -> None:
        """Send one job. PrinterNotReady when the till asks first and gets no good answer."""
        if self._pace.ask_first:
            await self.ask()
        for i in range(0, len(job), self._pace.chunk):
            await self._link.send(job[i : i + self._pace.chunk])
            if self._pace.pause:
                await asyncio.sleep(self._pace.pause)

    async def ask(self) -> int:
        """The answer to the status question: the byte that DLE EOT 1 brings."""
        before = len(self.replies)
        await self._link.send(STATUS_QUESTION)
        try:
            await asyncio.wait_for(self.wait_for_replies(before + 1), STATUS_PATIENCE)
        except TimeoutError:
            raise PrinterNotReady("no answer to the status question") from None
        status = self.replies[before]
        if status & _OFFLINE:
            raise PrinterNotReady(f"the printer is offline (status {status:02x})")
        return status

    async def wait_for_replies(self, count: int) -> None:
        """Wait until `count` bytes have come back since the start; ConnectionError when they never will."""
        while len(self.replies) < count:
            if self.closed:
                raise ConnectionError("the printer closed the connection")
            self._came.clear()
            await self._came.wait()


class _Tcp:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def receive(self) -> bytes:
        return await self._reader.read(_READ)


class _Terminal:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    async def send(self, data: bytes) -> None:
        while data:
            await ready(self._descriptor, writing=True)
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self._descriptor, data) :]

    async def receive(self) -> bytes:
        await ready(self._descriptor)
        return os.read(self._descriptor, _READ)


@contextlib.asynccontextmanager
async def over_tcp(host: str, port: int, pace: Pace | None = None) -> AsyncIterator[Register]:
    """A register connected to a printer (or to the box); leaving closes the connection."""
    reader, writer = await asyncio.open_connection(host, port)
    # Nothing may pile up on this side: `send` shall wait as soon as the line does.
    writer.transport.set_write_buffer_limits(high=0)
    async with _listening(Register(_Tcp(reader, writer), pace)) as register:
        try:
            yield register
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


@contextlib.asynccontextmanager
async def over_pty(path: str | Path, pace: Pace | None = None) -> AsyncIterator[Register]:
    """A register on a terminal line that exists already."""
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    tty.setraw(descriptor, termios.TCSANOW)
    try:
        async with _listening(Register(_Terminal(descriptor), pace)) as register:
            yield register
    finally:
        os.close(descriptor)


@contextlib.asynccontextmanager
async def _listening(register: Register) -> AsyncIterator[Register]:
    task = asyncio.create_task(register.listen())
    try:
        yield register
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
