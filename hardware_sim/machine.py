"""What a printer consists of, and the few things that commands do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from .charsets import Decoder
from .fonts import CELLS
from .line import Line
from .models import Model
from .paper import Paper
from .settings import CENTRE, RIGHT, Settings, power_on
from .status import Conditions


class Surface(Protocol):
    """What lines are printed on: the paper, or the sheet of page mode."""

    def put(self, image: Image.Image, x: int) -> None: ...
    def feed(self, dots: int) -> None: ...


class SheetSurface(Surface, Protocol):
    """The sheet of page mode, whose area lines are fitted into."""

    y: int

    @property
    def room(self) -> tuple[int, int]: ...
    def clear(self) -> None: ...
    def sheet(self) -> Image.Image: ...
    def move_to(
        self, area: tuple[int, int, int, int] | None = None, direction: int | None = None
    ) -> None: ...


@dataclass(slots=True)
class Memory:
    """What outlives ESC @ unless the manual says otherwise."""

    characters: dict[tuple[int, int], Image.Image] = field(default_factory=dict)  # (font, code); ESC @ clears
    kanji: dict[str, Image.Image] = field(default_factory=dict)
    picture: Image.Image | None = None  # GS *; ESC @ clears
    nv_pictures: list[Image.Image] = field(default_factory=list)  # FS q
    graphics: dict[tuple[int, bytes], Image.Image] = field(default_factory=dict)  # GS ( L: (area, key code)
    stored: Image.Image | None = None  # GS ( L 112: in the print buffer until function 50
    symbols: dict[int, bytes] = field(default_factory=dict)  # GS ( k: kind -> stored data; ESC @ clears
    macro: bytes = b""


@dataclass(slots=True)
class Machine:
    """One printer's insides. Handlers change it; `replies` collects what goes back to the register."""

    model: Model
    paper: Paper
    settings: Settings = field(init=False)
    decoder: Decoder = field(init=False)
    line: Line = field(default_factory=Line)
    page: SheetSurface | None = None
    raster: bool = False  # Star's raster mode
    memory: Memory = field(default_factory=Memory)
    conditions: Conditions = field(default_factory=Conditions)
    replies: bytearray = field(default_factory=bytearray)
    last_character: str = ""  # for the marks of scripts that stack them
    drawer_pulses: list[tuple[int, int, int]] = field(default_factory=list)  # pin, on and off time in 2 ms
    pulses_by_real_time: bool = True
    selected: bool = True
    status_back: int = 0  # GS a

    def __post_init__(self) -> None:
        self.settings = power_on(self.model)
        self.decoder = Decoder(self.model.code_pages)

    @property
    def surface(self) -> Surface:
        return self.paper if self.page is None else self.page

    @property
    def area(self) -> tuple[int, int]:
        """Left edge and width of the print area."""
        if self.page is not None:
            return 0, self.page.room[0]
        left = min(self.settings.left_margin, self.model.dots - 1)
        return left, min(self.settings.width, self.model.dots - left)

    @property
    def character_height(self) -> int:
        return CELLS[self.settings.font][1] * self.settings.scale[1]

    def across(self, units: int) -> int:
        """Horizontal motion units to dots."""
        return units * self.model.dpi // self.settings.horizontal_unit

    def down(self, units: int) -> int:
        """Vertical motion units to dots; the mechanism rounds towards the smaller step."""
        return int(units * self.model.dpi / self.settings.vertical_unit)

    def end_line(self, feed: int) -> None:
        """Print the line buffer, and feed that far or as far as the line is high, whichever is more."""
        height = self.line.height
        if height:
            left, width = self.area
            s = self.settings
            turned = s.upside_down and self.page is None
            self.surface.put(self.line.compose(width, s.justify, turned), left)
        self.line.clear()
        self.surface.feed(max(feed, height))

    def print_block(self, image: Image.Image) -> None:
        """A picture, bar code or symbol, which stands on lines of its own."""
        if self.line.open:
            if not self.model.graphics_end_line:
                return
            self.end_line(0)
        left, width = self.area
        image = image.crop((0, 0, min(width, image.width), image.height))
        spare = width - image.width
        shift = {CENTRE: spare // 2, RIGHT: spare}.get(self.settings.justify, 0)
        if self.settings.upside_down and self.page is None:
            image, shift = image.transpose(Image.Transpose.ROTATE_180), spare - shift
        self.surface.put(image, left + shift)
        self.surface.feed(image.height)

    def reset(self) -> None:
        """ESC @: settings as at power-on, the line under way thrown away, memories that it clears."""
        self.settings = power_on(self.model)
        self.clear_print_buffer()
        self.status_back = 0
        self.memory.characters.clear()
        self.memory.kanji.clear()
        self.memory.symbols.clear()
        self.memory.picture = None

    def clear_print_buffer(self) -> None:
        self.line.clear()
        self.decoder.drop()
        self.page = None
        self.raster = False
        self.memory.stored = None


Handler = Callable[[Machine, bytes], None]
