"""A captured stream to pictures of the paper, in one call."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageOps

from .fonts import lettering
from .models import DEFAULT_MODEL, Model
from .printer import VirtualPrinter

_MARGIN_MM = 4  # 80 mm of paper, 72 mm of print
_BANNER_DOTS = 64


def render(data: bytes, model: str | Model = DEFAULT_MODEL) -> list[Image.Image]:
    """The pieces of paper that a fresh printer makes of these bytes, the last one torn off by hand."""
    printer = VirtualPrinter(model)
    printer.receive(data)
    rest = printer.tear_off()
    return printer.papers + ([rest] if rest is not None else [])


def with_margins(piece: Image.Image, dpi: int) -> Image.Image:
    """A piece as one holds it in the hand: with the paper left and right that the head does not reach."""
    margin = round(_MARGIN_MM * dpi / 25.4)
    return ImageOps.expand(piece.convert("L"), (margin, 0), 255)


def with_banner(piece: Image.Image, words: str) -> Image.Image:
    """A piece below a black strip with white words, which are not on the paper; as it is without words."""
    if not words:
        return piece
    strip = Image.new("L", (piece.width, _BANNER_DOTS), 0)
    ImageDraw.Draw(strip).text(
        (piece.width // 2, _BANNER_DOTS // 2), words, fill=255, font=lettering(_BANNER_DOTS // 2), anchor="mm"
    )
    whole = Image.new("L", (piece.width, piece.height + _BANNER_DOTS), 255)
    whole.paste(strip, (0, 0))
    whole.paste(piece, (0, _BANNER_DOTS))
    return whole
