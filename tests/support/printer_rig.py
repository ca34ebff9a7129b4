"""A virtual printer on a port, in a thread, for code that talks to it and waits."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from hardware_sim.printer import VirtualPrinter
from hardware_sim.server import PrinterServer


@contextlib.contextmanager
def printer_at(printer: VirtualPrinter) -> Iterator[int]:
    """Its TCP port, until the end of the block."""
    ready, over = threading.Event(), threading.Event()
    port = 0

    async def serve() -> None:
        nonlocal port
        async with PrinterServer(printer).tcp() as port:
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    try:
        yield port
    finally:
        over.set()
        thread.join()
