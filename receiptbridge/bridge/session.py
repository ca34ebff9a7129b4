"""The core of a lane: what the register and the printer said goes in, what is to be done comes out.

Rules of this room:
- Bytes are released by offset from `Flow`; nothing that is understood of them can alter them.
- Two things only are held: a tail that may still become a cut (`TAIL_HOLD`), and a cut whose sale is being
  committed (`CUT_HOLD`). Both have a deadline that no answer can extend.
- Whatever goes wrong in here, the bytes go on: any exception releases what is held and enters PASSTHROUGH.
"""

from __future__ import annotations

from dataclasses import dataclass

from receiptbridge.bridge.events import (
    Action,
    Event,
    FromPrinter,
    FromRegister,
    LinkLost,
    MarkSale,
    PrinterConnected,
    PrinterWritten,
    RegisterConnected,
    Report,
    ReportName,
    SaleStored,
    Stopping,
    StoreFailed,
    StoreSale,
    Ticked,
    ToPrinter,
    ToRegister,
    WakeAt,
)
from receiptbridge.bridge.flow import Flow
from receiptbridge.bridge.rules import LaneRules, points_or_reason
from receiptbridge.bridge.states import TRANSITIONS, Cause, State
from receiptbridge.bridge.understanding import Understanding
from receiptbridge.claim.block import BlockContent, render_block
from receiptbridge.claim.code import typed_code
from receiptbridge.claim.token import spell
from receiptbridge.escpos.replies import PrinterCondition, ReplyReader
from receiptbridge.escpos.restore import CannotRestore

# A register's write may end in the middle of a cut. The rest follows within a byte time or a network packet:
# 50 ms is far above both and far below what a person at the counter notices.
TAIL_HOLD = 0.050

# Commit, sign and draw take some 10 ms on flash; a quarter of a second is what a cutter itself takes.
CUT_HOLD = 0.250

# What may wait behind a held cut: the shell stops reading then, so this is one read and what preceded it.
HELD_MOST = 16 * 1024

# On a line without connections a job begins with ESC @ after this much silence.
QUIET_BEFORE_JOB = 1.0

ESC_AT = b"\x1b@"

_NOT_READY = frozenset(
    {
        PrinterCondition.PAPER_OUT,
        PrinterCondition.COVER_OPEN,
        PrinterCondition.OFFLINE,
        PrinterCondition.GONE,
    }
)


@dataclass(frozen=True, slots=True)
class HeldCut:
    """The cut that waits for the answer to `sale.ticket`."""

    sale: StoreSale
    feeds: bool  # the cut itself feeds the paper to the cutter
    deadline: float


@dataclass(frozen=True, slots=True)
class HeldTail:
    """The beginning of a command, from stream offset `start`, that may become a cut."""

    start: int
    deadline: float


class Session:
    """One lane's core. `handle` takes an event and returns the actions that it asks for, in order."""

    def __init__(self, rules: LaneRules) -> None:
        self._rules = rules
        self._flow = Flow()
        self._understanding = Understanding(rules, begins_at=0)
        self._replies = ReplyReader()
        self._actions: list[Action] = []
        self._tickets = 0
        self._cut: HeldCut | None = None
        self._tail: HeldTail | None = None
        self._last_register = float("-inf")
        self._releasing: list[int] = []
        self._hung_up = False
        self.opaque = rules.printer.dialect == "opaque"
        self.condition = PrinterCondition.UNKNOWN
        self.state = State.PASSTHROUGH

    @property
    def holding_cut(self) -> bool:
        """Whether register bytes had better wait in the kernel's buffers for now."""
        return self._cut is not None

    @property
    def awaits_written(self) -> bool:
        """Whether a row waits for the word that its block is with the printer (`PrinterWritten`)."""
        return bool(self._releasing)

    @property
    def held(self) -> int:
        """Register bytes inside the core: at most `HELD_MOST` and one read."""
        return self._flow.held

    def handle(self, event: Event) -> list[Action]:
        """Take one fact; returns what is to be done about it. Never raises."""
        self._actions = []
        if isinstance(event, FromRegister):
            self._flow.append(event.data)
        elif isinstance(event, FromPrinter):
            self._actions.append(ToRegister(event.data))
        try:
            self._take(event)
        except Exception as fault:
            # The last line of defence of laws 1 and 4: our mistake must not become the counter's.
            self._report("core_fault", f"{type(fault).__name__}: {fault}")
            self._pass_through("fault in the core")
        return self._actions

    def _take(self, event: Event) -> None:
        match event:
            case FromRegister():
                self._from_register(event)
            case FromPrinter(data, _):
                self._listen_to_printer(data)
            case Ticked(now):
                self._let_go_what_is_due(now)
            case SaleStored():
                self._sale_stored(event)
            case StoreFailed(ticket, reason, now):
                self._store_failed(ticket, reason, now)
            case PrinterWritten():
                self._mark_released()
            case Stopping():
                self._pass_through("the lane stops")
            case RegisterConnected():
                self._register_connected()
            case PrinterConnected():
                self.condition = PrinterCondition.UNKNOWN
                self._replies = ReplyReader()
            case LinkLost("register"):
                self._hung_up = True
                self._register_gone()
            case LinkLost():
                self._printer_gone()

    # ---- register to printer ----

    def _from_register(self, event: FromRegister) -> None:
        quiet = event.now - self._last_register
        self._last_register = event.now
        if self.state is State.PASSTHROUGH:
            if not self._job_begins(event, quiet):
                self._release(self._flow.received)
                return
            self._start_afresh(begins_at=self._flow.passed)
        self._understanding.feed(event.data)
        if self._cut is not None and self._flow.held > HELD_MOST:
            self._let_cut_go("more came behind the cut than may be held", event.now)
        elif self._cut is None:
            self._read_on(event.now)

    def _job_begins(self, event: FromRegister, quiet: float) -> bool:
        """Whether a line without connections is at the beginning of a job, as far as one can tell."""
        silence_was_the_registers = quiet >= QUIET_BEFORE_JOB and not event.held_back
        ready = self.condition not in _NOT_READY
        return silence_was_the_registers and ready and not self.opaque and event.data.startswith(ESC_AT)

    def _read_on(self, now: float) -> None:
        """Read as far as the bytes go, or to a cut that must wait."""
        understanding = self._understanding
        while self._may_read and (batch := understanding.next_batch()) is not None:
            if self.state is State.IDLE and understanding.receipt_has_begun:
                self._go(Cause.PRINTED)
            if batch.mark == "cut" and self.state is State.RECEIPT and understanding.cuts_now:
                self._at_cut(batch.tokens[-1], now)
        if self._cut is None:
            self._pass_what_was_read(now)

    @property
    def _may_read(self) -> bool:
        return self._cut is None and self.state is not State.PASSTHROUGH

    def _pass_what_was_read(self, now: float) -> None:
        """Everything passes but a tail that may still become the cut of this receipt."""
        start = self._understanding.end
        if not self._must_hold_tail(start):
            self._tail = None
            self._release(self._flow.received)
            return
        self._release(start)
        if self._tail is None or self._tail.start != start:
            self._tail = HeldTail(start, now + TAIL_HOLD)
            self._actions.append(WakeAt(self._tail.deadline))

    def _must_hold_tail(self, start: int) -> bool:
        return (
            self.state is State.RECEIPT
            and self._rules.mode == "print"
            and self._understanding.tail_may_cut
            and start >= self._flow.passed  # else its beginning is with the printer already
        )

    # ---- at the cut ----

    def _at_cut(self, command: bytes, now: float) -> None:
        if self._understanding.is_not_escpos:
            self.opaque = True
            self._pass_through("this stream is not ESC/POS")
            return
        began = self._understanding.end - len(command)
        reading = self._understanding.read_receipt()
        points, why_no_code = points_or_reason(reading, self._rules)
        sale = self._store(reading, points, why_no_code or self._why_not_here(began))
        if sale.why_no_code is not None:
            self._go(Cause.CUT_WITHOUT_CODE)
            return
        self._release(began)
        self._tail = None
        self._cut = HeldCut(sale, feeds=self._understanding.cut_feeds(command), deadline=now + CUT_HOLD)
        self._go(Cause.CUT_HELD)
        self._actions.append(WakeAt(self._cut.deadline))

    def _why_not_here(self, cut_began: int) -> str | None:
        if cut_began < self._flow.passed:
            return "the cut came in pieces"
        return self._understanding.why_not_insertable

    def _store(self, reading: ReceiptReading, points: int | None, why_no_code: str | None) -> StoreSale:
        self._tickets += 1
        sale = StoreSale(self._tickets, reading, points, why_no_code, self._rules.mode)
        self._actions.append(sale)
        self._report("receipt_read", f"{reading.kind.value}: {why_no_code or 'a code is due'}")
        return sale

    def _sale_stored(self, stored: SaleStored) -> None:
        cut = self._cut
        if cut is None or cut.sale.ticket != stored.ticket:
            if stored.token is not None:
                self._actions.append(MarkSale(stored.row, "not_printed", "committed too late for the paper"))
            return
        if stored.token is None:
            self._let_cut_go("no token was made", stored.now)
            return
        try:
            block = self._block(cut, stored.token, stored.valid_until)
        except CannotRestore as why:
            self._actions.append(MarkSale(stored.row, "not_printed", str(why)))
            self._let_cut_go(str(why), stored.now)
            return
        self._actions += [MarkSale(stored.row, "releasing"), ToPrinter(block)]
        self._releasing.append(stored.row)
        self._report("block_printed", f"row {stored.row}")
        self._leave_cut(Cause.CODE_PRINTED, stored.now)

    def _block(self, cut: HeldCut, token: bytes, valid_until: str | None) -> bytes:
        reading = cut.sale.reading
        assert reading.total is not None
        assert reading.currency is not None
        content = BlockContent(
            language="zh" if reading.language == "zh" else "en",
            amount=reading.total,
            currency=reading.currency,
            points=cut.sale.points or 0,
            url=self._rules.claim_prefix + spell(token),
            typed_code=typed_code(token),
            valid_until=valid_until,
        )
        return render_block(content, self._rules.printer, self._understanding.state, cut_feeds=cut.feeds)

    def _store_failed(self, ticket: int, reason: str, now: float) -> None:
        if self._cut is not None and self._cut.sale.ticket == ticket:
            self._let_cut_go(reason, now)

    def _let_cut_go(self, why: str, now: float) -> None:
        self._report("block_not_printed", why)
        self._leave_cut(Cause.CUT_LET_GO, now)

    def _leave_cut(self, cause: Cause, now: float) -> None:
        """The cut passes, and so does what waited behind it."""
        self._cut = None
        self._go(cause)
        self._read_on(now)
        if self._hung_up:
            self._register_gone()

    def _mark_released(self) -> None:
        self._actions += [MarkSale(row, "released") for row in self._releasing]
        self._releasing.clear()

    # ---- time ----

    def _let_go_what_is_due(self, now: float) -> None:
        if self._cut is not None and now >= self._cut.deadline:
            self._let_cut_go("the journal took too long", now)
        if self._tail is not None and now >= self._tail.deadline:
            self._tail = None
            self._release(self._flow.received)

    # ---- printer to register ----

    def _listen_to_printer(self, data: bytes) -> None:
        condition = self._replies.feed(data)
        if condition is not self.condition:
            self.condition = condition
            self._report("printer_condition", condition.name)

    # ---- coming and going ----

    def _register_connected(self) -> None:
        self._hung_up = False
        if self.opaque:
            return
        if self.state is State.PASSTHROUGH:
            self._start_afresh(begins_at=self._flow.received)
        elif self._understanding.in_mid_command:
            self._pass_through("the last job ended in the middle of a command")

    def _register_gone(self) -> None:
        """A job's end. What the register left behind passes; a held cut keeps waiting for its answer."""
        if self._cut is not None:
            return
        self._tail = None
        self._release(self._flow.received)
        if self.state is State.RECEIPT:
            self._store_uncut("the register hung up before a cut")
            self._go(Cause.JOB_ENDED)

    def _printer_gone(self) -> None:
        """Nothing more reaches this printer link: what is held is void, as it would be in the cable."""
        self.condition = PrinterCondition.GONE
        self._cut = None
        self._actions += [MarkSale(row, "unknown", "the printer was lost") for row in self._releasing]
        self._releasing.clear()
        if self.state is State.RECEIPT:
            self._store_uncut("the printer was lost")
        self._pass_through("the printer was lost")
        self._actions = [action for action in self._actions if not isinstance(action, ToPrinter)]

    def _store_uncut(self, why: str) -> None:
        reading = self._understanding.read_receipt()
        points, why_no_code = points_or_reason(reading, self._rules)
        self._store(reading, points, why_no_code or why)

    def _start_afresh(self, begins_at: int) -> None:
        self._understanding = Understanding(self._rules, begins_at)
        self._go(Cause.FRESH_START)
        self._report("passthrough_left")

    def _pass_through(self, why: str) -> None:
        self._cut = self._tail = None
        self._release(self._flow.received)
        if self.state is not State.PASSTHROUGH:
            self._report("passthrough_entered", why)
        self._go(Cause.LOST_TRACK)

    # ---- small parts ----

    def _go(self, cause: Cause) -> None:
        self.state = TRANSITIONS[self.state, cause]

    def _release(self, upto: int) -> None:
        if going := self._flow.release(upto):
            self._actions.append(ToPrinter(going))

    def _report(self, name: ReportName, detail: str = "") -> None:
        self._actions.append(Report(name, detail))
