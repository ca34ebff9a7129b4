"""What makes a printer slow, and how it holds its sender back meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

XON, XOFF = b"\x11", b"\x13"
# TM-T88 series with the 4 kB buffer: busy when 128 bytes are left, ready again when 256 are.
_NEARLY_FULL, _ENOUGH_ROOM = 128, 256


@dataclass(slots=True)
class Drive:
    """The paper's drive. A command is carried out at once on the strip; until the paper would have moved as
    far, the drive is busy, and what comes next waits in the receive buffer."""

    millimetres_per_second: float | None = None  # None: no time passes
    _owed: float = 0.0  # millimetres

    @property
    def busy(self) -> bool:
        return self._owed > 0

    def moved(self, millimetres: float) -> None:
        if self.millimetres_per_second is not None:
            self._owed += abs(millimetres)

    def run(self, seconds: float) -> float:
        """Move for that long at most; returns the seconds that were not needed."""
        if self.millimetres_per_second is None:
            return 0.0
        needed = self._owed / self.millimetres_per_second
        self._owed = max(0.0, self._owed - seconds * self.millimetres_per_second)
        return max(0.0, seconds - needed)


@dataclass(slots=True)
class FlowControl:
    """XON and XOFF on a serial line, for printers that are set so."""

    used: bool = False
    _stopped: bool = False

    def says(self, room: int) -> bytes:
        """What goes back when the receive buffer has so much room."""
        if self.used and not self._stopped and room <= _NEARLY_FULL:
            self._stopped = True
            return XOFF
        if self._stopped and room >= _ENOUGH_ROOM:
            self._stopped = False
            return XON
        return b""
