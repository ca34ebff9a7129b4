"""Bar codes and two-dimensional symbols."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache
from typing import Any

import barcode
import qrcode
import zxingcpp
from PIL import Image, ImageOps
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from . import fonts
from .graphics import enlarge
from .machine import Handler, Machine

_KINDS = ("upca", "upce", "ean13", "ean8", "code39", "itf", "codabar", "code93", "code128")
_BY_ZXING = {"upce": zxingcpp.BarcodeFormat.UPCE, "code93": zxingcpp.BarcodeFormat.Code93}
_LEVELS = {48: ERROR_CORRECT_L, 49: ERROR_CORRECT_M, 50: ERROR_CORRECT_Q, 51: ERROR_CORRECT_H}
_QR, _PDF417 = 49, 48
_BY_KIND = {
    48: zxingcpp.BarcodeFormat.PDF417, 51: zxingcpp.BarcodeFormat.DataBar, 53: zxingcpp.BarcodeFormat.Aztec,
    54: zxingcpp.BarcodeFormat.DataMatrix,
}  # fmt: skip
_SIZES, _ROW_HEIGHTS = range(1, 17), range(2, 9)  # dots a module (function 67), modules a PDF417 row (68)
_DEFAULT_MODULE = 3
_STORE_LIMIT = 7092  # bytes of the symbol storage area: the most digits that a QR code holds, plus three


def _bitmap(modules: Iterable[bool], width: int) -> Image.Image:
    """Modules row by row as a picture of mode '1', ink is set."""
    dots = bytes(255 if module else 0 for module in modules)
    return Image.frombytes("L", (width, len(dots) // width), dots).convert("1")


def _by_zxing(symbology: Any, content: str | bytes) -> Image.Image:
    made = zxingcpp.create_barcode(content, symbology).to_image(scale=1, add_quiet_zones=False)
    return ImageOps.invert(Image.fromarray(made)).convert("1")


@lru_cache(maxsize=256)
def bars(kind: str, text: str) -> tuple[str, str]:
    """The modules of a bar code, '1' a bar, and its text with the check digit that people are shown.

    ValueError where the text cannot be coded so.
    """
    if kind in _BY_ZXING:
        image = _by_zxing(_BY_ZXING[kind], text).convert("L")
        return "".join("1" if ink else "0" for ink in image.tobytes()[: image.width]), text
    try:
        made = barcode.get_barcode_class(kind)(text, **({"add_checksum": False} if kind == "code39" else {}))
        return str(made.build()[0]), str(made.get_fullcode())
    except (barcode.errors.BarcodeError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from error


def _code128_text(data: bytes) -> str:
    """{A, {B, {C select the code set ({C: a byte is two digits), {{ is a brace, {1 to {4 are functions."""
    text, pairs, at = "", False, 0
    while at < len(data):
        if data[at] == 0x7B and at + 1 < len(data):
            selector = chr(data[at + 1])
            pairs = selector == "C" if selector in "ABC" else pairs
            text += "{" if selector == "{" else ""
            at += 2
            continue
        text += f"{data[at]:02d}" if pairs else chr(data[at])
        at += 1
    return text


def _bar_code(m: Machine, data: bytes) -> None:
    """GS k m d...NUL or GS k m n d..."""
    if len(data) < 2:
        return
    counted = data[0] >= 65
    number = data[0] - 65 if counted else data[0]
    body = data[2:] if counted else data[1:-1]
    if number >= len(_KINDS) or not body:
        return
    print_bar_code(m, _KINDS[number], body)


def print_bar_code(m: Machine, kind: str, body: bytes) -> None:
    """A code of that kind by the settings; one that cannot be made, or is too wide, is not printed."""
    text = _code128_text(body) if kind == "code128" else body.decode("latin-1").strip("*")
    try:
        modules, shown = bars(kind, text)
    except ValueError:
        return
    s = m.settings
    image = enlarge(
        _bitmap((module == "1" for module in modules), len(modules)), (s.bar_module, s.bar_height)
    )
    if image.width <= m.area[1]:
        m.print_block(_with_text(image, shown, s.hri, fonts.CELLS[s.hri_font]))


def _with_text(image: Image.Image, text: str, where: int, cell: tuple[int, int]) -> Image.Image:
    """The bar code with its characters above (1), below (2) or on both sides (3)."""
    if not where:
        return image
    width = max(image.width, cell[0] * len(text))
    above = cell[1] if where & 1 else 0
    below = cell[1] if where & 2 else 0
    whole = Image.new("1", (width, above + image.height + below))
    whole.paste(image, ((width - image.width) // 2, above))
    for top in ([0] if above else []) + ([above + image.height] if below else []):
        for i, char in enumerate(text):
            x = (width - cell[0] * len(text)) // 2 + i * cell[0]
            whole.paste(fonts.draw(char, cell, None), (x, top))
    return whole


@lru_cache(maxsize=64)
def qr_modules(data: bytes, level: int) -> Image.Image:
    """A QR code, one dot a module, without quiet zone; ValueError where the data is too long."""
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=0)
    code.add_data(data)
    try:
        code.make(fit=True)
    except qrcode.exceptions.DataOverflowError as error:
        raise ValueError("too long for a QR code") from error
    matrix = code.get_matrix()
    return _bitmap((module for row in matrix for module in row), len(matrix))


@lru_cache(maxsize=64)
def _other_modules(kind: int, data: bytes) -> Image.Image:
    return _by_zxing(_BY_KIND[kind], data)


def _symbol(m: Machine, data: bytes) -> None:
    """GS ( k pL pH cn fn...: parameters are kept, 80 stores data, 81 prints it."""
    if len(data) < 4:
        return
    kind, function, parameters = data[2], data[3], data[4:]
    if function == 80:
        m.memory.symbols[kind] = parameters[1 : 1 + _STORE_LIMIT]
    elif function == 81:
        _print_symbol(m, kind)
    else:
        m.settings.symbol[kind, function] = parameters


def print_qr(m: Machine) -> None:
    _print_symbol(m, _QR)


def _print_symbol(m: Machine, kind: int) -> None:
    stored = m.memory.symbols.get(kind)
    if not stored:
        return
    try:
        image = _modules(m, kind, stored)
    except ValueError:
        return
    if image is not None and image.width <= m.area[1]:
        m.print_block(image)


def _parameter(m: Machine, kind: int, function: int, allowed: Container[int]) -> int | None:
    """What a function set last; None where it set nothing that the manual allows."""
    value = m.settings.symbol.get((kind, function), b"")[:1]
    return value[0] if value and value[0] in allowed else None


def _modules(m: Machine, kind: int, stored: bytes) -> Image.Image | None:
    size = _parameter(m, kind, 67, _SIZES) or _DEFAULT_MODULE
    if kind == _QR:
        return enlarge(qr_modules(stored, _parameter(m, _QR, 69, _LEVELS) or 48), (size, size))
    if kind not in _BY_KIND:
        return None
    row_height = _parameter(m, _PDF417, 68, _ROW_HEIGHTS) or 3 if kind == _PDF417 else 1
    return enlarge(_other_modules(kind, stored), (size, size * row_height))


def _hri(m: Machine, data: bytes) -> None:
    if data[0] & 0x0F < 4:
        m.settings.hri = data[0] & 0x0F


def _hri_font(m: Machine, data: bytes) -> None:
    m.settings.hri_font = data[0] & 1


def _bar_height(m: Machine, data: bytes) -> None:
    m.settings.bar_height = data[0] or m.settings.bar_height


def _bar_module(m: Machine, data: bytes) -> None:
    if 1 <= data[0] <= 6:
        m.settings.bar_module = data[0]


HANDLERS: dict[str, Handler] = {
    "GS k": _bar_code, "GS ( k": _symbol, "GS H": _hri, "GS f": _hri_font, "GS h": _bar_height,
    "GS w": _bar_module,
}  # fmt: skip
