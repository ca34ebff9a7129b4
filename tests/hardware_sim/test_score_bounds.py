from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.score.bounds import lower, upper

COUNTS = st.integers(1, 3000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@pytest.mark.parametrize(
    ("hits", "trials", "bound"),
    [
        (0, 63, 1 - 0.05 ** (1 / 63)),  # with no hits the bound has a closed form
        (0, 3000, 1 - 0.05 ** (1 / 3000)),
        (1, 10, 0.394163),  # the others are quantiles of beta from tables
        (5, 100, 0.102253),
        (7, 7, 1.0),
        (0, 0, 1.0),
    ],
)
def test_the_upper_bound_is_the_quantile_of_clopper_and_pearson(hits, trials, bound):
    assert upper(hits, trials) == pytest.approx(bound, abs=2e-6)


@given(COUNTS)
def test_a_counted_rate_lies_between_its_bounds(counted):
    hits, trials = counted
    assert 0 <= lower(hits, trials) <= hits / trials <= upper(hits, trials) <= 1


@given(COUNTS)
def test_more_hits_or_fewer_trials_raise_the_bound(counted):
    hits, trials = counted
    assert upper(hits, trials) <= upper(min(hits + 1, trials), trials)
    assert upper(hits, trials) <= upper(min(hits, max(1, trials - 1)), max(1, trials - 1)) + 1e-12


@pytest.mark.parametrize(("hits", "trials"), [(1, 2), (3, 40), (50, 100), (190, 200), (399, 400)])
def test_at_the_bound_so_few_hits_have_a_chance_of_five_percent(hits, trials):
    rate = upper(hits, trials)
    chance = sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(hits + 1))
    assert chance == pytest.approx(0.05, rel=1e-6)
