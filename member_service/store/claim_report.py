"""Claims by till and cashier, and the members whose claims come from one of them out of proportion.

A member is flagged where chance would hardly do it: so many of his claims in a store come from one till or cashier
that, by that source's share of everybody else's claims there, fewer than one in a thousand such reports would show it.
It is a reason to look, and no proof: whoever always shops on one shift meets one cashier.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from member_service import phone
from member_service.store.tables import Account, Accrual, Box, Member, Merchant, Sale, Store, Till

LEAST_CLAIMS = 5  # fewer say nothing about anybody
CHANCE = 0.001  # that a report flags anybody where all is by chance


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Claims that came from one till while one cashier stood there (None: not printed, or not yet delivered)."""

    merchant: str
    store: str
    till: str
    cashier: str | None
    claims: int
    members: int


@dataclass(frozen=True, slots=True)
class Flag:
    """One member's claims in one store, and how many of them are from one source."""

    merchant: str
    store: str
    member: str  # the telephone number, masked
    account_id: int
    source: str  # "till till-1" or "cashier 1090"
    claims: int
    from_source: int
    usual_share: float  # of everybody else's claims in that store


@dataclass(frozen=True, slots=True)
class Report:
    sources: list[SourceLine]
    flags: list[Flag]


@dataclass(frozen=True, slots=True)
class _Claims:
    merchant: str
    store: str
    till: str
    cashier: str | None
    account_id: int
    phone: str
    count: int


def report(session: Session, since: int) -> Report:
    """All claims credited at or after `since` (Unix seconds)."""
    rows = list(_claims(session, since))
    sources: dict[tuple[str, str, str, str | None], list[_Claims]] = {}
    stores: dict[tuple[str, str], list[_Claims]] = {}
    for row in rows:
        sources.setdefault((row.merchant, row.store, row.till, row.cashier), []).append(row)
        stores.setdefault((row.merchant, row.store), []).append(row)
    lines = [
        SourceLine(*key, claims=sum(row.count for row in found), members=len(found))
        for key, found in sorted(sources.items(), key=lambda item: tuple(map(str, item[0])))
    ]
    flags = [
        flag for found in stores.values() for name in ("till", "cashier") for flag in _flags(found, name)
    ]
    return Report(lines, flags)


def by_chance(hits: int, of: int, share: float) -> float:
    """How likely `hits` or more of `of` claims come from a source with this share of all."""
    if share >= 1:
        return 1.0
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits, of + 1))


def _flags(rows: list[_Claims], name: str) -> Iterator[Flag]:
    named = [row for row in rows if getattr(row, name) is not None]
    all_of: Counter[Any] = Counter()
    members: dict[int, Counter[Any]] = {}
    for row in named:
        all_of[getattr(row, name)] += row.count
        members.setdefault(row.account_id, Counter())[getattr(row, name)] += row.count
    phones = {row.account_id: row for row in named}
    pairs = sum(len(found) for found in members.values())
    for account_id, found in members.items():
        own, others = found.total(), all_of.total() - found.total()
        for source, hits in found.items():
            # One claim more than there are, so that a source which nobody else has met is no proof by itself.
            share = (all_of[source] - hits + 1) / (others + 1)
            if own >= LEAST_CLAIMS and by_chance(hits, own, share) < CHANCE / pairs:
                row = phones[account_id]
                yield Flag(
                    merchant=row.merchant,
                    store=row.store,
                    member=phone.masked(row.phone),
                    account_id=account_id,
                    source=f"{name} {source}",
                    claims=own,
                    from_source=hits,
                    usual_share=round(share, 3),
                )


def _claims(session: Session, since: int) -> Iterator[_Claims]:
    sale = and_(Sale.box_id == Accrual.box_id, Sale.number == Accrual.number)
    columns = (Merchant.name, Store.name, Till.name, Sale.cashier, Account.id, Member.phone)
    query = (
        select(*columns, func.count())
        .select_from(Accrual)
        .join(Account, Account.id == Accrual.account_id)
        .join(Member, Member.id == Account.member_id)
        .join(Box, Box.id == Accrual.box_id)
        .join(Till, Till.id == Box.till_id)
        .join(Store, Store.id == Till.store_id)
        .join(Merchant, Merchant.id == Store.merchant_id)
        .outerjoin(Sale, sale)
        .where(Accrual.claimed_at >= since)
        .group_by(*columns)
    )
    for row in session.execute(query):
        yield _Claims(*row)
