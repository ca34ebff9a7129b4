"""Waiting for a file descriptor, for lines that are neither sockets nor pipes."""

from __future__ import annotations

import asyncio


async def ready(descriptor: int, *, writing: bool = False) -> None:
    """Wait until the descriptor can be read (or written) without blocking."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    add, remove = (loop.add_writer, loop.remove_writer) if writing else (loop.add_reader, loop.remove_reader)
    add(descriptor, _resolve, future)
    try:
        await future
    finally:
        remove(descriptor)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():  # the loop may call again before the waiter has run
        future.set_result(None)
