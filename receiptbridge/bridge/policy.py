"""What a means of payment means for the code: printed, printed to join only, or not printed.

A payment platform may award points for what is paid through it; the merchant then says so by method, and the
paper does not promise them a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from receiptbridge.receipt.model import Method, Payment

Policy = Literal["print", "join", "none"]
"""A code with points; a code that only invites to join; no code. The strictest is the last."""

STRICTNESS: Final[tuple[Policy, ...]] = get_args(Policy)


def policy_of(payments: tuple[Payment, ...], policies: Mapping[Method, Policy]) -> Policy:
    """The policy of a sale. Of several means of payment the strictest holds; one that was not read is `other`."""
    methods = [payment.method for payment in payments] or [Method.OTHER]
    return max((policies.get(method, "print") for method in methods), key=STRICTNESS.index)
