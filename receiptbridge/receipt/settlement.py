"""What the payments on a receipt settled."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.statements import METHODS, Statement
from receiptbridge.receipt.sums import NOTHING

SETTLED: Final = 0.9
SETTLED_IN_PARTS: Final = 0.95
"""Several payments, or one and its change: a sum that no repeated amount makes by chance."""


def positive_payments(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, payments that are printed as taken off the total ("VISA -322.56") without their minus.

    Only where they come to a total above them; other payments with a minus are discounts.
    """
    taken = [s for s in statements if s.meaning in METHODS and s.amount < NOTHING and s.meaning != "voucher"]
    paid = -sum((s.amount for s in taken), NOTHING)
    if not paid or not any(
        s.meaning == "total" and s.amount == paid and s.row < taken[0].row for s in statements
    ):
        return statements
    return [s._replace(amount=-s.amount) if s in taken else s for s in statements]


def named_payments(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, one right above the change for what was given, where less the change it is a total above."""
    totals = {s.amount for s in statements if s.meaning in ("total", "total_weak")}
    for at, (given, change) in enumerate(itertools.pairwise(statements)):
        if change.meaning == "change" and given.meaning is None and given.amount - change.amount in totals:
            return [*statements[:at], given._replace(meaning="received"), *statements[at + 1 :]]
    return statements


def drawn(evidence: Evidence) -> set[Decimal]:
    """What balances before and after say was drawn from a card."""
    balances = [s.amount for s in evidence.of("balance")]
    return {abs(before - after) for before, after in itertools.pairwise(balances)}


def settled_weight(amount: Decimal, evidence: Evidence) -> float:
    given = {s.amount for s in evidence.tenders() if s.amount}
    return SETTLED if amount in given else SETTLED_IN_PARTS


def settlements(evidence: Evidence) -> Iterator[Decimal]:
    """What the payments may have settled: all of them, each way of not counting one twice, less the change."""
    tenders, change = evidence.tenders(), evidence.change()
    if tenders and not any(s.amount for s in tenders):
        yield NOTHING
    by_method = {(s.methods, s.amount): s.amount for s in tenders if s.methods}
    received = [s.amount for s in tenders if not s.methods]
    sums = [sum((s.amount for s in tenders if s.methods), NOTHING), sum(by_method.values(), NOTHING)]
    sums += [
        *received,
        sum(received, NOTHING),
        sum((s.amount for s in tenders if s.methods and s.sure), NOTHING),
    ]
    if len(tenders) == 1 and not change:
        yield from _less_a_balance(tenders[0], evidence)
    if not tenders:
        yield from drawn(evidence) - {NOTHING}
    for given in sums:
        if given:
            yield given - change
            if change and _is_net(given, tenders, change):
                yield given


def _less_a_balance(given: Statement, evidence: Evidence) -> Iterator[Decimal]:
    """What cash paid where the change is called a balance."""
    if given.methods == ("cash",):
        below = (s for s in evidence.of("total_weak", "balance") if s.row > given.row)
        yield from (given.amount - s.amount for s in below if NOTHING < s.amount < given.amount)


def _is_net(given: Decimal, tenders: Sequence[Statement], change: Decimal) -> bool:
    """Whether a sum is what pays the bill already: something else on the paper is more by the change."""
    return any(s.amount - change == given for s in tenders)
