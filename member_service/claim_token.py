"""The claim token, version 1, as docs/claim-token.md defines it: 90 bytes, 144 characters on paper.

Read here from the document alone, so that box and service cannot share a mistake.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VERSION = 1
TOKEN_BYTES = 90
TOKEN_CHARACTERS = 144
FIELD_BYTES = 26
CLOCK_NOT_GOOD = 0x01  # flag: the box did not know the time when it issued the token
JOIN_ONLY = 0x02  # flag: the code invites to join, and has no points
DOMAIN = b"receiptbridge-claim-v1\0"
MAX_NUMBER = 2**40 - 1

# Big-endian: version u8, box id 6 bytes, number u40, time u32, amount u40, currency u16, rule u16, flags u8.
_FIELDS = struct.Struct(">B6s5sI5sHHB")


class TokenError(ValueError):
    """These are not the bytes, or not the spelling, of a claim token."""


@dataclass(frozen=True, slots=True)
class ClaimToken:
    """What a token says. Nothing of it is true before `is_signed_by` is."""

    raw: bytes
    box_id: str  # 12 hexadecimal digits
    number: int
    time: int  # Unix seconds by the box's clock
    amount: int  # minor units
    currency: int  # ISO 4217 numeric code
    rule: int
    flags: int

    @property
    def clock_good(self) -> bool:
        return not self.flags & CLOCK_NOT_GOOD

    @property
    def join_only(self) -> bool:
        return bool(self.flags & JOIN_ONLY)

    @property
    def spelling(self) -> str:
        return base64.b32encode(self.raw).decode()

    def is_signed_by(self, public_keys: Iterable[bytes]) -> bool:
        """Whether one of these raw Ed25519 public keys made the signature."""
        return any(self._verifies(key) for key in public_keys)

    def _verifies(self, public_key: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(
                self.raw[FIELD_BYTES:], DOMAIN + self.raw[:FIELD_BYTES]
            )
        except InvalidSignature:
            return False
        return True


def from_spelling(spelling: str) -> ClaimToken:
    """The token that is spelled so. Raises TokenError for all but the one canonical spelling."""
    if len(spelling) != TOKEN_CHARACTERS:
        raise TokenError(f"a claim token has {TOKEN_CHARACTERS} characters")
    try:
        raw = base64.b32decode(spelling)
    except (binascii.Error, ValueError) as error:
        raise TokenError("not base32") from error
    token = from_bytes(raw)
    # 144 characters are the whole of 90 bytes, so base32 leaves no spare bits here; a decoder that is lenient
    # about case or alphabet would still show.
    if token.spelling != spelling:
        raise TokenError("not the canonical spelling")
    return token


def from_bytes(raw: bytes) -> ClaimToken:
    """The token in these 90 bytes. Raises TokenError."""
    if len(raw) != TOKEN_BYTES:
        raise TokenError(f"a claim token has {TOKEN_BYTES} bytes")
    version, box_id, number, time, amount, currency, rule, flags = _FIELDS.unpack_from(raw)
    if version != VERSION:
        raise TokenError(f"version {version} is not known")
    return ClaimToken(
        raw=raw,
        box_id=box_id.hex(),
        number=int.from_bytes(number, "big"),
        time=time,
        amount=int.from_bytes(amount, "big"),
        currency=currency,
        rule=rule,
        flags=flags,
    )


def digest(raw: bytes) -> bytes:
    """SHA-256 of a token, from whose first bits its typed code is made."""
    return hashlib.sha256(raw).digest()
