"""Listens to a running lane in the background, for who waits for what happens next at the counter."""

from __future__ import annotations

import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from receiptbridge.upkeep.lanes import Told, listen

HELD_MOST: Final = 4 << 20
"""Bytes that are kept: some hundred receipts of text, or a dozen sent as pictures."""

LISTEN_MOST: Final = 3600.0
"""Seconds: whoever proves a counter is done by then, and a thread that was forgotten ends."""


_LOOK_EVERY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Passed:
    """What crossed the box since a moment: from the till, on to the printer (without the box's own), and back."""

    from_register: bytes
    to_printer: bytes
    from_printer: bytes
    receipts: int

    @property
    def unchanged(self) -> bool:
        return self.from_register == self.to_printer


class Recording:
    """What the lane told so far. `mark` begins anew."""

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._size = 0
        self._from = 0

    def mark(self) -> None:
        self._from = len(self._told)

    def passed(self) -> Passed:
        """Since the last mark."""
        told = self._told[self._from :]
        return Passed(
            _joined(told, "from_register"),
            _joined(told, "to_printer"),
            _joined(told, "from_printer"),
            sum(one["what"] == "receipt_ended" for one in told),
        )

    def still(self, seconds: float, most: float) -> bool:
        """Wait until nothing has crossed for so long; whether that came within `most` seconds."""
        now = time.monotonic()
        end, since, seen = now + most, now, len(self._told)
        while now - since < seconds and now < end:
            time.sleep(_LOOK_EVERY)
            now = time.monotonic()
            if len(self._told) != seen:
                since, seen = now, len(self._told)
        return now - since >= seconds

    def events(self, what: str) -> list[Told]:
        """Since the last mark."""
        return [one for one in self._told[self._from :] if one.get("what") == what]

    def take(self, told: Told) -> None:
        self._size += len(told.get("data", ""))
        if self._size <= HELD_MOST:
            self._told.append(told)


def _joined(told: list[Told], where: str) -> bytes:
    return b"".join(
        b64decode(one.get("data", "")) for one in told if one["what"] == where and not one.get("block")
    )


@contextmanager
def recording(lane: str, state_dir: Path, op: str = "capture") -> Iterator[Recording]:
    """What a lane tells of `op`, until the end of the block. Raises `LaneNotRunning`."""
    kept = Recording()
    told = listen(lane, state_dir, op, seconds=LISTEN_MOST)
    over = threading.Event()

    def follow() -> None:
        with suppress(TimeoutError, OSError, ValueError):
            for one in told:
                kept.take(one)
                if over.is_set():
                    return

    threading.Thread(target=follow, name=f"listen-{lane}", daemon=True).start()
    try:
        yield kept
    finally:
        over.set()
