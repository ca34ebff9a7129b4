"""A QR code as printer commands, in the best form that printer, line and register allow.

Forms, best first: made by the printer itself (GS ( k), a raster picture at half resolution that the printer
doubles (GS v 0 m=3, a quarter of the bytes), a column picture (ESC *). None of them sends the quiet zone: the
caller centres the symbol between blank lines, and paper is white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from receiptbridge.claim import qr
from receiptbridge.profiles.model import PrinterProfile

LEAST_MODULE_DOTS = 4  # 0.5 mm at 203 dpi: with 3, worn heads and old phones fail too often
WIDE_PAPER_DOTS = 576  # from here 6 dots a module, below 5: 34 mm of paper either way at 203 dpi
COLUMN_DOTS = 24  # the height of one stripe of ESC * 33
LF = b"\n"


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """Commands that print one symbol from a line's start, and the millimetres of paper that it takes.

    `overwrites_store`: it went through the printer's store for two-dimensional symbols.
    """

    commands: bytes
    millimetres: float
    overwrites_store: bool


@dataclass(frozen=True, slots=True)
class _Form:
    step: int  # module sizes that it can make are multiples of this many dots
    size: Callable[[str, int], int]  # (text, dots a module) -> bytes
    commands: Callable[[str, int], bytes]
    overwrites_store: bool = False


def printed_symbol(
    text: str, printer: PrinterProfile, *, store_is_free: bool, max_bytes: int | None = None
) -> PrintedSymbol | None:
    """The symbol of `text`, or None where the printer cannot print one that phones read.

    `store_is_free`: the printer's symbol store may be overwritten. `max_bytes`: what the line carries in the
    time that a block may take; modules get smaller, and at last the symbol is left out, to keep to it.
    """
    side = qr.modules_per_side(text)
    for form in _forms(printer, store_is_free):
        for dots in _module_sizes(side, printer, form.step):
            if max_bytes is None or form.size(text, dots) <= max_bytes:
                height = side * dots * 25.4 / printer.dpi
                return PrintedSymbol(form.commands(text, dots), height, form.overwrites_store)
    return None


def _forms(printer: PrinterProfile, store_is_free: bool) -> Iterator[_Form]:
    if printer.print_head == "impact":
        return
    if printer.native_qr and store_is_free:
        yield _NATIVE
    yield from (_PICTURES[form] for form in printer.raster_forms if form in _PICTURES)


def _module_sizes(side: int, printer: PrinterProfile, step: int) -> range:
    """Dots a module, the default first, then smaller; empty where the least is too wide for the paper."""
    default = 6 if printer.dots_per_line >= WIDE_PAPER_DOTS else 5
    widest = min(default, printer.dots_per_line // (side + 2 * qr.QUIET_ZONE))
    return range(widest // step * step, LEAST_MODULE_DOTS - 1, -step)


# ---- the printer's own symbol -------------------------------------------------------------------------


def _function(function: int, parameters: bytes) -> bytes:
    """GS ( k pL pH cn fn: one function of the printer's QR generator (cn 49)."""
    body = bytes((49, function)) + parameters
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body


def _native(text: str, dots: int) -> bytes:
    settings = _function(65, b"2\0") + _function(67, bytes((dots,))) + _function(69, b"1")  # model 2, level M
    return settings + _function(80, b"0" + text.encode("ascii")) + _function(81, b"0")


def _native_size(text: str, dots: int) -> int:
    return len(_native(text, dots))


# ---- pictures -----------------------------------------------------------------------------------------


def _doubled_raster(text: str, dots: int) -> bytes:
    """GS v 0 m=3: every dot sent is printed two wide and two high."""
    scale = dots // 2
    matrix = qr.symbol(text)
    width = -(-len(matrix) * scale // 8)
    rows = b"".join(_raster_row(row, scale, width) * scale for row in matrix)
    height = len(matrix) * scale
    return b"\x1dv0\x03" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + rows


def _raster_row(row: tuple[bool, ...], scale: int, width: int) -> bytes:
    bits = "".join("1" * scale if dark else "0" * scale for dark in row)
    return int(bits.ljust(8 * width, "0"), 2).to_bytes(width, "big")


def _doubled_raster_size(text: str, dots: int) -> int:
    edge = qr.modules_per_side(text) * dots // 2
    return 8 + -(-edge // 8) * edge


def _columns(text: str, dots: int) -> bytes:
    """ESC * 33 in stripes of 24 dots, at line spacing 0: a printer feeds at least the height of what it
    printed, and 0 is the same in every motion unit."""
    matrix = qr.symbol(text)
    lines = [row for row in matrix for _ in range(dots)]
    stripes = (lines[top : top + COLUMN_DOTS] for top in range(0, len(lines), COLUMN_DOTS))
    return b"\x1b3\0" + b"".join(_stripe(stripe, dots) + LF for stripe in stripes) + b"\x1b2"


def _stripe(lines: list[tuple[bool, ...]], dots: int) -> bytes:
    columns = ("".join("1" if dark else "0" for dark in column) for column in zip(*lines, strict=True))
    data = b"".join(int(bits.ljust(COLUMN_DOTS, "0"), 2).to_bytes(3, "big") * dots for bits in columns)
    return b"\x1b*\x21" + (len(data) // 3).to_bytes(2, "little") + data


def _columns_size(text: str, dots: int) -> int:
    edge = qr.modules_per_side(text) * dots
    return 5 + -(-edge // COLUMN_DOTS) * (6 + 3 * edge)


_NATIVE = _Form(1, _native_size, _native, overwrites_store=True)
_PICTURES = {
    "gs_v_0": _Form(2, _doubled_raster_size, _doubled_raster),
    "esc_star_33": _Form(1, _columns_size, _columns),
}
