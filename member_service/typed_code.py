"""Codes typed by hand: Crockford base32, forgiving, as docs/claim-token.md defines it."""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARACTERS = 10
MAX_TYPED = 64  # characters; a code with a separator behind each is shorter

_DASHES = "-\u2010\u2012\u2013\u2014\u2015\u2212"
_READ_AS = str.maketrans({**dict.fromkeys("IL", "1"), "O": "0", **dict.fromkeys(_DASHES)})
_PLACE = {character: place for place, character in enumerate(ALPHABET)}
_FIELD_POLYNOMIAL = 0b100101  # GF(32): x^5 + x^2 + 1


class CodeError(ValueError):
    """What was typed is not a code; a misread or exchanged character is the likeliest reason."""


def plain(typed: str) -> str:
    """What was typed in plain upper-case characters of the alphabet. Raises CodeError for any other."""
    if len(typed) > MAX_TYPED:
        raise CodeError("too long")
    code = "".join(unicodedata.normalize("NFKC", typed).upper().split()).translate(_READ_AS)
    if not all(character in _PLACE for character in code):
        raise CodeError("a character that no code has")
    return code


def normalise(typed: str) -> str:
    """The ten characters of a claim token's typed code. Raises CodeError, also when they do not check."""
    code = plain(typed)
    if len(code) != CODE_CHARACTERS:
        raise CodeError(f"a code has {CODE_CHARACTERS} characters")
    if _remainder(code) != 0:
        raise CodeError("the characters do not belong together")
    return code


def of_digest(sha256: bytes) -> str:
    """The typed code of a token with this SHA-256: its first 45 bits and the check character, ten in all."""
    bits = int.from_bytes(sha256[:6], "big") >> 3
    nine = "".join(ALPHABET[bits >> shift & 31] for shift in range(40, -1, -5))
    return nine + ALPHABET[_times_a(_remainder(nine))]


def grouped(code: str) -> str:
    """In groups of four, as people read codes aloud."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _remainder(code: str) -> int:
    total = 0
    for character in code:
        total = _times_a(total) ^ _PLACE[character]
    return total


def _times_a(element: int) -> int:
    doubled = element << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled > 31 else doubled
