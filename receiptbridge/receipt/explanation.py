"""Why a reading is what it is: where on the page its amounts stand, what speaks for each candidate, what against.

Made on request, by the same evidence that decided: a lane reads without it, a person wants to see it. Amounts
are as printed, in units and not minor units; labels as folded for reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple

from receiptbridge.receipt.confirming import CENT, Candidate, factors, items_of
from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.fold import narrow
from receiptbridge.receipt.lexicon import languages_of, lexicon
from receiptbridge.receipt.statements import METHODS, Row, Statement
from receiptbridge.receipt.sums import ADJUSTING, NOTHING, rates, tax_within, way_to
from receiptbridge.receipt.weighing import Standing, Verdict, Weighed, standing

ASIDE: Final = frozenset(
    {"points", "balance", "savings", "foreign", "instalment", "per_head", "suggested", "count", "price"}
)
"""What labels say of amounts that are no part of the sum."""

_TOTALS: Final = ("total", "total_weak", "gross")
_DIGITS: Final = re.compile(r"\d.*\d|\d")


class Mark(NamedTuple):
    """An amount on the page: line and columns in characters, and the part it was given in the sum."""

    line: int
    start: int
    end: int
    part: str  # "total", "candidate", "paid", "change", "item", an adjustment's meaning, or one of `ASIDE`


class Term(NamedTuple):
    """An amount of a ground; `label` is what the paper calls it."""

    amount: Decimal
    label: str


class Ground(NamedTuple):
    """What agrees with a candidate: `by` is the confirmation's name, `terms` the amounts that make it."""

    by: str
    terms: tuple[Term, ...]


class Considered(NamedTuple):
    """An amount that might have been the total. `against` is None where nothing is held against it."""

    amount: Decimal
    line: int
    label: str
    says: str | None  # what the label says the amount is; None: words that nobody knows
    sure: bool  # whether the label says nothing else
    chosen: bool
    confidence: float
    grounds: tuple[Ground, ...]
    against: Standing | str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """`emphasised`: lines of the page in bold or large type."""

    marks: tuple[Mark, ...]
    considered: tuple[Considered, ...]
    emphasised: frozenset[int] = frozenset()


def explain(
    evidence: Evidence,
    verdict: Verdict,
    reason: str | None,
    rows: Sequence[Row],
    lines: Sequence[str],
    emphasised: frozenset[int],
) -> Explanation:
    """The explanation of one reading; `reason`: why it has no total. `lines` are the page's."""
    statements = [*evidence.statements, *_whole_numbers(rows, {s.row for s in evidence.statements})]
    evidence = replace(evidence, statements=[_as_printed(s, rows) for s in statements])
    total = verdict.total if reason is None else None
    chosen = verdict.weighed[0].candidate if total is not None and verdict.weighed else None
    parts = _parts(evidence, total, {one.candidate.amount for one in verdict.weighed}, chosen)
    marks = (_mark(statement, part, rows[statement.row], lines) for statement, part in parts)
    considered = [_considered(one, verdict, total, reason, evidence, rows) for one in verdict.weighed]
    considered += _set_aside(evidence, rows)
    return Explanation(tuple(sorted(marks)), tuple(considered), emphasised)


def _whole_numbers(rows: Sequence[Row], weighed: set[int]) -> Iterator[Statement]:
    """Numbers that were not weighed as amounts, where their label says what they are: points and counts."""
    words = lexicon(languages_of(row.low for row in rows)).labels
    for row in rows:
        for number in row.numbers[-1:] if row.index not in weighed else ():
            label = row.low[: number.start]
            said = {hit.meaning for hit in words.find(label)} - {"neutral"}
            if len(said) == 1 and said <= ASIDE and number.digits.isdecimal():
                statement = Statement(row.index, min(said), True, Decimal(number.digits), None, label)
                yield statement._replace(start=number.start, end=number.end)


def _as_printed(statement: Statement, rows: Sequence[Row]) -> Statement:
    """A statement with its label in the paper's own capitals."""
    for row in rows[max(0, statement.row - 1) : statement.row + 1]:
        at = row.low.find(statement.label)
        if at >= 0:
            statement = statement._replace(label=row.text[at : at + len(statement.label)])
    return statement._replace(label=statement.label.strip(" :.*-="))


# ---- where the amounts stand


def _parts(
    evidence: Evidence, total: Decimal | None, candidates: set[Decimal], chosen: Candidate | None
) -> Iterator[tuple[Statement, str]]:
    tenders, items = evidence.tenders(), evidence.item_statements(chosen.row if chosen else None)
    for statement in evidence.statements:
        meaning = statement.meaning
        carries = chosen is not None and statement.row == chosen.row and meaning is None
        if (meaning in _TOTALS or carries) and statement.amount == total:
            yield statement, "total"
        elif statement in tenders:
            yield statement, "paid"
        elif meaning in _TOTALS and statement.amount in candidates:
            yield statement, "gross" if meaning == "gross" else "candidate"
        elif meaning in ADJUSTING or meaning in ASIDE or meaning in ("change", "subtotal"):
            yield statement, str(meaning)
        elif statement in items:
            yield statement, "item"


def _mark(statement: Statement, part: str, row: Row, lines: Sequence[str]) -> Mark:
    return Mark(row.line, *columns_of(row, statement.start, statement.end, lines[row.line]), part)


def columns_of(row: Row, start: int, end: int, line: str) -> tuple[int, int]:
    """Where the page's line has an amount of its row: folding moves characters, but keeps digits in their order."""
    digits = _DIGITS.search(row.low, start, end)
    if digits is None:
        return 0, len(line)
    number = re.compile(rf"(?<!\d){re.escape(digits[0])}(?!\d)")
    before = sum(1 for found in number.finditer(row.low) if found.start() < digits.start())
    found = [match.span() for match in number.finditer(narrow(line))]
    return found[min(before, len(found) - 1)] if found else (0, len(line))


# ---- what speaks for a candidate, and what against


def _considered(
    one: Weighed,
    verdict: Verdict,
    total: Decimal | None,
    reason: str | None,
    evidence: Evidence,
    rows: Sequence[Row],
) -> Considered:
    candidate, best = one.candidate, verdict.weighed[0].candidate
    said = _surest(candidate, evidence)
    chosen = candidate == best and total is not None
    grounds = [Ground(name, _terms(name, candidate, evidence)) for name, _ in one.confirmations]
    if any(s.pinned and s.amount == candidate.amount for s in evidence.statements):
        grounds.insert(0, Ground("pinned", ()))
    if chosen and total != candidate.amount:
        grounds.append(Ground("rounded", (Term(total or NOTHING, ""),)))
    against: str | None = None
    if not chosen:
        against = reason if candidate == best else standing(candidate, best, evidence) or "two totals"
    return Considered(
        candidate.amount,
        rows[candidate.row].line,
        said.label,
        said.meaning,
        said.sure,
        chosen,
        round(one.confidence, 3),
        tuple(grounds),
        against,
    )


def _surest(candidate: Candidate, evidence: Evidence) -> Statement:
    """The statement that makes an amount a candidate."""
    same = [s for s in evidence.of(*_TOTALS, "received") if s.amount == candidate.amount]
    same = same or [s for s in evidence.statements if s.row == candidate.row]
    return min(same, key=lambda s: (s.meaning != "total" or not s.sure, s.row))


def _terms(name: str, candidate: Candidate, evidence: Evidence) -> tuple[Term, ...]:
    """The amounts that make a confirmation; what is taken off is negative."""
    amount = candidate.amount
    match name:
        case "settled":
            change = [Term(-abs(s.amount), s.label) for s in evidence.of("change") if s.amount]
            paid = [s for s in evidence.tenders() if s.amount]
            exact = [s for s in paid if s.amount == amount]
            given = exact[:1] or list({(s.methods, s.amount): s for s in paid}.values())
            return (*map(_term, given), *(change[:1] if not exact else ()))
        case "items":
            items = items_of(amount, candidate.row, evidence)
            return (
                Term(sum(items, NOTHING), ""),
                *_adjusted(amount, sum(items, NOTHING), evidence),
            )
        case "subtotal":
            return _from_a_base(amount, evidence)
        case "discounted":
            ways = ((_term(s), *_adjusted(amount, s.amount, evidence)) for s in evidence.of("total"))
            return min((way for way in ways if way[0].amount > amount and way[1:]), key=len, default=())
        case "measured":
            return tuple(Term(factor, "") for factor in factors(amount, evidence.measures))
        case "alone":
            return ()
        case "tax":
            return tuple(_term(s) for s in evidence.of("tax") if _is_tax_of(amount, s))[:1]
        case _:
            said = {s.label: s for s in evidence.of(*_TOTALS, "received", *METHODS) if s.amount == amount}
            return tuple(map(_term, said.values()))


def _is_tax_of(amount: Decimal, tax: Statement) -> bool:
    return any(abs(tax_within(amount, rate) - abs(tax.amount)) <= CENT for rate in rates(tax.label))


def _from_a_base(amount: Decimal, evidence: Evidence) -> tuple[Term, ...]:
    subtotals = evidence.of("subtotal")
    bases = [_term(s) for s in evidence.of("subtotal", "gross")]
    if len(subtotals) > 1:
        bases.append(Term(sum((s.amount for s in subtotals), NOTHING), subtotals[0].label))
    ways = ((base, *_adjusted(amount, base.amount, evidence)) for base in bases if base.amount != amount)
    return min((way for way in ways if sum((t.amount for t in way), NOTHING) == amount), key=len, default=())


def _adjusted(amount: Decimal, base: Decimal, evidence: Evidence) -> Iterator[Term]:
    adjustments = evidence.adjustments()
    for statement, change in zip(adjustments, way_to(amount, base, adjustments) or (), strict=False):
        if change:
            yield Term(change, statement.label)


def _term(statement: Statement) -> Term:
    return Term(statement.amount, statement.label)


def _set_aside(evidence: Evidence, rows: Sequence[Row]) -> Iterator[Considered]:
    """Amounts whose label says that they are no part of the sum."""
    for s in evidence.of(*sorted(ASIDE - {"price"})):
        if s.amount:
            yield Considered(
                s.amount, rows[s.row].line, s.label, str(s.meaning), s.sure, False, 0.0, (), s.meaning
            )
