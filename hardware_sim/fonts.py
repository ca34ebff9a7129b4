"""Characters to dots: the printer's character generator, drawn from Noto Sans and kept in a cache."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib import resources

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT_A, FONT_B, KANJI = (12, 24), (9, 17), (24, 24)
CELLS = {0: FONT_A, 1: FONT_B}

# Faces of the CJK collection: the same code point is drawn differently in Tokyo and in Beijing.
_CJK_FACES = {"shift_jis": 0, "cp949": 1, "gb18030": 2, "big5": 3}
_SIMPLIFIED = 2
_CJK_PACKAGE, _CJK_FILE = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
# Weight and width of the variable fonts that come out even when they are drawn in one bit.
_AXES = {"Weight": {"cjk": 400, "other": 500}, "Width": {"cjk": 100, "other": 70}}
_INK = 110  # of 255: from here on a dot is black
_FAINT_INK = 50  # lines that lose half their width when they are squeezed
_BASELINE, _CJK_BASELINE = 19 / 24, 21 / 24
_THAI = range(0x0E00, 0x0E80)
_ARABIC = (range(0x0600, 0x0780), range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
_LINES_AND_BLOCKS = range(0x2500, 0x25A0)
_FIRST_CJK = 0x2E80


@cache
def _font(package: str, file: str, size: int, face: int = 0) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(
        str(resources.files(package) / file), size, face, layout_engine=ImageFont.Layout.BASIC
    )
    script = "cjk" if "CJK" in file else "other"
    font.set_variation_by_axes([_AXES[axis["name"].decode()][script] for axis in font.get_variation_axes()])
    return font


def lettering(size: int) -> ImageFont.FreeTypeFont:
    """A font for what is written on a picture of paper, in Chinese as in English."""
    return _font(_CJK_PACKAGE, _CJK_FILE, size, _SIMPLIFIED)


def _is_arabic(char: str) -> bool:
    return any(ord(char) in block for block in _ARABIC)


def _is_cjk(char: str, cell: tuple[int, int]) -> bool:
    """Square cells hold two-byte characters, whatever the script; in the others it is the character's width."""
    wide = ord(char) >= _FIRST_CJK and unicodedata.east_asian_width(char) in "WFH"
    return cell[0] == cell[1] or wide or ord(char) in _LINES_AND_BLOCKS


def _font_of(char: str, cell: tuple[int, int], charset: str | None) -> ImageFont.FreeTypeFont:
    """The font that has the character."""
    size = cell[1]
    if ord(char) in _THAI:
        return _font("fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf", size)
    if _is_arabic(char):
        return _font("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", size)
    if _is_cjk(char, cell):
        return _font(_CJK_PACKAGE, _CJK_FILE, size, _CJK_FACES.get(charset or "", _SIMPLIFIED))
    return _font("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", size)


@lru_cache(maxsize=8192)
def draw(text: str, cell: tuple[int, int], charset: str | None) -> Image.Image:
    """A character (with the marks upon it) in a cell of that many dots, mode '1', ink is set."""
    if not text.strip() or text == "\0":
        return Image.new("1", cell)
    width, height = cell
    font = _font_of(text[0], cell, charset)
    grey = _grey(text, height, font, _CJK_BASELINE if _is_cjk(text[0], cell) else _BASELINE)
    # Lines and joined letters must meet at the cells' edges: their whole advance is squeezed into the cell.
    if ord(text[0]) in _LINES_AND_BLOCKS or _is_arabic(text[0]):
        edge = height + max(1, round(font.getlength(text[0])))
        glyph = grey.crop((height, 0, edge, height)).resize(cell, Image.Resampling.BOX)
    else:
        glyph = _fit(grey, width, height)
    picture = Image.new("L", cell)
    picture.paste(glyph, ((width - glyph.width) // 2, 0))
    ink = _FAINT_INK if ord(text[0]) in _LINES_AND_BLOCKS else _INK
    return picture.point([255 if level > ink else 0 for level in range(256)], "1")


def _grey(text: str, height: int, font: ImageFont.FreeTypeFont, baseline: float) -> Image.Image:
    """The character on a canvas three cells wide, so that marks left and right of it are kept.

    What rises above the cell (an accent on a capital) is kept by squeezing all that stands on the baseline.
    """
    canvas = Image.new("L", (3 * height, 2 * height))
    pen = ImageDraw.Draw(canvas)
    foot = round(height * baseline)
    pen.text((height, height + foot), text[0], 255, font=font, anchor="ls")
    for mark in text[1:]:
        # A mark's own bearing is negative: it hangs over the character that it follows.
        pen.text((height + font.getlength(text[0]), height + foot), mark, 255, font=font, anchor="ls")
    cell = canvas.crop((0, height, canvas.width, 2 * height))
    top = (canvas.getbbox() or (0, height, 0, 0))[1]
    if top < height and ord(text[0]) not in _LINES_AND_BLOCKS:
        upper = canvas.crop((0, top, canvas.width, height + foot))
        cell.paste(upper.resize((canvas.width, foot), Image.Resampling.BILINEAR), (0, 0))
    return cell


def _fit(grey: Image.Image, width: int, height: int) -> Image.Image:
    """Cut out the ink; where it is wider than the cell allows, squeeze it."""
    box = grey.getbbox()
    if box is None:
        return Image.new("L", (1, height))
    glyph = grey.crop((box[0], 0, box[2], height))
    room = width if width >= height else width - 1
    return glyph if glyph.width <= room else glyph.resize((room, height), Image.Resampling.BILINEAR)


@lru_cache(maxsize=16384)
def styled(
    text: str, cell: tuple[int, int], charset: str | None, scale: tuple[int, int], bold: bool, rotated: bool
) -> Image.Image:
    """The character as it is printed: emboldened by striking twice, enlarged dot by dot, turned clockwise."""
    return restyled(draw(text, cell, charset), scale, bold, rotated)


def restyled(glyph: Image.Image, scale: tuple[int, int], bold: bool, rotated: bool) -> Image.Image:
    """The same for a character that the register has defined."""
    if bold:
        glyph = ImageChops.logical_or(glyph, ImageChops.offset(glyph, 1, 0))
    if scale != (1, 1):
        glyph = glyph.resize((glyph.width * scale[0], glyph.height * scale[1]), Image.Resampling.NEAREST)
    return glyph.transpose(Image.Transpose.ROTATE_270) if rotated else glyph
