"""How many points a sale earns by the entry tier's rule, which is what paper may promise.

`docs/sync-api.md` defines the rule, and `docs/earn-vectors.json` holds its examples for box and service.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rounding = Literal["down", "nearest", "up"]


@dataclass(frozen=True, slots=True)
class EarnRule:
    """`minor_per_point` is the price of a point and `minimum_spend` the least sale that earns, both in the same
    minor units as the amounts (10 yuan: 1000); `points_cap` is the most that one sale earns. ValueError for a
    rule without a price.
    """

    minor_per_point: int
    minimum_spend: int = 0
    points_cap: int | None = None
    rounding: Rounding = "down"

    def __post_init__(self) -> None:
        if self.minor_per_point <= 0:
            raise ValueError(f"minor_per_point must be positive, not {self.minor_per_point}")

    def points(self, amount_minor: int) -> int:
        """Whole points for an amount; none for nothing or less, or for less than the minimum spend."""
        if amount_minor <= 0 or amount_minor < self.minimum_spend:
            return 0
        added = {"down": 0, "nearest": self.minor_per_point // 2, "up": self.minor_per_point - 1}
        earned = (amount_minor + added[self.rounding]) // self.minor_per_point
        return earned if self.points_cap is None else min(earned, self.points_cap)
