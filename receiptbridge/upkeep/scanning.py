"""Printers on the network: who listens on port 9100 in the box's own network.

Rules of this file:
- Bounded: one network of at most 256 addresses, few connections at a time, a few seconds in all.
- A connection is closed at once and not a byte is sent. Printers that a lane serves are left out, because many serve
  one connection at a time, and somebody may be printing.
"""

from __future__ import annotations

import asyncio
import fcntl
import ipaddress
import socket
import struct
from collections.abc import Collection, Iterable
from typing import Final

from receiptbridge.upkeep.finding import Found
from receiptbridge.words import _

PORT: Final = 9100
AT_A_TIME: Final = 32
"""Connections: cheap switches and access points drop more."""

ANSWER_WITHIN: Final = 0.4
"""Seconds: a printer in the same network answers within milliseconds; one that sleeps, within some tenths."""

SCAN_MOST: Final = 10.0
"""Seconds in all: 256 addresses in turns of 32 take 3.2 s where nobody answers."""

SMALLEST_PREFIX: Final = 24
"""Of a larger network only the /24 around the box's address is looked through."""

_SIOCGIFADDR, _SIOCGIFNETMASK = 0x8915, 0x891B  # netdevice(7)


def own_networks() -> list[ipaddress.IPv4Interface]:
    """The box's IPv4 addresses with their networks, without the loopback."""
    found = []
    for _number, name in socket.if_nameindex():
        try:
            address = ipaddress.IPv4Interface(f"{_ask(_SIOCGIFADDR, name)}/{_ask(_SIOCGIFNETMASK, name)}")
        except OSError:  # no address, or the interface is gone
            continue
        if not address.is_loopback:
            found.append(address)
    return found


def hosts_around(address: ipaddress.IPv4Interface) -> list[str]:
    """The addresses that are looked through for one of the box's own, without that."""
    prefix = max(address.network.prefixlen, SMALLEST_PREFIX)
    network = ipaddress.ip_network((address.ip, prefix), strict=False)
    return [str(host) for host in network.hosts() if host != address.ip]


def network_printers(
    hosts: Iterable[str], leave_out: Collection[str] = (), port: int = PORT, most: float = SCAN_MOST
) -> list[Found]:
    """Who listens on `port` of these hosts; what was not reached within `most` seconds is not told."""
    return asyncio.run(_scan([host for host in hosts if host not in leave_out], port, most))


async def _scan(hosts: list[str], port: int, most: float) -> list[Found]:
    turns = asyncio.Semaphore(AT_A_TIME)
    tasks = [asyncio.create_task(_listens(host, port, turns)) for host in hosts]
    if not tasks:
        return []
    done, late = await asyncio.wait(tasks, timeout=most)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    there = {task.result() for task in done} - {None}
    return [
        Found(
            f"tcp://{host}:{port}", "network", _("{host} listens on port {port}").format(host=host, port=port)
        )
        for host in hosts
        if host in there
    ]


async def _listens(host: str, port: int, turns: asyncio.Semaphore) -> str | None:
    async with turns:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                _reader, writer = await asyncio.open_connection(host, port)
        except (OSError, TimeoutError):
            return None
        writer.close()
        return host


def _ask(question: int, interface: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        answer = fcntl.ioctl(asker.fileno(), question, struct.pack("256s", interface.encode()[:15]))
    return socket.inet_ntoa(answer[20:24])
