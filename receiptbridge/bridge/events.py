"""What may happen to a lane (events, past tense) and what its core wants done (actions, imperative).

The shell (`daemon`) turns the world into events, hands each to `Session.handle`, and carries out the
actions in the order in which they are returned. Times are seconds of a monotonic clock, handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from receiptbridge.receipt.model import ReceiptReading

Side = Literal["register", "printer"]
Mode = Literal["print", "observe"]
ReportName = Literal[
    "passthrough_entered",
    "passthrough_left",
    "block_printed",
    "block_not_printed",
    "cut_hold_expired",
    "receipt_read",
    "printer_condition",
    "core_fault",
]


# ---- events: facts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegisterConnected:
    """A register opened a new connection (a line without connections has none of these)."""

    now: float


@dataclass(frozen=True, slots=True)
class PrinterConnected:
    """The printer was reached; what it said before is void."""

    now: float


@dataclass(frozen=True, slots=True)
class FromRegister:
    """`held_back`: the box had stopped reading since the last bytes, so a pause before them means nothing."""

    data: bytes
    now: float
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class FromPrinter:
    data: bytes
    now: float


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing else is to be done: time to read what passed unread (`Session.unread`)."""

    now: float


@dataclass(frozen=True, slots=True)
class Ticked:
    """A time asked for with `WakeAt` has come (or any other moment: ticks may come at will)."""

    now: float


@dataclass(frozen=True, slots=True)
class LinkLost:
    """One side is gone: the register closed its connection, or a device was unplugged."""

    side: Side
    now: float


@dataclass(frozen=True, slots=True)
class SaleStored:
    """The journal committed a receipt. `token` is None where its row stands without a code."""

    ticket: int
    row: int
    token: bytes | None
    valid_until: str | None  # ISO date, None when the clock is not known good
    now: float


@dataclass(frozen=True, slots=True)
class StoreFailed:
    ticket: int
    reason: str
    now: float


@dataclass(frozen=True, slots=True)
class PrinterWritten:
    """All that the lane had queued for the printer has been taken by its link."""

    now: float


@dataclass(frozen=True, slots=True)
class Stopping:
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
    | Stopping
)


# ---- actions: wishes ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToPrinter:
    data: bytes


@dataclass(frozen=True, slots=True)
class ToRegister:
    data: bytes


@dataclass(frozen=True, slots=True)
class StoreSale:
    """Commit this receipt, and answer with `SaleStored` or `StoreFailed` for the same ticket.

    The row's number and its token are made inside the commit.
    """

    ticket: int
    reading: ReceiptReading
    points: int | None
    why_no_code: str | None  # None: a token is wanted
    mode: Mode


@dataclass(frozen=True, slots=True)
class MarkSale:
    """What became of a row's code on paper; need not be on disk before anything else happens."""

    row: int
    outcome: Literal["releasing", "released", "not_printed", "unknown"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WakeAt:
    when: float


@dataclass(frozen=True, slots=True)
class Report:
    """A fact for the log and the counters."""

    name: ReportName
    detail: str = ""


Action = ToPrinter | ToRegister | StoreSale | MarkSale | WakeAt | Report
