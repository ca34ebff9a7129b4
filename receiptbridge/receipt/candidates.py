"""Which amounts may be the total: those that are labelled so, or what was paid where a till has no word for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from receiptbridge.receipt.confirming import BESIDE, Candidate, items_of
from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.settlement import settlements
from receiptbridge.receipt.statements import METHODS, Statement
from receiptbridge.receipt.sums import NOTHING, reachable

LABEL_PINNED: Final = 0.95
"""What a register's profile pins needs no confirmation, but bears no contradiction either."""

LABEL_SURE: Final = 0.7
LABEL_WEAK: Final = 0.3
TOTALS: Final = ("total", "total_weak", "gross")
_ADDED: Final = ("tax", "service", "tip")
_LOWERING: Final = ("discount", "deposit", "points", "savings", "voucher")


def find_candidates(evidence: Evidence) -> list[Candidate]:
    """Distinct amounts under labels of a total; the surest label of an amount counts."""
    if pinned := {s.amount: s for s in reversed(evidence.statements) if s.pinned}:
        return [Candidate(amount, s.row, LABEL_PINNED) for amount, s in pinned.items()]
    labelled = [s for s in evidence.of(*TOTALS) if not _is_nothing_left(s, evidence)]
    if not labelled and (paid := next(_unlabelled(evidence), None)):
        return [paid]
    found: dict[Decimal, Candidate] = {}
    if not evidence.change():
        labelled += [s for s in evidence.of("received") if not s.methods]
    for statement in sorted(labelled, key=lambda s: s.row):
        sure = statement.meaning == "total" and statement.sure
        weight = LABEL_SURE if sure else LABEL_WEAK
        known = found.get(statement.amount)
        if known is None or known.weight < weight:
            row = statement.row if known is None else known.row
            found[statement.amount] = Candidate(statement.amount, row, weight)
    for left in _left_to_pay(evidence):
        found[left.amount] = Candidate(left.amount, left.row, LABEL_SURE)
    return list(found.values())


def _is_nothing_left(statement: Statement, evidence: Evidence) -> bool:
    """Whether a sum of nothing says that what is said above was paid: "Balance due 0.00"."""
    if statement.amount:
        return False
    above = [s for s in evidence.of(*TOTALS) if s.amount > NOTHING and s.row < statement.row]
    taken = [s for s in evidence.of(*_LOWERING) if above and s.row > above[-1].row and s.amount]
    return bool(above) and not taken


def _left_to_pay(evidence: Evidence) -> Iterator[Statement]:
    """An amount that the payments come to, in words nobody knows, to which the last sum above them leads.

    Or the one payment itself ("TOTAL PAID AMEX 66.70"), where the sum with all below it comes to that.
    """
    tenders = [s for s in evidence.tenders() if s.amount]
    sums = [s for s in evidence.of("total", "subtotal", "gross") if s.sure and s.amount > NOTHING]
    if not tenders or not sums:
        return
    settled, adjustments = set(settlements(evidence)), evidence.adjustments()
    last = sums[-1]
    for s in evidence.statements:
        nameless = (
            s.meaning in (None, "balance") and NOTHING < s.amount != last.amount and s.amount in settled
        )
        between = last.row < s.row < tenders[0].row or (s.row == tenders[0].row and len(tenders) > 1)
        if nameless and between and s.amount in reachable(last.amount, adjustments):
            yield s
    added = [s.amount for s in adjustments if last.row < s.row < tenders[0].row and s.meaning in _ADDED]
    if len(tenders) == 1 and added and last.amount + sum(added) == tenders[0].amount:
        yield tenders[0]


def _unlabelled(evidence: Evidence) -> Iterator[Candidate]:
    """What the payments come to, where no amount is labelled as a total."""
    yield from _paid_exactly(evidence)
    given = [s for s in evidence.of("received", *METHODS) if s.amount > NOTHING and s.sure]
    given = given or [s for s in evidence.of("received", *METHODS) if s.amount > NOTHING]
    above = [s for s in evidence.statements if given and s.row < given[0].row]
    if given:
        yield from _said_above(above, evidence)
    if not given and (sole := _sole(evidence)):
        yield Candidate(sole.amount, sole.row, LABEL_WEAK)
    if given and not evidence.change():
        amount = sum({s.methods: s.amount for s in given}.values(), NOTHING)
        if _added_up(amount, given[0].row, evidence):
            yield Candidate(amount, given[0].row, LABEL_WEAK)


def _sole(evidence: Evidence) -> Statement | None:
    """The one amount of a paper that proves itself a receipt: "Fee 18.00" above "PAID", or a machine's price."""
    others = [s for s in evidence.statements if s.amount and s.meaning not in BESIDE - {"price"}]
    read = {s.amount for s in others}
    return others[0] if len(others) == 1 and evidence.titled and read.issuperset(evidence.measures) else None


def _paid_exactly(evidence: Evidence) -> Iterator[Candidate]:
    """What a till without a word for total prints: "CASH 24.60", then what was given for it, and the change."""
    for first, given, change in zip(
        evidence.statements, evidence.statements[1:], evidence.statements[2:], strict=False
    ):
        named = first.methods or first.meaning in (None, "subtotal", "received")
        tendered = first.methods or given.methods or given.meaning == "received" or change.meaning == "change"
        if named and tendered and given.amount - change.amount == first.amount > NOTHING < change.amount:
            yield Candidate(first.amount, first.row, LABEL_WEAK)


def _said_above(above: list[Statement], evidence: Evidence) -> Iterator[Candidate]:
    """The amount right above the payments, whatever its words, where these and the items come to it."""
    for last in above[-1:]:
        said = last.meaning in (None, "subtotal") and last.amount in set(settlements(evidence))
        if said and _added_up(last.amount, last.row, evidence):
            yield Candidate(last.amount, last.row, LABEL_WEAK)


def _added_up(amount: Decimal, row: int, evidence: Evidence) -> int:
    """How many items above a row come to the amount; 0 where they do not."""
    items = items_of(amount, row, evidence)
    base = sum(items, NOTHING)
    return len(items) if base and amount in reachable(base, evidence.adjustments()) else 0
