"""What a lane's core is told once, and what follows from it for one receipt: points, or why there is no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from receiptbridge.bridge.policy import Policy, policy_of
from receiptbridge.claim.block import BlockStyle
from receiptbridge.claim.earn import EarnRule
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.model import Kind, Method, ReceiptReading

Mode = Literal["print", "observe"]

NOT_ENROLLED: Final = "the box is not enrolled"
ONLY_OBSERVES: Final = "the lane only observes"
"""Why there is no code though the receipt itself would get one."""


@dataclass(frozen=True, slots=True)
class LaneRules:
    """`currency` and `earn` are the earn rule; `policies` what a means of payment changes; `enrolled` says
    whether the box has a key; `explained` whether readings bring their evidence along."""

    grammar: Grammar
    printer: PrinterProfile
    register: RegisterProfile
    mode: Mode
    currency: str
    earn: EarnRule
    claim_prefix: str
    enrolled: bool
    policies: Mapping[Method, Policy] = field(default_factory=dict)
    style: BlockStyle = field(default_factory=BlockStyle)
    rule: int = 1  # the earn rule's id, which a token carries
    explained: bool = False
    block_bytes: int | None = None  # what the line to the printer carries in a block's time; None: any

    @property
    def profiles(self) -> tuple[PrinterProfile, RegisterProfile, Grammar]:
        """What the stream is read by."""
        return self.printer, self.register, self.grammar

    @property
    def opaque(self) -> bool:
        """Whether the stream is none that can be read, so that it only passes."""
        return "opaque" in (self.printer.dialect, self.register.dialect)


class Due(NamedTuple):
    """What a receipt is to get: points as far as known, and without a code the reason."""

    points: int | None
    why_no_code: str | None
    policy: Policy = "print"


def due(reading: ReceiptReading, rules: LaneRules) -> Due:
    """What follows from a reading. A reprint gets what its sale got, which the journal knows."""
    if reading.kind not in (Kind.SALE, Kind.DUPLICATE):
        return Due(None, f"not a sale but {reading.kind.value}")
    if reading.total is None:
        return Due(None, reading.reason or "no total was read")
    if reading.kind is Kind.DUPLICATE:
        unnumbered = "a reprint without a receipt number" if reading.receipt_no is None else None
        return Due(None, unnumbered or _why_not_here(rules))
    if reading.currency != rules.currency:
        return Due(None, f"the sale is in {reading.currency}, the earn rule in {rules.currency}")
    policy = policy_of(reading.payments, rules.policies)
    earned = rules.earn.points(reading.total) if policy == "print" else 0
    return Due(earned, _why_not(policy, earned) or _why_not_here(rules), policy)


def _why_not(policy: Policy, earned: int) -> str | None:
    if policy == "none":
        return "no code for how it was paid"
    return "the sale earns no points" if policy == "print" and earned == 0 else None


def _why_not_here(rules: LaneRules) -> str | None:
    if not rules.enrolled:
        return NOT_ENROLLED
    return ONLY_OBSERVES if rules.mode == "observe" else None
