"""A new key for an enrolled box, without a gap: the service knows it before anything is signed with it.

The new key is on disk, noted as the next one, before the service hears of it. If the answer is lost, the next try
brings the same key and gets the same answer, however much later: the box is never left with a key that the service
has retired and none in its place.
"""

from __future__ import annotations

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from receiptbridge.cloud.client import ServiceClient
from receiptbridge.errors import ServiceError
from receiptbridge.identity import (
    KEYS_FOLDER,
    BoxKey,
    Identity,
    IdentityError,
    UnenrolledKey,
    adopt_key,
    drop_next_key,
    next_key,
    noted_next_key,
)
from receiptbridge.words import _

ROTATION_DOMAIN = b"receiptbridge-next-key-v1\0"  # docs/sync-api.md
# The service's own word that it has not taken this key and never will. Any other refusal may come from elsewhere, or
# after a first answer that was lost: the key is kept.
_NEVER = frozenset({"used_key", "bad_proof", "too_many_keys", "revoked"})


def rotate(state_dir: Path, service_url: str) -> Identity:
    """Replace this box's key by a fresh one, or finish a replacement whose answer was lost.

    Raises `IdentityError` on a box that is not enrolled, and `ServiceError`; the box then signs as before.
    """
    with _one_at_a_time(state_dir):
        identity = Identity.load(state_dir)
        if identity is None:
            raise IdentityError(_("This box is not enrolled."), hint=_("Run: receiptbridge enrol"))
        return _rotate(state_dir, service_url, identity.current)


def finish_rotation(state_dir: Path, service_url: str) -> None:
    """Before anything that starts a new list of keys: a replacement under way is ended, one way or the other.

    Raises `ServiceError` where the service cannot be asked.
    """
    if noted_next_key(state_dir) is None:
        return
    try:
        rotate(state_dir, service_url)
    except ServiceError as fault:
        if not fault.permanent:
            raise


def proof(key: UnenrolledKey, current: BoxKey) -> bytes:
    """By which the new key says whom it follows: 64 bytes."""
    return key.private_key.sign(ROTATION_DOMAIN + current.box_id + current.key_id.encode())


def _rotate(state_dir: Path, service_url: str, current: BoxKey) -> Identity:
    key = next_key(state_dir)
    with closing(ServiceClient(service_url, current)) as client:
        try:
            answer = client.add_key(_base64(key.public_key), _base64(proof(key, current)))
        except ServiceError as fault:
            if fault.code in _NEVER:
                drop_next_key(state_dir, key)
            raise
    key_id = answer.get("key_id")
    if not isinstance(key_id, str) or not key_id:
        raise ServiceError(_("The service's answer to a new key makes no sense: it names none."))
    return adopt_key(state_dir, key, current.box_id, key_id)


@contextmanager
def _one_at_a_time(state_dir: Path) -> Iterator[None]:
    try:
        folder = os.open(state_dir / KEYS_FOLDER, os.O_RDONLY)
    except OSError:
        raise IdentityError(_("This box is not enrolled."), hint=_("Run: receiptbridge enrol")) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
