"""Which of the register's bytes have passed and which are held.

The first law lives here and nowhere else: bytes are appended at one end, released at the other, by stream
offset, and in no other way. What the reader makes of them cannot change them.
"""

from __future__ import annotations


class Flow:
    """Offsets count the register's bytes from the session's first one."""

    def __init__(self) -> None:
        self._held = b""
        self.passed = 0

    @property
    def received(self) -> int:
        return self.passed + len(self._held)

    @property
    def held(self) -> int:
        return len(self._held)

    def append(self, data: bytes) -> None:
        self._held = self._held + data if self._held else data

    def release(self, upto: int) -> bytes:
        """The held bytes before offset `upto`, which now have passed."""
        count = max(0, upto - self.passed)
        if count >= len(self._held):
            return self.release_all()
        going, self._held = self._held[:count], self._held[count:]
        self.passed += len(going)
        return going

    def release_all(self) -> bytes:
        """All held bytes, which now have passed."""
        going, self._held = self._held, b""
        self.passed += len(going)
        return going
