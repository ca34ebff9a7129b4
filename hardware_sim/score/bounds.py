"""Exact one-sided confidence bounds of a counted rate, after Clopper and Pearson (Biometrika 26, 1934)."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log
from typing import Final

CONFIDENCE: Final = 0.95
_HALVINGS: Final = 50  # of an interval of length 1: the precision of a float
_NEGLIGIBLE: Final = 1e-17


def upper(hits: int, trials: int) -> float:
    """The true rate is above this with 5 % at most."""
    if hits == trials:
        return 1.0
    return _solve(lambda rate: _at_most(hits, trials, rate) - (1 - CONFIDENCE))


def lower(hits: int, trials: int) -> float:
    """The true rate is below this with 5 % at most."""
    return 1 - upper(trials - hits, trials)


def _at_most(hits: int, trials: int, rate: float) -> float:
    """The chance of `hits` or fewer of `trials`: the binomial distribution, whose quantiles are beta's."""
    if not 0 < rate < 1 or hits < 0:
        return float(rate <= 0 <= hits)
    if hits > trials * rate:  # the shorter tail is the one that can be summed
        return 1 - _at_most(trials - hits - 1, trials, 1 - rate)
    ways = lgamma(trials + 1) - lgamma(hits + 1) - lgamma(trials - hits + 1)
    term = whole = exp(ways + hits * log(rate) + (trials - hits) * log(1 - rate))
    for k in range(hits, 0, -1):
        term *= k / (trials - k + 1) * (1 - rate) / rate
        whole += term
        if term < whole * _NEGLIGIBLE:
            break
    return whole


def _solve(falling: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
