"""How often one member may claim with one merchant: what a person buys in a day, and not what a cashier sweeps up."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from member_service.store.tables import Account, Accrual, Merchant

# A family's shopping at several tills, and a forgotten receipt or two; a till leaves some hundred codes a day behind.
CLAIMS_PER_DAY = 10
# Scanning and typing the number takes a shopper about as long; a pile of receipts is meant to be tedious.
CLAIM_GAP_S = 20
DAY_S = 24 * 3600  # any 24 hours, in whatever time zone


def within(session: Session, account: Account, now: int) -> bool:
    """Whether this account may have a claim credited now."""
    merchant = session.get_one(Merchant, account.merchant_id)
    per_day, gap = limits_of(merchant)
    recent = select(func.count(), func.max(Accrual.claimed_at)).where(
        Accrual.account_id == account.id, Accrual.claimed_at > now - DAY_S
    )
    count, last = session.execute(recent).one()
    return (not per_day or count < per_day) and (last is None or now - last >= gap)


def limits_of(merchant: Merchant) -> tuple[int, int]:
    """Claims a day and seconds between two; 0 where there is no such limit."""
    per_day, gap = merchant.claims_per_day, merchant.claim_gap_s
    return CLAIMS_PER_DAY if per_day is None else per_day, CLAIM_GAP_S if gap is None else gap


def set_limits(session: Session, name: str, per_day: int | None, gap_s: int | None) -> tuple[int, int] | None:
    """Change what is given, and say what holds now; None where there is no such merchant."""
    merchant = session.scalar(select(Merchant).filter_by(name=name))
    if merchant is None:
        return None
    if per_day is not None:
        merchant.claims_per_day = per_day
    if gap_s is not None:
        merchant.claim_gap_s = gap_s
    return limits_of(merchant)
