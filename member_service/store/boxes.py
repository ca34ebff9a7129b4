"""Boxes: how one comes to be, which keys it has, and what it has signed already."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from member_service.errors import ApiError
from member_service.store import merchants
from member_service.store.keys import key_id
from member_service.store.tables import Box, BoxKey, EnrolmentCode, Merchant, Nonce, Store, Till
from member_service.typed_code import CodeError, plain

BOX_ID_BYTES = 6
# A box drains a month of sales in some two hundred requests; ten times that in ten minutes is a box gone mad.
MAX_NONCES_PER_KEY = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands."""

    merchant_id: int
    merchant: str
    store: str
    till: str


def enrol(session: Session, *, code: str, public_key: bytes, hardware: str, now: int) -> BoxKey:
    """Make a box of a one-time code and a key. Raises ApiError 403.

    The same code with the same key is the same enrolment, asked again because its answer was lost.
    """
    row = _enrolment_code(session, code)
    if row.expires_at <= now:
        raise ApiError(403, "expired_code", "This enrolment code has expired: make a new one with add-till.")
    if row.box_id is not None:
        key = session.get_one(BoxKey, key_id(row.box_id, 1))
        if key.public_key != public_key:
            raise ApiError(403, "used_code", "This enrolment code was used: make a new one with add-till.")
        return key
    # Random and not counted: a store that was brought back from a backup must not issue an id again.
    box_id = secrets.token_hex(BOX_ID_BYTES)
    session.add(Box(id=box_id, till_id=row.till_id, hardware=hardware, enrolled_at=now))
    session.flush()
    key = BoxKey(id=key_id(box_id, 1), box_id=box_id, public_key=public_key)
    session.add(key)
    row.box_id = box_id
    return key


def place(session: Session, box_id: str) -> Place:
    """Merchant, store and till of a box that is known."""
    row = session.execute(
        select(Merchant.id, Merchant.name, Store.name, Till.name)
        .join(Store, Store.merchant_id == Merchant.id)
        .join(Till, Till.store_id == Store.id)
        .join(Box, Box.till_id == Till.id)
        .where(Box.id == box_id)
    ).one()
    return Place(*row)


def remember_nonce(session: Session, key: str, nonce: str, *, now: int, expires_at: int) -> None:
    """Raises ApiError: 401 where this key used the nonce before, 429 where it has used very many."""
    session.execute(delete(Nonce).where(Nonce.expires_at < now))
    if session.get(Nonce, (key, nonce)) is not None:
        raise ApiError(401, "replayed", "This request was received before; sign it anew to repeat it.")
    if session.scalar(select(func.count()).select_from(Nonce).filter_by(key_id=key)) == MAX_NONCES_PER_KEY:
        raise ApiError(429, "too_many_requests", "This box sends too many requests.", retry_after=60)
    session.add(Nonce(key_id=key, nonce=nonce, expires_at=expires_at))


def note_heartbeat(session: Session, box_id: str, heartbeat: dict[str, Any], now: int) -> None:
    box = session.get_one(Box, box_id)
    box.heard_at, box.heartbeat = now, heartbeat


def note_setup(session: Session, box_id: str, setup: dict[str, Any], now: int) -> None:
    box = session.get_one(Box, box_id)
    box.setup, box.setup_at = setup, now


def setup_before(session: Session, box_id: str) -> dict[str, Any] | None:
    """How the box was set up that stood at the till of `box_id` before it."""
    till = session.get_one(Box, box_id).till_id
    others = select(Box.setup).where(Box.till_id == till, Box.id != box_id, Box.setup_at.is_not(None))
    return session.scalars(others.order_by(Box.setup_at.desc()).limit(1)).one_or_none()


def revoke(session: Session, box_id: str, now: int) -> bool:
    """From now on nothing new is believed of this box; false where there is none."""
    box = session.get(Box, box_id)
    if box is None:
        return False
    box.revoked_at = box.revoked_at or now
    return True


def _enrolment_code(session: Session, typed: str) -> EnrolmentCode:
    try:
        row = session.get(EnrolmentCode, merchants.digest(plain(typed)))
    except CodeError:
        row = None
    if row is None:
        raise ApiError(403, "unknown_code", "There is no such enrolment code; check every character.")
    return row
