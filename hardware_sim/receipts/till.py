"""Rings up a basket: discounts, service, taxes, rounding, tenders; and the truth about it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from .baskets import Item, rounded_down
from .decoys import Facts, dates, decoys
from .templates import Paper

_EPOCH: Final = datetime(2023, 1, 1, 7)
_MINUTES: Final = 3 * 365 * 24 * 60
_PAID: Final = ("sale", "refund", "duplicate", "training", "merchant_copy")


class Tax(NamedTuple):
    """One rate: what is sold under it (with the tax, where prices include it), and the tax."""

    rate: float
    share: int
    tax: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What the basket comes to, in minor units."""

    gross: int
    off: int
    percent: int
    discount: int
    service: int
    rates: Sequence[float]  # of each item
    taxes: Sequence[Tax]
    unrounded: int
    total: int
    payments: Sequence[tuple[str, int]]  # method and amount
    tendered: int  # the cash that is handed over

    @property
    def tax(self) -> int:
        return sum(tax.tax for tax in self.taxes)

    @property
    def cash(self) -> int:
        return dict(self.payments).get("cash", 0)


@dataclass(frozen=True, slots=True)
class Rung:
    """One receipt, rung up: its bill, and what may be printed of it."""

    bill: Bill
    number: str
    when: datetime
    facts: Facts
    items: Sequence[Facts]
    pays: Sequence[Facts]
    taxes: Sequence[Facts]
    flags: Mapping[str, bool]


def ring_up(paper: Paper, basket: Sequence[Item], rng: random.Random) -> Rung:
    when = _EPOCH + timedelta(minutes=rng.randrange(_MINUTES), seconds=rng.randrange(60))
    bill = _bill(paper, basket, rng)
    number = _number(paper, when, rng)
    facts = _facts(bill) | {
        "number": number,
        "lines": str(len(basket)),
        "pieces": str(sum(i.pieces for i in basket)),
    }
    facts |= decoys(bill.total, paper, rng) | dates(paper, when, rng)
    items = [_item(*numbered) for numbered in enumerate(zip(basket, bill.rates, strict=True), 1)]
    pays = list(_pays(paper, bill, rng))
    return Rung(
        bill, number, when, facts, items, pays, [_tax(tax) for tax in bill.taxes], _flags(paper, bill, rng)
    )


# ---- the arithmetic


def _bill(paper: Paper, basket: Sequence[Item], rng: random.Random) -> Bill:
    gross, off, step = (
        sum(item.amount for item in basket),
        sum(item.off for item in basket),
        paper.country.step,
    )
    percent = rng.choice((5, 10, 15, 20)) if rng.randrange(100) < paper.discount else 0
    discount = rounded_down((gross - off) * percent // 100, step)
    net = gross - off - discount
    service = rounded_down(round(net * paper.service / 100), step)
    rates = [rng.choice(paper.country.rates) if paper.country.rates else 0 for _ in basket]
    taxes = list(_taxes(paper, basket, rates, net + service))
    unrounded = net + service + (sum(tax.tax for tax in taxes) if paper.taxes == "added" else 0)
    methods = _methods(paper, rng)
    total = _round(paper, unrounded, methods)
    payments = _payments(paper, total, methods, rng)
    tendered = _tendered(paper, dict(payments).get("cash", 0), rng)
    return Bill(gross, off, percent, discount, service, rates, taxes, unrounded, total, payments, tendered)


def _taxes(paper: Paper, basket: Sequence[Item], rates: Sequence[float], sold: int) -> Iterator[Tax]:
    """What is taken off or added on the whole receipt is shared out among the rates."""
    if paper.taxes == "none":
        return
    left, whole = sold, sum(item.amount - item.off for item in basket) or 1
    kinds = sorted(set(rates))
    for rate in kinds:
        own = sum(item.amount - item.off for item, its in zip(basket, rates, strict=True) if its == rate)
        share = left if rate == kinds[-1] else sold * own // whole
        left -= share
        base = 100 + rate if paper.taxes == "included" else 100
        yield Tax(rate, share, round(share * rate / base))


def _round(paper: Paper, amount: int, methods: Sequence[str]) -> int:
    if not paper.rounding or (paper.rounds == "cash" and set(methods) != {"cash"}):
        return amount
    return rounded_down(amount if paper.rounds == "down" else amount + paper.rounding // 2, paper.rounding)


def _methods(paper: Paper, rng: random.Random) -> list[str]:
    choice = list(paper.pays or paper.country.methods)
    first = rng.choice(choice)
    others = [method for method in choice if method != first]
    if others and rng.randrange(100) < paper.split:
        # Cash comes last: only of it change is given.
        return sorted([first, rng.choice(others)], key=lambda method: method == "cash")
    return [first]


def _payments(paper: Paper, total: int, methods: Sequence[str], rng: random.Random) -> list[tuple[str, int]]:
    first = rounded_down(int(total * rng.uniform(0.2, 0.8)), paper.country.step)
    if len(methods) == 1 or not 0 < first < total:
        return [(methods[-1], total)]
    return [(methods[0], first), (methods[1], total - first)]


def _tendered(paper: Paper, cash: int, rng: random.Random) -> int:
    """What is handed over for `cash`: exactly that, or notes."""
    if not cash or rng.random() < 0.25:
        return cash
    note = rng.choice(paper.country.notes)
    return -(-cash // note) * note


def _number(paper: Paper, when: datetime, rng: random.Random) -> str:
    pattern = when.strftime(rng.choice(paper.numbers or paper.country.numbers))
    return "".join(str(rng.randrange(10)) if char == "#" else char for char in pattern)


# ---- what may be printed


def _facts(bill: Bill) -> Facts:
    sub, change = bill.gross - bill.off, bill.tendered - bill.cash
    return {
        "gross": bill.gross, "off": bill.off, "sub": sub, "discount": bill.discount, "percent": str(bill.percent),
        "service": bill.service, "tax": bill.tax, "untaxed": bill.total - bill.tax, "unrounded": bill.unrounded,
        "rounding": bill.total - bill.unrounded, "total": bill.total, "given": bill.total + change,
        "change": change, "saved": bill.off + bill.discount,
    }  # fmt: skip


def _flags(paper: Paper, bill: Bill, rng: random.Random) -> dict[str, bool]:
    """What a row may depend on: amounts that are not zero, methods of payment, the paper's own."""
    flags = {name: bool(value) for name, value in _facts(bill).items()}
    flags |= {name: rng.randrange(100) < chance for name, chance in paper.flags.items()}
    return flags | {method: True for method, _ in bill.payments}


def _item(line: int, sold: tuple[Item, float]) -> Facts:
    item, rate = sold
    return {
        "line": str(line), "line2": f"{line:02}", "ean": str(6900000000000 + item.price * 7919), "name": item.name,
        "qty": item.qty, "price": item.price, "amount": item.amount, "off": item.off, "rate": f"{rate:g}",
        "many": "1" if item.qty != "1" else "", "weighed": "1" if not item.qty.isdigit() else "",
        "cut": "1" if item.off else "",
    }  # fmt: skip


def _pays(paper: Paper, bill: Bill, rng: random.Random) -> Iterator[Facts]:
    left = bill.total
    for method, amount in bill.payments:
        left -= amount
        label = rng.choice(paper.country.methods[method])
        yield {"label": label, "amount": bill.tendered if method == "cash" else amount, "left": left}


def _tax(tax: Tax) -> Facts:
    return {"rate": f"{tax.rate:g}", "base": tax.share - tax.tax, "share": tax.share, "tax": tax.tax}


# ---- the truth


def truth(paper: Paper, rung: Rung, rows: str) -> dict[str, Any]:
    """What a reader should make of the receipt that `rows` print, in the form of the captures' labels."""
    bill, country = rung.bill, paper.country
    sign = -1 if paper.kind == "refund" else 1

    def amount(minor: int) -> str:
        return f"{sign * minor / 10**country.decimals:.{country.decimals}f}"

    others = {bill.unrounded, *(_facts(bill)[name] for name in paper.accepts)} - {bill.total}
    payments = [{"method": method, "amount": amount(part)} for method, part in bill.payments]
    return {
        "kind": paper.kind,
        "total": amount(bill.total) if "total}" in rows else None,
        "currency": country.currency,
        "payments": payments if paper.kind in _PAID else [],
        "receipt_no": rung.number if "{number}" in rows else None,
        "datetime": rung.when.strftime("%Y-%m-%dT%H:%M:%S") if "{when}" in rows else None,
        "tax": amount(bill.tax) if "{tax}" in rows else None,
        "items_count": len(rung.items),
        "accept_totals": [amount(other) for other in sorted(map(int, others))],
        "accept_kinds": [],
        "accept_receipt_nos": [],
    }  # fmt: skip
