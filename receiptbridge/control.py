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
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from receiptbridge import __version__
from receiptbridge.bridge.events import (
    Action,
    BypassSwitched,
    Event,
    FromPrinter,
    FromRegister,
    LinkLost,
    MarkSale,
    PrinterConnected,
    RegisterConnected,
    Report,
    StoreSale,
    ToPrinter,
    ToRegister,
)
from receiptbridge.daemon import Lane
from receiptbridge.receipt.record import as_record

log = logging.getLogger("receiptbridge.lane")

RUN_FOLDER: Final = Path("/run/receiptbridge")
SOCKET_MODE: Final = 0o660
"""The owner's group may ask; whoever may ask may also switch the bypass, so nobody else."""

REQUEST_MOST: Final = 4096
"""Bytes of a question: the longest has a few dozen."""

ASKERS_MOST: Final = 8
"""At a time; a technician and a monitor have two."""

OUTBOX_MOST: Final = 256 * 1024
"""Bytes that wait for one asker: a long picture, as `capture` tells it, and no more of the box's memory."""

Request = dict[str, Any]
Send = Callable[[dict[str, Any]], None]


def socket_path(lane: str, state_dir: Path) -> Path:
    """Where the socket of a lane is: in /run where the system made a folder for it, else with the state."""
    folder = RUN_FOLDER if os.access(RUN_FOLDER, os.W_OK) else state_dir
    return folder / f"{lane}.sock"


class Control:
    """The socket of one lane."""

    def __init__(self, lane: Lane, state_dir: Path) -> None:
        self._lane = lane
        self._path = socket_path(lane.name, state_dir)
        self._askers = 0
        self._began = time.monotonic()
        self._last: StoreSale | None = None
        lane.observers.append(self._remember)

    async def serve(self) -> None:
        """Answer until cancelled."""
        try:
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
                self._last = action

    # ---- one asker ----

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asker = _Asker(writer)
        self._askers += 1
        try:
            if self._askers > ASKERS_MOST:
                asker.send(_failure(None, f"{ASKERS_MOST} others are asking already"))
                return
            with contextlib.suppress(ConnectionError):
                while line := await reader.readline():
                    self._answer(line, asker)
                    await writer.drain()
        except ValueError:  # readline: longer than the limit
            asker.send(_failure(None, f"a question has at most {REQUEST_MOST} bytes"))
        finally:
            self._askers -= 1
            if asker.observer is not None:
                self._lane.observers.remove(asker.observer)
            writer.close()

    def _answer(self, line: bytes, asker: _Asker) -> None:
        try:
            request = json.loads(line)
            operation = _OPERATIONS[request["op"]]
        except (ValueError, TypeError, KeyError):
            asker.send(_failure(None, f"asked what is none of: {', '.join(_OPERATIONS)}"))
            return
        operation(self, request, asker)

    def _status(self, request: Request, asker: _Asker) -> None:
        lane, last = self._lane, self._last
        register, printer = lane.connected
        asker.send(
            _result(
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
                last_receipt=None if last is None else _receipt(last),
            )
        )

    def _bypass(self, request: Request, asker: _Asker) -> None:
        if not isinstance(request.get("on"), bool):
            asker.send(_failure(request, 'bypass wants "on": true or false'))
            return
        self._lane.handle(BypassSwitched(request["on"], asyncio.get_running_loop().time()))
        asker.send(_result(request, bypassed=request["on"]))

    def _watch(self, request: Request, asker: _Asker) -> None:
        self._observe(request, asker, _told_to_watchers)

    def _capture(self, request: Request, asker: _Asker) -> None:
        self._observe(request, asker, _told_to_captures)

    def _observe(self, request: Request, asker: _Asker, tell: _Teller) -> None:
        if asker.observer is not None:
            asker.send(_failure(request, "this connection is being answered already; open another"))
            return
        began = time.monotonic()

        def observer(event: Event, actions: Sequence[Action]) -> None:
            for told in tell(event, actions):
                asker.tell({"id": request.get("id"), "at": round(time.monotonic() - began, 6), **told})

        asker.observer = observer
        self._lane.observers.append(observer)
        asker.send(_result(request))


_OPERATIONS: Final = {
    "status": Control._status, "watch": Control._watch, "capture": Control._capture, "bypass": Control._bypass,
}  # fmt: skip


class _Asker:
    """One connection and what waits for it."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._missed = 0
        self.observer: Callable[[Event, Sequence[Action]], None] | None = None

    def tell(self, what_happened: dict[str, Any]) -> None:
        """Something that nobody waits for: dropped where there is no room."""
        if self._writer.transport.get_write_buffer_size() > OUTBOX_MOST:
            self._missed += 1
        else:
            self.send(what_happened)

    def send(self, said: dict[str, Any]) -> None:
        if self._missed:
            said, self._missed = {**said, "missed": self._missed}, 0
        self._writer.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")


# ---- what is told


_Teller = Callable[[Event, Sequence[Action]], list[dict[str, Any]]]


def _result(request: Request, **result: Any) -> dict[str, Any]:
    return {"id": request.get("id"), "ok": True, **result}


def _failure(request: Request | None, what: str) -> dict[str, Any]:
    return {"id": request.get("id") if request else None, "ok": False, "error": what}


def _receipt(sale: StoreSale) -> dict[str, Any]:
    return {**as_record(sale.reading), "points": sale.points, "why_no_code": sale.why_no_code}


def _told_to_watchers(_event: Event, actions: Sequence[Action]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for action in actions:
        match action:
            case StoreSale(ticket):
                from receiptbridge.receipt.masking import masked  # only while somebody watches

                text = list(masked(action.reading).text)
                told.append({"what": "receipt", "ticket": ticket, "receipt": _receipt(action), "text": text})
            case MarkSale(row, outcome, reason):
                told.append({"what": "code", "row": row, "outcome": outcome, "reason": reason})
            case Report(name, detail):
                told.append({"what": name, "detail": detail})
    return told


def _told_to_captures(event: Event, actions: Sequence[Action]) -> list[dict[str, Any]]:
    """Every byte where it crosses the box (in from either side, out to either; `block`: the box's own), who came
    and went, and where a receipt ended."""
    told = [_where(event)]
    block = False
    for action in actions:
        match action:
            case ToPrinter(data):
                told.append(_crossed("to_printer", data) | ({"block": True} if block else {}))
            case ToRegister(data):
                told.append(_crossed("to_register", data))
            case StoreSale():
                told.append({"what": "receipt_ended"})
        block = isinstance(action, MarkSale) and action.outcome == "releasing"
    return [what for what in told if what]


def _where(event: Event) -> dict[str, Any]:
    match event:
        case FromRegister(data):
            return _crossed("from_register", data)
        case FromPrinter(data):
            return _crossed("from_printer", data)
        case RegisterConnected():
            return {"what": "register_came"}
        case PrinterConnected():
            return {"what": "printer_came"}
        case LinkLost(side):
            return {"what": f"{side}_left"}
    return {}


def _crossed(where: str, data: bytes) -> dict[str, Any]:
    return {"what": where, "data": b64encode(data).decode()}
