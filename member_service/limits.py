"""Bounds against floods: how large a body may be, and how often an address may guess."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from member_service.errors import ApiError

# 500 sales with every string at its longest are near 1 MiB.
MAX_BODY_BYTES = 2 * 1024 * 1024

# A code has 45 bits: at ten wrong ones a minute an address needs years to meet one of a million live codes.
WRONG_GUESSES = 10
WRONG_GUESSES_REFILL_S = 6.0
# About 2 MB of memory; who owns more addresses than this gets fresh guesses, and still needs years.
MAX_ADDRESSES = 10_000

# One customer commonly holds a whole /64.
_IPV6_CUSTOMER_BITS = 64


class LimitBody:
    """ASGI middleware: stops reading a body at its bound, whatever Content-Length said."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY_BYTES:
                # The framework's own kind of error: it is raised from inside of the framework's reading.
                raise HTTPException(413, f"A body has at most {MAX_BODY_BYTES} bytes: send fewer items.")
            return message

        await self.app(scope, bounded, send)


class WrongGuesses:
    """How many wrong codes each address may still try: ten at once, then one in six seconds.

    Only wrong ones count: many phones share one address of their network. Memory is bounded; the address that
    was quiet for longest is forgotten first.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._full_again: OrderedDict[str, float] = OrderedDict()  # address -> when all its guesses are back
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raises ApiError 429 for an address that has no guess left."""
        with self._lock:
            owed = self._full_again.get(_customer(address), 0.0) - self._now()
        wait = owed - (WRONG_GUESSES - 1) * WRONG_GUESSES_REFILL_S
        if wait > 0:
            raise ApiError(
                429, "too_many_requests", "Too many wrong codes; wait a little.", retry_after=int(wait) + 1
            )

    def count(self, address: str) -> None:
        """One wrong guess of this address."""
        customer = _customer(address)
        with self._lock:
            owed_until = max(self._full_again.pop(customer, 0.0), self._now())
            self._full_again[customer] = owed_until + WRONG_GUESSES_REFILL_S
            if len(self._full_again) > MAX_ADDRESSES:
                self._full_again.popitem(last=False)


def client_address(request: Request) -> str:
    """Where a request comes from, as the server saw it or its own trusted proxy told it."""
    return request.client.host if request.client else ""


def _customer(address: str) -> str:
    """The address, or for IPv6 its network: what one customer can change at will counts as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address  # a Unix socket, or a test client
    if parsed.version == 4:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _IPV6_CUSTOMER_BITS), strict=False))
