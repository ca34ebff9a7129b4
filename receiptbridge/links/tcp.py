"""Raw TCP (port 9100): what network printers and the registers that address them speak.

Kernel buffers are kept small, or the box would swallow a receipt that a slow printer has not taken yet and
the register would believe it printed. They must be set before listen and connect: afterwards the window has
been announced.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import socket
import struct
from collections.abc import Sequence
from typing import Final

from receiptbridge.errors import LinkError
from receiptbridge.links.address import Address
from receiptbridge.links.link import Link
from receiptbridge.words import N_, _, why

log = logging.getLogger("receiptbridge.lane")

# About what a receipt printer itself buffers; Linux doubles it for its own bookkeeping.
SOCKET_BUFFER = 8192

# A printer on the same network segment answers within milliseconds; registers give up after some seconds.
CONNECT_TIMEOUT = 3.0

REACH_IT: Final = N_(
    "Is the printer on, on this network, and is that its address? Its self-test page prints it."
)

# One job at a time, as printers do: a second register waits in the kernel's queue.
BACKLOG = 1

# A till that lost its power says nothing, and the next one waits: it is gone after 10 + 3 * 5 s without an answer to
# keep-alive probes. (Not TCP_USER_TIMEOUT: it would give up on a printer that waits for paper with its window shut.)
_KEEP_ALIVE = {socket.TCP_KEEPIDLE: 10, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 3}

# Listen at an address that the machine does not have yet (ip(7)): a lane does not wait for the network to be up.
IP_FREEBIND = 15

# So many times in a row the kernel has sent again, or asked a shut window, without an answer: 25 s, since it begins
# after 0.2 s and waits twice as long each time. By itself it would try for a quarter of an hour.
UNANSWERED_MOST = 7
# struct tcp_info of linux/tcp.h: its third and fourth byte count these two.
_UNANSWERED = slice(2, 4)

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpLink(Link):
    """A connected TCP socket."""

    # Both sides can close; a printer that does not within this never will, and the next register is waiting.
    answer_most = 3.0

    def __init__(self, connection: socket.socket, name: str) -> None:
        self._socket = connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in _KEEP_ALIVE.items():
            connection.setsockopt(socket.IPPROTO_TCP, option, value)
        super().__init__(connection.fileno(), name)

    def silent(self) -> bool:
        info = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)
        return max(info[_UNANSWERED]) >= UNANSWERED_MOST

    def finish_writing(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._socket.close()

    def reset(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.close()


async def listen(address: Address) -> socket.socket:
    """A listening socket with small buffers. Raises `LinkError` when the address cannot be had."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
        _small_buffers(listener)
        if address.interface:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, address.interface.encode())
        listener.bind((await _number(address.host, family), address.port))
        listener.listen(BACKLOG)
    except asyncio.CancelledError:
        listener.close()
        raise
    except OSError as fault:
        listener.close()
        raise LinkError(
            _("{address}: cannot listen there: {reason}").format(address=address, reason=why(fault)),
            hint=_(
                "Is the address (and the interface, if one is named) this machine's, and is the port free?"
            ),
        ) from fault
    listener.setblocking(False)
    return listener


async def _number(host: str, family: socket.AddressFamily) -> str:
    """A host's address. A name is looked up in a thread: it may take many seconds, and the loop has a watchdog."""
    try:
        ipaddress.ip_address(host)
        return host
    except ValueError:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, family=family)
        return str(found[0][4][0])


async def accept(listener: socket.socket, allow: Sequence[str] = ()) -> TcpLink:
    """Wait for the next register. Whoever is in none of the networks in `allow` is reset; empty: all may."""
    networks = [ipaddress.ip_network(network) for network in allow]
    while True:
        connection, peer = await asyncio.get_running_loop().sock_accept(listener)
        link = TcpLink(connection, f"register {peer[0]}:{peer[1]}")
        seen = ipaddress.ip_address(peer[0])
        seen = getattr(seen, "ipv4_mapped", None) or seen  # how a socket for both kinds shows an IPv4 address
        if not networks or any(seen in network for network in networks):
            return link
        log.warning("%s is not among the addresses that may print (%s): refused", link.name, ", ".join(allow))
        link.reset()


async def connect(address: Address) -> TcpLink:
    """Connect to a printer. Raises `LinkError` when it refuses or does not answer."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    connection.setblocking(False)
    _small_buffers(connection)
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            await asyncio.get_running_loop().sock_connect(connection, (address.host, address.port))
    except TimeoutError:
        connection.close()
        raise LinkError(
            _("{address}: the printer does not answer within {seconds:g} s").format(
                address=address, seconds=CONNECT_TIMEOUT
            ),
            hint=_(REACH_IT),
        ) from None
    except OSError as fault:
        connection.close()
        # asyncio puts its own words in the place of the system's, but for names.
        reason = why(fault) if isinstance(fault, socket.gaierror) else _(os.strerror(fault.errno or 0))
        raise LinkError(f"{address}: {reason}", hint=_(REACH_IT)) from fault
    except asyncio.CancelledError:
        connection.close()
        raise
    return TcpLink(connection, f"printer {address}")


def _small_buffers(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BUFFER)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)
