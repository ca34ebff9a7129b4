"""Virtual time: what is to happen waits in a queue, and nothing waits for real."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable

EPOCH = 1_795_340_000  # Unix time at the start of every world


class LawBroken(Exception):
    """A world was found in a state that must not be."""


class Clock:
    """True time, in seconds since the start, and the box's own idea of the date."""

    def __init__(self) -> None:
        self.now = 0.0
        self.box_is_off_by = 0.0
        self._queue: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()

    def unix(self) -> float:
        """What a right clock says."""
        return EPOCH + self.now

    def box_time(self) -> float:
        """What the box's clock says: never before 1970."""
        return max(0.0, self.unix() + self.box_is_off_by)

    def after(self, seconds: float, work: Callable[[], object]) -> None:
        heapq.heappush(self._queue, (self.now + seconds, next(self._order), work))

    def pass_time(self, seconds: float) -> None:
        """Let happen what is due. May be called from within what happens: a request takes its time, too."""
        until = self.now + seconds
        while self._queue and self._queue[0][0] <= until:
            when, _, work = heapq.heappop(self._queue)
            self.now = max(self.now, when)
            work()
        self.now = max(self.now, until)
