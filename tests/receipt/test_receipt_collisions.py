"""Sales whose amounts collide, and lines in any order that say something else: read right or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_papers import read_all

WORDS = {
    "en": ("Tea", "Coffee", "Subtotal", "Discount", "TOTAL", "CASH", "CHANGE", "Points earned"),
    "zh": ("青菜", "红烧牛肉面", "小计", "优惠", "应付金额", "现金", "找零", "本次积分"),
}
DECOYS = {
    "en": ["Points balance {}", "You saved {}", "Gift card balance {}", "Per person {}", "Tel 555-{}",
           "Equivalent {}", "Member no {}", "Suggested tip 18% {}", "Old balance {}", "Approval {}"],
    "zh": ["积分余额 {}", "为您节省 {}", "卡余额 {}", "人均 {}", "电话 028-{}",
           "折合 {}", "会员号 {}", "已优惠 {}", "上次余额 {}", "授权码 {}"],
}  # fmt: skip


def money(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def paper(
    language: str, items: Sequence[int], discount: int, given_: int, *, points: int | None = None
) -> tuple[int, list[str]]:
    """The total and the lines of a sale with its sums, and what was given for it."""
    tea, coffee, before, less, total, cash, change, earned = WORDS[language]
    whole = sum(items) - discount
    names = (tea, coffee) * len(items)
    lines = [f"{name}{' ' * 12}{money(price)}" for name, price in zip(names, items, strict=False)]
    lines += [f"{before}  {money(sum(items))}", f"{less}  -{money(discount)}"] if discount else []
    lines += [f"{total}  {money(whole)}", f"{cash}  {money(given_)}"]
    lines += [f"{change}  {money(given_ - whole)}"] if given_ != whole else []
    lines += [f"{earned}  {money(points)}"] if points is not None else []
    return whole, lines


def read_total(lines: Sequence[str]) -> int | None:
    (reading,) = read_all(b"\x1b@" + "\n".join(lines).encode("gb18030") + b"\n\n\x1dV\x00")
    assert reading.total is not None or reading.reason
    return reading.total


PRICES = st.lists(st.integers(100, 9999), min_size=2, max_size=5)
LANGUAGES = st.sampled_from(sorted(WORDS))


@given(LANGUAGES, PRICES, st.data())
@settings(max_examples=80, deadline=None)
def test_decoys_in_any_order_and_anywhere_below_the_total_are_no_total(language, prices, data):
    total, lines = paper(language, prices, 0, sum(prices))
    decoys = data.draw(st.permutations(DECOYS[language]))[: data.draw(st.integers(1, 6))]
    for decoy in decoys:
        at = data.draw(st.integers(len(prices), len(lines)))
        lines.insert(at, decoy.format(money(data.draw(st.integers(1, 99999)))))
    assert read_total(lines) in (total, None)


@given(LANGUAGES, PRICES, st.permutations(range(10)))
@settings(max_examples=40, deadline=None)
def test_a_decoy_that_says_the_very_total_or_an_item_changes_nothing(language, prices, order):
    total, lines = paper(language, prices, 0, sum(prices))
    amounts = (total, prices[0], prices[-1], total - prices[0], 2 * total)
    lines += [DECOYS[language][n].format(money(amounts[n % len(amounts)])) for n in order[:4]]
    assert read_total(lines) in (total, None)


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize(
    ("items", "discount", "given_", "points"),
    [
        pytest.param([500, 1200, 900], 500, 2100, None, id="the discount is an item's price"),
        pytest.param([500, 1000], 500, 1000, None, id="the discount leaves an item's price"),
        pytest.param([500, 1000], 0, 2000, None, id="the change is an item's price"),
        pytest.param([1000, 1000], 0, 4000, None, id="the change is the total"),
        pytest.param([500, 1000], 0, 1500, None, id="what was given is the total"),
        pytest.param([500, 1000], 0, 1500, 1500, id="the points are the total"),
        pytest.param([500, 1000], 0, 2000, 1500, id="the points are the total, and change is given"),
        pytest.param([500, 1500], 500, 2000, 2000, id="all at once"),
    ],
)
def test_colliding_amounts_leave_the_total_what_it_is(language, items, discount, given_, points):
    total, lines = paper(language, items, discount, given_, points=points)
    assert read_total(lines) == total


@given(LANGUAGES, PRICES, st.data())
@settings(max_examples=80, deadline=None)
def test_generated_collisions_are_read_right_or_not_at_all(language, prices, data):
    discount = data.draw(st.sampled_from([0, prices[0], prices[-1]]))
    whole = sum(prices) - discount
    change = data.draw(st.sampled_from([0, prices[0], prices[-1], discount, whole]))
    points = data.draw(st.sampled_from([None, whole, prices[0], whole + change]))
    total, lines = paper(language, prices, discount, whole + change, points=points)
    assert read_total(lines) in (total, None)
