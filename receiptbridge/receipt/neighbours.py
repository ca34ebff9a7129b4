"""Statements whose neighbours say what they are: payments in words that nobody knows, change, what is taken off."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from receiptbridge.receipt.statements import METHODS, Statement
from receiptbridge.receipt.sums import NOTHING

_TOTALS: Final = ("total", "total_weak")


def told_by_neighbours(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, those that only their place and their amount explain under what they are."""
    return spent_points(named_change(named_payments(labelled_methods(positive_payments(statements)))))


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
        tendered = given.meaning in ("received", "cash") and rest.meaning is None
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


def labelled_methods(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, what "payment method" says of an amount as a payment, whatever the method."""
    return [
        s._replace(meaning="other", said=(*s.said, "other"))
        if s.meaning is None and "method_label" in s.said
        else s
        for s in statements
    ]
