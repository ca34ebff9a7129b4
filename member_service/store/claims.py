"""What a shopper does with a token: look at what it is worth, and have it credited to a phone number.

The token is signed, so a claim is good before its sale was delivered. Each (box, number) has one accrual.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from member_service import earn, money
from member_service.claim_token import ClaimToken
from member_service.store import boxes, issued, ledger, limits
from member_service.store.accounts import account_of
from member_service.store.tables import Account, Accrual, EarnRule, IssuedToken, Member

CLAIM_WINDOW_S = 7 * 24 * 3600
# Paper names a day ("by 2026-11-29"), in a time zone that the token does not carry, and the whole day counts.
CLAIM_GRACE_S = 24 * 3600


class State(Enum):
    """What can be done with a token, in the order in which it is found out."""

    REFUSED = "refused"  # no box of ours issued it, or its number has another token
    CLAIMED = "claimed"
    REFUNDED = "refunded"  # the whole sale was given back
    EXPIRED = "expired"
    WAITING = (
        "waiting"  # genuine, but by an earn rule that is not known here yet, or by a key that was replaced
    )
    LIMITED = "limited"  # this member has claimed often, or just now: the token stays good
    OPEN = "open"  # for good where it only invites to join


@dataclass(frozen=True, slots=True)
class Offer:
    """This one sale, and nothing about whoever claimed it. The last four are empty where it was refused."""

    state: State
    merchant: str = ""
    amount: int = 0
    currency: str = ""
    points: int = 0
    join_only: bool = False  # the paper promised no points


REFUSED = Offer(State.REFUSED)


def look(session: Session, token: ClaimToken, now: int) -> Offer:
    """What the token is worth now. A token that is heard of for the first time is remembered."""
    return _look(session, token, now)[0]


def claim(session: Session, token: ClaimToken, *, phone: str, form: str, now: int) -> tuple[Offer, bool]:
    """Credit the sale to the account of `phone` (E.164), and say whether this claim has its points.

    `form` is the random id of the page that the claim was sent from: the same page with the same number is
    the same claim sent twice, and has its points both times. Any other claim comes second, even with the same
    number, so that nobody learns where a sale went by trying numbers.
    """
    offer, rule = _look(session, token, now)
    form_digest = hashlib.sha256(form.encode()).digest() if form else None
    if offer.state is State.CLAIMED:
        return offer, form_digest is not None and _was_this(session, token, phone, form_digest)
    if offer.state is not State.OPEN or rule is None:
        return offer, False
    account = account_of(session, phone, rule.merchant_id, now)
    if offer.join_only:
        return offer, True
    if not limits.within(session, account, now):
        return replace(offer, state=State.LIMITED), False
    session.add(
        Accrual(
            account_id=account.id,
            box_id=token.box_id,
            number=token.number,
            rule_id=rule.id,
            points=earn.points(token.amount, rule),
            amount=offer.amount,
            currency=offer.currency,
            form_digest=form_digest,
            claimed_at=now,
        )
    )
    ledger.settle(session, token.box_id, token.number, now)
    return offer, True


def _look(session: Session, token: ClaimToken, now: int) -> tuple[Offer, EarnRule | None]:
    if not issued.genuine(session, token):
        return REFUSED, None
    place = boxes.place(session, token.box_id)
    if not issued.vouched(session, token):
        return Offer(State.WAITING, place.merchant), None
    row = issued.hear_scan(session, token, now)
    if row is None:
        return REFUSED, None
    currency = money.BY_NUMERIC.get(token.currency)
    rule = session.get(EarnRule, (place.merchant_id, token.rule))
    if currency is None or rule is None or rule.currency != currency.code:
        return Offer(State.WAITING, place.merchant), None
    sale = place.merchant, token.amount, currency.code
    if token.join_only:
        return Offer(State.OPEN, *sale, join_only=True), rule
    back = ledger.given_back(session, token.box_id, token.number)
    points = earn.points(token.amount, rule)
    left = points - ledger.share(points, back, token.amount)
    return Offer(_state(session, token, row, back, now), *sale, left), rule


def _state(session: Session, token: ClaimToken, row: IssuedToken, back: int, now: int) -> State:
    if session.scalar(select(Accrual.id).filter_by(box_id=token.box_id, number=token.number)) is not None:
        return State.CLAIMED
    if ledger.platform_awards(session, token.box_id, token.number):
        return State.CLAIMED
    if 0 < token.amount <= back:
        return State.REFUNDED
    # A clock that ran ahead makes no window longer than what starts when the token is first heard of.
    start = min(token.time, row.first_heard_at) if token.clock_good else row.first_heard_at
    return State.EXPIRED if now > start + CLAIM_WINDOW_S + CLAIM_GRACE_S else State.OPEN


def _was_this(session: Session, token: ClaimToken, phone: str, form_digest: bytes) -> bool:
    query = (
        select(Accrual.id)
        .join(Account, Account.id == Accrual.account_id)
        .join(Member, Member.id == Account.member_id)
        .where(
            Accrual.box_id == token.box_id,
            Accrual.number == token.number,
            Accrual.form_digest == form_digest,
            Member.phone == phone,
        )
    )
    return session.scalar(query) is not None
