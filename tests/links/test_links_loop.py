"""The lanes' event loop: readers are called at once, and everything else is as asyncio has it."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from receiptbridge.links.loop import LaneLoop

T = TypeVar("T")


def run(work: Callable[[], Awaitable[T]]) -> T:
    async def whole() -> T:
        return await asyncio.wait_for(work(), 10)

    with asyncio.Runner(loop_factory=LaneLoop) as runner:
        return runner.run(whole())


def pair() -> tuple[socket.socket, socket.socket]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    return ours, theirs


def test_a_reader_is_called_as_long_as_there_is_something_to_read() -> None:
    async def work() -> list[bytes]:
        ours, theirs = pair()
        got: list[bytes] = []
        done = asyncio.Event()

        def reader(name: bytes) -> None:
            got.append(name + ours.recv(2))
            if got[-1] == b"r:e":
                done.set()

        asyncio.get_running_loop().add_reader(ours, reader, b"r:")
        theirs.sendall(b"abcde")
        await done.wait()
        assert asyncio.get_running_loop().remove_reader(ours)
        ours.close()
        theirs.close()
        return got

    assert run(work) == [b"r:ab", b"r:cd", b"r:e"]


def test_bytes_keep_passing_while_timers_tasks_and_threads_have_their_turn() -> None:
    async def work() -> int:
        loop, (ours, theirs), rounds = asyncio.get_running_loop(), pair(), 0

        def echo() -> None:
            nonlocal rounds
            rounds += 1
            theirs.send(ours.recv(1))  # for ever: there is always something to read

        loop.add_reader(ours.fileno(), echo)
        theirs.send(b"x")
        ours_too, theirs_too = pair()
        loop.call_later(0.01, theirs_too.send, b"timer")
        assert await loop.sock_recv(ours_too, 10) == b"timer"
        assert await asyncio.to_thread(str, 1) == "1"
        loop.remove_reader(ours.fileno())
        for end in (ours, theirs, ours_too, theirs_too):
            end.close()
        return rounds

    assert run(work) > 0


def test_what_goes_wrong_in_a_reader_is_told_and_the_loop_goes_on() -> None:
    async def work() -> list[str]:
        loop, (ours, theirs), told = asyncio.get_running_loop(), pair(), []
        over = asyncio.Event()

        def handler(_loop: object, context: dict[str, Any]) -> None:
            told.append(f"{context['exception']}")
            if len(told) == 2:
                over.set()

        def reader() -> None:
            raise RuntimeError(ours.recv(1).decode())

        loop.set_exception_handler(handler)
        loop.add_reader(ours.fileno(), reader)
        theirs.sendall(b"12")
        await over.wait()
        loop.remove_reader(ours.fileno())
        ours.close()
        theirs.close()
        return told

    assert run(work) == ["1", "2"]


def test_a_link_that_is_read_and_waits_for_room_is_told_of_both() -> None:
    async def work() -> list[str]:
        loop, (ours, theirs), seen = asyncio.get_running_loop(), pair(), []
        over = asyncio.Event()

        def saw(what: str) -> None:
            if what == "reader":
                ours.recv(10)
            else:
                loop.remove_writer(ours.fileno())
            seen.append(what)
            if len(seen) == 2:
                over.set()

        loop.add_reader(ours.fileno(), saw, "reader")
        loop.add_writer(ours.fileno(), saw, "writer")
        theirs.sendall(b"x")
        await over.wait()
        loop.remove_reader(ours.fileno())
        ours.close()
        theirs.close()
        return sorted(seen)

    assert run(work) == ["reader", "writer"]


def test_a_link_that_another_reader_closes_in_the_same_moment_is_not_called() -> None:
    async def work() -> list[int]:
        loop, pairs, called = asyncio.get_running_loop(), [pair(), pair()], []

        def reader(number: int) -> None:
            called.append(number)
            for ours, _ in pairs:
                loop.remove_reader(ours.fileno())
                os.close(ours.detach())
            pairs_closed.set()

        pairs_closed = asyncio.Event()
        for number, (ours, theirs) in enumerate(pairs):
            theirs.send(b"x")
            loop.add_reader(ours.fileno(), reader, number)
        await pairs_closed.wait()
        await asyncio.sleep(0)
        for _, theirs in pairs:
            theirs.close()
        return called

    assert len(run(work)) == 1


def test_the_end_of_a_link_is_something_to_read() -> None:
    async def work() -> bytes:
        loop, (ours, theirs) = asyncio.get_running_loop(), pair()
        read: asyncio.Future[bytes] = loop.create_future()

        def reader() -> None:
            loop.remove_reader(ours.fileno())
            read.set_result(ours.recv(1))

        loop.add_reader(ours.fileno(), reader)
        theirs.close()
        said = await read
        ours.close()
        return said

    assert run(work) == b""
