"""What stands on receipts and is no part of their arithmetic: points, balances, suggested tips, other numbers."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from .templates import Paper

Facts = dict[str, str | int]
"""What a row may print: texts as they are, whole numbers as amounts in minor units."""

_TIPS = (10, 15, 18, 20, 25)


def decoys(total: int, paper: Paper, rng: random.Random) -> Facts:
    """All of them; a paper prints few."""
    return (
        _numbers(rng)
        | _tips(total)
        | _points(total, paper, rng)
        | _amounts(total, paper, rng)
        | _words(paper, rng)
    )


def _numbers(rng: random.Random) -> Facts:
    """n1 to n16: numbers of so many digits."""
    return {f"n{size}": str(rng.randrange(10 ** (size - 1), 10**size)) for size in range(1, 17)}


def _tips(total: int) -> Facts:
    facts: Facts = {}
    for rate in _TIPS:
        tip = round(total * rate / 100)
        facts |= {f"tip{rate}": tip, f"with{rate}": total + tip}
    return facts


def _points(total: int, paper: Paper, rng: random.Random) -> Facts:
    points = max(1, total // 10**paper.country.decimals)
    return {"points": str(points), "points_after": str(points + rng.randrange(10, 9000))}


def _amounts(total: int, paper: Paper, rng: random.Random) -> Facts:
    unit = 10**paper.country.decimals
    balance = rng.randrange(unit, 500 * unit)
    return {
        "balance": balance,
        "balance_before": total + balance,
        "fx": round(total * rng.uniform(0.5, 1.9)),
        "half": total // 2,
        "third": total // 3,
        "back": 20 * unit,
        "with_back": total + 20 * unit,
        "litres": f"{total / 789:.2f}",
        "gallons": f"{total / 345.9:.3f}",
        "coupon": rng.choice((1, 2, 5, 10, 20, 50)) * unit,
        "limit": rng.choice((50, 100, 200)) * unit,
    }


def _words(paper: Paper, rng: random.Random) -> Facts:
    chosen: Facts = {name: rng.choice(texts) for name, texts in paper.country.words.items()}
    return chosen | {"shop": rng.choice(paper.country.shops)}


def dates(paper: Paper, when: datetime, rng: random.Random) -> Facts:
    """The receipt's date as one of the country's registers prints it, and a later one."""
    forms = paper.country.dates
    return {
        "when": when.strftime(rng.choice(forms)),
        "time": when.strftime(rng.choice(("%H:%M", "%H:%M:%S"))),
        "later": (when + timedelta(days=14)).strftime(forms[0].split()[0]),
    }
