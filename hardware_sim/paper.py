"""The strip of paper and the cutter above the print line.

Positions are dots from where the strip began, growing as paper is fed. The head prints at `head`; the
cutter cuts at `head - head_to_cutter`, so that what was printed less than that distance ago stays on the
strip and becomes the top of the next piece. At power-on the paper's edge lies at the cutter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image


@dataclass(frozen=True, slots=True)
class Mark:
    """Something printed: its picture ('1', ink is set) and where its top left corner lies on the strip."""

    x: int
    y: int
    image: Image.Image

    @property
    def end(self) -> int:
        return self.y + self.image.height


@dataclass(slots=True)
class Paper:
    """A strip `width` dots wide, kept as what was printed where, and drawn only when somebody looks."""

    width: int
    head_to_cutter: int
    head: int = field(init=False)
    cuts: list[int] = field(default_factory=list)
    _reserved: list[int] = field(default_factory=list)
    _finished: list[tuple[int, int, list[Mark]]] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.head = self.head_to_cutter

    @property
    def start(self) -> int:
        """Where the piece begins that is not cut off yet."""
        return self.cuts[-1] if self.cuts else 0

    def put(self, image: Image.Image, x: int) -> None:
        """Print a picture with its top at the head; what lies beside the paper is lost. Does not feed."""
        self._marks.append(Mark(x, self.head, image))

    def feed(self, dots: int) -> None:
        """Move the paper; a negative feed stops where the paper's edge would come back to the head."""
        self.head = max(self.head + dots, self.start)
        while self._reserved and self._reserved[0] <= self.head - self.head_to_cutter:
            self._cut_at(self._reserved.pop(0))

    def cut(self) -> None:
        """Cut at the cutter. Where no paper has passed it since the last cut, nothing falls off."""
        self._cut_at(self.head - self.head_to_cutter)

    def reserve_cut(self, ahead: int) -> None:
        """Cut `ahead` dots behind what is at the head now, once that has come to the cutter."""
        self._reserved.append(self.head + ahead)

    def _cut_at(self, at: int) -> None:
        if at <= self.start:
            return
        self._finished.append((self.start, at, [mark for mark in self._marks if mark.y < at]))
        self._marks = [mark for mark in self._marks if mark.end > at]
        self.cuts.append(at)

    def feed_to_cutter(self) -> None:
        """Bring the line at the head to the cutter."""
        self.feed(self.head_to_cutter)

    @property
    def pieces(self) -> list[Image.Image]:
        """What was cut off, each piece as a picture of mode '1' (ink is black)."""
        return [self._draw(start, end, marks) for start, end, marks in self._finished]

    @property
    def piece_count(self) -> int:
        return len(self._finished)

    def piece(self, index: int) -> Image.Image:
        return self._draw(*self._finished[index])

    def rest(self) -> Image.Image | None:
        """What hangs out of the printer, up to and including the line last printed; None without ink."""
        if not self._marks:
            return None
        return self._draw(self.start, max(self.head, *(mark.end for mark in self._marks)), self._marks)

    def strip(self) -> Image.Image:
        """The whole strip as if it had never been cut; `cuts` says where it was."""
        marks = [mark for _, _, piece in self._finished for mark in piece] + self._marks
        return self._draw(0, max([self.head, *(mark.end for mark in marks)]), marks)

    def _draw(self, start: int, end: int, marks: list[Mark]) -> Image.Image:
        sheet = Image.new("1", (self.width, end - start), 1)
        for mark in marks:
            sheet.paste(0, (mark.x, mark.y - start), mark.image)
        return sheet
