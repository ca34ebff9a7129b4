"""Takes out of text what nobody else may have: credentials, codes that are worth points, what is personal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from receiptbridge.claim.token import SPELLING_CHARACTERS
from receiptbridge.receipt.masking import mask_lines

GONE: Final = "***"
_REPLACED: Final = (
    (re.compile(r"-----BEGIN [A-Z ]*KEY-----.*?(?:-----END [A-Z ]*KEY-----|\Z)", re.DOTALL), "<key>"),
    (re.compile(r"(?<=://)[^/@\s\"']+@"), f"{GONE}@"),  # user and password of a URL
    (
        re.compile(r"(?i)\b(authorization|signature|signature-input|bearer|cookie)\b(\s*[:=]\s*|\s+)\S.*"),
        rf"\1\2{GONE}",
    ),
    (re.compile(rf"(?<![A-Z2-7])[A-Z2-7]{{{SPELLING_CHARACTERS}}}(?![A-Z2-7])"), "<claim code>"),
    (
        re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{60,}(?![0-9A-Fa-f])"),
        "<hex>",
    ),  # keys and tokens have 64 and more
    (re.compile(r"(?<![\w+/.-])(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])[\w+/-]{40,}={0,2}(?![\w./-])"), "<base64>"),
    (re.compile(r"(?i)\b(enrol)\s+(?!-)[0-9A-Za-z-]{10,}"), r"\1 <code>"),
    (
        re.compile(r"(?<![\w-])(?:[0-9A-Z]{4}-){2,}[0-9A-Z]{2,4}(?![\w-])"),
        "<code>",
    ),  # typed and one-time codes
)
_SECRET_KEYS: Final = re.compile(r"(?i)passw|secret|token|credential|private|\bkey\b|_key\b|^code$|_code$")


def scrubbed(text: str, *, personal: bool = True) -> str:
    """Text of logs, errors and answers. Without `personal` nothing is masked as a receipt's text is."""
    said = _without_secrets(text)
    return "\n".join(mask_lines(said.split("\n"))) if personal else said


def scrubbed_data(value: Any, *, settings: bool = False) -> Any:
    """The same for what is decoded from TOML or JSON. `settings`: the values of keys that name a secret go whole.

    Nothing is masked as a receipt's text is: addresses and names of devices look like telephone numbers.
    """
    if isinstance(value, Mapping):
        return {
            key: GONE
            if settings and item and _SECRET_KEYS.search(str(key))
            else scrubbed_data(item, settings=settings)
            for key, item in value.items()
        }
    if isinstance(value, str):
        return _without_secrets(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [scrubbed_data(item, settings=settings) for item in value]
    return value


def _without_secrets(text: str) -> str:
    for pattern, instead in _REPLACED:
        text = pattern.sub(instead, text)
    return text
