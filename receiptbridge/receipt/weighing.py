"""Which amount is the total: every candidate is weighed by what else on the paper agrees with it.

A label alone never decides. A candidate is confirmed by arithmetic that does not rest on it: what was paid
less the change, the items added up, a subtotal with its taxes and discounts, a tax at its printed rate, the
same sum said under another name. Evidence that contradicts leaves the receipt without a total: no code is
better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from receiptbridge.receipt.confirming import MOST_SUMS, Candidate, Confirmation, confirmations
from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.settlement import settlements
from receiptbridge.receipt.sums import NOTHING, reachable

THRESHOLD: Final = 0.94
"""A sure label (0.7) needs one strong confirmation (0.8 and more), or two weak ones."""

LABEL_PINNED: Final = 0.95
"""What a register's profile pins needs no confirmation, but bears no contradiction either."""

LABEL_SURE: Final = 0.7
LABEL_WEAK: Final = 0.3
MOST_ROUNDED: Final = Decimal("0.01")
"""A rounding in words that nobody knows is less than one per cent; what is more may be a part of the payment."""

_TOTALS: Final = frozenset({"total", "total_weak", "gross"})


Standing = Literal["less sure", "before", "remainder", "tax", "rounded", "with tip"]


class Weighed(NamedTuple):
    """A candidate with what agrees with it, by name and weight, and what both together make of it."""

    candidate: Candidate
    confirmations: tuple[Confirmation, ...]

    @property
    def confidence(self) -> float:
        doubt = 1 - self.candidate.weight
        for _, weight in self.confirmations:
            doubt *= 1 - weight
        return 1 - doubt


@dataclass(frozen=True, slots=True)
class Verdict:
    """The total with its confidence, or None and the reason; and all that was weighed, the best first."""

    total: Decimal | None
    confidence: float
    reason: str | None
    weighed: tuple[Weighed, ...] = ()

    @property
    def confirmed_by(self) -> frozenset[str]:
        """The names of what confirmed the best candidate."""
        return frozenset(name for one in self.weighed[:1] for name, _ in one.confirmations)


def weigh(evidence: Evidence) -> Verdict:
    """Decide on the total of one receipt."""
    candidates = _candidates(evidence)
    if not candidates:
        return Verdict(None, 0.0, "no amount is labelled as a total")
    if len(candidates) > MOST_SUMS:
        return Verdict(None, 0.0, f"more than {MOST_SUMS} different totals")
    settled = set(settlements(evidence))
    weighed = [Weighed(candidate, confirmations(candidate, evidence, settled)) for candidate in candidates]
    weighed.sort(key=lambda one: (one.confidence, one.candidate.row), reverse=True)
    first, confidence = weighed[0], weighed[0].confidence
    best = first.candidate
    against = _contradiction(best, first.confirmations, evidence, candidates, settled)
    if against is not None:
        return Verdict(None, 0.0, against, tuple(weighed))
    if confidence < THRESHOLD:
        return Verdict(None, confidence, f"nothing confirms the total {best.amount}", tuple(weighed))
    total = _rounded(best, evidence, settled or {c.amount for c in candidates if c.row > best.row})
    return Verdict(total, round(confidence, 3), None, tuple(weighed))


def _candidates(evidence: Evidence) -> list[Candidate]:
    """Distinct amounts under labels of a total; the surest label of an amount counts."""
    if pinned := {s.amount: s for s in reversed(evidence.statements) if s.pinned}:
        return [Candidate(amount, s.row, LABEL_PINNED) for amount, s in pinned.items()]
    labelled = evidence.of(*_TOTALS)
    if not labelled and (paid := [*_paid_exactly(evidence), *_before_the_payments(evidence)][:1]):
        return paid
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
    return list(found.values())


def _paid_exactly(evidence: Evidence) -> Iterator[Candidate]:
    """What a till without a word for total prints: "CASH 24.60", then what was given for it, and the change."""
    for first, given, change in zip(
        evidence.statements, evidence.statements[1:], evidence.statements[2:], strict=False
    ):
        if first.methods and given.amount - change.amount == first.amount > NOTHING < change.amount:
            yield Candidate(first.amount, first.row, LABEL_WEAK)


def _before_the_payments(evidence: Evidence) -> Iterator[Candidate]:
    """The amount right above the payments, whatever its words, where these come to it in parts or less change."""
    given = [s for s in evidence.statements if s.amount and (s.methods or s.meaning == "received")]
    above = [s for s in evidence.statements if given and s.row < given[0].row]
    amounts = {s.amount for s in given}
    for last in above[-1:]:
        if last.meaning in (None, "subtotal") and last.amount in set(settlements(evidence)) - amounts:
            yield Candidate(last.amount, last.row, LABEL_WEAK)


# ---- what contradicts


def _contradiction(
    best: Candidate,
    confirmed: Sequence[Confirmation],
    evidence: Evidence,
    candidates: Sequence[Candidate],
    settled: set[Decimal],
) -> str | None:
    names = {name for name, _ in confirmed}
    if settled and "settled" not in names and not _settled_otherwise(best.amount, evidence, settled):
        return f"the payments do not come to the total {best.amount}"
    for other in candidates:
        if other.amount != best.amount and standing(other, best, evidence) is None:
            return f"two totals: {other.amount} and {best.amount}"
    if "settled" not in names and _taken_below(best, evidence):
        return f"something is taken off below the total {best.amount}"
    return None


def _settled_otherwise(amount: Decimal, evidence: Evidence, settled: set[Decimal]) -> bool:
    """Whether payments differ by a printed rounding or tip."""
    either = [s for s in evidence.adjustments() if s.meaning in ("rounding", "tip")]
    return not settled.isdisjoint(reachable(amount, either))


def _rounded(best: Candidate, evidence: Evidence, settled: set[Decimal]) -> Decimal:
    """What was paid, or is said below, where a printed rounding makes that of the total."""
    if best.amount in settled:
        return best.amount
    paid = settled & reachable(best.amount, [s for s in evidence.adjustments() if s.meaning == "rounding"])
    return min(paid) if len(paid) == 1 else best.amount


def standing(other: Candidate, best: Candidate, evidence: Evidence) -> Standing | None:
    """What another sum is where `best` is the total; None where it contradicts it."""
    if other.weight < LABEL_SURE and best.weight >= LABEL_SURE:
        return "less sure"
    if best.amount in reachable(other.amount, evidence.adjustments()):
        return "before"
    if _is_remainder(other, best, evidence):
        return "remainder"
    if _is_its_tax(other, best, evidence):
        return "tax"
    if _is_with_a_tip(other, best, evidence):
        return "with tip"
    return "rounded" if _is_changed_between(other, best, evidence) else None


def _is_with_a_tip(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """Whether a card slip below says the total again, and adds a tip to it."""
    again = [s.row for s in evidence.statements if s.amount == best.amount and s.row > best.row]
    tips = [s for s in evidence.of("tip") if again and again[0] < s.row < other.row]
    return other.amount in reachable(best.amount, tips)


def _is_its_tax(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """ "Total includes GST 1.35" names the total, but says the tax."""
    said = {meaning for s in evidence.of(*_TOTALS) if s.amount == other.amount for meaning in s.said}
    return "tax" in said and other.amount * 4 < best.amount


def _is_changed_between(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """Whether one line between the two, whatever its words, rounds the first to the second, which was paid."""
    difference = abs(other.amount - best.amount)
    return (
        difference < MOST_ROUNDED * best.amount
        and best.amount in set(settlements(evidence))
        and any(other.row < s.row < best.row and abs(s.amount) == difference for s in evidence.statements)
    )


def _is_remainder(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """Whether the other sum is what was left to pay after a card of stored value; vouchers may be discounts."""
    paid = [s for s in evidence.tenders() if best.row < s.row < other.row and "voucher" not in s.methods]
    return bool(paid) and best.amount - sum((s.amount for s in paid), NOTHING) == other.amount


def _taken_below(best: Candidate, evidence: Evidence) -> bool:
    last = max(s.row for s in evidence.statements if s.amount == best.amount)
    return any(
        s.row > last and s.meaning in ("discount", "deposit") and s.amount for s in evidence.statements
    )
