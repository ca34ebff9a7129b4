"""Draws the characters of the block's words into `receiptbridge/claim/glyphs/`: python tools/draw_glyphs.py

To be run again when a wording changes (tests/claim says so). Needs the fonts of the `sim` extra, and Pillow
with raqm, which joins Arabic letters and stacks Thai ones.
"""

from __future__ import annotations

import string
from base64 import b64encode
from functools import cache
from importlib import resources
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from receiptbridge.claim.lettering import COMMON, LINE_DOTS, runs
from receiptbridge.claim.texts import TEXTS, Language
from receiptbridge.claim.wordings.model import Texts

FOLDER = Path(__file__).parents[1] / "receiptbridge" / "claim" / "glyphs"
HEADER = (
    "# Drawn from {font}. Copyright The Noto Project Authors.\n"
    "# Licensed under the SIL Open Font License, Version 1.1: see OFL.txt.\n"
    "# A line each: characters, width in dots, rows of 30 lines in base 64. Made by tools/draw_glyphs.py.\n"
)
_CJK = "Noto Sans CJK", "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
LATIN = "Noto Sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", 0, 22
FONTS: dict[Language, tuple[str, str, str, int, int]] = {  # name, package, file, face in it, height in dots
    "ja": (*_CJK, 0, 24),
    "ko": (*_CJK, 1, 24),
    "zh": (*_CJK, 2, 24),
    "zh-TW": (*_CJK, 3, 24),
    "th": ("Noto Sans Thai", "fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf", 0, 20),
    "ar": ("Noto Sans Arabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", 0, 22),
}
WEIGHT, WIDTH = 500, 85  # even stems in one bit; a little narrow, so that longer wordings fit
BASELINE = 23
INK = 110  # of 255: from here on a dot is black


def main() -> None:
    """Writes every file anew."""
    FOLDER.mkdir(exist_ok=True)
    common = {char for char in string.printable if char.isprintable()}
    for language, texts in TEXTS.items():
        if language not in FONTS:
            common |= words(texts)
    write(COMMON, common, *LATIN)
    for name, font in FONTS.items():
        write(name, words(TEXTS[name]) - common, *font)


def words(texts: Texts) -> set[str]:
    """All that a language's texts are drawn of, less what stands in braces."""
    fixed = (literal for phrase in texts.phrases() for literal, *_ in string.Formatter().parse(phrase))
    return {run for text in fixed for line in text.split("\n") for run in runs(line)}


def write(name: str, wanted: set[str], font: str, package: str, file: str, face: int, size: int) -> None:
    loaded = load(package, file, face, size)
    glyphs = {run: draw(run, loaded) for run in sorted(wanted)}
    lines = (f"{run}\t{glyph.width}\t{base64(glyph)}\n" for run, glyph in glyphs.items())
    (FOLDER / f"{name}.tsv").write_text(HEADER.format(font=font) + "".join(lines), "utf-8")


@cache
def load(package: str, file: str, face: int, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(resources.files(package) / file), size, face)
    values = {"Weight": WEIGHT, "Width": WIDTH}
    font.set_variation_by_axes([values[axis["name"].decode()] for axis in font.get_variation_axes()])
    return font


def draw(run: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """A run on a canvas as wide as its advance and as high as a line."""
    picture = Image.new("L", (max(1, round(font.getlength(run))), LINE_DOTS))
    ImageDraw.Draw(picture).text((0, BASELINE), run, 255, font=font, anchor="ls")
    return picture.point([255 if level > INK else 0 for level in range(256)], "1")


def base64(glyph: Image.Image) -> str:
    return b64encode(glyph.tobytes()).decode("ascii")


if __name__ == "__main__":
    main()
