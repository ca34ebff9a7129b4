"""Statements whose neighbours say what they are: payments in words that nobody knows, change, what is taken off."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.statements import METHODS, Statement
from receiptbridge.receipt.sums import NOTHING, reachable

_TOTALS: Final = ("total", "total_weak")
_SEVERAL: Final = 2
"""Items that add up to the cent do so by no chance; a single one may say the amount once more."""

_NO_COUNT: Final = 20
"""Smaller whole numbers in a column may be how many of each dish the kitchen is to make."""

_PARTS: Final = re.compile(r"(?<![\w.,])(\d{1,2}) ?x(?: de)?\W*$")


def told_by_neighbours(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, those that only their place and their amount explain under what they are."""
    for step in _STEPS:
        statements = step(statements)
    return statements


def positive_payments(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, payments that are printed as taken off the total ("VISA -322.56") without their minus.

    Only where they come to a total above them; other payments with a minus are discounts.
    """
    taken = [s for s in statements if s.meaning in METHODS and s.amount < NOTHING and s.meaning != "voucher"]
    paid = -sum((s.amount for s in taken), NOTHING)
    if not paid or not any(
        s.meaning in _TOTALS and s.amount == paid and s.row < taken[0].row for s in statements
    ):
        return statements
    return [s._replace(amount=-s.amount) if s in taken else s for s in statements]


def named_payments(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, one right above the change for what was given, where less the change it is a total above."""
    totals = {s.amount for s in statements if s.meaning in _TOTALS}
    for at, (given, change) in enumerate(itertools.pairwise(statements)):
        if change.meaning == "change" and given.meaning is None and given.amount - change.amount in totals:
            return [*statements[:at], given._replace(meaning="received"), *statements[at + 1 :]]
    return statements


def named_change(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, one right below what was given, where it is what that is more than a total above, as change."""
    if any(s.meaning == "change" for s in statements):
        return statements
    totals = {s.amount for s in statements if s.meaning in _TOTALS}
    for at, (given, rest) in enumerate(itertools.pairwise(statements)):
        tendered = given.meaning in ("received", "cash") and rest.meaning in (None, "balance", "total_weak")
        if tendered and rest.amount >= NOTHING and given.amount - rest.amount in totals:
            return [*statements[: at + 1], rest._replace(meaning="change"), *statements[at + 2 :]]
    return statements


def spent_points(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, points beside the payments that with these come to a total above: they paid a part of it."""
    paid = sum((s.amount for s in statements if s.meaning in METHODS and s.amount > NOTHING), NOTHING)
    totals = {s.amount: s.row for s in statements if s.meaning == "total"}
    for at, points in enumerate(statements):
        if points.meaning != "points" or not paid or points.amount <= NOTHING:
            continue
        beside = {s.meaning for s in (*statements[at - 1 : at], *statements[at + 1 : at + 2])}
        if not beside.isdisjoint(METHODS) and totals.get(paid + points.amount, points.row) < points.row:
            spent = points._replace(meaning="other", said=("other",))
            return [*statements[:at], spent, *statements[at + 1 :]]
    return statements


def points_taken_off(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, points with a minus that make one total of another, as a discount."""
    totals = [s for s in statements if s.meaning == "total"]
    pairs = {
        (above.amount - below.amount, above.row, below.row) for above, below in itertools.pairwise(totals)
    }
    return [
        s._replace(meaning="discount")
        if s.meaning == "points" and any(-s.amount == cut > NOTHING and a < s.row < b for cut, a, b in pairs)
        else s
        for s in statements
    ]


def labelled_methods(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, what "payment method" says of an amount as a payment, whatever the method."""
    return [
        s._replace(meaning="other", said=(*s.said, "other"))
        if s.meaning is None and "method_label" in s.said
        else s
        for s in statements
    ]


def repeated_totals(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, sums that each item has under one word above the total ("Value 369.55"), as items."""
    totals = [s for s in statements if s.meaning == "total"]
    for label in {s.label.strip() for s in totals if s.label.strip()}:
        same = [s for s in totals if s.label.strip() == label]
        below = [s for s in totals if s.label.strip() != label and s.row > same[-1].row]
        if len({s.amount for s in same}) > 1 and below:
            return [s._replace(meaning=None, sure=False) if s in same else s for s in statements]
    return statements


def nameless_settlement(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, sum, cash and change of a till whose words nobody knows ("TL 8.02, CA 10.00, CG 1.98")."""
    if any(s.meaning in _TOTALS for s in statements):
        return statements
    evidence = Evidence(statements)
    for at, (said, given, change) in enumerate(zip(statements, statements[1:], statements[2:], strict=False)):
        nameless = said.meaning is None and given.meaning is None and change.meaning is None
        large = said.amount >= _NO_COUNT or said.amount % 1
        if nameless and large and given.amount - change.amount == said.amount > NOTHING < change.amount:
            items = [s.amount for s in evidence.item_statements(said.row) if s.row < said.row]
            if len(items) >= _SEVERAL and said.amount in reachable(
                sum(items, NOTHING), evidence.adjustments()
            ):
                told = (
                    said._replace(meaning="total", sure=False),
                    given._replace(meaning="cash", said=("cash",)),
                    change._replace(meaning="change", sure=True),
                )
                return [*statements[:at], *told, *statements[at + 3 :]]
    return statements


def completing_payments(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, what stands in unknown words among the payments and with these comes to the total, as paid."""
    totals = [s for s in statements if s.meaning == "total" and s.amount > NOTHING]
    totals = totals or [s for s in statements if s.meaning == "total_weak" and s.amount > NOTHING]
    if not totals:
        return statements
    total = totals[-1]
    below = [s for s in statements if s.row > total.row]
    paid = [s for s in below if s.meaning in METHODS and s.amount > NOTHING]
    change = sum((abs(s.amount) for s in below if s.meaning == "change"), NOTHING)
    left = total.amount + change - sum((s.amount for s in paid), NOTHING)
    unknown = [s for s in below if paid and s.meaning is None and s.row <= paid[-1].row + 1]
    given = [s for s in below if paid and s.meaning == "received" and not s.methods]
    if len(given) == 1 and NOTHING < given[0].amount == left:
        return [s._replace(said=(*s.said, "cash")) if s is given[0] else s for s in statements]
    if (
        left <= NOTHING
        or left != sum((s.amount for s in unknown), NOTHING)
        or min(s.amount for s in unknown) <= 0
    ):
        return statements
    return [s._replace(meaning="other", said=("other",)) if s in unknown else s for s in statements]


def whole_instalments(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, a card that is charged the whole total and pays it off monthly, as a payment."""
    totals = {s.amount for s in statements if s.meaning == "total"}
    return [
        s._replace(meaning=s.methods[0])
        if s.meaning == "instalment" and s.methods and s.amount in totals
        else s
        for s in statements
    ]


def prepaid_whole(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, a deposit that names how it was paid and is all of a total above, with none below, as payment."""
    totals = [s for s in statements if s.meaning in _TOTALS and s.amount > NOTHING]
    return [
        s._replace(meaning=s.methods[0])
        if totals
        and s.meaning == "deposit"
        and s.methods
        and s.amount == totals[-1].amount
        and s.row > totals[-1].row
        else s
        for s in statements
    ]


def in_parts(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, a payment in equal parts that come to a total ("VISA 2x 92.50") as all of these."""
    totals = {s.amount for s in statements if s.meaning in _TOTALS}
    told = []
    for s in statements:
        parts = _PARTS.search(s.label) if s.methods else None
        whole = s.amount * int(parts[1]) if parts else s.amount
        told.append(
            s._replace(meaning=s.methods[0], amount=whole) if whole != s.amount and whole in totals else s
        )
    return told


def net_cash(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements without what was given and its change, where cash beside other payments is said net before."""
    changes = [s for s in statements if s.meaning == "change" and s.amount > NOTHING]
    others = any(s.meaning in METHODS and s.meaning != "cash" and s.amount > NOTHING for s in statements)
    if len(changes) != 1 or not others:
        return statements
    for net, given in itertools.pairwise(
        s for s in statements if "cash" in s.said or s.meaning == "received"
    ):
        if net.meaning == "cash" and net.amount > NOTHING and given.amount - changes[0].amount == net.amount:
            return [s for s in statements if s is not given and s is not changes[0]]
    return statements


_STEPS: Final = (
    positive_payments, points_taken_off, prepaid_whole, in_parts, whole_instalments, repeated_totals,
    labelled_methods, named_payments, named_change, spent_points, nameless_settlement, net_cash, completing_payments,
)  # fmt: skip
