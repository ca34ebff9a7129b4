"""The claim token, version 1: what a box signs for one sale, and what its QR carries.

The format is `docs/claim-token.md`; its vectors are `docs/claim-token-vectors.json`. All numbers are
big-endian and unsigned. The key comes in as a function: this room holds no secrets.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from receiptbridge.errors import TokenError

VERSION = 1
DOMAIN = b"receiptbridge-claim-v1\0"  # keeps a signature over a claim from meaning anything else

BOX_ID_BYTES = 6
FIELDS_BYTES = 26
SIGNATURE_BYTES = 64  # Ed25519, RFC 8032
TOKEN_BYTES = FIELDS_BYTES + SIGNATURE_BYTES
SPELLING_CHARACTERS = TOKEN_BYTES * 8 // 5  # 720 bits are exactly 144 characters: no bit is left over

CLOCK_NOT_GOOD = 0x01  # flags bit 0: `time` is the box's guess; the claim window starts at the service
JOIN_ONLY = 0x02  # flags bit 1: the code invites to join, and has no points

# The fields behind version and box id, in their order, with their width in bytes.
_NUMBERS = (("number", 5), ("time", 4), ("amount", 5), ("currency", 2), ("rule", 2), ("flags", 1))
_SPELLING = re.compile(f"[A-Z2-7]{{{SPELLING_CHARACTERS}}}")


@dataclass(frozen=True, slots=True)
class ClaimFields:
    """One sale as its token states it.

    `box_id`: 6 bytes; `number`: the box's count of sales, u40; `time`: Unix seconds, u32; `amount`: minor
    units, u40; `currency`: ISO 4217 numeric code, u16; `rule`: id of the earn rule, u16; `flags`: u8.
    """

    box_id: bytes
    number: int
    time: int
    amount: int
    currency: int
    rule: int
    flags: int = 0


def encode(fields: ClaimFields, sign: Callable[[bytes], bytes]) -> bytes:
    """The token of a sale, 90 bytes. `sign` makes the Ed25519 signature (64 bytes) of what it is given.

    Raises TokenError for a field that does not fit its width, and for a signature that is none.
    """
    head = _pack(fields)
    mark = sign(DOMAIN + head)
    if len(mark) != SIGNATURE_BYTES:
        raise TokenError(f"An Ed25519 signature has {SIGNATURE_BYTES} bytes, this one {len(mark)}")
    return head + mark


def _pack(fields: ClaimFields) -> bytes:
    if len(fields.box_id) != BOX_ID_BYTES:
        raise TokenError(f"A box id has {BOX_ID_BYTES} bytes, not {len(fields.box_id)}")
    numbers = b"".join(_unsigned(name, getattr(fields, name), width) for name, width in _NUMBERS)
    return bytes((VERSION,)) + fields.box_id + numbers


def _unsigned(name: str, value: int, width: int) -> bytes:
    try:
        return value.to_bytes(width, "big")
    except OverflowError:
        limit = (1 << 8 * width) - 1
        raise TokenError(f"{name} {value} does not fit a claim token (0 to {limit})") from None


def decode(token: bytes) -> ClaimFields:
    """The fields of a token, whoever signed it: its signature is for the holder of the public key to check.

    Raises TokenError for a wrong length or a version other than 1.
    """
    _check_length(token)
    if token[0] != VERSION:
        raise TokenError(f"This claim token is of version {token[0]}; version {VERSION} is understood")
    at = 1 + BOX_ID_BYTES
    numbers = {}
    for name, width in _NUMBERS:
        numbers[name] = int.from_bytes(token[at : at + width], "big")
        at += width
    return ClaimFields(box_id=token[1 : 1 + BOX_ID_BYTES], **numbers)


def signed_bytes(token: bytes) -> bytes:
    """What the signature is over: the domain and the 26 bytes of fields."""
    _check_length(token)
    return DOMAIN + token[:FIELDS_BYTES]


def signature(token: bytes) -> bytes:
    """The Ed25519 signature, 64 bytes."""
    _check_length(token)
    return token[FIELDS_BYTES:]


def spell(token: bytes) -> str:
    """The one spelling of a token: 144 characters of RFC 4648 base32, upper case, without padding."""
    _check_length(token)
    return base64.b32encode(token).decode("ascii")


def unspell(spelling: str) -> bytes:
    """The token of its canonical spelling; TokenError for every other text.

    `b32decode` alone also takes padding in place of the last characters, and then gives fewer bytes.
    """
    if len(spelling) != SPELLING_CHARACTERS:
        raise TokenError(f"A claim token has {SPELLING_CHARACTERS} characters, this has {len(spelling)}")
    if _SPELLING.fullmatch(spelling) is None:
        raise TokenError("A claim token is spelt with A to Z and 2 to 7 only, in upper case")
    return base64.b32decode(spelling)


def _check_length(token: bytes) -> None:
    if len(token) != TOKEN_BYTES:
        raise TokenError(f"A claim token has {TOKEN_BYTES} bytes, this has {len(token)}")
