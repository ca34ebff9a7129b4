"""What a lane's control socket says: answers, receipts as they pass, bytes where they cross. docs/control.md."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from receiptbridge.bridge.events import (
    Action,
    AnswerPage,
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

OUTBOX_MOST: Final = 256 * 1024
"""Bytes that wait for one asker: a long picture, as `capture` tells it, and no more of the box's memory."""

Request = dict[str, Any]


class Asker:
    """One connection and what waits for it."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._missed = 0
        self.observer: Callable[[Event, Sequence[Action]], None] | None = None
        self.watches = False

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


Teller = Callable[[Event, Sequence[Action]], list[dict[str, Any]]]


def result(request: Request, **result: Any) -> dict[str, Any]:
    return {"id": request.get("id"), "ok": True, **result}


def failure(request: Request | None, what: str, *, code: str = "", hint: str = "") -> dict[str, Any]:
    """`code`: for programs, of the refusals in docs/control.md. `hint`: what to do about it."""
    more = {key: value for key, value in (("code", code), ("hint", hint)) if value}
    return {"id": request.get("id") if request else None, "ok": False, "error": what, **more}


def receipt_record(sale: StoreSale) -> dict[str, Any]:
    from receiptbridge.receipt.record import as_record  # only while somebody watches

    return {**as_record(sale.reading), "points": sale.points, "why_no_code": sale.why_no_code}


def told_to_watchers(_event: Event, actions: Sequence[Action]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for action in actions:
        match action:
            case StoreSale(ticket):
                from receiptbridge.receipt.masking import masked  # only while somebody watches

                shown = masked(action.reading)
                told.append(
                    {
                        "what": "receipt",
                        "ticket": ticket,
                        "receipt": receipt_record(action),
                        "text": shown.text,
                        "explanation": msgspec.to_builtins(shown.explanation),
                    }
                )
            case MarkSale(row, outcome, reason):
                told.append({"what": "code", "row": row, "outcome": outcome, "reason": reason})
            case Report(name, detail):
                told.append({"what": name, "detail": detail})
    return told


def told_to_captures(event: Event, actions: Sequence[Action]) -> list[dict[str, Any]]:
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
        block = _own_follows(action)
    return [what for what in told if what]


def _own_follows(action: Action) -> bool:
    match action:
        case MarkSale(outcome="releasing") | AnswerPage(why_not=None):
            return True
    return False


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
