"""A bad wire between two TCP peers: it delays, chops, loses, resets, goes deaf, and says things twice."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum

_CHUNK = 4096


class Ending(Enum):
    """What becomes of both connections when the wire breaks."""

    CLOSE = "close"  # FIN to both sides
    RESET = "reset"  # RST to both sides
    HALF_OPEN = "half-open"  # nothing is closed, and nothing passes any more


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults of one direction. All at once are possible; the defaults are a good wire."""

    delay: float = 0.0  # seconds that every piece is late
    chop: int | None = None  # bytes a piece at most, each sent on its own
    break_after: int | None = None  # bytes of one connection that still pass
    ending: Ending = Ending.CLOSE
    duplicate: tuple[int, int] | None = None  # these bytes of the stream (start, end) come a second time


class Wire:
    """Forwards connections to (host, port), each with its own count of bytes."""

    def __init__(self, host: str, port: int, *, up: Faults | None = None, down: Faults | None = None) -> None:
        self._peer = (host, port)
        self.up, self.down = up or Faults(), down or Faults()  # towards the printer, towards the register
        self.connections = 0

    @contextlib.asynccontextmanager
    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
        """Yields the port; leaving cuts every connection."""
        tasks: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            try:
                await self._connection(reader, writer)
            finally:
                tasks.discard(task)

        server = await asyncio.start_server(connected, host, port)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in tuple(tasks):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            peer_reader, peer_writer = await asyncio.open_connection(*self._peer)
        except OSError:
            await _close(writer, Ending.RESET)
            return
        directions = [
            asyncio.create_task(_forward(reader, peer_writer, self.up)),
            asyncio.create_task(_forward(peer_reader, writer, self.down)),
        ]
        ending: Ending | None = Ending.RESET
        try:
            for finished in asyncio.as_completed(directions):
                ending = await finished
                if ending is not None:
                    break
        finally:
            for task in directions:
                task.cancel()
            await asyncio.gather(*directions, return_exceptions=True)
            if ending is Ending.HALF_OPEN:
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.Event().wait()
            await asyncio.gather(*(_close(side, ending or Ending.CLOSE) for side in (writer, peer_writer)))


async def _forward(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, faults: Faults
) -> Ending | None:
    """Carry one direction until its end; returns how the wire broke, or None when the sender was done."""
    passed = 0
    while True:
        limit = _CHUNK if faults.break_after is None else min(_CHUNK, faults.break_after - passed)
        if limit <= 0:
            return faults.ending
        try:
            data = await reader.read(limit)
            if not data:
                writer.write_eof()
                return None
            await _send(writer, data, passed, faults)
        except ConnectionError:
            return Ending.RESET
        passed += len(data)


async def _send(writer: asyncio.StreamWriter, data: bytes, at: int, faults: Faults) -> None:
    if faults.duplicate is not None:
        start, end = (max(0, edge - at) for edge in faults.duplicate)
        data = data[:end] + data[start:end] + data[end:]
    step = faults.chop or len(data)
    for i in range(0, len(data), step):
        if faults.delay:
            await asyncio.sleep(faults.delay)
        writer.write(data[i : i + step])
        await writer.drain()


async def _close(writer: asyncio.StreamWriter, ending: Ending) -> None:
    if ending is Ending.RESET:
        writer.transport.abort()
    else:
        writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
