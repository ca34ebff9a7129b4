"""Dates and times as receipts print them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from receiptbridge.receipt.statements import Row

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier ene enero jän januar gen gennaio янв января",
            "feb february fev fevrier febrero februar febbraio фев февраля",
            "mar march mars marzo marz marco мар марта",
            "apr april avr avril abr abril aprile апр апреля",
            "may mai mayo maggio maio мая",
            "jun june juin junio juni giugno junho июн июня",
            "jul july juil juillet julio juli luglio julho июл июля",
            "aug august aout ago agosto авг августа",
            "sep sept september septembre septiembre settembre set setembro сен сентября",
            "oct october octobre octubre okt oktober ott ottobre out outubro окт октября",
            "nov november novembre noviembre novembro ноя ноября",
            "dec december decembre dic diciembre dez dezember dicembre dezembro дек декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(20\d\d|25[67]\d)\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)"
)
_YEAR_LAST: Final = re.compile(
    r"(?<![\d.,])(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(20\d\d|25[67]\d|\d\d)(?!\d)"
)
_DAY_MONTH_NAME: Final = re.compile(
    r"(?<!\d)(\d{1,2})[-. ]{0,2}(?:de )?([^\W\d_]{3,10})[-., ]{0,2}(?:de )?(20\d\d)(?!\d)"
)
_MONTH_NAME_DAY: Final = re.compile(r"([^\W\d_]{3,10})[. ]{1,2}(\d{1,2}),? (20\d\d)(?!\d)")
_TIME: Final = re.compile(r"(?<![\d:])(\d{1,2})[:시时時]\s?(\d{2})(?::(\d{2}))?(?![\d:])\s?([ap]\.?m\b)?")
_NAMED: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
NAMED_DATE: Final = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}[-. ]?(?:{_NAMED})[-., ]{{0,2}}(?:\d{{4}}|\d{{2}})"
    rf"|(?:{_NAMED})[. ]{{1,2}}\d{{1,2}},? \d{{4}})(?!\w)",
    re.IGNORECASE,
)
"""A date with the name of its month."""
_BUDDHIST_ERA: Final = 543
"""Thai receipts count years from 543 BC."""


def read_datetime(rows: Sequence[Row], *, month_first: bool) -> str | None:
    """The first date with a year, and the time with or nearest below it, as ISO 8601 local time."""
    for row in rows:
        date = _date(row.low, month_first)
        if date is not None:
            time = _time(row.low) or next(
                filter(None, map(_time_of, rows[row.index + 1 : row.index + 3])), None
            )
            return dt.datetime.combine(date, time or dt.time()).isoformat()
    return None


def _date(text: str, month_first: bool) -> dt.date | None:
    for match in _YEAR_FIRST.finditer(text):
        if date := _valid(*map(int, match.groups())):
            return date
    for match in _YEAR_LAST.finditer(text):
        if date := _of_two(int(match[1]), int(match[2]), int(match[3]), month_first, text):
            return date
    for match in _DAY_MONTH_NAME.finditer(text):
        if match[2] in _MONTHS and (date := _valid(int(match[3]), _MONTHS[match[2]], int(match[1]))):
            return date
    for match in _MONTH_NAME_DAY.finditer(text):
        if match[1] in _MONTHS and (date := _valid(int(match[3]), _MONTHS[match[1]], int(match[2]))):
            return date
    return None


def _of_two(first: int, second: int, third: int, month_first: bool, text: str) -> dt.date | None:
    """a/b/c: the year is last, or first where c cannot be one (25-01-09); month and day by the country's habit."""
    year = third + 2000 if third < 100 else third
    month, day = (first, second) if month_first else (second, first)
    if first > 12 and third < 100 and second <= 12 and third <= 31 and "-" in text and first > 20:
        return _valid(first + 2000, second, third)
    return _valid(year, month, day) or _valid(year, day, month)


def _valid(year: int, month: int, day: int) -> dt.date | None:
    year -= _BUDDHIST_ERA if year > 2500 else 0
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _time_of(row: Row) -> dt.time | None:
    return _time(row.low)


def _time(text: str) -> dt.time | None:
    match = _TIME.search(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].startswith("p") else 0)
    return dt.time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
