"""Who sent a request: HTTP Message Signatures (RFC 9421) by a box's key, over a Content-Digest (RFC 9530).

Parsing and verifying are the library's; what must be covered, how old a signature may be, and the names of
refusals are docs/sync-api.md's, and here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)
from http_message_signatures.digests import ContentDigest
from http_message_signatures.exceptions import HTTPMessageSignaturesException
from sqlalchemy.orm import Session

from member_service.errors import ApiError
from member_service.store import boxes, keys
from member_service.store.database import Database
from member_service.store.tables import Box, BoxKey

# How far `created` may be from our time either way; a box learns our time from every answer.
CREATED_WINDOW_S = 300
# A signature made at the far end of the window can be used until it leaves it at the other end.
NONCE_LIFE_S = 2 * CREATED_WINDOW_S
NONCE_CHARACTERS = range(16, 65)

COVERED = ("@method", "@target-uri")


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as it came, in the shape that the library reads; `headers.items()` has every field line."""

    method: str
    url: str  # the target URI under the service's public URL
    headers: HeaderLines
    body: bytes


@dataclass(frozen=True, slots=True)
class HeaderLines:
    lines: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, raw: Iterable[tuple[bytes, bytes]]) -> HeaderLines:
        return cls(tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw))

    def items(self) -> Iterable[tuple[str, str]]:
        return self.lines

    def __contains__(self, name: object) -> bool:
        return any(known.lower() == name for known, _ in self.lines)


class _Refused(InvalidSignature):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _BoxKeys(HTTPSignatureKeyResolver):
    """The keys of the boxes that have enrolled."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        key = self.session.get(BoxKey, key_id)
        if key is None:
            raise _Refused("unknown_key", "No box has this key; has this box enrolled here?")
        return Ed25519PublicKey.from_public_bytes(key.public_key)


class _Verifier(HTTPMessageVerifier):
    def __init__(self, session: Session, now: int) -> None:
        super().__init__(signature_algorithm=algorithms.ED25519, key_resolver=_BoxKeys(session))
        self.now = now

    def validate_created_and_expires(self, sig_input: Any, max_age: datetime.timedelta | None = None) -> None:
        """The library's check by this service's clock, and with a name of its own for the box to act on."""
        created, expires = sig_input.params.get("created"), sig_input.params.get("expires")
        if created is None:
            raise InvalidSignature("the parameter created is missing")
        if abs(self.now - created) > CREATED_WINDOW_S or (expires is not None and expires < self.now):
            raise _Refused("clock", "The signature's time is too far from the service's: see service_time.")


@dataclass(frozen=True, slots=True)
class Signer:
    box_id: str
    key_id: str


def verify(database: Database, request: SignedRequest, now: int, *, retired: bool = False) -> Signer:
    """The box that signed this request, now and for the first time. Raises ApiError.

    `retired`: a key that was replaced long ago will do.
    """
    if not ("signature-input" in request.headers and "signature" in request.headers):
        raise ApiError(401, "no_signature", "The request must be signed by RFC 9421.")
    with database.read() as session:
        key_id, nonce = _verified(session, request, now)
        key = session.get_one(BoxKey, key_id)
        box = session.get_one(Box, key.box_id)
        box_id, revoked, current = box.id, box.revoked_at is not None, keys.may_sign_requests(key, now)
    if revoked:
        raise ApiError(403, "revoked", "This box was revoked; enrol it anew.")
    if not (current or retired):
        raise ApiError(401, "retired_key", "This key was replaced; sign with the box's newest.")
    database.write(
        lambda session: boxes.remember_nonce(session, key_id, nonce, now=now, expires_at=now + NONCE_LIFE_S)
    )
    return Signer(box_id, key_id)


def _verified(session: Session, request: SignedRequest, now: int) -> tuple[str, str]:
    """Key id and nonce of the one signature of this request, which covers all that it must."""
    verifier = _Verifier(session, now)
    try:
        (result,) = verifier.verify(request, require_components=COVERED)
        _check_body(result.covered_components, request.body)
    except _Refused as error:
        raise ApiError(401, error.code, str(error)) from error
    except HTTPMessageSignaturesException as error:
        raise ApiError(401, "bad_signature", f"The signature does not verify: {error}.") from error
    if result.nonce is None or len(result.nonce) not in NONCE_CHARACTERS:
        raise ApiError(401, "bad_signature", "The signature needs a nonce of 16 to 64 characters.")
    return str(result.parameters["keyid"]), result.nonce


def _check_body(covered: dict[str, str], body: bytes) -> None:
    """A body, and any Content-Digest that is covered, must agree. Raises InvalidSignature."""
    try:
        checked = ContentDigest.verify_components(covered, body)
    except InvalidSignature as error:
        raise _Refused("bad_digest", "Content-Digest is not that of the body.") from error
    if body and not checked:
        raise InvalidSignature("a body needs a covered Content-Digest")
