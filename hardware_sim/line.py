"""The line buffer: what waits to be printed on the current line."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from .settings import CENTRE, RIGHT


@dataclass(slots=True)
class Line:
    """Pictures side by side, bottoms aligned, and the print position in dots from the area's left edge."""

    x: int = 0
    _items: list[tuple[int, Image.Image]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether the printer is anywhere but at the beginning of a line: skipped room counts as data."""
        return bool(self._items) or self.x > 0

    @property
    def height(self) -> int:
        return max((image.height for _, image in self._items), default=0)

    def put(self, image: Image.Image, advance: int) -> None:
        self._items.append((self.x, image))
        self.x += advance

    def replace_last(self, image: Image.Image) -> None:
        """A mark has come that belongs on the character before it."""
        if self._items:
            self._items[-1] = (self._items[-1][0], image)

    def clear(self) -> None:
        self.x = 0
        self._items.clear()

    def compose(self, width: int, justify: int, upside_down: bool) -> Image.Image:
        """The whole line `width` dots wide, mode '1', ink is set."""
        picture = Image.new("1", (width, self.height))
        used = min(width, max([self.x, *(x + image.width for x, image in self._items)]))
        shift = {CENTRE: (width - used) // 2, RIGHT: width - used}.get(justify, 0)
        for x, image in self._items:
            picture.paste(1, (x + shift, picture.height - image.height), image)
        return picture.transpose(Image.Transpose.ROTATE_180) if upside_down else picture
