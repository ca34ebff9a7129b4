"""The table for the README, and its place there between two markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .corpus import Scored, form, language
from .figures import RATES
from .grading import Record, Tally

_HEADS: Final = (
    "receipts", "streams", "sales", "total read", "wrong totals per 1000", "kinds right", "sales found",
    "taken for a sale wrongly", "payments right", "receipt numbers right",
)  # fmt: skip
FORMS: Final = {
    "text, ESC/POS": "text", "text, Star": "text:star", "pictures, ESC/POS": "raster", "pictures, Star": "raster:star",
}  # fmt: skip
LANGUAGES: Final = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "ru": "Russian", "th": "Thai",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def table(scored: Scored) -> str:
    """By transport form, then the text streams by language. Bounds are of 95 %."""
    lines = [_line(_HEADS), _line(["---"] * len(_HEADS))]
    lines += [
        _line(cells) for name, tally in _groups(scored) if tally["streams"] for cells in [_cells(name, tally)]
    ]
    return "\n".join(lines)


def _groups(scored: Scored) -> Iterator[tuple[str, Tally]]:
    for name, sent in FORMS.items():
        # mypy infers no type for a lambda's default, which binds what this turn is about; and so below
        yield name, scored.tally(lambda capture, sent=sent: form(capture) == sent)  # type: ignore[misc]
    yield "**all text**", scored.tally(_is_text)
    for tag, name in LANGUAGES.items():
        yield (
            f"{name}, text",
            scored.tally(
                lambda capture, tag=tag: _is_text(capture) and language(capture) == tag  # type: ignore[misc]
            ),
        )


def _is_text(capture: Record) -> bool:
    return bool(capture["transport"] == "text")


def _cells(name: str, tally: Tally) -> list[str]:
    rates = {rate: count(tally) for rate, count in RATES.items()}
    wrong, phantom = rates["wrong"], rates["phantom"]
    good = [rates["kind"], rates["recall"], rates["payments"], rates["numbers"]]
    shown = [f"{rate.percent()} (≥ {rate.at_least()})" if rate.trials else "" for rate in good]
    coverage = rates["coverage"]
    return [
        name, f"{tally['streams']:,}", f"{tally['sales']:,}",
        f"{coverage.percent()} (≥ {coverage.at_least()})" if coverage.trials else "",
        f"{wrong.per_thousand()} (≤ {wrong.at_most_per_thousand()})" if wrong.trials else "",
        shown[0], shown[1], f"{phantom.hits} of {phantom.trials:,}" if phantom.trials else "", *shown[2:],
    ]  # fmt: skip


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def between_markers(document: str, section: str, content: str) -> str:
    """`document` with what stands between the markers of `section` replaced. ValueError where there are none."""
    start, end = f"<!-- score: {section} -->", "<!-- end of score -->"
    place = re.compile(f"{re.escape(start)}\n.*?{re.escape(end)}", re.DOTALL)
    if not place.search(document):
        raise ValueError(f"there is no {start} ... {end} to write between")
    return place.sub(lambda _: f"{start}\n\n{content}\n\n{end}", document, count=1)
