from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.receipt.amounts import Style, find_numbers, mask, style_of


def amounts(text: str) -> list[Decimal]:
    numbers = find_numbers(mask(text.lower()))
    style = style_of(numbers)
    assert style is not None
    values = [style.value(number) for number in numbers if style.is_price(number)]
    return [value for value in values if value is not None]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1,00,000.00", "100000.00"),
        ("￥63.67".replace("￥", "¥"), "63.67"),
        ("63.67元", "63.67"),
        ("合计63.67", "63.67"),
        ("合计:63.67", "63.67"),
        ("\\598", "598"),
        ("₩26,500", "26500"),
        ("32,000원", "32000"),
        ("rp 199.100", "199100"),
        ("r$ 53,76", "53.76"),
        ("35,30 €", "35.30"),
        ("=486.00", "486.00"),
        ("-12.82", "-12.82"),
        ("-$12.82", "-12.82"),
        ("$-12.82", "-12.82"),
        ("12.82-", "-12.82"),
        ("(12.82)", "-12.82"),
        ("2.89f", "2.89"),
    ],
)
def test_amounts_of_all_countries_have_their_value(printed, value):
    assert amounts(printed) == [Decimal(value)]


@pytest.mark.parametrize(
    "printed",
    [
        "6.25%",
        "2024-01-27 16:40",
        "27.01.2024",
        "01/27/24",
        "500ml",
        "共2件",
        "****2870",
        "b2-73800",
        "00512",
        "8008123456789",
    ],
)
def test_what_is_no_money_is_no_amount(printed):
    assert amounts(f"{printed} 1.00") == [Decimal("1.00")]


def test_a_weight_with_three_decimals_is_no_amount_beside_prices():
    assert amounts("2.082 3.98 8.29") == [Decimal("3.98"), Decimal("8.29")]


def test_a_point_before_three_digits_is_a_thousand_beside_decimal_commas():
    assert amounts("1.234 0,45") == [Decimal("0.45")]
    style = Style(",")
    assert [style.value(number) for number in find_numbers("1.234")] == [Decimal(1234)]


def test_two_styles_on_one_receipt_have_no_meaning():
    assert style_of(find_numbers("1.50 2,50 3.50 4,50")) is None


@given(st.integers(0, 10**9), st.sampled_from([".", ","]), st.booleans())
def test_every_amount_is_read_back_as_it_was_written(cents, decimal, grouped):
    whole, fraction = divmod(cents, 100)
    digits = f"{whole:,}" if grouped else str(whole)
    text = digits.replace(",", "'" if grouped else "") + f"{decimal}{fraction:02}"
    assert amounts(text) == [Decimal(cents) / 100]


@given(st.text(max_size=200))
def test_no_text_raises(text):
    numbers = find_numbers(mask(text.lower()))
    style = style_of(numbers) or Style(".")
    for number in numbers:
        style.value(number)
        assert style.is_price(number) in (True, False)
