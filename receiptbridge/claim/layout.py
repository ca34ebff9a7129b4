"""What stands in the block, line by line: templates, wordings that fit the paper, and their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import urlsplit

from receiptbridge.claim.texts import Language
from receiptbridge.claim.voices import Voice
from receiptbridge.claim.wordings.model import Part, Texts
from receiptbridge.money import format_minor

TemplateName = Literal["full", "compact"]


@dataclass(frozen=True, slots=True)
class BlockContent:
    """What the block says. `amount` in minor units; `points` None where the code only invites to join;
    `valid_until` an ISO date, None for "within 7 days"."""

    language: Language
    amount: int
    currency: str
    points: int | None
    url: str
    typed_code: str
    valid_until: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """Which paragraphs stand above and below the symbol, and which where there is none."""

    titled: bool
    above: tuple[Part, ...]
    below: tuple[Part, ...]
    without: tuple[Part, ...]
    module_dots: tuple[int, int]  # the largest on 58 mm and on 80 mm paper


TEMPLATES: Final[Mapping[TemplateName, Template]] = {
    "full": Template(True, ("sale",), ("scan", "typed"), ("sale", "join", "typed_alone"), (5, 6)),
    "compact": Template(False, ("short",), ("scan_or_type",), ("short", "typed_alone"), (4, 4)),
}


# Of points it says nothing, so that nobody is promised what somebody else awards; and nothing in it expires.
_TO_JOIN: Final = Template(True, (), ("scan_or_type",), ("typed_alone",), (5, 6))


def template_of(name: TemplateName, content: BlockContent) -> Template:
    """The template of this name, for a sale with points or for one that only invites to join."""
    template = TEMPLATES[name]
    return template if content.points is not None else replace(_TO_JOIN, module_dots=template.module_dots)


@dataclass(frozen=True, slots=True)
class Speech:
    """One voice's lines, above and below a symbol."""

    voice: Voice
    above: tuple[str, ...]
    below: tuple[str, ...]


def speech(content: BlockContent, voice: Voice, template: Template, *, symbol: bool) -> Speech:
    """What a voice says with a symbol, or without one (then all is above)."""
    fields = _fields(content, voice.texts)
    title = (_title(voice),) if template.titled else ()
    above = _lines(template.above if symbol else template.without, fields, voice)
    below = _lines(template.below if symbol else (), fields, voice)
    return Speech(voice, (*title, *above), tuple(below))


def _fields(content: BlockContent, texts: Texts) -> dict[str, str]:
    until = texts.by_date.format(date=content.valid_until) if content.valid_until else texts.within_days
    return {
        "amount": texts.money(format_minor(content.amount, content.currency), content.currency),
        "points": texts.points(content.points or 0),
        "until": until,
        "code": content.typed_code,
        "host": urlsplit(content.url).netloc.lower(),
    }


def _title(voice: Voice) -> str:
    title = f" {voice.texts.title} "
    dashes = max(voice.room - voice.width(title), 0) // voice.width("-")
    return f"{'-' * (dashes // 2)}{title}{'-' * (dashes - dashes // 2)}"


def _lines(parts: tuple[Part, ...], fields: Mapping[str, str], voice: Voice) -> Iterator[str]:
    """Each paragraph in its longest wording that fits; the last wording is printed whether it fits or not."""
    for part in parts:
        filled = [wording.format(**fields).split("\n") for wording in voice.texts.parts[part]]
        yield from next((lines for lines in filled if max(map(voice.width, lines)) <= voice.room), filled[-1])
