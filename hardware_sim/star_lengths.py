"""How long Star's commands are, in Line Mode with StarPRNT's pictures, and in raster mode."""

from __future__ import annotations

from .commands import Length, u16

FIXED = {
    "NUL": 0, "BEL": 0, "HT": 0, "LF": 0, "VT": 0, "FF": 0, "CR": 0, "SO": 0, "SI": 0, "DC2": 0, "DC4": 0, "CAN": 0,
    "EM": 0, "SUB": 0, "FS": 0, "ENQ": 0, "EOT": 0, "ESC @": 0, "ESC E": 0, "ESC F": 0, "ESC 4": 0,
    "ESC 5": 0, "ESC -": 1, "ESC _": 1, "ESC i": 2, "ESC W": 1, "ESC h": 1, "ESC M": 0, "ESC P": 0,
    "ESC :": 0, "ESC g": 0, "ESC SO": 0, "ESC DC4": 0, "ESC R": 1, "ESC RS F": 1, "ESC RS a": 1,
    "ESC RS d": 1, "ESC RS r": 1, "ESC SP": 1, "ESC s": 2, "ESC t": 2, "ESC p": 0, "ESC q": 0, "ESC $": 1,
    "ESC l": 1, "ESC Q": 1, "ESC a": 1, "ESC J": 1, "ESC I": 1, "ESC j": 1, "ESC 0": 0, "ESC 1": 0,
    "ESC z": 1, "ESC A": 1, "ESC 3": 1, "ESC y": 1, "ESC d": 1, "ESC BEL": 2, "ESC GS t": 1, "ESC GS a": 1,
    "ESC GS A": 2, "ESC GS R": 2, "ESC GS b": 1, "ESC GS BEL": 3, "ESC GS ETX": 3, "ESC GS y S 0": 1,
    "ESC GS y S 1": 1, "ESC GS y S 2": 1, "ESC GS y P": 0, "ESC GS y I": 0, "ESC ACK SOH": 0,
    "ESC ACK CAN": 0, "ESC * r A": 0, "ESC * r B": 0, "ESC U": 1, "ESC u": 1,
}  # fmt: skip


def _per_column(size: int) -> Length:
    """n1 n2 d...: so many bytes a column."""

    def length(buffer: bytearray, at: int) -> int | None:
        return None if len(buffer) < at + 2 else 2 + size * u16(buffer, at)

    return length


def _fine_image(buffer: bytearray, at: int) -> int | None:
    """ESC k n1 n2 d...: 24 rows of n1 bytes."""
    return None if len(buffer) < at + 2 else 2 + 24 * u16(buffer, at)


def _print_image(buffer: bytearray, at: int) -> int | None:
    """ESC GS S m xL xH yL yH n d...: y rows of x bytes."""
    return None if len(buffer) < at + 6 else 6 + u16(buffer, at + 1) * u16(buffer, at + 3)


def _counted(buffer: bytearray, at: int) -> int | None:
    return None if len(buffer) < at + 3 else 3 + u16(buffer, at + 1)


def _through(terminator: int) -> Length:
    def length(buffer: bytearray, at: int) -> int | None:
        end = buffer.find(terminator, at)
        return None if end < 0 else end - at + 1

    return length


VARIABLE: dict[str, Length] = {
    "ESC K": _per_column(1), "ESC L": _per_column(1), "ESC X": _per_column(3), "ESC k": _fine_image,
    "ESC GS S": _print_image, "ESC b": _through(0x1E), "ESC D": _through(0), "ESC GS y D 1": _counted,
    "ESC GS )": _counted, "ESC * r": _through(0),
}  # fmt: skip
RASTER_FIXED = {
    "ESC * r B": 0,
    "ESC * r R": 0,
    "ESC * r C": 0,
    "ESC * r A": 0,
    "ESC FF NUL": 0,
    "ESC FF EOT": 0,
}
RASTER_VARIABLE: dict[str, Length] = {"b": _per_column(1), "k": _per_column(1), "ESC * r": _through(0)}
