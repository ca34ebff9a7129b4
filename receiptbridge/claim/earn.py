"""How many points a sale earns by the entry tier's rule, which is what paper may promise."""

from __future__ import annotations


def points(amount_minor: int, minor_per_point: int) -> int:
    """Whole points for an amount, rounded down; none for nothing or less.

    `minor_per_point` is the price of a point in the same minor units as the amount (10 yuan: 1000).
    """
    if minor_per_point <= 0:
        raise ValueError(f"minor_per_point must be positive, not {minor_per_point}")
    return max(amount_minor, 0) // minor_per_point
