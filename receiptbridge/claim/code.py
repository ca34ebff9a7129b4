"""The typed code: what a shopper types who cannot scan, such as K7QM-4T2P-9H.

Nine characters are the first 45 bits of SHA-256(token) in Crockford's base32; the tenth checks them. Read as
elements of GF(32), modulo x^5 + x^2 + 1, the ten characters c0..c9 satisfy

    c0*a^9 + c1*a^8 + ... + c8*a + c9 = 0        with a = x

All ten weights differ and none is zero, so every single wrong character and every exchange of two characters
(neighbours or not) is caught, with no character that a phone's keyboard hides. `docs/claim-token.md` says it
for other programmers.
"""

from __future__ import annotations

import unicodedata

from cryptography.hazmat.primitives.hashes import SHA256, Hash

from receiptbridge.errors import TokenError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: without I, L, O, U
DATA_CHARACTERS = 9
CODE_CHARACTERS = DATA_CHARACTERS + 1
MAX_TYPED = 64  # a code with room for separators; what is longer was not typed from a receipt

_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive: a has order 31, more than there are positions
_MISREAD = str.maketrans("ILO", "110")
_SEPARATORS = dict.fromkeys(map(ord, " -‐‒–—―−"))


def typed_code(token: bytes) -> str:
    """The code of a token, in groups of four, four and two: "K7QM-4T2P-9H"."""
    # Not hashlib's: in a lane it would be a second OpenSSL, of 3 MB, beside the one that signs.
    digest = Hash(SHA256())
    digest.update(token)
    bits = int.from_bytes(digest.finalize(), "big") >> 256 - 5 * DATA_CHARACTERS
    values = [bits >> 5 * place & 31 for place in reversed(range(DATA_CHARACTERS))]
    return _group("".join(ALPHABET[value] for value in [*values, _times_a(_remainder(values))]))


def normalise(typed: str) -> str:
    """The code that somebody typed, spelt as `typed_code` spells it.

    Lower case, full-width forms, spaces and dashes anywhere, I or L for 1 and O for 0 are accepted.
    Raises TokenError where the length, a character or the check does not fit.
    """
    if len(typed) > MAX_TYPED:
        raise TokenError(f"A code has {CODE_CHARACTERS} characters")
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_SEPARATORS).translate(_MISREAD)
    if len(plain) != CODE_CHARACTERS:
        raise TokenError(f"A code has {CODE_CHARACTERS} characters, this has {len(plain)}")
    if not set(plain) <= set(ALPHABET):
        raise TokenError("A code has only digits and letters, and no U")
    if _remainder([ALPHABET.index(character) for character in plain]):
        raise TokenError("The code does not check: one of its characters is not as printed")
    return _group(plain)


def _remainder(values: list[int]) -> int:
    """The weighted sum of the characters in GF(32), by Horner's rule; 0 for a whole and good code."""
    total = 0
    for value in values:
        total = _times_a(total) ^ value
    return total


def _times_a(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 0b100000 else doubled


def _group(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"
