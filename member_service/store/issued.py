"""Claim tokens: genuine or not, and the one that each (box, number) may have.

Sync and scans both come here first, so that whichever hears of a token first, the other finds the same row.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from member_service import claim_token, typed_code
from member_service.claim_token import ClaimToken
from member_service.store import keys
from member_service.store.tables import Box, Conflict, IssuedToken, Sale

# Whoever has a box's key makes as many different tokens as he likes; a thousand of them say all that there is to say.
MAX_REPORTS_PER_BOX = 1000


def genuine(session: Session, token: ClaimToken) -> bool:
    """Whether a box of ours signed it."""
    return token.is_signed_by(keys.public_keys(session, token.box_id))


def vouched(session: Session, token: ClaimToken) -> bool:
    """Whether a genuine token may be credited now: it was heard of before, or its key stands for it by itself."""
    row = session.get(IssuedToken, (token.box_id, token.number))
    if row is not None and hmac.compare_digest(row.raw, token.raw):
        return True
    signers = keys.keys_of(session, token.box_id)
    return any(keys.vouches(key, token) for key in signers if token.is_signed_by([key.public_key]))


def new_row(token: ClaimToken, now: int) -> dict[str, Any]:
    """The columns of a token that is heard of for the first time."""
    return {
        "box_id": token.box_id,
        "number": token.number,
        "raw": token.raw,
        "typed_code": typed_code.of_digest(claim_token.digest(token.raw)),
        "first_heard_at": now,
    }


def hear_scan(session: Session, token: ClaimToken, now: int) -> IssuedToken | None:
    """The row of a genuine token that a shopper showed, made where sync has not made it yet.

    None, with a row in the report of conflicts, where this (box, number) has another token, or was delivered
    as a sale without one; None also, and reported, where the box was revoked before anything was heard of the token.
    """
    row = session.get(IssuedToken, (token.box_id, token.number))
    if row is not None and hmac.compare_digest(row.raw, token.raw):
        return row
    if row is not None or session.get(Sale, (token.box_id, token.number)) is not None:
        report_conflict(
            session, token.box_id, token.number, "other_token", "scan", {"token": token.spelling}, now
        )
        return None
    if session.get_one(Box, token.box_id).revoked_at is not None:
        report_conflict(
            session, token.box_id, token.number, "revoked", "scan", {"token": token.spelling}, now
        )
        return None
    row = IssuedToken(**new_row(token, now))
    session.add(row)
    return row


def by_typed_code(session: Session, code: str) -> IssuedToken | None:
    """The token with this code. None also where two share it, as 45 bits may: then a scan tells which."""
    rows = session.scalars(select(IssuedToken).filter_by(typed_code=code).limit(2)).all()
    return rows[0] if len(rows) == 1 else None


def report_conflict(
    session: Session, box_id: str, number: int, code: str, channel: str, presented: dict[str, Any], now: int
) -> None:
    """Keep what was refused, once however often it comes."""
    digest = hashlib.sha256(json.dumps(presented, sort_keys=True).encode()).digest()
    known = select(Conflict.id).filter_by(box_id=box_id, number=number, digest=digest)
    reported = select(func.count()).select_from(Conflict).filter_by(box_id=box_id)
    if session.scalar(known) is None and (session.scalar(reported) or 0) < MAX_REPORTS_PER_BOX:
        session.add(
            Conflict(
                box_id=box_id,
                number=number,
                code=code,
                channel=channel,
                presented=presented,
                digest=digest,
                seen_at=now,
            )
        )
