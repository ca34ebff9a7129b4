"""Page mode: a sheet that is composed in memory, in any of four directions, and printed as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from .commands import u16
from .machine import Handler, Machine

# TM-T88V, standard page-mode memory at full width: 831 dots of 1/180 inch; twice that for later models.
PAGE_HEIGHT = 1662
_TURN = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


@dataclass(slots=True)
class Page:
    """The sheet, the area on it (x, y, width, height), and what is being composed there."""

    width: int
    area: tuple[int, int, int, int] = field(init=False)
    direction: int = 0
    y: int = 0
    _sheet: Image.Image = field(init=False)
    _local: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.area = (0, 0, self.width, PAGE_HEIGHT)
        self._sheet = Image.new("1", (self.width, PAGE_HEIGHT))
        self._local = Image.new("1", self.room)

    @property
    def room(self) -> tuple[int, int]:
        """Width and height of the area as seen in the direction of print."""
        _, _, width, height = self.area
        return (height, width) if self.direction % 2 else (width, height)

    def put(self, image: Image.Image, x: int) -> None:
        self._local.paste(1, (x, self.y), image)

    def feed(self, dots: int) -> None:
        self.y = max(0, self.y + dots)

    def move_to(self, area: tuple[int, int, int, int] | None = None, direction: int | None = None) -> None:
        """Set what was composed so far onto the sheet and start in another area or direction."""
        turn = _TURN.get(self.direction)
        turned = self._local.transpose(turn) if turn is not None else self._local
        self._sheet.paste(1, self.area[:2], turned)
        self.area = area or self.area
        self.direction = self.direction if direction is None else direction
        self.y = 0
        self._local = Image.new("1", self.room)

    def clear(self) -> None:
        """CAN: empty the area."""
        x, y, width, height = self.area
        self._sheet.paste(0, (x, y, x + width, y + height))
        self.y = 0
        self._local = Image.new("1", self.room)

    def sheet(self) -> Image.Image:
        """What FF prints: the sheet down to the end of the area."""
        self.move_to()
        return self._sheet.crop((0, 0, self.width, self.area[1] + self.area[3]))


def _enter(m: Machine, _data: bytes) -> None:
    if m.page is None and not m.line.open:
        m.page = Page(m.model.dots)


def _leave(m: Machine, _data: bytes) -> None:
    """ESC S: back to standard mode; what was composed is lost."""
    m.line.clear()
    m.page = None


def _print_sheet(m: Machine, _data: bytes) -> None:
    """ESC FF: print the sheet and stay in page mode."""
    if m.page is not None:
        m.end_line(0)
        sheet = m.page.sheet()
        m.paper.put(sheet, 0)
        m.paper.feed(sheet.height)


def _form_feed(m: Machine, data: bytes) -> None:
    """FF: in page mode print and leave; in standard mode it ends the job: an open line is printed."""
    if m.page is None:
        if m.line.open:
            m.end_line(m.settings.line_spacing)
        return
    _print_sheet(m, data)
    m.page = None


def _area(m: Machine, data: bytes) -> None:
    """ESC W xL xH yL yH dxL dxH dyL dyH, in motion units; an area without extent is ignored."""
    if m.page is None:
        return
    x, y = m.across(u16(data, 0)), m.down(u16(data, 2))
    width, height = m.across(u16(data, 4)), m.down(u16(data, 6))
    width, height = min(width, m.model.dots - x), min(height, PAGE_HEIGHT - y)
    if width > 0 and height > 0:
        m.end_line(0)
        m.page.move_to(area=(x, y, width, height))


def _direction(m: Machine, data: bytes) -> None:
    if m.page is not None and data[0] & 0x0F < 4:
        m.end_line(0)
        m.page.move_to(direction=data[0] & 0x0F)


def _vertical(m: Machine, data: bytes) -> None:
    """GS $ nL nH: characters stand with their feet at that height."""
    if m.page is not None:
        m.end_line(0)
        m.page.y = max(0, m.down(u16(data, 0)) - m.character_height)


def _vertical_relative(m: Machine, data: bytes) -> None:
    if m.page is not None:
        m.end_line(0)
        m.page.feed(m.down(int.from_bytes(data, "little", signed=True)))


def _cancel(m: Machine, _data: bytes) -> None:
    if m.page is not None:
        m.line.clear()
        m.page.clear()


HANDLERS: dict[str, Handler] = {
    "ESC L": _enter, "ESC S": _leave, "ESC FF": _print_sheet, "FF": _form_feed, "ESC W": _area,
    "ESC T": _direction, "GS $": _vertical, "GS \\": _vertical_relative, "CAN": _cancel,
}  # fmt: skip
