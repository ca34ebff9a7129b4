"""Pictures: in the line, as raster blocks, and out of the printer's memories."""

from __future__ import annotations

from PIL import Image

from .commands import u16
from .machine import Handler, Machine
from .text import columns

_DOUBLE = {0: (1, 1), 48: (1, 1), 1: (2, 1), 49: (2, 1), 2: (1, 2), 50: (1, 2), 3: (2, 2), 51: (2, 2)}
RAM, NV = 0, 1
_STORED_IMAGES_MAX = 255  # key codes a printer's directory can hold; the oldest makes room


def enlarge(image: Image.Image, scale: tuple[int, int]) -> Image.Image:
    if scale == (1, 1):
        return image
    return image.resize((image.width * scale[0], image.height * scale[1]), Image.Resampling.NEAREST)


def rows(body: bytes, row_bytes: int, height: int) -> Image.Image:
    """A picture sent row by row, highest bit leftmost."""
    return Image.frombytes("1", (row_bytes * 8, height), body)


def _line_image(m: Machine, data: bytes) -> None:
    """ESC * m nL nH d...: 8 or 24 dots high, in single (0, 32) or double (1, 33) density, within the line."""
    if len(data) < 4:
        return
    mode, width = data[0], u16(data, 1)
    depth = 3 if mode & 32 else 1
    image = columns(data[3:], width, depth)
    wide = 1 if mode & 1 else 2
    image = enlarge(image, (wide, 1 if depth == 3 else 3))
    room = m.area[1] - m.line.x
    if room > 0:
        m.line.put(image.crop((0, 0, min(room, image.width), image.height)), min(room, image.width))
        m.last_character = ""


def _raster(m: Machine, data: bytes) -> None:
    """GS v 0 m xL xH yL yH d..."""
    if len(data) < 7:
        return
    row_bytes, height = u16(data, 2), u16(data, 4)
    if data[1] in _DOUBLE and row_bytes and height:
        m.print_block(enlarge(rows(data[6:], row_bytes, height), _DOUBLE[data[1]]))


def _graphics(m: Machine, data: bytes) -> None:
    """GS ( L pL pH m fn...: m is 48."""
    _graphics_function(m, data[2:])


def _graphics_long(m: Machine, data: bytes) -> None:
    """GS 8 L p1 p2 p3 p4 m fn..."""
    if data[:1] == b"L":
        _graphics_function(m, data[5:])


def _graphics_function(m: Machine, body: bytes) -> None:
    if len(body) < 2 or body[0] != 48:
        return
    function, rest = body[1], body[2:]
    if function in (2, 50):
        _print_stored(m)
    elif function in (112, 113) and len(rest) > 8 and set(rest[1:3]) <= {1, 2}:
        m.memory.stored = enlarge(_picture(function, rest[4:]), (rest[1], rest[2]))
    elif function in (67, 83) and len(rest) > 8:
        _define(m, function, rest)
    elif function in (69, 85) and len(rest) >= 4:
        _print_defined(m, NV if function == 69 else RAM, rest)
    elif function in (65, 81):
        _forget(m, NV if function == 65 else RAM)


def _picture(function: int, body: bytes) -> Image.Image:
    """xL xH yL yH d...: width and height in dots; rows are filled up to whole bytes, and so are columns."""
    width, height = u16(body, 0), u16(body, 2)
    row_bytes, column_bytes = (width + 7) // 8, (height + 7) // 8
    by_column = function == 113
    need = width * column_bytes if by_column else row_bytes * height
    if not need:
        return Image.new("1", (1, 1))
    data = body[4 : 4 + need].ljust(need, b"\0")
    image = columns(data, width, column_bytes) if by_column else rows(data, row_bytes, height)
    return image.crop((0, 0, width, height))


def _print_stored(m: Machine) -> None:
    image, m.memory.stored = m.memory.stored, None
    if image is not None:
        m.print_block(image)


def _define(m: Machine, function: int, rest: bytes) -> None:
    """Functions 67 and 83: a kc1 kc2 b xL xH yL yH c d..."""
    area = NV if function == 67 else RAM
    graphics = m.memory.graphics
    if len(graphics) >= _STORED_IMAGES_MAX:
        graphics.pop(next(iter(graphics)))
    graphics[area, rest[1:3]] = _picture(112, rest[4:8] + rest[9:])


def _print_defined(m: Machine, area: int, rest: bytes) -> None:
    """Functions 69 and 85: kc1 kc2 x y."""
    image = m.memory.graphics.get((area, rest[:2]))
    if image is not None and rest[2] in (1, 2) and rest[3] in (1, 2):
        m.print_block(enlarge(image, (rest[2], rest[3])))


def _forget(m: Machine, area: int) -> None:
    m.memory.graphics = {key: image for key, image in m.memory.graphics.items() if key[0] != area}


def _store_picture(m: Machine, data: bytes) -> None:
    """GS * x y d...: x * 8 columns of y bytes. User-defined characters share the memory and are lost."""
    width, height = data[0] * 8, data[1]
    if width and height:
        m.memory.picture = columns(data[2:], width, height)
        m.memory.characters.clear()


def _print_picture(m: Machine, data: bytes) -> None:
    if m.memory.picture is not None and data[0] in _DOUBLE:
        m.print_block(enlarge(m.memory.picture, _DOUBLE[data[0]]))


def _store_nv_pictures(m: Machine, data: bytes) -> None:
    """FS q n [xL xH yL yH d...]...: replaces all; the printer restarts as after ESC @."""
    pictures, at = [], 1
    for _ in range(data[0]):
        width, height = u16(data, at) * 8, u16(data, at + 2)
        end = at + 4 + width * height
        if width and height:
            pictures.append(columns(data[at + 4 : end], width, height))
        at = end
    m.reset()
    m.memory.nv_pictures = pictures


def _print_nv_picture(m: Machine, data: bytes) -> None:
    """FS p n m"""
    number, mode = data
    if 1 <= number <= len(m.memory.nv_pictures) and mode in _DOUBLE:
        m.print_block(enlarge(m.memory.nv_pictures[number - 1], _DOUBLE[mode]))


HANDLERS: dict[str, Handler] = {
    "ESC *": _line_image, "GS v": _raster, "GS ( L": _graphics, "GS 8": _graphics_long,
    "GS *": _store_picture, "GS /": _print_picture, "FS q": _store_nv_pictures, "FS p": _print_nv_picture,
}  # fmt: skip
