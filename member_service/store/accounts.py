"""Members by their phone number, and their accounts with a merchant."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from member_service.store.tables import Account, Member


def account_of(session: Session, phone: str, merchant_id: int, now: int) -> Account:
    """The account of `phone` (E.164), made where there is none: whoever claims is a member from then on."""
    member = session.scalar(select(Member).filter_by(phone=phone)) or Member(phone=phone, joined_at=now)
    session.add(member)
    session.flush()
    account = session.scalar(select(Account).filter_by(member_id=member.id, merchant_id=merchant_id))
    account = account or Account(member_id=member.id, merchant_id=merchant_id, opened_at=now)
    session.add(account)
    session.flush()
    return account
