"""What a sale's points come to after refunds, and after what a payment platform awarded for the same purchase.

Rules of this file:
- The ledger is append-only: what was credited too much is taken back by reversals, and `settle` appends only what
  is still missing. It may be called at any time and any number of times; the sum depends on what is known, and not
  on the order in which it came.
- A refund takes back its share of the points, rounded down, that is towards the member. Shares are counted of all
  that was given back so far, so that several partial refunds come to what one would.
- A purchase has its points once. What was credited first stays: the claim, or the platform's awards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from member_service.store.tables import (
    Accrual,
    PlatformAward,
    Refund,
    Reversal,
    Sale,
    SaleTransaction,
)

Cause = Literal["refund", "awarded"]


class Owed(NamedTuple):
    """What is to be taken back from one credit, in all."""

    credit: Accrual | PlatformAward
    points: int
    cause: Cause


def share(points: int, given_back: int, amount: int) -> int:
    """The points that go with `given_back` of a sale of `amount`."""
    return points * min(given_back, amount) // amount if amount > 0 else 0


def given_back(session: Session, box_id: str, number: int) -> int:
    """How much of a sale its refunds gave back, in minor units."""
    matched = select(func.sum(Refund.amount)).filter_by(
        sale_box_id=box_id, sale_number=number, state="matched"
    )
    return int(session.scalar(matched) or 0)


def platform_awards(session: Session, box_id: str, number: int) -> list[PlatformAward]:
    """What platforms told of the purchase that this sale was, in the order in which it came. A number that is
    known with more than the sale's total, or another currency, is another purchase's."""
    query = (
        select(PlatformAward)
        .join(
            SaleTransaction,
            (SaleTransaction.merchant_id == PlatformAward.merchant_id)
            & (SaleTransaction.transaction_no == PlatformAward.transaction_no),
        )
        .join(Sale, (Sale.box_id == SaleTransaction.box_id) & (Sale.number == SaleTransaction.number))
        .where(Sale.box_id == box_id, Sale.number == number, Sale.kind == "sale")
        .where(PlatformAward.amount <= Sale.total, PlatformAward.currency == Sale.currency)
        .order_by(PlatformAward.id)
    )
    return list(session.scalars(query))


def settle(session: Session, box_id: str, number: int, now: int) -> None:
    """Append the reversals that a sale's credits still lack."""
    session.flush()
    for owed in _owed(session, box_id, number):
        missing = owed.points - _reversed(session, owed.credit)
        if missing > 0:
            of_claim = isinstance(owed.credit, Accrual)
            session.add(
                Reversal(
                    account_id=owed.credit.account_id,
                    accrual_id=owed.credit.id if of_claim else None,
                    award_id=None if of_claim else owed.credit.id,
                    points=missing,
                    cause=owed.cause,
                    reversed_at=now,
                )
            )
    session.flush()


def standing(session: Session, credit: Accrual | PlatformAward) -> int:
    """The points of a credit that were not taken back."""
    session.flush()
    return credit.points - _reversed(session, credit)


def _owed(session: Session, box_id: str, number: int) -> Iterator[Owed]:
    back = given_back(session, box_id, number)
    awards = platform_awards(session, box_id, number)
    accrual = session.scalar(select(Accrual).filter_by(box_id=box_id, number=number))
    claimed_first = accrual is not None and all(accrual.claimed_at <= award.awarded_at for award in awards)
    if accrual is not None:
        yield (
            Owed(accrual, share(accrual.points, back, accrual.amount), "refund")
            if claimed_first
            else Owed(accrual, accrual.points, "awarded")
        )
    sale = session.get(Sale, (box_id, number))
    left = sale.total or 0 if sale is not None else 0
    for award in awards:
        # Two numbers of one payment (the platform's, the merchant's) may both have been told of.
        if claimed_first or award.amount > left:
            yield Owed(award, award.points, "awarded")
        else:
            left -= award.amount
            assert sale is not None
            yield Owed(award, share(award.points, back, sale.total or 0), "refund")


def _reversed(session: Session, credit: Accrual | PlatformAward) -> int:
    of = {"accrual_id": credit.id} if isinstance(credit, Accrual) else {"award_id": credit.id}
    return int(session.scalar(select(func.sum(Reversal.points)).filter_by(**of)) or 0)
