"""A picture as printer commands, in each of the forms that receipt printers take.

Every form starts on an empty line, feeds the paper by the picture's height, and leaves the printer as it was.
None of them sends white around the picture: the caller centres it, or asks for the room on its left
where the form knows no alignment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from receiptbridge.claim.bitmap import Bitmap
from receiptbridge.escpos.quirks import EATS_LF_AFTER_RASTER
from receiptbridge.profiles.model import PrinterProfile, RasterForm

LF: Final = b"\n"
COLUMN_DOTS: Final = 24
"""The height of one stripe of ESC * 33."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to send a picture. `doubles`: the printer itself can print every dot two wide and two high,
    which saves three quarters of the bytes. `aligned`: it obeys the alignment that the caller set."""

    doubles: bool
    aligned: bool
    size: Callable[[int, int], int]  # (width, height) as sent -> bytes
    commands: Callable[[Bitmap, int], bytes]  # (picture as sent, 1 or 2 dots a dot) -> bytes
    step: int = 1  # it prints whole multiples of this many rows


def forms(printer: PrinterProfile) -> list[Form]:
    """The forms that a printer takes, best first; none where the head is too coarse for what we draw."""
    if printer.print_head == "impact":
        return []
    eats_lf = EATS_LF_AFTER_RASTER in printer.quirks
    return [
        _fed(FORMS[name]) if eats_lf and name == "gs_v_0" else FORMS[name] for name in printer.raster_forms
    ]


def _fed(form: Form) -> Form:
    """A form with the LF behind it that the printer swallows."""
    return replace(
        form,
        size=lambda width, height: form.size(width, height) + len(LF),
        commands=lambda picture, times: form.commands(picture, times) + LF,
    )


def encode(form: Form, picture: Bitmap, paper_dots: int, times: int = 1) -> bytes:
    """The picture in the middle of a line of `paper_dots`, its dots `times` wide and high."""
    if not form.aligned:
        picture = picture.shifted(left_of(picture.width * times, paper_dots) // times)
    return form.commands(picture, times)


def encoded_size(form: Form, width: int, height: int, paper_dots: int, times: int = 1) -> int:
    """How many bytes `encode` gives for a picture of that many dots as sent."""
    left = 0 if form.aligned else left_of(width * times, paper_dots) // times
    return form.size(width + left, height)


def left_of(width: int, paper_dots: int) -> int:
    """The white on the left that centres."""
    return max(paper_dots - width, 0) // 2


def _u16(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(2, "little") for number in numbers)


def _raster_size(overhead: int) -> Callable[[int, int], int]:
    return lambda width, height: overhead + -(-width // 8) * height


def _gs_v_0(picture: Bitmap, times: int) -> bytes:
    """GS v 0 m: 0 as it is, 3 doubled both ways."""
    header = b"\x1dv0" + bytes([3 if times == 2 else 0]) + _u16(picture.row_bytes, picture.height)
    return header + picture.packed()


def _gs_paren_l(picture: Bitmap, times: int) -> bytes:
    """GS ( L function 112 (store, one colour, one tone), then 50 (print)."""
    body = b"0p0" + bytes([times, times]) + b"1" + _u16(picture.width, picture.height) + picture.packed()
    return b"\x1d(L" + _u16(len(body)) + body + b"\x1d(L\x02\x0002"


def _esc_star(picture: Bitmap, _times: int) -> bytes:
    """ESC * 33 in stripes of 24 dots, at line spacing 0: a printer feeds at least the height of what it
    printed, and 0 is the same in every motion unit."""
    return b"\x1b3\0" + b"".join(_stripe(picture.width, rows) + LF for rows in _stripes(picture)) + b"\x1b2"


def _stripes(picture: Bitmap) -> Iterator[tuple[int, ...]]:
    for top in range(0, picture.height, COLUMN_DOTS):
        rows = picture.rows[top : top + COLUMN_DOTS]
        yield rows + (0,) * (COLUMN_DOTS - len(rows))


def _stripe(width: int, rows: tuple[int, ...]) -> bytes:
    columns = zip(*(f"{row:0{width}b}" for row in rows), strict=True)
    return b"\x1b*\x21" + _u16(width) + b"".join(int("".join(bits), 2).to_bytes(3, "big") for bits in columns)


def _esc_star_size(width: int, height: int) -> int:
    return 5 + -(-height // COLUMN_DOTS) * (6 + 3 * width)


def _esc_gs_s(picture: Bitmap, _times: int) -> bytes:
    """Star's ESC GS S m xL xH yL yH n, m 1 for one bit a dot, n 0 for black."""
    return b"\x1b\x1dS\x01" + _u16(picture.row_bytes, picture.height) + b"\0" + picture.packed()


_RASTER_IN: Final = b"\x1b*rA\x1b*rP0\0"
"""Page length 0, endless paper: leaving raster mode then feeds to no page's end."""
_RASTER_OUT: Final = b"\x1b*rB"


def _star_raster(picture: Bitmap, _times: int) -> bytes:
    """Star's raster mode: b nL nH and one row of dots, row by row."""
    size, data = picture.row_bytes, picture.packed()
    rows = (b"b" + _u16(size) + data[at : at + size] for at in range(0, len(data), size))
    return _RASTER_IN + b"".join(rows) + _RASTER_OUT


def _star_raster_size(width: int, height: int) -> int:
    return len(_RASTER_IN) + len(_RASTER_OUT) + (3 + -(-width // 8)) * height


FORMS: Final[Mapping[RasterForm, Form]] = {
    "gs_v_0": Form(True, True, _raster_size(8), _gs_v_0),
    "gs_paren_l": Form(True, True, _raster_size(22), _gs_paren_l),
    "esc_star_33": Form(False, True, _esc_star_size, _esc_star, step=COLUMN_DOTS),
    "esc_gs_s": Form(False, True, _raster_size(9), _esc_gs_s),
    "star_raster": Form(False, False, _star_raster_size, _star_raster),
}
