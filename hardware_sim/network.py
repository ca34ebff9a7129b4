"""A bad network between an HTTP client and its server: requests and answers are late, lost, repeated and overtaken.

`wire` spoils bytes; this one reads whole requests and answers (Content-Length, no pipelining), so that what goes wrong
goes wrong between a commit and its answer. It understands nothing else of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from enum import Enum

_LATE = 0.05  # s
_PIECE = 7  # bytes
_RST_ON_CLOSE = struct.pack("ii", 1, 0)


class Fault(Enum):
    """What becomes of one request."""

    NONE = "nothing goes wrong"
    LATE = "request and answer are late"
    IN_PIECES = "the answer trickles in"
    LOST = "the request is lost, the connection reset"
    UNANSWERED = "the server has answered, the answer is lost, the connection reset"
    CUT_SHORT = "the answer breaks off in the middle"
    HALF_OPEN = "the request arrives; nothing ever comes back, and nobody closes"
    TWICE = "the request arrives twice, and the second answer is given"
    OVERTAKEN = "the request is lost for its sender, and arrives after the next one"


class Network:
    """Forwards to 127.0.0.1:`server_port`. `next_fault` is asked for every request; `parted` answers nobody."""

    def __init__(self, server_port: int = 0) -> None:
        self.server_port = server_port
        self.next_fault: Callable[[], Fault] = lambda: Fault.NONE
        self.parted = False
        self.on_answer: Callable[[], None] | None = None  # when an answer has come, before it is passed on
        self._overtaken: list[bytes] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @contextlib.contextmanager
    def listen(self) -> Iterator[int]:
        """In a thread of its own; yields the port to connect to."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        try:
            server = asyncio.run_coroutine_threadsafe(self._start(), loop).result()
            yield server.sockets[0].getsockname()[1]
            asyncio.run_coroutine_threadsafe(self._stop(server), loop).result()
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _start(self) -> asyncio.Server:
        return await asyncio.start_server(self._connected, "127.0.0.1", 0)

    async def _stop(self, server: asyncio.Server) -> None:
        server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while not self.parted and await self._one_request(reader, writer):
                    pass
        finally:
            self._tasks.discard(task)
            _reset(writer)

    async def _one_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection is still good."""
        request = await _message(reader)
        if self.parted:
            return False
        handle = _HANDLERS[self.next_fault()]
        return await handle(self, request, writer)

    async def _ask(self, request: bytes) -> bytes:
        """The server's answer, on a connection of its own; then what was overtaken by this request."""
        answer = await self._ask_once(request)
        overtaken, self._overtaken = self._overtaken, []
        for late in overtaken:
            await self._ask_once(late)
        return answer

    async def _ask_once(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        try:
            writer.write(request)
            await writer.drain()
            answer = await _message(reader)
            if self.on_answer is not None:
                self.on_answer()
            return answer
        finally:
            writer.close()

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        writer.write(await self._ask(request))
        await writer.drain()
        return True

    async def _late(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(_LATE)
        answer = await self._ask(request)
        await asyncio.sleep(_LATE)
        writer.write(answer)
        await writer.drain()
        return True

    async def _in_pieces(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        answer = await self._ask(request)
        for at in range(0, len(answer), _PIECE):
            writer.write(answer[at : at + _PIECE])
            await writer.drain()
            await asyncio.sleep(0)
        return True

    async def _lose(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        return False

    async def _unanswered(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        await self._ask(request)
        return False

    async def _cut_short(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        answer = await self._ask(request)
        writer.write(answer[: len(answer) - 5])
        await writer.drain()
        return False

    async def _half_open(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        await self._ask(request)
        await asyncio.Event().wait()
        return False

    async def _twice(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        await self._ask(request)
        return await self._pass(request, writer)

    async def _overtake(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        self._overtaken.append(request)
        return False


_HANDLERS: dict[Fault, Callable[[Network, bytes, asyncio.StreamWriter], Awaitable[bool]]] = {
    Fault.NONE: Network._pass,
    Fault.LATE: Network._late,
    Fault.IN_PIECES: Network._in_pieces,
    Fault.LOST: Network._lose,
    Fault.UNANSWERED: Network._unanswered,
    Fault.CUT_SHORT: Network._cut_short,
    Fault.HALF_OPEN: Network._half_open,
    Fault.TWICE: Network._twice,
    Fault.OVERTAKEN: Network._overtake,
}


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One request or answer, whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.partition(b":")[::2] for line in head.lower().split(b"\r\n")[1:])
    return head + await reader.readexactly(int(fields.get(b"content-length", b"0")))


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST_ON_CLOSE)
    writer.transport.abort()
