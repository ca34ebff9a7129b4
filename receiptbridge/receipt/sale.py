"""From the statements of a receipt to its kind, its total and how it was paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from receiptbridge.receipt.confirming import measures
from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.kinds import UNPAID, KindMarks, decide_kind, find_marks
from receiptbridge.receipt.lexicon import Lexicon
from receiptbridge.receipt.model import Kind, Method
from receiptbridge.receipt.neighbours import told_by_neighbours
from receiptbridge.receipt.payments import Paid, read_payments, shows_a_card
from receiptbridge.receipt.proofs import PROVEN, Proofs, find_proofs
from receiptbridge.receipt.settlement import drawn, met_rows
from receiptbridge.receipt.statements import Row, Statement
from receiptbridge.receipt.sums import NOTHING
from receiptbridge.receipt.weighing import Verdict, weigh

WITHOUT_TOTAL: Final = frozenset({Kind.KITCHEN, Kind.REPORT, Kind.VOUCHER})
GIVEN_BACK: Final = frozenset({Kind.REFUND, Kind.VOID})

_CARD_NUMBER: Final = re.compile(r"卡号|卡號|\bcard (?:no|number|#)")
_ADDED_UP: Final = frozenset({"items", "subtotal", "measured"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the statements come to. Without a total there is a reason."""

    kind: Kind
    total: Decimal | None
    payments: tuple[Paid, ...]
    tax: Decimal | None
    confidence: float
    reason: str | None
    evidence: Evidence
    verdict: Verdict


def judge(
    rows: Sequence[Row], statements: Sequence[Statement], words: Lexicon, *, only_paid: bool = False
) -> Outcome:
    """Decide what a receipt with these statements is, and on its total.

    `only_paid`: the register prints no bill before it is paid, so that none needs to say that it was.
    """
    statements = told_by_neighbours(statements)
    amounts_at = _amounts_at(rows, statements)
    marks = find_marks(rows, words, amounts_at, met_rows(statements))
    if Kind.OTHER not in marks.sure and any(s.meaning == "turnover" for s in statements):
        marks = marks._replace(sure=marks.sure | {Kind.REPORT})
    proofs = find_proofs(rows, words, amounts_at)
    titled = proofs.points >= PROVEN and not proofs.slip
    evidence = Evidence(statements, measures(rows), titled)
    negative = any(s.amount < NOTHING for s in evidence.of("total")) and not any(
        s.amount > NOTHING for s in evidence.of("total")
    )
    if negative or marks.sure & GIVEN_BACK:
        evidence = replace(evidence, statements=[_unsigned(statement) for statement in statements])
    verdict = weigh(evidence)
    payments = read_payments(evidence, rows, words, verdict.total)
    if not payments and (verdict.total in drawn(evidence) or _has_a_card_left(evidence, rows)):
        payments = (Paid(Method.STORED_VALUE, verdict.total),)
    if proofs.approved and not payments:
        payments = (Paid(Method.CARD, verdict.total),)
    paid = bool(payments or evidence.tenders())
    repeated = _is_repeated_below(verdict, evidence)
    finished = paid or only_paid or verdict.total == NOTHING or _is_proven(verdict, proofs, repeated)
    has_total = bool(evidence.of("total")) or (
        finished and bool(evidence.of("total_weak", "gross") or verdict.total)
    )
    settled = "settled" in verdict.confirmed_by or (
        titled and not proofs.served and shows_a_card(rows, words)
    )
    if marks.asking and not only_paid and not proofs.paid and not settled:
        finished = repeated = False
    kind = decide_kind(marks, has_total=has_total and (finished or repeated), paid=paid, negative=negative)
    reason = _why_none(kind, verdict, marks, paid=paid, finished=finished)
    if repeated and finished and not paid:
        payments = (Paid(Method.OTHER, verdict.total),)
    total = verdict.total if reason is None else None
    sign = -1 if kind in GIVEN_BACK else 1
    return Outcome(
        kind,
        None if total is None else sign * total,
        tuple(Paid(p.method, None if p.amount is None else sign * p.amount) for p in payments),
        _tax(evidence),
        verdict.confidence if total is not None else 0.0,
        reason,
        evidence,
        verdict,
    )


def _has_a_card_left(evidence: Evidence, rows: Sequence[Row]) -> bool:
    """Whether a receipt that names no payment says what is left on a card: canteens, petrol stations."""
    left = [s for s in evidence.of("balance") if s.sure and s.amount >= NOTHING]
    return len(left) == 1 and evidence.titled and any(_CARD_NUMBER.search(row.low) for row in rows)


def _amounts_at(rows: Sequence[Row], statements: Sequence[Statement]) -> frozenset[int]:
    """The rows with amounts, and those that are their labels: no titles. What a voucher is worth stands below one."""
    labelled = (s for s in statements if s.row and s.meaning and "voucher" not in s.said)
    labels = {s.row - 1 for s in labelled if s.label == rows[s.row - 1].low}
    return frozenset({s.row for s in statements} | labels)


def _is_repeated_below(verdict: Verdict, evidence: Evidence) -> bool:
    """Whether the sum stands once more under words that nobody knows: a payment, though of unknown kind."""
    return any(
        s.amount == verdict.total and s.meaning is None
        for s in evidence.statements
        if s.row > evidence.summary_row
    )


def _unsigned(statement: Statement) -> Statement:
    """What is given back is printed with or without its minus: weigh sizes, and put the sign on the outcome."""
    return statement._replace(amount=abs(statement.amount))


def _is_proven(verdict: Verdict, proofs: Proofs, repeated: bool) -> bool:
    """Whether a receipt without known payments is a finished sale all the same, whose items or subtotal add up."""
    if verdict.total is None or _ADDED_UP.isdisjoint(verdict.confirmed_by):
        return False
    return proofs.points >= PROVEN or (repeated and (proofs.points > 0 or not proofs.served))


def _why_none(kind: Kind, verdict: Verdict, marks: KindMarks, *, paid: bool, finished: bool) -> str | None:
    if kind in WITHOUT_TOTAL:
        return f"a {kind.value} has no total to pay"
    if verdict.total is None:
        return verdict.reason
    doubtful = marks.doubtful - UNPAID if paid else marks.doubtful
    if kind is Kind.SALE and doubtful:
        return f"a line of it may say that it is no sale ({min(doubtful).value})"
    if not marks.sure and not finished:
        return "nothing says that it was paid"
    return None


def _tax(evidence: Evidence) -> Decimal | None:
    """The taxes' sum; where one of them is the sum of the others already, that one."""
    taxes = evidence.of("tax")
    if not taxes:
        return None
    largest, whole = max(tax.amount for tax in taxes), sum((tax.amount for tax in taxes), NOTHING)
    parts = len(taxes) == 2 and all("%" in tax.label for tax in taxes)
    return largest if largest * 2 == whole and not parts else whole
