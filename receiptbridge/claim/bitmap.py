"""Pictures of one bit a dot, as the block draws them: symbols, lines of text, a merchant's logo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bitmap:
    """`rows` from the top, each an integer of `width` bits, the highest the leftmost dot; 1 is ink."""

    width: int
    rows: tuple[int, ...]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def row_bytes(self) -> int:
        return -(-self.width // 8)

    def packed(self) -> bytes:
        """Row by row in whole bytes, filled up with white on the right: what raster commands take."""
        size = self.row_bytes
        fill = 8 * size - self.width
        return b"".join((row << fill).to_bytes(size, "big") for row in self.rows)

    def enlarged(self, times: int) -> Bitmap:
        """Every dot `times` wide and high."""
        wide = (int("".join(bit * times for bit in f"{row:0{self.width}b}"), 2) for row in self.rows)
        return Bitmap(self.width * times, tuple(row for row in wide for _ in range(times)))

    def shifted(self, dots: int) -> Bitmap:
        """With so much white on its left."""
        return Bitmap(self.width + dots, self.rows)


def from_matrix(matrix: Sequence[Sequence[bool]]) -> Bitmap:
    """A matrix of modules, True is dark, one dot a module."""
    rows = ("".join("1" if dark else "0" for dark in row) for row in matrix)
    return Bitmap(len(matrix[0]), tuple(int(row, 2) for row in rows))


def from_packed(width: int, data: bytes) -> Bitmap:
    """Rows in whole bytes, as `Bitmap.packed` gives them. Raises ValueError where the last row is not whole."""
    size = -(-width // 8)
    if width < 1 or len(data) % size:
        raise ValueError(f"{len(data)} bytes are not whole rows of {width} dots")
    fill = 8 * size - width
    rows = (int.from_bytes(data[at : at + size], "big") >> fill for at in range(0, len(data), size))
    return Bitmap(width, tuple(rows))


def beside(pictures: Iterable[Bitmap], height: int) -> Bitmap:
    """Pictures of that height from left to right, their tops aligned."""
    width, rows = 0, [0] * height
    for picture in pictures:
        width += picture.width
        rows = [row << picture.width | more for row, more in zip(rows, picture.rows, strict=True)]
    return Bitmap(width, tuple(rows))


def stacked(pictures: Sequence[Bitmap]) -> Bitmap:
    """Pictures from top to bottom, each centred on the widest."""
    width = max(picture.width for picture in pictures)
    rows = (row << (width - p.width) // 2 for p in pictures for row in p.rows)
    return Bitmap(width, tuple(rows))
