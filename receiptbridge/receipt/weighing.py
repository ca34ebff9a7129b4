"""Which amount is the total: every candidate is weighed by what else on the paper agrees with it.

A label alone never decides. A candidate is confirmed by arithmetic that does not rest on it: what was paid
less the change, the items added up, a subtotal with its taxes and discounts, a tax at its printed rate, the
same sum said under another name. Evidence that contradicts leaves the receipt without a total: no code is
better than a wrong one.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from receiptbridge.receipt.candidates import LABEL_SURE, TOTALS, find_candidates
from receiptbridge.receipt.confirming import (
    BESIDE,
    MOST_SUMS,
    Candidate,
    Confirmation,
    confirmations,
    runs_down,
)
from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.settlement import is_rest, settlements
from receiptbridge.receipt.statements import METHODS
from receiptbridge.receipt.sums import NOTHING, reachable

THRESHOLD: Final = 0.94
"""A sure label (0.7) needs one strong confirmation (0.8 and more), or two weak ones."""

MOST_ROUNDED: Final = Decimal("0.01")
"""A rounding in words that nobody knows is less than one per cent; what is more may be a part of the payment."""

_SEVERAL: Final = 2
_PAYING: Final = frozenset({"received", "deposit", "points", *METHODS})

Standing = Literal["less sure", "before", "remainder", "tax", "rounded", "with tip", "change", "account"]


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
    candidates = find_candidates(evidence)
    if not candidates:
        return Verdict(None, 0.0, "no amount is labelled as a total")
    if len(candidates) > MOST_SUMS:
        return Verdict(None, 0.0, f"more than {MOST_SUMS} different totals")
    settled = set(settlements(evidence))
    weighed = [Weighed(candidate, confirmations(candidate, evidence, settled)) for candidate in candidates]
    weighed.sort(key=lambda one: (one.confidence, one.candidate.row), reverse=True)
    why = [_contradiction(one, evidence, candidates, settled) for one in weighed]
    for at, (one, against) in enumerate(zip(weighed, why, strict=True)):
        if against is None and one.confidence >= THRESHOLD:
            ordered = (one, *weighed[:at], *weighed[at + 1 :])
            total = _rounded(
                one.candidate,
                evidence,
                settled or {c.amount for c in candidates if c.row > one.candidate.row},
            )
            return Verdict(total, round(one.confidence, 3), None, ordered)
    reason = why[0] or f"nothing confirms the total {weighed[0].candidate.amount}"
    return Verdict(None, weighed[0].confidence, reason, tuple(weighed))


# ---- what contradicts


def _contradiction(
    one: Weighed, evidence: Evidence, candidates: Sequence[Candidate], settled: set[Decimal]
) -> str | None:
    best, names = one.candidate, {name for name, _ in one.confirmations}
    if not best.amount and not _is_given_away(evidence):
        return "nothing is left to pay, but something was paid"
    if settled and "settled" not in names and not _settled_otherwise(best, evidence, settled):
        return f"the payments do not come to the total {best.amount}"
    if (
        best.weight < LABEL_SURE
        and names <= {"settled", "twice"}
        and not (_is_all(best, evidence) or evidence.change() or _in_parts(best, evidence))
    ):
        return f"only a payment says that {best.amount} is the total"
    if "items" not in names and _follows_unknown(best, evidence):
        return f"something that nobody knows is taken off above {best.amount}"
    if _is_left_below(best, evidence):
        return f"what was paid of {best.amount} before may have been a deposit"
    if "items" not in names and is_rest(best.amount, best.row, evidence):
        return f"something is paid above {best.amount} already"
    for other in candidates:
        beside = [
            c for c in candidates if c.row == other.row
        ]  # "总数:5.25 总额:162.30" has a count before the sum
        stands = (standing(c, best, evidence) for c in beside if c.amount != best.amount)
        if other.amount != best.amount and not any(stands):
            return f"two totals: {other.amount} and {best.amount}"
    if "settled" not in names and _is_changed_below(best, evidence):
        return f"something is taken off or added below the total {best.amount}"
    return None


def _is_given_away(evidence: Evidence) -> bool:
    """Whether nothing was to be paid at all: no amount but zero, or discounts, and these alone, take all of it off."""
    back = evidence.change()
    said = [s for s in evidence.statements if s.amount and s.meaning not in BESIDE]
    said = [s for s in said if not (s.meaning in ("cash", "received") and s.amount == back)]
    cut = [s for s in said if s.meaning == "discount" and "points" not in s.said]
    rest = [s for s in said if s not in cut]
    sums = [s for s in rest if s.meaning in (*TOTALS, "subtotal")]
    items = [s for s in rest if not sums or s.row < sums[0].row]
    known = all(s in sums or s in items for s in rest) and all(
        s.amount > NOTHING and s.meaning not in _PAYING for s in rest
    )
    bought = {s.amount for s in sums} or {sum((s.amount for s in items), NOTHING)}
    return not said or (known and bool(cut) and bought == {sum((abs(s.amount) for s in cut), NOTHING)})


def _is_all(best: Candidate, evidence: Evidence) -> bool:
    """Whether on a receipt by its title an amount is called a sum, or no several items come to something else."""
    called = any(s.amount == best.amount for s in evidence.of(*TOTALS))
    return evidence.titled and (called or len(evidence.items(best.row)) < _SEVERAL)


def _follows_unknown(best: Candidate, evidence: Evidence) -> bool:
    """Whether right above, in words nobody knows, a sum and what came off it stand: a payment, or a discount."""
    triples = zip(evidence.statements, evidence.statements[1:], evidence.statements[2:], strict=False)
    return any(
        said.row == best.row
        and whole.meaning is None
        and off.meaning is None
        and whole.amount - off.amount == best.amount < whole.amount
        for whole, off, said in triples
    )


def _is_left_below(best: Candidate, evidence: Evidence) -> bool:
    """Whether below a sum something paid by no means, then what that leaves, and its payment are said."""
    below = [s for s in evidence.statements if s.row > best.row]
    triples = ((paid, left, last) for paid, left in itertools.pairwise(below) for last in below)
    return any(
        paid.meaning == "received"
        and not paid.methods
        and left.row < last.row
        and left.meaning not in METHODS
        and best.amount - paid.amount == left.amount == last.amount > NOTHING
        for paid, left, last in triples
    )


def _in_parts(best: Candidate, evidence: Evidence) -> bool:
    """Whether several payments come to an amount that is called a total, with words beside it that nobody knows."""
    called = any(s.meaning == "total" and s.amount == best.amount for s in evidence.statements)
    parts = {s.amount for s in evidence.tenders() if s.amount}
    return called and len(parts) > 1 and best.amount not in parts


def _settled_otherwise(best: Candidate, evidence: Evidence, settled: set[Decimal]) -> bool:
    """Whether payments differ by a printed rounding; or by a tip, where the amount is surely called the total."""
    reasons = ("rounding", "tip") if best.weight >= LABEL_SURE else ("rounding",)
    either = [s for s in evidence.adjustments() if s.meaning in reasons]
    return not settled.isdisjoint(reachable(best.amount, either))


def _rounded(best: Candidate, evidence: Evidence, settled: set[Decimal]) -> Decimal:
    """What was paid, or is said below, where a printed rounding makes that of the total."""
    if best.amount in settled:
        return best.amount
    paid = settled & reachable(best.amount, [s for s in evidence.adjustments() if s.meaning == "rounding"])
    return min(paid) if len(paid) == 1 else best.amount


def standing(other: Candidate, best: Candidate, evidence: Evidence) -> Standing | None:
    """What another sum is where `best` is the total; None where it contradicts it."""
    if other.weight < LABEL_SURE <= best.weight and not _goes_on(best, other, evidence):
        return "less sure"
    if best.amount in reachable(other.amount, evidence.adjustments()) or runs_down(other, best, evidence):
        return "before"
    if _is_remainder(other, best, evidence):
        return "remainder"
    if _is_its_tax(other, best, evidence):
        return "tax"
    if _is_with_a_tip(other, best, evidence):
        return "with tip"
    if _is_change(other, best, evidence):
        return "change"
    if any(other.amount in (s.amount, best.amount + s.amount) for s in evidence.of("balance")):
        return "account"
    return "rounded" if _is_changed_between(other, best, evidence) else None


def _is_with_a_tip(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """Whether a card slip below says the total again, and adds a tip to it."""
    again = [s.row for s in evidence.statements if s.amount == best.amount and s.row > best.row]
    tips = [s for s in evidence.of("tip") if again and again[0] < s.row < other.row]
    return other.amount in reachable(best.amount, tips)


def _is_change(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """Whether a "balance" below the cash is what was given back."""
    return any(
        s.amount - best.amount == other.amount and "cash" in s.methods and best.row < s.row < other.row
        for s in evidence.tenders()
    )


def _goes_on(best: Candidate, other: Candidate, evidence: Evidence) -> bool:
    """Whether taxes or service printed below one sum come to the other: then the first was no total."""
    between = [
        s for s in evidence.adjustments() if best.row < s.row < other.row and s.meaning in ("tax", "service")
    ]
    return best.amount != other.amount and other.amount in reachable(best.amount, between)


def _is_its_tax(other: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """ "Total includes GST 1.35" names the total, but says the tax."""
    said = {meaning for s in evidence.of(*TOTALS) if s.amount == other.amount for meaning in s.said}
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
    all_paid = best.amount in set(settlements(evidence))
    paid = [
        s
        for s in evidence.tenders()
        if s.methods and best.row < s.row < other.row and (all_paid or "voucher" not in s.methods)
    ]
    return bool(paid) and best.amount - sum((s.amount for s in paid), NOTHING) == other.amount


def _is_changed_below(best: Candidate, evidence: Evidence) -> bool:
    """Whether something is still to come off; or to come on top of a sum that is not surely called the total."""
    changing = (
        ("discount", "deposit") if best.weight >= LABEL_SURE else ("discount", "deposit", "service", "tip")
    )
    last = max(s.row for s in evidence.statements if s.amount == best.amount)
    return any(s.row > last and s.meaning in changing and s.amount for s in evidence.statements)
