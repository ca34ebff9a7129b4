"""Points: rounded down, and never promised for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.claim.earn import points

AMOUNTS = (999, 1000, 1799, 1800, 17999)  # 9.99, 10.00, 17.99, 18.00 and 179.99 yuan


@pytest.mark.parametrize(
    ("yuan_per_point", "earned"),
    [
        (10, (0, 1, 1, 1, 17)),
        (12, (0, 0, 1, 1, 14)),
        (14, (0, 0, 1, 1, 12)),
        (15, (0, 0, 1, 1, 11)),
        (18, (0, 0, 0, 1, 9)),
    ],
)
def test_a_point_costs_its_yuan_to_the_last_fen(yuan_per_point: int, earned: tuple[int, ...]) -> None:
    assert tuple(points(amount, yuan_per_point * 100) for amount in AMOUNTS) == earned


@given(st.integers(1, 2**40), st.integers(1, 10**6))
def test_points_are_the_most_that_the_amount_pays_for(amount: int, price: int) -> None:
    earned = points(amount, price)
    assert earned * price <= amount < (earned + 1) * price


@given(st.integers(max_value=0), st.integers(1, 10**6))
def test_nothing_or_less_earns_nothing(amount: int, price: int) -> None:
    assert points(amount, price) == 0


@given(st.integers(), st.integers(max_value=0))
def test_a_rule_without_a_price_is_refused(amount: int, price: int) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        points(amount, price)
