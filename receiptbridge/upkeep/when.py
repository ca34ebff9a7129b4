"""Days and times as people write them, by the box's local time."""

from __future__ import annotations

import datetime

from receiptbridge.errors import UsageError
from receiptbridge.words import _


def day(text: str | None) -> datetime.date:
    """A date, "today" or "yesterday"; today if left out. Raises `UsageError`."""
    today = datetime.date.today()
    if text in (None, "today"):
        return today
    if text == "yesterday":
        return today - datetime.timedelta(days=1)
    try:
        return datetime.date.fromisoformat(str(text))
    except ValueError:
        raise UsageError(
            _("{text}: not a day").format(text=text), hint=_("Write 2026-11-22, today or yesterday.")
        ) from None


def moment(text: str | None, *, end: bool = False) -> int | None:
    """Unix seconds of a date, or of a date and a time; of a date the day's end where `end`. Raises `UsageError`."""
    if text is None:
        return None
    try:
        if len(text) <= len("2026-11-22"):
            return day_bounds(day(text))[end]
        return int(datetime.datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError):
        raise UsageError(
            _("{text}: not a time").format(text=text),
            hint=_("Write 2026-11-22, or 2026-11-22T08:30, in the box's time."),
        ) from None


def clock_time(text: str, on: datetime.date) -> int:
    """Unix seconds of a time of day ("08:30") on a date. Raises `UsageError`."""
    try:
        at = datetime.time.fromisoformat(text)
    except ValueError:
        raise UsageError(_("{text}: not a time of day").format(text=text), hint=_("Write 08:30.")) from None
    return int(datetime.datetime.combine(on, at).timestamp())


def day_bounds(date: datetime.date) -> tuple[int, int]:
    """Unix seconds of its first moment, and of the next day's."""
    try:
        following = date + datetime.timedelta(days=1)
        first, last = (datetime.datetime.combine(d, datetime.time.min) for d in (date, following))
        return int(first.timestamp()), int(last.timestamp())
    except (OverflowError, ValueError):
        raise UsageError(_("{date}: too far away").format(date=date)) from None


def written(at: int | float | None) -> str:
    """Unix seconds as local time, to the second; empty for None."""
    return "" if at is None else datetime.datetime.fromtimestamp(at).isoformat(" ", "seconds")


def age(seconds: float) -> str:
    """How long ago, in the largest unit that fits: "3 d", "5 h", "12 min", "40 s"."""
    whole = max(0, int(seconds))
    for size, words in ((86400, _("{n} d")), (3600, _("{n} h")), (60, _("{n} min"))):
        if whole >= size:
            return words.format(n=whole // size)
    return _("{n} s").format(n=whole)
