"""Lines of text as pictures, for printers that have no characters for a language.

The characters were drawn beforehand from the Noto fonts by `tools/draw_glyphs.py` into `glyphs/`, one file a
language and one with the Latin letters and digits of all: just those that the block's words use, so that the
box needs neither a font nor a library that draws one.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from receiptbridge.claim.bitmap import Bitmap, beside, from_packed, stacked
from receiptbridge.claim.texts import Language

LINE_DOTS: Final = 30
"""The height of a line: 3.75 mm at 203 dpi, as printers' own lines, with room for accents and Thai tones."""

COMMON: Final = "common"
"""The file of the letters that languages share."""

OWN_FILE: Final[frozenset[Language]] = frozenset({"zh", "zh-TW", "ja", "ko", "th", "ar"})
"""Languages with a file of their own beside it: one Han character is drawn differently in Tokyo and Beijing."""

# Scripts whose letters join or stack: a word of them is drawn as a whole, and looked up as a whole.
_RUN: Final = re.compile(r"[\u0e00-\u0e7f]+|[\u0600-\u06ff]+|.", re.DOTALL)
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_TURNING: Final = re.compile(r"[\u0600-\u06ff]+| +|[^\u0600-\u06ff ]+(?: [^\u0600-\u06ff ]+)*")
"""What changes places in a line that runs leftwards: Arabic words, blanks, and phrases that do not turn."""


def runs(text: str) -> list[str]:
    """What a text is drawn of: single characters, and words of scripts that join their letters."""
    return _RUN.findall(text)


def lettered(text: str, language: Language) -> Bitmap | None:
    """One line of text, or None where a character was never drawn."""
    drawn = [_letters(language).get(run) for run in _in_order_of_print(text)]
    return beside([glyph for glyph in drawn if glyph], LINE_DOTS) if all(drawn) else None


def lettered_lines(lines: tuple[str, ...], language: Language) -> Bitmap | None:
    """Lines below each other, centred; None where a character was never drawn."""
    pictures = [lettered(line, language) for line in lines]
    return stacked([picture for picture in pictures if picture]) if all(pictures) else None


def _in_order_of_print(text: str) -> Iterator[str]:
    """Runs from left to right: with Arabic in it a line begins at the right, but numbers do not turn."""
    parts = reversed(_TURNING.findall(text)) if _ARABIC.search(text) else [text]
    for part in parts:
        yield from runs(part)


@cache
def _letters(language: Language) -> Mapping[str, Bitmap]:
    return {**glyphs(COMMON), **(glyphs(language) if language in OWN_FILE else {})}


@cache
def glyphs(name: str) -> Mapping[str, Bitmap]:
    """The characters of one file: a line each, the run, its width in dots and its packed rows in base 64."""
    from importlib import resources  # which unpacks archives, too, and takes longer to import than this room

    file = resources.files(__package__) / "glyphs" / f"{name}.tsv"
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("# "))
    return {run: from_packed(int(width), b64decode(rows)) for run, width, rows in rows}
