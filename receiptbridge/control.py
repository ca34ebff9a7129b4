"""The lane's local surface: a Unix socket by which the command line asks the lane that runs. docs/control.md.

Rules of this room:
- A line of JSON asks, a line of JSON answers; `watch` and `capture` go on answering until the asker hangs up.
- An asker can slow nobody but himself: what does not fit his outbox is dropped, and he is told how much.
- A socket that cannot be had costs the socket, never the lane.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import time
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from receiptbridge import __version__
from receiptbridge.bridge.events import Action, BypassSwitched, Event, StoreSale
from receiptbridge.bridge.own_page import PAGE_MOST
from receiptbridge.daemon import Lane, LaneBusy, PageRefused
from receiptbridge.errors import ConfigError, LinkError, ReceiptBridgeError
from receiptbridge.journal.connection import FOLDER_MODE
from receiptbridge.telling import (
    Asker,
    Request,
    Teller,
    failure,
    receipt_record,
    result,
    told_to_captures,
    told_to_watchers,
)

log = logging.getLogger("receiptbridge.lane")

RUN_FOLDER: Final = Path("/run/receiptbridge")
SOCKET_MODE: Final = 0o660
"""The owner's group may ask; whoever may ask may also switch the bypass, so nobody else."""

REQUEST_MOST: Final = PAGE_MOST * 4 // 3 + 4096
"""Bytes of a question: the longest brings a page in base64, all others have a few dozen."""

ASKERS_MOST: Final = 8
"""At a time; a technician and a monitor have two."""

Reload = Callable[[], Awaitable[list[str]]]
"""Take the configuration file over; returns the keys that are others now. Raises `ReceiptBridgeError`."""


class RestartNeeded(ReceiptBridgeError):
    """The configuration says something that a running lane cannot take over."""


def socket_path(lane: str, state_dir: Path) -> Path:
    """Where the socket of a lane is: in /run where the system made a folder for it, else with the state."""
    folder = RUN_FOLDER if os.access(RUN_FOLDER, os.W_OK) else state_dir
    return folder / f"{lane}.sock"


class Control:
    """The socket of one lane."""

    def __init__(self, lane: Lane, state_dir: Path, reload: Reload | None = None) -> None:
        self._lane = lane
        self._path = socket_path(lane.name, state_dir)
        self._take_over = reload
        self._askers = 0
        self._began = time.monotonic()
        self._last: StoreSale | None = None
        self._last_at = 0.0
        lane.observers.append(self._remember)

    async def serve(self) -> None:
        """Answer until cancelled."""
        try:
            # The journal makes the folder too, and may come to it later than this.
            self._path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            self._clear_the_way()
            before = os.umask(0o777 & ~SOCKET_MODE)
            try:
                server = await asyncio.start_unix_server(self._attend, self._path, limit=REQUEST_MOST)
            finally:
                os.umask(before)
        except OSError as fault:
            log.warning(
                "%s: no control socket at %s: %s", self._lane.name, self._path, fault.strerror or fault
            )
            return
        async with server:
            try:
                await server.serve_forever()
            finally:
                with contextlib.suppress(OSError):
                    self._path.unlink()

    def _clear_the_way(self) -> None:
        """Take away the socket of a lane that was killed. Raises OSError where one is answered."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self._path))
            except FileNotFoundError:
                return
            except ConnectionRefusedError:
                self._path.unlink()
                return
        raise OSError("another process serves this lane")

    def _remember(self, _event: Event, actions: Sequence[Action]) -> None:
        for action in actions:
            if isinstance(action, StoreSale):
                self._last, self._last_at = action, time.monotonic()

    # ---- one asker ----

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asker = Asker(writer)
        self._askers += 1
        try:
            if self._askers > ASKERS_MOST:
                asker.send(failure(None, f"{ASKERS_MOST} others are asking already"))
                return
            with contextlib.suppress(ConnectionError):
                while line := await reader.readline():
                    await self._answer(line, asker)
                    await writer.drain()
        except ValueError:  # readline: longer than the limit
            asker.send(failure(None, f"a question has at most {REQUEST_MOST} bytes"))
        finally:
            self._askers -= 1
            if asker.observer is not None:
                self._lane.observers.remove(asker.observer)
            if asker.watches:
                self._lane.watched(-1)
            writer.close()

    async def _answer(self, line: bytes, asker: Asker) -> None:
        try:
            request = json.loads(line)
            operation = _OPERATIONS[request["op"]]
        except (ValueError, TypeError, KeyError):
            asker.send(failure(None, f"asked what is none of: {', '.join(_OPERATIONS)}"))
            return
        try:
            if (work := operation(self, request, asker)) is not None:
                await work
        except ReceiptBridgeError as fault:
            code = next((code for kind, code in _CODES.items() if isinstance(fault, kind)), "failed")
            asker.send(failure(request, str(fault), code=code, hint=fault.hint))

    def _status(self, request: Request, asker: Asker) -> None:
        lane, last = self._lane, self._last
        register, printer = lane.connected
        asker.send(
            result(
                request,
                lane=lane.name,
                version=__version__,
                pid=os.getpid(),
                uptime=int(time.monotonic() - self._began),
                state=lane.session.state.name,
                bypassed=lane.session.bypassed,
                opaque=lane.session.opaque,
                mode=lane.session.rules.mode,
                enrolled=lane.session.rules.enrolled,
                register_connected=register,
                printer_connected=printer,
                printer=lane.session.printer.condition.name,
                line_errors=lane.line_errors(),
                counters=dict(lane.counters),
                last_receipt=None if last is None else receipt_record(last),
                last_receipt_age=None if last is None else int(time.monotonic() - self._last_at),
            )
        )

    def _bypass(self, request: Request, asker: Asker) -> None:
        if not isinstance(request.get("on"), bool):
            asker.send(failure(request, 'bypass wants "on": true or false'))
            return
        self._lane.handle(BypassSwitched(request["on"], asyncio.get_running_loop().time()))
        asker.send(result(request, bypassed=request["on"]))

    async def _reload(self, request: Request, asker: Asker) -> None:
        if self._take_over is None:
            raise RestartNeeded("this lane was started without a configuration file")
        asker.send(result(request, changed=await self._take_over()))

    async def _print(self, request: Request, asker: Asker) -> None:
        try:
            page = b64decode(request["data"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise PageRefused('print wants "data": the page in base64') from None
        await self._lane.print_page(page, anyway=request.get("anyway") is True)
        asker.send(result(request, printed=len(page)))

    def _watch(self, request: Request, asker: Asker) -> None:
        if asker.observer is None:
            asker.watches = True
            self._lane.watched(1)
        self._observe(request, asker, told_to_watchers)

    def _capture(self, request: Request, asker: Asker) -> None:
        self._observe(request, asker, told_to_captures)

    def _observe(self, request: Request, asker: Asker, tell: Teller) -> None:
        if asker.observer is not None:
            asker.send(failure(request, "this connection is being answered already; open another"))
            return
        began = time.monotonic()

        def observer(event: Event, actions: Sequence[Action]) -> None:
            for told in tell(event, actions):
                asker.tell({"id": request.get("id"), "at": round(time.monotonic() - began, 6), **told})

        asker.observer = observer
        self._lane.observers.append(observer)
        asker.send(result(request))


_OPERATIONS: Final[Mapping[str, Callable[[Control, Request, Asker], Awaitable[None] | None]]] = {
    "status": Control._status, "watch": Control._watch, "capture": Control._capture, "bypass": Control._bypass,
    "reload": Control._reload, "print": Control._print,
}  # fmt: skip

_CODES: Final[Mapping[type[ReceiptBridgeError], str]] = {
    ConfigError: "config", RestartNeeded: "restart_needed", LaneBusy: "busy", PageRefused: "refused",
    LinkError: "printer",
}  # fmt: skip
