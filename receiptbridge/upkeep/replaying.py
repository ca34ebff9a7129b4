"""A capture through the core of a lane, by today's configuration: what would be read, and what would be printed.

Rules of this file:
- Neither the journal nor a key is touched: each code is `SAMPLE`, which says so and which no service takes.
- Time is the capture's: what waits for silence or runs out does so as it did at the counter.
- What mode and enrolment would keep from the paper is printed all the same, and said beside it.
"""

from __future__ import annotations

import datetime
import heapq
from base64 import b32decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from receiptbridge.bridge.events import (
    Action,
    Code,
    Event,
    FromPrinter,
    FromRegister,
    LinkLost,
    MarkSale,
    PrinterConnected,
    PrinterWritten,
    Quiet,
    RegisterConnected,
    Report,
    SaleStored,
    StoreSale,
    Ticked,
    ToPrinter,
    WakeAt,
)
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.issuer import CLAIM_WINDOW
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.upkeep.capture_file import Crossing
from receiptbridge.words import N_

SAMPLE: Final = b32decode("SAMPLE" * 24)
"""Spelt SAMPLESAMPLE...: as long as a claim token, of a version that there is none of, and signed by nobody."""

SAMPLE_PREFIX: Final = "HTTPS://EXAMPLE.INVALID/C/"
"""Where no address is configured yet."""

BEGIN: Final = 1000.0
"""Seconds on the clock when a replay begins: any, but long after the silence before it."""

AFTERWARDS: Final = 60.0
"""Seconds that go by behind the last byte: whatever ends by silence has ended then."""


@dataclass(slots=True)
class Replayed:
    """One receipt: what was read, and the block that it would get, or why none."""

    at: float
    reading: ReceiptReading
    points: int | None
    why_no_code: str | None
    block: bytes = b""


@dataclass(slots=True)
class Paper:
    """All of a replay. `pieces`: what goes to the printer, when (seconds), with the blocks in their places."""

    receipts: list[Replayed] = field(default_factory=list)
    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        return b"".join(data for _, data in self.pieces)


def as_printing(rules: LaneRules) -> LaneRules:
    """The same rules for a lane that is enrolled and prints, with the evidence for a person to see."""
    return replace(
        rules, mode="print", enrolled=True, explained=True, claim_prefix=rules.claim_prefix or SAMPLE_PREFIX
    )


def one_job(data: bytes) -> list[Crossing]:
    """The bytes of a register as a capture of one connection."""
    return [
        Crossing(0.0, "register_came"), Crossing(0.0, "from_register", data), Crossing(0.0, "register_left"),
    ]  # fmt: skip


def replay(crossings: Sequence[Crossing], rules: LaneRules) -> Paper:
    """Play what a register and a printer said to a lane with these rules."""
    player = _Player(Session(rules))
    player.play(crossings)
    return player.paper


class _Player:
    """The shell of a core whose clock is the capture's."""

    def __init__(self, session: Session) -> None:
        self.paper = Paper()
        self._session = session
        self._now = BEGIN
        self._wakes: list[float] = []
        self._block_for: int | None = None

    def play(self, crossings: Iterable[Crossing]) -> None:
        self._handle(PrinterConnected(self._now))
        self._handle(RegisterConnected(self._now))
        for crossing in crossings:
            self._pass_time(BEGIN + crossing.at)
            if crossing.missed:
                self._handle(RegisterConnected(self._now, in_mid_stream=True))
            if (event := _event(crossing, self._now)) is not None:
                self._handle(event)
            while self._session.behind:
                self._handle(Quiet(self._now))
        self._handle(LinkLost("register", self._now))
        self._pass_time(self._now + AFTERWARDS)

    def _pass_time(self, until: float) -> None:
        while self._wakes and self._wakes[0] <= until:
            self._now = max(self._now, heapq.heappop(self._wakes))
            self._handle(Ticked(self._now))
        self._now = max(self._now, until)

    def _handle(self, event: Event) -> None:
        stored: list[StoreSale] = []
        for action in self._session.handle(event):
            self._do(action, stored)
        for sale in stored:
            self._handle(self._answer(sale))
        if self._session.awaits_written:
            self._handle(PrinterWritten(self._now))

    def _do(self, action: Action, stored: list[StoreSale]) -> None:
        match action:
            case ToPrinter(data):
                if self._block_for is not None:
                    self.paper.receipts[self._block_for - 1].block = data
                self.paper.pieces.append((self._now - BEGIN, data))
                self._block_for = None
            case StoreSale():
                stored.append(action)
                self.paper.receipts.append(
                    Replayed(self._now - BEGIN, action.reading, action.points, action.why_no_code)
                )
            case MarkSale(row, "releasing"):
                self._block_for = row
            case MarkSale(row, "not_printed", reason):
                self.paper.receipts[row - 1].why_no_code = reason
            case WakeAt(when):
                heapq.heappush(self._wakes, when)
            case Report(name, detail):
                self.paper.reports.append(f"{name} {detail}".strip())

    def _answer(self, sale: StoreSale) -> SaleStored:
        """As a journal would that knows only what this capture holds."""
        row = sale.ticket  # tickets count from 1, as the list of receipts does
        receipt = self.paper.receipts[row - 1]
        if sale.why_no_code is None and sale.reading.kind is Kind.DUPLICATE:
            first = self._first_print(sale.reading)
            receipt.points = first.points if first else None
            if first is None:
                receipt.why_no_code = N_(
                    "a reprint; whether its sale got a code only the box's journal knows"
                )
        if receipt.why_no_code is not None:
            return SaleStored(sale.ticket, row, None, self._now, receipt.why_no_code)
        last_day = (datetime.datetime.now() + CLAIM_WINDOW).date().isoformat()
        points = None if sale.policy == "join" else receipt.points
        return SaleStored(sale.ticket, row, Code(SAMPLE, points, last_day), self._now)

    def _first_print(self, reading: ReceiptReading) -> Replayed | None:
        """The sale of which a receipt is a reprint, if it was printed in this capture."""
        for receipt in self.paper.receipts:
            known = receipt.reading
            if known.kind is Kind.SALE and (known.receipt_no, known.total) == (
                reading.receipt_no,
                reading.total,
            ):
                return receipt if receipt.why_no_code is None else None
        return None


def _event(crossing: Crossing, now: float) -> Event | None:
    match crossing.where:
        case "from_register":
            return FromRegister(crossing.data, now)
        case "from_printer":
            return FromPrinter(crossing.data, now)
        case "register_came":
            return RegisterConnected(now)
        case "printer_came":
            return PrinterConnected(now)
        case "register_left":
            return LinkLost("register", now)
        case "printer_left":
            return LinkLost("printer", now)
    return None
