"""The least that an asyncio program can be between two sockets: what the box's own work is measured against.

python -m benchmarks.bare_relay REGISTER_PORT PRINTER_PORT
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys


async def relay(register_port: int, printer_port: int) -> None:
    """Copy between one connection after the other and the printer, and understand nothing."""
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", register_port)) as listener:
        listener.setblocking(False)
        while True:
            register, _ = await loop.sock_accept(listener)
            register.setblocking(False)
            printer = socket.socket()
            printer.setblocking(False)
            await loop.sock_connect(printer, ("127.0.0.1", printer_port))
            for source, sink in ((register, printer), (printer, register)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                loop.add_reader(source, _copy, loop, source, sink)


def _copy(loop: asyncio.AbstractEventLoop, source: socket.socket, sink: socket.socket) -> None:
    data = os.read(source.fileno(), 4096)
    if data:
        os.write(sink.fileno(), data)
    else:
        loop.remove_reader(source)


if __name__ == "__main__":
    asyncio.run(relay(int(sys.argv[1]), int(sys.argv[2])))
