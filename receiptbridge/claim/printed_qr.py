"""A QR code as printer commands, in every form that printer, line and register allow.

Forms, best first: made by the printer itself (GS ( k, Star's ESC GS y), then pictures in the order that the
printer's profile gives; where a form doubles dots, at half the resolution, which is a quarter of the bytes.
None of them sends the quiet zone: the caller centres the symbol between blank lines, and paper is white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from receiptbridge.claim import qr
from receiptbridge.claim.bitmap import from_matrix
from receiptbridge.claim.pictures import Form, encode, encoded_size, forms
from receiptbridge.profiles.model import PrinterProfile

LEAST_MODULE_DOTS = 4  # 0.5 mm at 203 dpi: with 3, worn heads and old phones fail too often
WIDE_PAPER_DOTS = 576  # from here on a symbol may have larger modules: 34 mm of paper at 203 dpi either way


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """One way to print a symbol from a line's start: its bytes, made when asked for, and what it takes.

    `overwrites_store`: it goes through the printer's store for two-dimensional symbols.
    """

    commands: Callable[[], bytes]
    size: int
    millimetres: float
    overwrites_store: bool


def printed_symbols(
    text: str, printer: PrinterProfile, *, store_is_free: bool, module_dots: tuple[int, int]
) -> Iterator[PrintedSymbol]:
    """The ways to print `text`, best first, modules getting smaller in each form; none on impact printers.

    `store_is_free`: the printer's symbol store may be overwritten. `module_dots`: the largest module on narrow
    and on wide paper.
    """
    if printer.print_head == "impact":
        return
    side = qr.modules_per_side(text)
    largest = module_dots[printer.dots_per_line >= WIDE_PAPER_DOTS]
    widest = min(largest, printer.dots_per_line // (side + 2 * qr.QUIET_ZONE))
    if printer.native_qr and store_is_free:
        for dots in range(widest, LEAST_MODULE_DOTS - 1, -1):
            commands = native_symbol(text, dots, star=printer.dialect != "escpos")
            yield PrintedSymbol(partial(bytes, commands), len(commands), _mm(side * dots, printer), True)
    for form in forms(printer):
        step = 2 if form.doubles else 1
        for dots in range(widest // step * step, LEAST_MODULE_DOTS - 1, -step):
            yield _picture(text, form, dots, step, printer)


def _picture(text: str, form: Form, dots: int, times: int, printer: PrinterProfile) -> PrintedSymbol:
    edge = qr.modules_per_side(text) * dots
    height = -(-edge // form.step) * form.step
    size = encoded_size(form, edge // times, edge // times, printer.dots_per_line, times)

    def commands() -> bytes:
        modules = from_matrix(qr.symbol(text)).enlarged(dots // times)
        return encode(form, modules, printer.dots_per_line, times)

    return PrintedSymbol(commands, size, _mm(height, printer), False)


def _mm(dots: int, printer: PrinterProfile) -> float:
    return dots * 25.4 / printer.dpi


def native_symbol(text: str, dots: int, *, star: bool) -> bytes:
    """Model 2, error correction M, the data, print."""
    data = text.encode("ascii")
    if star:
        settings = b"\x1b\x1dyS0\x02" + b"\x1b\x1dyS1\x01" + b"\x1b\x1dyS2" + bytes([dots])
        return settings + b"\x1b\x1dyD1\0" + len(data).to_bytes(2, "little") + data + b"\x1b\x1dyP"
    settings = _function(65, b"2\0") + _function(67, bytes([dots])) + _function(69, b"1")
    return settings + _function(80, b"0" + data) + _function(81, b"0")


def _function(function: int, parameters: bytes) -> bytes:
    """GS ( k pL pH cn fn: one function of the printer's QR generator (cn 49)."""
    body = bytes((49, function)) + parameters
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body
