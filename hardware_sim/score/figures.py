"""The rates of a group, with what they were counted on and how far off they may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from .bounds import lower, upper
from .grading import Tally


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many. What is good is bounded from below, what does harm from above."""

    hits: int
    trials: int

    def percent(self) -> str:
        return f"{100 * self.hits / self.trials:.1f} %" if self.trials else ""

    def at_least(self) -> str:
        return f"{100 * lower(self.hits, self.trials):.1f} %" if self.trials else ""

    def per_thousand(self) -> str:
        return f"{1000 * self.hits / self.trials:.1f}" if self.trials else ""

    def at_most_per_thousand(self) -> str:
        return f"{1000 * upper(self.hits, self.trials):.1f}" if self.trials else ""


def _given(tally: Tally) -> int:
    return tally["exact"] + tally["lenient"] + tally["wrong"]


RATES: Final[Mapping[str, Callable[[Tally], Rate]]] = {
    "coverage": lambda t: Rate(_given(t), t["sales"]),
    "exact": lambda t: Rate(t["exact"], t["sales"]),
    "wrong": lambda t: Rate(t["wrong"], t["sales"]),
    "phantom": lambda t: Rate(t["phantom"], t["fp"] + t["tn"]),
    "precision": lambda t: Rate(t["tp"], t["tp"] + t["fp"]),
    "recall": lambda t: Rate(t["tp"], t["tp"] + t["fn"]),
    "kind": lambda t: Rate(t["kind_ok"], t["kind_n"]),
    "payments": lambda t: Rate(t["pay_ok"], t["pay_n"]),
    "payments given": lambda t: Rate(t["pay_given"], t["pay_n"]),
    "numbers": lambda t: Rate(t["no_ok"], t["no_n"]),
    "numbers given": lambda t: Rate(t["no_given"], t["no_n"]),
    "currency": lambda t: Rate(t["cur_ok"], t["cur_n"]),
}
