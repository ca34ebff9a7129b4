"""Merchants, their stores, tills and earn rules, and the one-time codes by which a box enrols for a till."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from member_service.earn import Rounding
from member_service.store.tables import (
    Accrual,
    Box,
    Conflict,
    EarnRule,
    EnrolmentCode,
    Merchant,
    Sale,
    Store,
    Till,
)
from member_service.typed_code import ALPHABET, grouped

ENROLMENT_CODE_CHARACTERS = 16  # of 5 bits: 80 bits, beyond guessing whatever the rate
ENROLMENT_CODE_LIFE_S = 15 * 60


@dataclass(frozen=True, slots=True)
class TillLine:
    """One till as the head office sees it, with the box that enrolled for it last."""

    merchant: str
    store: str
    till: str
    box_id: str | None
    heard_at: int | None
    sales: int
    claims: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """What an earn rule says, as docs/sync-api.md defines it."""

    currency: str
    minor_per_point: int
    minimum_spend: int = 0
    points_cap: int | None = None
    rounding: Rounding = "down"


def add_till(session: Session, *, merchant: str, store: str, till: str, terms: RuleTerms, now: int) -> str:
    """Make what is not there yet, and a code, shown once, by which a box enrols for the till.

    Another earn rule than the merchant's current one becomes a new rule. Calling it for a till that has a box
    is how a dead box is replaced.
    """
    owner = session.scalar(select(Merchant).filter_by(name=merchant)) or Merchant(name=merchant)
    session.add(owner)
    session.flush()
    _set_rule(session, owner.id, terms)
    place = session.scalar(select(Store).filter_by(merchant_id=owner.id, name=store))
    place = place or Store(merchant_id=owner.id, name=store)
    session.add(place)
    session.flush()
    counter = session.scalar(select(Till).filter_by(store_id=place.id, name=till))
    counter = counter or Till(store_id=place.id, name=till)
    session.add(counter)
    session.flush()
    return _new_code(session, counter.id, now)


def current_rule(session: Session, merchant_id: int) -> EarnRule:
    """The rule that new sales earn by; every merchant with a till has one."""
    return session.scalars(_newest_rule(merchant_id)).one()


def find(session: Session, name: str) -> int | None:
    """The id of the merchant of that name."""
    return session.scalar(select(Merchant.id).filter_by(name=name))


def set_payment_policy(session: Session, name: str, policy: dict[str, str] | None) -> bool:
    """What boxes are told from now on (docs/sync-api.md); false where there is no such merchant."""
    owner = session.scalar(select(Merchant).filter_by(name=name))
    if owner is not None:
        owner.payment_policy = policy
    return owner is not None


def set_block(session: Session, name: str, block: str | None) -> bool:
    """Which block all boxes of a merchant print; None: as each is configured. False where there is no merchant."""
    owner = session.scalar(select(Merchant).filter_by(name=name))
    if owner is not None:
        owner.block = block
    return owner is not None


def code_for_till(session: Session, *, merchant: str, store: str, till: str, now: int) -> str | None:
    """A code for a till that is there, whose terms stay as they are; None where it is not."""
    query = (
        select(Till.id)
        .join(Store, Store.id == Till.store_id)
        .join(Merchant, Merchant.id == Store.merchant_id)
        .where(Merchant.name == merchant, Store.name == store, Till.name == till)
    )
    till_id = session.scalar(query)
    return None if till_id is None else _new_code(session, till_id, now)


def digest(plain_code: str) -> bytes:
    """How an enrolment code is stored: its 80 random bits need no salt and no slow hash."""
    return hashlib.sha256(plain_code.encode()).digest()


def tills(session: Session) -> list[TillLine]:
    """All tills in the order of their names, with counts over all boxes that they have had."""
    latest = select(func.max(Box.enrolled_at)).where(Box.till_id == Till.id).correlate(Till).scalar_subquery()
    query = (
        select(Merchant.name, Store.name, Till.name, Till.id, Box.id, Box.heard_at)
        .join(Store, Store.merchant_id == Merchant.id)
        .join(Till, Till.store_id == Store.id)
        .outerjoin(Box, (Box.till_id == Till.id) & (Box.enrolled_at == latest))
        .order_by(Merchant.name, Store.name, Till.name)
    )
    counts = [_count_by_till(session, table) for table in (Sale, Accrual, Conflict)]
    return [
        TillLine(merchant, store, till, box_id, heard_at, *(count.get(till_id, 0) for count in counts))
        for merchant, store, till, till_id, box_id, heard_at in session.execute(query)
    ]


def _count_by_till(session: Session, table: type[Sale | Accrual | Conflict]) -> dict[int, int]:
    joined = select(Box.till_id, func.count()).select_from(table).join(Box, Box.id == table.box_id)
    return dict(session.execute(joined.group_by(Box.till_id)).all())


def _newest_rule(merchant_id: int) -> Select[EarnRule]:
    return select(EarnRule).filter_by(merchant_id=merchant_id).order_by(EarnRule.id.desc()).limit(1)


def _set_rule(session: Session, merchant_id: int, terms: RuleTerms) -> None:
    rule = session.scalar(_newest_rule(merchant_id))
    said = asdict(terms)
    if rule is not None and all(getattr(rule, name) == value for name, value in said.items()):
        return
    session.add(EarnRule(merchant_id=merchant_id, id=rule.id + 1 if rule else 1, **said))


def _new_code(session: Session, till_id: int, now: int) -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(ENROLMENT_CODE_CHARACTERS))
    expires_at = now + ENROLMENT_CODE_LIFE_S
    session.add(EnrolmentCode(digest=digest(code), till_id=till_id, expires_at=expires_at))
    return grouped(code)
