"""What may happen to a lane (events, past tense) and what its core wants done (actions, imperative).

The shell (`daemon`) turns the world into events, hands each to `Session.handle`, and carries out the
actions in the order in which they are returned. Times are seconds of a monotonic clock, handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from receiptbridge.receipt.model import ReceiptReading

Side = Literal["register", "printer"]


# ---- events: facts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegisterConnected:
    """A register opened a new connection (a line without connections has none of these)."""

    now: float


@dataclass(frozen=True, slots=True)
class FromRegister:
    data: bytes
    now: float


@dataclass(frozen=True, slots=True)
class FromPrinter:
    data: bytes
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
    """The journal committed a sale. `token` is None where the row stands without a code."""

    ticket: int
    row: int
    number: int
    token: bytes | None
    issued_at: int  # Unix seconds that the token carries
    clock_good: bool
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


Event = (
    RegisterConnected
    | FromRegister
    | FromPrinter
    | Ticked
    | LinkLost
    | SaleStored
    | StoreFailed
    | PrinterWritten
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

    `code` says whether a token is wanted: the row's number and its token are made inside the commit.
    """

    ticket: int
    reading: ReceiptReading
    code: bool
    why_no_code: str | None  # set when code is False
    mode: Literal["print", "observe"]
    points: int | None


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
    """A fact for log, counters and `status`: a name from `bridge.reports` and what goes with it."""

    name: str
    detail: str = ""


Action = ToPrinter | ToRegister | StoreSale | MarkSale | WakeAt | Report
