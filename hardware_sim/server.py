"""The virtual printer on a TCP port or a pseudo-terminal.

Like a network printer it serves one connection at a time: whoever connects next waits in the backlog
until the first has gone. The connection is read no further than the receive buffer has room, so that an
offline or slow printer pushes back on its sender.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import termios
import tty
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from .descriptors import ready
from .printer import VirtualPrinter
from .render import with_margins

_CHUNK = 4096
_BACKLOG = 8
# Printers' network cards hold little: a sender must feel it soon when the printer stops reading.
_SOCKET_BUFFER = 8192
_TICK = 0.02  # seconds between two looks at the drive: 3 mm of paper at the speed of a good printer


@dataclass(slots=True)
class Trouble:
    """What the printer does wrong as a peer."""

    bytes_per_second: int | None = None  # reads no faster
    reset_after: int | None = None  # resets the connection after so many bytes of it


@dataclass(slots=True)
class Output:
    """Where the papers go (PNG, one per piece that is cut) and every byte received (`received.bin`)."""

    directory: Path | None = None
    on_paper: Callable[[Path], None] | None = None
    _saved: int = 0
    _raw: BinaryIO | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.directory is not None:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._raw = (self.directory / "received.bin").open("ab", buffering=0)

    def record(self, data: bytes, printer: VirtualPrinter) -> None:
        if self._raw is None or self.directory is None:
            return
        self._raw.write(data)
        while self._saved < printer.paper_count:
            self._saved += 1
            self._save(printer, printer.paper(self._saved - 1), f"paper-{self._saved:04d}.png")

    def finish(self, printer: VirtualPrinter) -> None:
        """The printer is switched off: somebody tears off what hangs out."""
        rest = printer.tear_off()
        if self.directory is not None and rest is not None:
            self._save(printer, rest, "torn-off.png")
        if self._raw is not None:
            self._raw.close()

    def _save(self, printer: VirtualPrinter, piece: Image.Image, name: str) -> None:
        assert self.directory is not None
        path = self.directory / name
        partial = path.with_suffix(".partial")
        with_margins(piece, printer.model.dpi).save(partial, "PNG")
        partial.rename(path)
        if self.on_paper is not None:
            self.on_paper(path)


class PrinterServer:
    """A printer and its lines. `printer` may be touched (cover, paper) from the same event loop; what it
    sends by itself then goes out through `say`."""

    def __init__(
        self, printer: VirtualPrinter, output: Output | None = None, trouble: Trouble | None = None
    ) -> None:
        self.printer = printer
        self.output = output or Output()
        self.trouble = trouble or Trouble()
        self.received = 0
        self._moved = asyncio.Event()
        self._writer: Callable[[bytes], object] | None = None

    def say(self, data: bytes) -> None:
        """Send what the printer says after a sensor has changed, and go on reading if that freed it."""
        if data and self._writer is not None:
            self._writer(data)
        self._moved.set()

    @contextlib.asynccontextmanager
    async def _serving(self, *tasks: Coroutine[None, None, None]) -> AsyncIterator[None]:
        """Run the line and the printer's clock until the block is left."""
        running = [asyncio.create_task(task) for task in (*tasks, self._clock())]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _clock(self) -> None:
        """Let time pass for the printer's paper."""
        loop = asyncio.get_running_loop()
        then = loop.time()
        while self.printer.takes_time:
            await asyncio.sleep(_TICK)
            now = loop.time()
            said, then = self.printer.advance(now - then), now
            self.output.record(b"", self.printer)
            self.say(said)

    @contextlib.asynccontextmanager
    async def tcp(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
        """Listen; yields the port. Leaving closes the listener and the connection."""
        listener = socket.socket()
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SOCKET_BUFFER)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
        with listener:
            async with self._serving(self._accept(listener)):
                yield listener.getsockname()[1]

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            connection, _ = await loop.sock_accept(listener)
            with connection, contextlib.suppress(ConnectionError):
                await self._serve(connection)

    async def _serve(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._writer = connection.send
        served = 0
        try:
            while data := await loop.sock_recv(connection, await self._room()):
                served += len(data)
                replies = self._take(data)
                if replies:
                    await loop.sock_sendall(connection, replies)
                if self.trouble.reset_after is not None and served >= self.trouble.reset_after:
                    reset(connection)
                    return
                await self._pace(len(data))
        finally:
            self._writer = None

    @contextlib.asynccontextmanager
    async def pty(self, path: Path | None = None) -> AsyncIterator[str]:
        """Make a pseudo-terminal; yields the name of the end that the register opens."""
        master, slave = os.openpty()
        tty.setraw(slave, termios.TCSANOW)
        os.set_blocking(master, False)
        name = os.ttyname(slave)
        if path is not None:
            path.unlink(missing_ok=True)
            path.symlink_to(name)
        try:
            async with self._serving(self._serve_pty(master)):
                yield str(path) if path is not None else name
        finally:
            if path is not None:
                path.unlink(missing_ok=True)
            os.close(master)
            os.close(slave)

    async def _serve_pty(self, master: int) -> None:
        """The slave end is kept open by ourselves, so that registers may come and go."""

        def write(data: bytes) -> None:
            with contextlib.suppress(BlockingIOError):  # as on a serial line: what nobody reads is lost
                os.write(master, data)

        self._writer = write
        while True:
            room = await self._room()
            await ready(master)
            data = os.read(master, room)
            replies = self._take(data)
            if replies:
                write(replies)
            await self._pace(len(data))

    def _take(self, data: bytes) -> bytes:
        self.received += len(data)
        replies = self.printer.receive(data)
        self.output.record(data, self.printer)
        return replies

    async def _room(self) -> int:
        """Wait until the receive buffer takes at least one byte."""
        while self.printer.room <= 0:
            self._moved.clear()
            await self._moved.wait()
        rate = self.trouble.bytes_per_second
        step = _CHUNK if rate is None else max(1, rate // 20)
        return min(self.printer.room, step)

    async def _pace(self, count: int) -> None:
        if self.trouble.bytes_per_second is not None:
            await asyncio.sleep(count / self.trouble.bytes_per_second)


def reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN, as a peer does that lost power."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
