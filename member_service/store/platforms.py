"""Payment platforms: the numbers of a sale's payments, and purchases that a platform tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from member_service import earn
from member_service.store import ledger, merchants
from member_service.store.accounts import account_of
from member_service.store.tables import Account, Member, PlatformAward, SaleTransaction

# An authorisation code has six characters: many purchases have the same.
TELLING = frozenset({"platform", "order", "reference"})
MANY = 500  # parameters of one query; SQLite takes 32,766

Award = Literal["awarded", "known", "elsewhere", "conflict"]


def take_in(
    session: Session, box_id: str, merchant_id: int, sales: Sequence[dict[str, Any]], now: int
) -> None:
    """Keep the transaction numbers of delivered sales, and settle those that a platform has told of."""
    rows = [
        {"box_id": box_id, "number": item["number"], "transaction_no": number, "merchant_id": merchant_id}
        for item in sales
        if item["kind"] == "sale"
        for number in {t["number"] for t in item["transactions"] if t["kind"] in TELLING}
    ]
    if not rows:
        return
    session.execute(insert(SaleTransaction), rows)
    told = set(_told(session, merchant_id, [row["transaction_no"] for row in rows]))
    for number in {row["number"] for row in rows if row["transaction_no"] in told}:
        ledger.settle(session, box_id, number, now)


def award(
    session: Session, merchant_id: int, *, transaction_no: str, phone: str, amount: int, now: int
) -> Award:
    """Credit a purchase that a platform tells of to `phone` (E.164), by the merchant's current earn rule.

    "known": told before; "elsewhere": its sale has its points by a claim or by another number of the payment;
    "conflict": told before of another member or amount, and left as it was.
    """
    row = session.scalar(
        select(PlatformAward).filter_by(merchant_id=merchant_id, transaction_no=transaction_no)
    )
    if row is not None:
        same = row.amount == amount and _phone(session, row) == phone
        return "known" if same else "conflict"
    rule = merchants.current_rule(session, merchant_id)
    row = PlatformAward(
        merchant_id=merchant_id,
        transaction_no=transaction_no,
        account_id=account_of(session, phone, merchant_id, now).id,
        rule_id=rule.id,
        points=earn.points(amount, rule),
        amount=amount,
        currency=rule.currency,
        awarded_at=now,
    )
    session.add(row)
    session.flush()
    sales = select(SaleTransaction).filter_by(merchant_id=merchant_id, transaction_no=transaction_no)
    for sale in session.scalars(sales).all():
        ledger.settle(session, sale.box_id, sale.number, now)
    return "awarded" if ledger.standing(session, row) == row.points else "elsewhere"


def _told(session: Session, merchant_id: int, numbers: Sequence[str]) -> Iterator[str]:
    for at in range(0, len(numbers), MANY):
        query = select(PlatformAward.transaction_no).where(
            PlatformAward.merchant_id == merchant_id,
            PlatformAward.transaction_no.in_(numbers[at : at + MANY]),
        )
        yield from session.scalars(query)


def _phone(session: Session, row: PlatformAward) -> str | None:
    return session.scalar(
        select(Member.phone).join(Account, Account.member_id == Member.id).where(Account.id == row.account_id)
    )
