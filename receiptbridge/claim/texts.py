"""What the block says, in each language, as data.

Every line is a list of wordings, the longest first: the first that fits the paper is printed, so the last
must fit 32 columns (58 mm). "\\n" begins a new line. All Chinese characters are in GB 2312, where the oldest
Chinese printers stop; all English is ASCII without the characters that ESC R replaces.

Fields: {amount} and {points} with their units, {until}, {code} the typed code, {host} where to type it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Wordings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """One language. `above` and `below` stand around the symbol; `without` stands where there is none."""

    title: str
    units: Mapping[str, str]  # ISO 4217 code -> how an amount of it is written
    other_unit: str
    one_point: str
    many_points: str
    by_date: str
    within_days: str  # the clock was not known to be good
    above: tuple[Wordings, ...]
    below: tuple[Wordings, ...]
    without: tuple[Wordings, ...]

    def points(self, number: int) -> str:
        return (self.one_point if number == 1 else self.many_points).format(number=number)


TEXTS: Mapping[Language, Texts] = {
    "zh": Texts(
        title="会员积分",
        units={"CNY": "{number} 元", "HKD": "{number} 港元", "TWD": "{number} 新台币"},
        other_unit="{number} {currency}",
        one_point="{number} 分",
        many_points="{number} 分",
        by_date="{date} 前有效",
        within_days="7 天内有效",
        above=(("本单 {amount}  积 {points}", "本单 {amount}\n积 {points}"),),
        below=(
            ("扫码入会领取，{until}",),
            ("{host} 手工输入 {code}", "手工输入 {code}"),
        ),
        without=(
            ("入会领取，{until}",),
            ("在 {host} 输入 {code}", "{host}\n手工输入 {code}"),
        ),
    ),
    "en": Texts(
        title="MEMBER POINTS",
        units={},
        other_unit="{number}",
        one_point="{number} point",
        many_points="{number} points",
        by_date="by {date}",
        within_days="within 7 days",
        above=(("This sale {amount}  earns {points}", "This sale {amount}\nearns {points}"),),
        below=(
            ("Scan to join and claim {until}", "Scan to claim {until}"),
            ("or type {code} at {host}", "or type {code}"),
        ),
        without=(
            ("Join and claim {until}", "Claim {until}"),
            ("at {host} with code {code}", "{host}\ncode {code}"),
        ),
    ),
}
