"""Where a lane's two wires meet: what arrives becomes an event, `Session.handle` says what to do, one `match` does it.

Nothing here understands a byte, and nothing here knows how a link is come by: that is `daemon`'s. Sales are committed
in a thread, so that the printer's replies keep flowing while the disk works.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from receiptbridge.bridge.events import (
    Action,
    AnswerPage,
    Event,
    FromPrinter,
    FromRegister,
    LinkLost,
    MarkSale,
    PrinterConnected,
    PrinterWritten,
    Quiet,
    Report,
    RulesChanged,
    StoreSale,
    Ticked,
    ToPrinter,
    ToRegister,
    WakeAt,
)
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.bridge.store import SaleStore
from receiptbridge.disk import Disk
from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link
from receiptbridge.links.wire import Wire

log = logging.getLogger("receiptbridge.lane")

# What passed unread is read after this long, when whoever it was for has had time to answer.
QUIET_AFTER = 0.002

Observer = Callable[[Event, Sequence[Action]], None]
"""Told of every event and what was done about it, after it was done. Must be quick, and may not raise."""


class Junction:
    """Two wires and the core between them. `has_connections`: a register opens one for every job."""

    def __init__(self, name: str, session: Session, store: SaleStore, *, has_connections: bool) -> None:
        self.name = name
        self.session = session
        self.counters: Counter[str] = Counter()
        self.observers: list[Observer] = []
        self.rules = session.rules
        self._watchers = 0
        self._has_connections = has_connections
        self._register: Wire | None = None
        self._printer: Wire | None = None
        self._held_back = False
        self._page_answer: AnswerPage | None = None
        self._to_read = False
        self._hung_up = False
        self._printer_told = False
        self._loop = asyncio.get_running_loop()
        self._now = self._loop.time
        self.disk = Disk(name, store, self._loop)
        self._over = asyncio.Event()
        self._drained = asyncio.Event()
        self._register_lost = asyncio.Event()

    # ---- wires ----

    def _wire_register(self, link: Link) -> None:
        self._register = Wire(
            link,
            on_data=self._from_register,
            on_end=self._register_ended,
            on_room=self._balance,
            on_drained=self._balance,
        )
        self._balance()

    def _wire_printer(self, link: Link) -> None:
        self._printer = Wire(
            link,
            on_data=self._from_printer,
            on_end=self._printer_ended,
            on_room=self._balance,
            on_drained=self._printer_drained,
        )
        self.handle(PrinterConnected(self._now()))
        self._printer.read_on(True)

    def _from_register(self, data: bytes) -> None:
        held_back, self._held_back = self._held_back, False
        self.handle(FromRegister(data, self._now(), held_back))

    def _from_printer(self, data: bytes) -> None:
        self.handle(FromPrinter(data, self._now()))

    def _printer_drained(self) -> None:
        self.handle(PrinterWritten(self._now()))
        self._drained.set()

    def _register_ended(self, fault: LinkError | None) -> None:
        """The register finished sending (or broke off: what it sent is printed all the same)."""
        if fault is not None:
            log.info("%s: %s", self.name, fault)
        self._hung_up = self._has_connections
        self.handle(LinkLost("register", self._now()))
        self._register_lost.set()

    def _printer_ended(self, fault: LinkError | None) -> None:
        """The printer closed at the job's end, or was lost: then a register in mid-job must learn of it."""
        if fault is not None or not self._printer_told:
            whereabouts = self._printer.whereabouts() if self._printer is not None else ""
            why = fault or "it closed the connection"
            log.warning("%s: the printer was lost: %s (%s)", self.name, why, whereabouts)
            self.handle(LinkLost("printer", self._now(), whereabouts))
            if self._has_connections and self._register is not None:
                self._register.close(reset=True)
                self._register = None
        self._over.set()
        self._drained.set()

    def _close_wires(self) -> None:
        for wire in (self._register, self._printer):
            if wire is not None:
                wire.close()
        self._register = self._printer = None

    @property
    def connected(self) -> tuple[bool, bool]:
        """Whether there is a register, and a printer."""
        return self._register is not None, self._printer is not None

    def line_errors(self) -> dict[str, dict[str, int]]:
        """What each serial line got wrong since it was opened; empty where nothing counts."""
        wires = {"register": self._register, "printer": self._printer}
        return {side: dict(wire.line_errors()) for side, wire in wires.items() if wire is not None}

    # ---- events in, actions out ----

    def handle(self, event: Event) -> None:
        """Have an event understood and carry out what is to be done about it. In the lane's loop only."""
        actions = self.session.handle(event)
        for action in actions:
            self._do(action)
        for observer in self.observers:
            observer(event, actions)
        if not self._to_read and self.session.behind:
            self._to_read = True
            self._loop.call_later(QUIET_AFTER, self._read_in_quiet)
        if len(actions) > 1:  # a block never goes alone
            self._tell_if_written()
        self._balance()
        if self._hung_up:
            self._finish_job()

    def _tell_if_written(self) -> None:
        """Of a block that the printer's link has taken at once; of others `_printer_drained` tells."""
        if self.session.awaits_written and self._printer is not None and not self._printer.waiting:
            self.handle(PrinterWritten(self._now()))

    def go_by(self, rules: LaneRules) -> None:
        """Other rules from now on. While somebody watches, readings bring their evidence along."""
        self.rules = rules
        self.handle(RulesChanged(replace(rules, explained=rules.explained or self._watchers > 0)))

    def watched(self, by_one: Literal[1, -1]) -> None:
        """One more watches, or one less."""
        self._watchers += by_one
        self.go_by(self.rules)

    def _do(self, action: Action) -> None:
        match action:
            case ToPrinter():
                if self._printer is not None:
                    self._printer.send(action.data)
            case ToRegister():
                if self._register is not None:
                    self._register.send(action.data)
            case StoreSale():
                self.disk.commit(action, self.handle)
            case MarkSale():
                self.disk.mark(action)
            case AnswerPage():
                self._page_answer = action
            case WakeAt():
                self._loop.call_at(action.when, self._tick)
            case Report():
                self.counters[action.name] += 1
                log.info("%s: %s %s", self.name, action.name, action.detail)
                if self._register is not None and action.name == "printer_condition":
                    self._register.show(self.session.printer.condition)

    def _balance(self) -> None:
        """Read from whoever is to be heard: nobody whose other side is full, no register behind a held cut."""
        register, printer = self._register, self._printer
        if register is not None:
            may_read = printer is not None and not printer.full and self.session.cut is None
            if register.reading is not may_read:
                self._held_back = self._held_back or not may_read
                register.read_on(may_read)
        if printer is not None:
            may_read = register is None or not register.full
            if printer.reading is not may_read:
                printer.read_on(may_read)

    def _finish_job(self) -> None:
        """Once a register has hung up and all it sent is with the printer, the printer is told so."""
        printer = self._printer
        if self._printer_told or printer is None:
            return
        if printer.waiting or self.session.holding_cut:
            return
        self._printer_told = True
        printer.finish_writing()
        self._loop.call_later(printer.answer_most, self._give_up_on, printer)

    def _give_up_on(self, printer: Wire) -> None:
        if self._printer is printer:
            self._over.set()

    def _tick(self) -> None:
        self.handle(Ticked(self._now()))

    def _read_in_quiet(self) -> None:
        """Piece by piece: between two of them whatever has arrived passes."""
        self.handle(Quiet(self._now()))
        self._to_read = self.session.behind
        if self._to_read:
            self._loop.call_soon(self._read_in_quiet)
