"""The keys of a box, and what a key may still do after it was replaced.

Rules of this file:
- Keys of one box are numbered, newest last; the newest alone brings its successor.
- A retired key signs requests for `KEY_OVERLAP_S` more, so that lanes and sync take over without a gap. Whenever it
  repeats the very request that retired it, it gets the same answer, because the first one may have been lost.
- A shopper's token under a retired key is believed if it is dated before the end of the overlap by a good clock.
  Any other waits until the box itself delivers its sale: whoever found an old key cannot sign that delivery.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from member_service.claim_token import ClaimToken
from member_service.errors import ApiError
from member_service.store.tables import BoxKey

# A lane looks for a new key every 5 s and a request is under way for 40 s at most; the rest is for the clocks, which
# may differ by 300 s.
KEY_OVERLAP_S = 600
# A rotation a month for eight years; every key is one more that a forged token is tried on, 80 µs each.
MAX_KEYS = 100
ROTATION_DOMAIN = b"receiptbridge-next-key-v1\0"


def key_id(box_id: str, count: int) -> str:
    return f"{box_id}:{count}"


def count_of(key: BoxKey) -> int:
    """Which of its box's keys this is, from 1."""
    return int(key.id.rpartition(":")[2])


def keys_of(session: Session, box_id: str) -> list[BoxKey]:
    """The keys of a box, the newest first; none for a box that is not known."""
    return sorted(session.scalars(select(BoxKey).filter_by(box_id=box_id)), key=count_of, reverse=True)


def public_keys(session: Session, box_id: str) -> list[bytes]:
    return [key.public_key for key in keys_of(session, box_id)]


def may_sign_requests(key: BoxKey, now: int) -> bool:
    return key.retired_at is None or now <= key.retired_at + KEY_OVERLAP_S


def vouches(key: BoxKey, token: ClaimToken) -> bool:
    """Whether this key's signature alone makes `token` worth crediting, before the box has delivered its sale."""
    return key.retired_at is None or (token.clock_good and token.time <= key.retired_at + KEY_OVERLAP_S)


def rotate(session: Session, signer: str, public_key: bytes, proof: bytes, now: int) -> BoxKey:
    """The key after `signer` (a key id), which `public_key` becomes. Raises ApiError.

    `proof` is the new key's signature over a statement that names the key which it replaces.
    """
    old = session.get_one(BoxKey, signer)
    newest = keys_of(session, old.box_id)[0]
    following = session.get(BoxKey, key_id(old.box_id, count_of(old) + 1))
    if following is not None and following.public_key == public_key:
        return following
    if old is not newest:
        raise ApiError(401, "retired_key", "This key was replaced; only the newest brings another.")
    if session.scalar(select(BoxKey.id).filter_by(public_key=public_key)) is not None:
        raise ApiError(403, "used_key", "This key was used before; make a fresh one.")
    if count_of(old) >= MAX_KEYS:
        raise ApiError(403, "too_many_keys", f"A box has {MAX_KEYS} keys at most: enrol it anew.")
    _check_proof(public_key, proof, signer)
    old.retired_at = now
    key = BoxKey(id=key_id(old.box_id, count_of(old) + 1), box_id=old.box_id, public_key=public_key)
    session.add(key)
    return key


def _check_proof(public_key: bytes, proof: bytes, signer: str) -> None:
    box_id = bytes.fromhex(signer.partition(":")[0])
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            proof, ROTATION_DOMAIN + box_id + signer.encode()
        )
    except InvalidSignature:
        raise ApiError(403, "bad_proof", "The new key did not sign what docs/sync-api.md says.") from None
