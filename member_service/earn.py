"""How many points a sale earns: docs/sync-api.md in code, its examples are docs/earn-vectors.json."""

from __future__ import annotations

from typing import Literal, Protocol, get_args

Rounding = Literal["down", "nearest", "up"]
ROUNDINGS: tuple[str, ...] = get_args(Rounding)


class Rule(Protocol):
    """Money in minor units; no cap where it is None."""

    minor_per_point: int
    minimum_spend: int
    points_cap: int | None
    rounding: str


def points(amount: int, rule: Rule) -> int:
    """What a sale of `amount` minor units earns."""
    if amount < max(rule.minimum_spend, 1):
        return 0
    whole, rest = divmod(amount, rule.minor_per_point)
    match rule.rounding:
        case "nearest":
            whole += rest * 2 >= rule.minor_per_point
        case "up":
            whole += rest > 0
    return whole if rule.points_cap is None else min(whole, rule.points_cap)
