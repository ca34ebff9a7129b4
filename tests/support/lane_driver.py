"""Drives a session without a shell: a clock that is set by hand, and a store that answers as it is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from receiptbridge.bridge.events import (
    Action,
    AnswerPage,
    Code,
    Event,
    FromPrinter,
    FromRegister,
    MarkSale,
    PageAsked,
    PrinterConnected,
    Quiet,
    RegisterConnected,
    Report,
    SaleStored,
    StoreFailed,
    StoreSale,
    Ticked,
    ToPrinter,
    ToRegister,
)
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.claim.earn import EarnRule
from receiptbridge.claim.token import ClaimFields, encode
from receiptbridge.money import currency
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.model import Kind

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BOX_ID = bytes.fromhex("0123456789ab")
PREFIX = "HTTPS://M.EXAMPLE.COM/C/"
ISSUED_AT = 1_795_340_000

Answers = Literal["at once", "when asked", "never", "failure"]


def rules(
    *,
    printer: str = "epson-tm-t88v",
    currency: str = "CNY",
    mode: Literal["print", "observe"] = "print",
    minor_per_point: int = 100,
    enrolled: bool = True,
) -> LaneRules:
    profile = load_printer(printer)
    return LaneRules(
        grammar=load_grammar("star" if profile.dialect.startswith("star") else "escpos"),
        printer=profile,
        register=load_register("generic"),
        mode=mode,
        currency=currency,
        earn=EarnRule(minor_per_point),
        claim_prefix=PREFIX,
        enrolled=enrolled,
    )


@dataclass
class Driver:
    """`stream` is what passed, `blocks` and `pages` what was inserted and where (stream offset)."""

    rules: LaneRules = field(default_factory=rules)
    answers: Answers = "at once"
    connect: bool = True
    now: float = 100.0
    paper: bytes = b""
    stream: bytes = b""
    to_register: bytes = b""
    blocks: list[tuple[int, bytes]] = field(default_factory=list)
    sales: list[StoreSale] = field(default_factory=list)
    marks: list[MarkSale] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    unanswered: list[StoreSale] = field(default_factory=list)
    pages: list[tuple[int, bytes]] = field(default_factory=list)
    answers_to_pages: list[AnswerPage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = Session(self.rules)
        self.handle(PrinterConnected(self.now))
        if self.connect:
            self.handle(RegisterConnected(self.now))

    def handle(self, event: Event) -> None:
        inserted: list[tuple[int, bytes]] | None = None  # what comes next belongs there
        for action in self.session.handle(event):
            inserted = self._carry_out(action, inserted)
        self._answer()

    def register(self, *pieces: bytes, pause: float = 0.0) -> Driver:
        for piece in pieces:
            self.handle(FromRegister(piece, self.now))
            self.wait(pause)
        return self

    def printer(self, data: bytes) -> Driver:
        self.handle(FromPrinter(data, self.now))
        return self

    def wait(self, seconds: float) -> Driver:
        self.now += seconds
        if seconds:
            self.handle(Ticked(self.now))
        self.handle(Quiet(self.now))
        while self.session.behind:
            self.handle(Quiet(self.now))
        return self

    def page(self, data: bytes, *, alone: bool = False, anyway: bool = False) -> str | None:
        """Ask for a page of the box's own; why it was not printed."""
        self.handle(PageAsked(data, self.now, alone, anyway))
        return self.answers_to_pages[-1].why_not

    def answer_all(self) -> None:
        for sale in self._take_unanswered():
            self.handle(stored(sale, self.now))

    def paper_with(self, count: int) -> bytes:
        """The stream with only the first `count` blocks in it."""
        paper, at = b"", 0
        for offset, block in self.blocks[:count]:
            paper += self.stream[at:offset] + block
            at = offset
        return paper + self.stream[at:]

    def reported(self) -> set[str]:
        return {report.name for report in self.reports}

    def _carry_out(
        self, action: Action, inserted: list[tuple[int, bytes]] | None
    ) -> list[tuple[int, bytes]] | None:
        match action:
            case ToPrinter(data) if inserted is not None:
                inserted.append((len(self.stream), data))
                self.paper += data
            case ToPrinter(data):
                self.stream += data
                self.paper += data
            case ToRegister(data):
                self.to_register += data
            case StoreSale():
                self.sales.append(action)
                self.unanswered.append(action)
            case MarkSale():
                self.marks.append(action)
                return self.blocks if action.outcome == "releasing" else None
            case AnswerPage(why_not):
                self.answers_to_pages.append(action)
                return self.pages if why_not is None else None
            case Report():
                self.reports.append(action)
        return None

    def _answer(self) -> None:
        if self.answers == "at once":
            self.answer_all()
        elif self.answers == "failure":
            for sale in self._take_unanswered():
                self.handle(StoreFailed(sale.ticket, "the disk is full", self.now))

    def _take_unanswered(self) -> list[StoreSale]:
        waiting, self.unanswered = self.unanswered, []
        return waiting


def stored(sale: StoreSale, now: float) -> SaleStored:
    """As a journal answers that has kept nothing before: a reprint is of no sale there."""
    reprint = sale.reading.kind is Kind.DUPLICATE
    why_no_code = sale.why_no_code or ("the sale is not known here" if reprint else None)
    points = sale.points if sale.policy == "print" else None
    code = None if why_no_code else Code(token_for(sale), points, "2026-11-29")
    return SaleStored(sale.ticket, sale.ticket, code, now, why_no_code)


def token_for(sale: StoreSale) -> bytes:
    reading = sale.reading
    assert reading.total is not None
    assert reading.currency is not None
    fields = ClaimFields(
        BOX_ID, sale.ticket, ISSUED_AT, reading.total, currency(reading.currency).numeric, 1, 0
    )
    return encode(fields, KEY.sign)


def cut_up(data: bytes, places: Iterable[int]) -> list[bytes]:
    """The data in pieces, cut at the given places (any numbers: they are taken modulo the length)."""
    at = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in itertools.pairwise(at)]


def with_register(**said: Any) -> LaneRules:
    """A lane whose register's profile says more than the generic one."""
    lane = rules()
    return replace(lane, register=lane.register.but(**said))


def observing(lane_rules: LaneRules) -> LaneRules:
    return replace(lane_rules, mode="observe")
