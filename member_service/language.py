"""Which of the pages' two languages a shopper reads, and the texts in both (`texts.toml`)."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]

TEXTS: dict[Language, dict[str, str]] = tomllib.loads(  # type: ignore[assignment]  # a test compares their keys
    resources.files("member_service").joinpath("texts.toml").read_text("utf-8")
)

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}

# A browser that names languages, and neither of ours, is a visitor's; one that names none is a scanner app.
FOR_VISITORS: Language = "en"
BY_DEFAULT: Language = "zh"

_MAX_HEADER = 500  # characters looked at; what a browser sends is far shorter


def choose(wanted: str | None, accept_language: str | None) -> Language:
    """The language asked for by the switch, else the best of Accept-Language (RFC 9110, 12.5.4)."""
    if wanted is not None and wanted in _LANGUAGES:
        return _LANGUAGES[wanted]
    if not accept_language:
        return BY_DEFAULT
    ranked = sorted(map(_preference, accept_language[:_MAX_HEADER].split(",")), key=lambda it: -it[0])
    for quality, tag in ranked:
        if quality > 0 and tag in _LANGUAGES:
            return _LANGUAGES[tag]
    return FOR_VISITORS


def _preference(part: str) -> tuple[float, str]:
    """Quality and primary tag of one member: `zh-CN;q=0.9` is (0.9, "zh")."""
    tag, _, parameter = part.strip().partition(";")
    name, _, value = parameter.strip().partition("=")
    primary = tag.strip().partition("-")[0].lower()
    if name.strip() != "q":
        return 1.0, primary
    try:
        return float(value), primary
    except ValueError:
        return 0.0, primary
