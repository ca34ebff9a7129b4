"""What a lane's core is told once, and what follows from it for one receipt: points, or why there is no code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from receiptbridge.claim.block import BlockStyle
from receiptbridge.claim.earn import EarnRule
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.model import Kind, ReceiptReading

Mode = Literal["print", "observe"]


@dataclass(frozen=True, slots=True)
class LaneRules:
    """`currency` and `earn` are the earn rule; `enrolled` says whether the box has a key."""

    grammar: Grammar
    printer: PrinterProfile
    register: RegisterProfile
    mode: Mode
    currency: str
    earn: EarnRule
    claim_prefix: str
    enrolled: bool
    style: BlockStyle = field(default_factory=BlockStyle)
    rule: int = 1  # the earn rule's id, which a token carries
    block_bytes: int | None = None  # what the line to the printer carries in a block's time; None: any


def points_or_reason(reading: ReceiptReading, rules: LaneRules) -> tuple[int | None, str | None]:
    """The points that a receipt earns and None, or what is known of them and the reason for no code."""
    if reading.kind is not Kind.SALE:
        return None, f"not a sale but {reading.kind.value}"
    if reading.total is None:
        return None, reading.reason or "no total was read"
    if reading.currency != rules.currency:
        return None, f"the sale is in {reading.currency}, the earn rule in {rules.currency}"
    earned = rules.earn.points(reading.total)
    if earned == 0:
        return 0, "the sale earns no points"
    if not rules.enrolled:
        return earned, "the box is not enrolled"
    if rules.mode == "observe":
        return earned, "the lane only observes"
    return earned, None
