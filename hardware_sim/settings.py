"""What commands change about a printer and ESC @ puts back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from .models import Model

LEFT, CENTRE, RIGHT = 0, 1, 2


@dataclass(slots=True)
class Settings:
    """The settings that ESC @ resets, with their power-on values. Lengths in dots."""

    line_spacing: int
    horizontal_unit: int
    vertical_unit: int
    width: int
    code_page: int
    two_byte: bool
    multibyte: str | None  # charset of two-byte characters
    left_margin: int = 0
    right_edge: int | None = None  # Star's right margin, in dots from the paper's left edge
    font: int = 0  # 0 = A (12 x 24), 1 = B (9 x 17)
    bold: bool = False
    double_strike: bool = False
    underline: int = 0  # thickness in dots
    scale: tuple[int, int] = (1, 1)  # width, height
    reverse: bool = False
    upside_down: bool = False
    rotated: bool = False
    justify: int = LEFT
    right_spacing: int = 0
    tabs: tuple[int, ...] = tuple(8 * n for n in range(1, 33))
    international: int = 0
    user_characters: bool = False
    utf8: bool = False
    kanji_scale: tuple[int, int] = (1, 1)
    kanji_underline: int = 0
    kanji_spacing: tuple[int, int] = (0, 0)
    hri: int = 0  # 0 none, 1 above, 2 below, 3 both
    hri_font: int = 0
    bar_height: int = 162
    bar_module: int = 3
    smoothing: bool = False
    unidirectional: bool = False
    colour: int = 0
    panel_buttons: bool = True
    # parameters of two-dimensional symbols: (cn, fn) -> parameter bytes
    symbol: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def power_on(model: Model) -> Settings:
    return Settings(
        line_spacing=model.line_spacing,
        horizontal_unit=model.horizontal_unit,
        vertical_unit=model.vertical_unit,
        width=model.dots,
        code_page=model.default_code_page,
        two_byte=model.two_byte_on,
        multibyte=model.two_byte,
        international=model.international,
        utf8=model.utf8,
    )
