"""The core of a lane: what the register and the printer said goes in, what is to be done comes out.

Rules of this room:
- Bytes are released by offset from `Flow`; nothing that is understood of them can alter them.
- What cannot hold a cut passes before it is understood; that follows in a quiet moment (`Quiet`).
- Two things only are held: a tail that may still become a cut (`TAIL_HOLD`), and a cut whose sale is being
  committed (`CUT_HOLD`). Both have a deadline that no answer can extend.
- Whatever goes wrong in here, the bytes go on: any exception releases what is held and enters PASSTHROUGH.
"""

from __future__ import annotations

from receiptbridge.bridge import events as ev
from receiptbridge.bridge.endings import WITHOUT_COMMAND, Ending, ends_at_hang_up, quiet_that_ends
from receiptbridge.bridge.events import Action, Event, MarkSale, StoreSale, ToPrinter
from receiptbridge.bridge.forwarding import Forwarding
from receiptbridge.bridge.holding import CUT_HOLD, HELD_MOST, HeldCut, Tail, block_for
from receiptbridge.bridge.jobs import job_begins
from receiptbridge.bridge.own_page import Moment, answer_page
from receiptbridge.bridge.printer_side import PrinterSide
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.sales import Sales
from receiptbridge.bridge.states import PASSTHROUGH, Cause, State
from receiptbridge.bridge.understanding import QUIET_PIECE, UNREAD_MOST, Step, Understanding
from receiptbridge.escpos.restore import CannotRestore
from receiptbridge.receipt.model import ReceiptReading


class Session(Forwarding):
    """One lane's core. `handle` takes an event and returns the actions that it asks for, in order."""

    def __init__(self, rules: LaneRules) -> None:
        super().__init__()
        self._understanding = Understanding(rules, begins_at=0)
        self.cut: HeldCut | None = None
        self._tail = Tail()
        self._quiet_since, self._quiet_ends = 0.0, quiet_that_ends(rules)
        self._sales = Sales()
        self._hung_up = self.bypassed = False
        self.rules, self.opaque = rules, rules.opaque
        self.printer = PrinterSide(rules.printer, rules.grammar.dialect)

    @property
    def holding_cut(self) -> bool:
        """Whether register bytes had better wait in the kernel's buffers for now."""
        return self.cut is not None

    @property
    def behind(self) -> bool:
        """Whether something passed that is still to be understood, in a quiet moment."""
        return bool(self._understanding.unread) or self.printer.unheard

    @property
    def awaits_written(self) -> bool:
        """Whether a row waits for the word that its block is with the printer."""
        return bool(self._sales.being_written)

    def handle(self, event: Event) -> list[Action]:
        """Take one fact; returns what is to be done about it. Never raises."""
        self._actions = []
        if isinstance(event, ev.FromRegister):
            self._flow.append(event.data)
        elif isinstance(event, ev.FromPrinter):
            if for_register := self.printer.said(event.data, event.now):
                self._actions.append(ev.ToRegister(for_register))
            if not self.printer.crowded:
                return self._actions
        try:
            if isinstance(event, ev.FromRegister):
                self._from_register(event)
            else:
                self._take(event)
        except Exception as fault:
            # The last line of defence: our mistake must not become the counter's.
            self._report("core_fault", f"{type(fault).__name__}: {fault}")
            self._pass_through("fault in the core")
        return self._actions

    def _take(self, event: Event) -> None:
        self._catch_up(QUIET_PIECE if isinstance(event, ev.Quiet) else UNREAD_MOST)
        match event:
            case ev.Ticked(now):
                self._let_go_what_is_due(now)
            case ev.SaleStored(ticket, code=None, now=now, why_no_code=why):
                self._store_failed(ticket, why or "no token was made", now)
            case ev.SaleStored(code=ev.Code() as code):
                self._sale_stored(event, code)
            case ev.StoreFailed(ticket, reason, now):
                self._store_failed(ticket, reason, now)
            case ev.PrinterWritten():
                self._actions += self._sales.released()
            case ev.RulesChanged():
                self._go_by(event.rules)
            case ev.BypassSwitched(on):
                self.bypassed = on
                if on:
                    self._pass_through("the bypass is on")
            case ev.PageAsked():
                self._actions += answer_page(event, self.rules, self._moment(event.now))
            case ev.Stopping():
                self._pass_through("the lane stops")
            case ev.RegisterConnected(_, in_mid_stream):
                self._register_connected(in_mid_stream)
            case ev.PrinterConnected(now):
                self.printer.reached()
                self._actions += self.printer.look(now)
                self._quiet_since = now
            case ev.LinkLost("register", now):
                self._hung_up = True
                self._register_gone(now)
            case ev.LinkLost():
                self._printer_gone(event.why)

    def _from_register(self, event: ev.FromRegister) -> None:
        quiet, self._quiet_since = event.now - self._quiet_since, event.now
        if self._quiet_ends:
            self._actions.append(ev.WakeAt(event.now + self._quiet_ends))
        if self.state is PASSTHROUGH:
            self._catch_up()
            if self.opaque or self.bypassed or not job_begins(event, quiet, self.printer.condition):
                self._release_all()
                return
            self._start_afresh(begins_at=self._flow.passed)
        if self.cut is None and self._understanding.may_pass_unread(event.data):
            self._release_all()
            return
        self._catch_up()
        self._understanding.feed(event.data)
        if self.cut is not None and self._flow.held > HELD_MOST:
            self._let_cut_go("more came behind the cut than may be held", event.now)
        elif self.cut is None:
            self._read_on(event.now)

    def _catch_up(self, most: int = UNREAD_MOST) -> None:
        """Understand so much of what passed already: register bytes without a cut, then the answers to them."""
        if self._understanding.unread:
            self._understanding.feed_what_passed(most)
            while (step := self._understanding.next_step()) is not None:
                self._follow(step)
        if self.printer.unheard and not self._understanding.unread:
            if self.printer.listen():
                self._report("printer_condition", self.printer.condition.name)
            if self.printer.switched_on:
                self._pass_through("the printer was switched off and on")

    def _follow(self, step: Step) -> None:
        self.printer.asked(step.tokens)
        if self.state is State.IDLE and self._understanding.receipt_has_begun:
            self._go(Cause.PRINTED)

    def _read_on(self, now: float) -> None:
        """Read as far as the bytes go, or to an end of a receipt that must wait."""
        while self.cut is None and (step := self._understanding.next_step()) is not None:
            self._follow(step)
            if step.ending is not None and self.state is State.RECEIPT:
                self._end_receipt(step.ending, now)
        if self.cut is None:
            self._pass_what_was_read(now)

    def _pass_what_was_read(self, now: float) -> None:
        """Everything passes but a tail that may still become the cut of this receipt."""
        start, in_print = self._understanding.end, self.rules.mode == "print"
        may_cut = self.state is State.RECEIPT and in_print and self._understanding.tail_may_cut
        if may_cut and start >= self._flow.passed:  # nothing of it is with the printer already
            self._release(start)
            self._actions += self._tail.hold(start, now)
        else:
            self._tail.let_go()
            self._release_all()

    def _end_receipt(self, ending: Ending, now: float) -> None:
        """Have the receipt stored; where a code is due, hold what ended it until the journal has answered."""
        if self._understanding.is_not_escpos:
            self.opaque = True
            self._pass_through("this stream is not ESC/POS")
            return
        began = self._understanding.end - ending.held
        in_pieces = "the cut came in pieces" if began < self._flow.passed else None
        reading = self._understanding.read_receipt()
        sale = self._store(reading, in_pieces or self._understanding.why_not_insertable)
        if sale.why_no_code is not None:
            self._go(Cause.CUT_WITHOUT_CODE)
            return
        self._release(began)
        self._tail.let_go()
        self.cut = HeldCut(sale, ending.feeds, now + CUT_HOLD, self.rules)
        self._go(Cause.CUT_HELD)
        self._actions.append(ev.WakeAt(self.cut.deadline))

    def _store(self, reading: ReceiptReading, why_not_here: str | None) -> StoreSale:
        sale = self._sales.store(reading, self.rules, why_not_here)
        self._actions.append(sale)
        self._report("receipt_read", f"{reading.kind.value}: {sale.why_no_code or 'a code is due'}")
        return sale

    def _sale_stored(self, stored: ev.SaleStored, code: ev.Code) -> None:
        cut = self.cut
        if cut is None or cut.sale.ticket != stored.ticket:
            self._actions.append(MarkSale(stored.row, "not_printed", "committed too late for the paper"))
            return
        try:
            block = block_for(cut, code, self._understanding.state)
        except CannotRestore as why:
            self._actions.append(MarkSale(stored.row, "not_printed", str(why)))
            self._let_cut_go(str(why), stored.now)
            return
        self._actions += [self._sales.releasing(stored.row), ToPrinter(block)]
        self._report("block_printed", f"row {stored.row}")
        self._leave_cut(Cause.CODE_PRINTED, stored.now)

    def _store_failed(self, ticket: int, reason: str, now: float) -> None:
        if self.cut is not None and self.cut.sale.ticket == ticket:
            self._let_cut_go(reason, now)

    def _let_cut_go(self, why: str, now: float) -> None:
        self._report("block_not_printed", why)
        self._leave_cut(Cause.CUT_LET_GO, now)

    def _leave_cut(self, cause: Cause, now: float) -> None:
        """The cut passes, and so does what waited behind it."""
        self.cut = None
        self._go(cause)
        self._read_on(now)
        if self._hung_up:
            self._register_gone(now)

    @property
    def _between_commands(self) -> bool:
        """Whether a receipt could end here without a command that ends it."""
        return self.state is State.RECEIPT and not self._understanding.in_mid_command

    def _let_go_what_is_due(self, now: float) -> None:
        if self.cut is not None and now >= self.cut.deadline:
            self._let_cut_go("the journal took too long", now)
        if self._tail.lapsed(now):
            self._release_all()
        if self._quiet_ends and now - self._quiet_since >= self._quiet_ends and self._between_commands:
            self._end_receipt(WITHOUT_COMMAND, now)
        self._actions += self.printer.look(now)
        idle = self.state is State.IDLE and not self._hung_up and not self._understanding.in_mid_command
        if idle and (question := self.printer.question(now - self._quiet_since, now)):
            self._actions.append(ToPrinter(question))

    def _go_by(self, rules: LaneRules) -> None:
        """Go by other rules. With another profile of the printer its stream is read anew, from the next job on."""
        before, self.rules = self.rules, rules
        self._quiet_ends = quiet_that_ends(rules)
        self._understanding.go_by(rules)
        self.opaque = rules.opaque or (self.opaque and rules.profiles == before.profiles)
        if (rules.printer, rules.grammar) != (before.printer, before.grammar) or self.opaque:
            self.printer.go_by(rules.printer)
            self._pass_through("the lane's profiles are others")

    def _moment(self, now: float) -> Moment:
        never = "the bypass is on" if self.bypassed else "this stream is not ESC/POS" if self.opaque else None
        return Moment(self.state, self._understanding, self.printer.condition, now - self._quiet_since, never)

    def _register_connected(self, in_mid_stream: bool) -> None:
        self._hung_up = False
        if self.state is not State.PASSTHROUGH:
            if in_mid_stream or self._understanding.in_mid_command:
                self._pass_through("the last job ended in the middle of a command")
        elif not (in_mid_stream or self.opaque or self.bypassed):
            self._start_afresh(begins_at=self._flow.received)

    def _register_gone(self, now: float) -> None:
        """A job's end. What the register left behind passes; a held cut keeps waiting for its answer."""
        if self.cut is not None:
            return
        self._tail.let_go()
        self._release_all()
        if self._between_commands and ends_at_hang_up(self.rules):
            self._end_receipt(WITHOUT_COMMAND, now)
        elif self.state is State.RECEIPT:
            self._store(self._understanding.read_receipt(), "the register hung up before a cut")
            self._go(Cause.JOB_ENDED)

    def _printer_gone(self, why: str) -> None:
        """Nothing more reaches this printer link: what is held is void, as it would be in the cable."""
        self.printer.lost()
        self.cut = None
        self._actions += self._sales.lost()
        if self.state is State.RECEIPT:
            self._store(self._understanding.read_receipt(), why)
        self._pass_through("the printer was lost")
        self._actions = [action for action in self._actions if not isinstance(action, ToPrinter)]

    def _start_afresh(self, begins_at: int) -> None:
        self._understanding = Understanding(self.rules, begins_at)
        self._go(Cause.FRESH_START)
        self._report("passthrough_left")

    def _pass_through(self, why: str) -> None:
        self.cut = None
        self._tail.let_go()
        self._understanding.forget_unread()
        self._release_all()
        if self.state is not State.PASSTHROUGH:
            self._report("passthrough_entered", why)
        self._go(Cause.LOST_TRACK)
