"""Points by the merchant's rule, and never for nothing. The table is that of the counter: yuan a point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.claim.earn import EarnRule

VECTORS = json.loads((Path(__file__).parents[2] / "docs" / "earn-vectors.json").read_text("utf-8"))
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
    assert tuple(map(EarnRule(yuan_per_point * 100).points, AMOUNTS)) == earned


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_vectors_are_what_the_rule_gives(vector: dict[str, Any]) -> None:
    rule = EarnRule(**vector["rule"])
    assert [[amount, rule.points(amount)] for amount, _ in vector["points"]] == vector["points"]


@given(st.integers(1, 2**40), st.integers(1, 10**6))
def test_points_are_the_most_that_the_amount_pays_for(amount: int, price: int) -> None:
    earned = EarnRule(price).points(amount)
    assert earned * price <= amount < (earned + 1) * price


@given(st.integers(1, 2**40), st.integers(1, 10**6))
def test_rounding_adds_a_point_at_most_and_nearest_lies_between(amount: int, price: int) -> None:
    down, nearest, up = (EarnRule(price, rounding=way).points(amount) for way in ("down", "nearest", "up"))
    assert down <= nearest <= up <= down + 1
    assert abs(2 * nearest * price - 2 * amount) <= price


@given(st.integers(), st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_less_than_the_minimum_earns_nothing_and_none_more_than_the_cap(
    amount: int, price: int, minimum: int, cap: int
) -> None:
    earned = EarnRule(price, minimum, cap, "up").points(amount)
    assert 0 <= earned <= cap
    assert (earned > 0) == (amount > 0 and amount >= minimum)


@given(st.integers(max_value=0))
def test_a_rule_without_a_price_is_refused(price: int) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        EarnRule(price)
