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


def met_rows(statements: Sequence[Statement]) -> frozenset[int]:
    """Rows that name what was still to be paid, where payments below come to it, or where nothing was left."""
    evidence = Evidence(statements)
    tenders = [s for s in evidence.tenders() if s.amount]
    if not tenders:
        return frozenset()
    settled, last = set(settlements(evidence)), tenders[-1].row
    left = {s.row for s in statements if s.amount and not (s.amount in settled and s.row < last)}
    return frozenset(s.row for s in statements) - left


def drawn(evidence: Evidence) -> set[Decimal]:
    """What balances before and after say was drawn from a card."""
    balances = [s.amount for s in evidence.of("balance")]
    return {abs(before - after) for before, after in itertools.pairwise(balances)}


def settled_weight(amount: Decimal, evidence: Evidence) -> float:
    given = {s.amount for s in evidence.tenders() if s.amount}
    return SETTLED if amount in given else SETTLED_IN_PARTS


def is_rest(amount: Decimal, row: int, evidence: Evidence) -> bool:
    """Whether an amount is only what was left to pay: a payment above it belongs to a greater total."""
    above = [
        s.amount
        for s in evidence.of("received", *METHODS)
        if s.sure and s.amount > NOTHING and s.row < row and s.meaning != "other"  # insurers are others, too
    ]
    return bool(above) and amount not in (*above, sum(above, NOTHING) - evidence.change())


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
        _both(tenders),
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


def _both(tenders: Sequence[Statement]) -> Decimal:
    """What was paid by name together with what was given, where this is not said of the former once more."""
    named = [s.amount for s in tenders if s.methods and s.meaning != "other"]  # others are insurers, too
    given = [s.amount for s in tenders if not s.methods]
    return sum(named + [amount for amount in given if amount not in (*named, sum(named))], NOTHING)


def _less_a_balance(given: Statement, evidence: Evidence) -> Iterator[Decimal]:
    """What cash paid where the change is called a balance."""
    if given.methods == ("cash",):
        below = (s for s in evidence.of("total_weak", "balance") if s.row > given.row)
        yield from (given.amount - s.amount for s in below if NOTHING < s.amount < given.amount)


def _is_net(given: Decimal, tenders: Sequence[Statement], change: Decimal) -> bool:
    """Whether a sum is what pays the bill already: something else on the paper is more by the change."""
    return any(s.amount - change == given for s in tenders)
