"""Real-time commands, which a printer obeys when they arrive and not when their turn comes."""

from __future__ import annotations

import re
from collections.abc import Iterator


class RealTimeScanner:
    """Finds real-time commands on reception, wherever they stand: in a picture's payload as well."""

    _whole = re.compile(
        rb"\x10(?:\x04(?:[\x01-\x06]|[\x07\x08\x12].)|\x05.|\x14(?:\x01..|\x02..|\x08\x01\x03\x14\x01\x06\x02\x08))",
        re.DOTALL,
    )
    _longest = 10

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Each command found, with the number of bytes of `data` up to its end."""
        known = len(self._tail)
        seen = self._tail + data
        done = 0
        for found in self._whole.finditer(seen):
            done = found.end()
            yield done - known, found.group()
        self._tail = seen[max(done, len(seen) - self._longest + 1) :]
