"""Phone numbers as people type them, brought to E.164: "+", country code, number, 15 digits at most."""

from __future__ import annotations

import re
import unicodedata

MAX_TYPED = 40  # characters; a number with every separator one might write is shorter

_SEPARATORS = re.compile(r"[\s\-‐-―−().·/]+")
_MAINLAND = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})")
_INTERNATIONAL = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
_CHINESE = "86"


class PhoneError(ValueError):
    """What was typed is not a phone number that can get a message."""


def to_e164(typed: str) -> str:
    """E.164 of a mainland mobile number (11 digits) or of an international one (with + or 00).

    Raises PhoneError. A number with country code 86 must be a mobile one: a message must reach it later.
    """
    if len(typed) > MAX_TYPED:
        raise PhoneError("too long")
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed))
    if not bare.isascii():
        raise PhoneError("not a phone number")
    if mainland := _MAINLAND.fullmatch(bare):
        return f"+{_CHINESE}{mainland[1]}"
    international = _INTERNATIONAL.fullmatch(bare)
    if international is None or international[1].startswith(_CHINESE):
        raise PhoneError("not a phone number")
    return f"+{international[1]}"


def masked(e164: str) -> str:
    """A number for its owner to recognise: 138****8000, or +44****1234."""
    national = e164.removeprefix(f"+{_CHINESE}")
    return f"{national[:3]}****{national[-4:]}"
