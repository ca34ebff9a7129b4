"""What may happen to a lane (events, past tense) and what its core wants done (actions, imperative).

The shell (`daemon`) turns the world into events, hands each to `Session.handle`, and carries out the
actions in the order in which they are returned. Times are seconds of a monotonic clock, handed in.

What is made for every read is a `Struct`: four times as quick to make as a tuple with names.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from receiptbridge.bridge.policy import Policy
from receiptbridge.bridge.rules import LaneRules, Mode
from receiptbridge.receipt.model import ReceiptReading

Side = Literal["register", "printer"]
ReportName = Literal[
    "passthrough_entered",
    "passthrough_left",
    "block_printed",
    "block_not_printed",
    "cut_hold_expired",
    "receipt_read",
    "printer_condition",
    "core_fault",
    "page_printed",
    "page_refused",
]


# ---- events: facts ------------------------------------------------------------------------------------


class RegisterConnected(NamedTuple):
    """A register opened a new connection, or the line to it is back (`in_mid_stream`: nobody knows where)."""

    now: float
    in_mid_stream: bool = False


class PrinterConnected(NamedTuple):
    """The printer was reached; what it said before is void."""

    now: float


class FromRegister(Struct, frozen=True):
    """`held_back`: the box had stopped reading since the last bytes, so a pause before them means nothing."""

    data: bytes
    now: float
    held_back: bool = False


class FromPrinter(Struct, frozen=True):
    data: bytes
    now: float


class Quiet(NamedTuple):
    """Nothing else is to be done: time to understand what passed (`Session.behind`)."""

    now: float


class Ticked(NamedTuple):
    """A time asked for with `WakeAt` has come (or any other moment: ticks may come at will)."""

    now: float


class LinkLost(NamedTuple):
    """One side is gone: the register closed its connection, or a device was unplugged.

    `whereabouts`: how far the bytes to it had come, in words.
    """

    side: Side
    now: float
    whereabouts: str = ""

    @property
    def why(self) -> str:
        """The loss in words, for the row of a receipt that it broke off."""
        return f"the {self.side} was lost" + (f" ({self.whereabouts})" if self.whereabouts else "")


class Code(NamedTuple):
    """What the block says of a sale; the block of a reprint says it again."""

    token: bytes
    points: int | None  # None: the code only invites to join
    valid_until: str | None  # ISO date, None when the clock is not known good


class SaleStored(NamedTuple):
    """The journal committed a receipt. Where its row stands without a code, `why_no_code` says why."""

    ticket: int
    row: int
    code: Code | None
    now: float
    why_no_code: str | None = None


class StoreFailed(NamedTuple):
    ticket: int
    reason: str
    now: float


class PrinterWritten(NamedTuple):
    """All that the lane had queued for the printer has been taken by its link."""

    now: float


class RulesChanged(NamedTuple):
    """The lane's rules are others from now on: same printer, register and grammar, other terms."""

    rules: LaneRules


class BypassSwitched(NamedTuple):
    """A person wants the lane to do nothing but forward, or no longer."""

    on: bool
    now: float


class PageAsked(NamedTuple):
    """A page of the box's own is to be printed between the register's receipts: a test, a slip.

    `alone`: no register is connected. `anyway`: also where what state the printer is in is not known.
    """

    data: bytes
    now: float
    alone: bool = False
    anyway: bool = False


class Stopping(NamedTuple):
    """The lane is being stopped: what is held must go now."""

    now: float


Event = (
    RegisterConnected
    | PrinterConnected
    | FromRegister
    | FromPrinter
    | Quiet
    | Ticked
    | LinkLost
    | SaleStored
    | StoreFailed
    | PrinterWritten
    | RulesChanged
    | BypassSwitched
    | PageAsked
    | Stopping
)


# ---- actions: wishes ----------------------------------------------------------------------------------


class ToPrinter(Struct, frozen=True):
    data: bytes


class ToRegister(Struct, frozen=True):
    data: bytes


class StoreSale(NamedTuple):
    """Commit this receipt, and answer with `SaleStored` or `StoreFailed` for the same ticket.

    The row's number and its token are made inside the commit; a reprint's token is looked up there.
    """

    ticket: int
    reading: ReceiptReading
    points: int | None
    why_no_code: str | None  # None: a token is wanted
    mode: Mode
    rule: int = 1  # the earn rule that gave the points
    policy: Policy = "print"


class MarkSale(NamedTuple):
    """What became of a row's code on paper; need not be on disk before anything else happens."""

    row: int
    outcome: Literal["releasing", "released", "not_printed", "unknown"]
    reason: str | None = None


class AnswerPage(NamedTuple):
    """Tell who asked for a page: it is what goes to the printer next (None), or why it was not printed.

    `for_now`: it may well be in a while.
    """

    why_not: str | None
    for_now: bool = False


class WakeAt(NamedTuple):
    when: float


class Report(NamedTuple):
    """A fact for the log and the counters."""

    name: ReportName
    detail: str = ""


Action = ToPrinter | ToRegister | StoreSale | MarkSale | AnswerPage | WakeAt | Report
