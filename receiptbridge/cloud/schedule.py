"""When to ask again. Pure: the time and the dice come in as arguments.

Exponential back-off with full jitter: every wait is drawn evenly from zero to a limit that doubles with each
failure, so that a thousand boxes that lost the service together do not come back together
(M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime

FIRST_LIMIT_SECONDS = 1.0  # most failures are one lost connection
CEILING_SECONDS = 300.0  # a store that is back online has its points within five minutes
# A service that asks for more than this has made a mistake, and nobody would be there to undo it.
LONGEST_RETRY_AFTER_SECONDS = 3600.0
MOST_DOUBLINGS = 16  # 2**16 s is far beyond the ceiling; keeps a month of failures out of the float's range


def backoff(failures: int, dice: float) -> float:
    """Seconds to wait after `failures` (1 or more) in a row; `dice` in 0 to 1 is drawn evenly."""
    return dice * min(CEILING_SECONDS, FIRST_LIMIT_SECONDS * 2.0 ** min(failures - 1, MOST_DOUBLINGS))


def parse_retry_after(header: str | None, now: float) -> float | None:
    """Seconds that a `Retry-After` asks for (RFC 9110, 10.2.3: seconds or a date), None where it says none.

    `now` is Unix time. Never below zero nor above `LONGEST_RETRY_AFTER_SECONDS`.
    """
    if header is None:
        return None
    text = header.strip()
    try:
        asked = float(text) if text.isdecimal() else parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(asked, 0.0), LONGEST_RETRY_AFTER_SECONDS)


@dataclass(slots=True)
class Pace:
    """How fast one party may be asked: at once, until it fails. Times are seconds of a monotonic clock."""

    failures: int = 0
    not_before: float = 0.0

    def may_go(self, now: float) -> bool:
        return now >= self.not_before

    def succeeded(self) -> None:
        self.failures = 0

    def failed(self, now: float, dice: float, *, retry_after: float | None, permanent: bool) -> float:
        """Count a failure; returns the seconds until the next try.

        `retry_after` is a floor, spread by the back-off on top. What seems permanent is asked at the
        ceiling's pace: a box may be let in again, and nobody comes to restart it.
        """
        self.failures += 1
        wait = CEILING_SECONDS if permanent else (retry_after or 0.0) + backoff(self.failures, dice)
        self.not_before = now + wait
        return wait


@dataclass(slots=True)
class Timer:
    """Something to be done every `period` seconds, at once for the first time, and again until it is."""

    period: float
    next_at: float = 0.0

    def is_due(self, now: float) -> bool:
        return now >= self.next_at

    def done(self, now: float) -> None:
        self.next_at = now + self.period
