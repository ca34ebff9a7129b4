"""Minor units and their decimals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.money import Currency, currency, currency_codes, format_minor, parse_decimal

any_code = st.sampled_from(sorted(currency_codes()))


@given(any_code, st.integers(-(10**14), 10**14))
def test_an_amount_comes_back_from_its_decimal(code: str, amount: int) -> None:
    assert parse_decimal(format_minor(amount, code), code) == amount


@given(any_code, st.integers(-(10**14), 10**14))
def test_a_decimal_has_exactly_the_digits_of_its_currency(code: str, amount: int) -> None:
    digits = currency(code).exponent
    form = rf"-?\d+\.\d{{{digits}}}" if digits else r"-?\d+"
    assert re.fullmatch(form, format_minor(amount, code))


@pytest.mark.parametrize(
    ("amount", "code", "text"),
    [
        (6367, "CNY", "63.67"),
        (500, "JPY", "500"),
        (-5, "USD", "-0.05"),
        (0, "EUR", "0.00"),
        (1, "KWD", "0.001"),
    ],
)
def test_an_amount_is_written_as_people_write_it(amount: int, code: str, text: str) -> None:
    assert format_minor(amount, code) == text


@pytest.mark.parametrize(("text", "amount"), [("63", 6300), ("63.6", 6360), ("-0.05", -5), ("007", 700)])
def test_missing_decimals_are_zeros(text: str, amount: int) -> None:
    assert parse_decimal(text, "CNY") == amount


@pytest.mark.parametrize(
    "text", ["", "63.", ".67", "1,000.00", "+5", "--5", "6３", "1e3", " 63", "63\n", "٣", "1" * 19]
)
def test_anything_but_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain decimal"):
        parse_decimal(text, "CNY")


@pytest.mark.parametrize(("text", "code"), [("63.670", "CNY"), ("500.0", "JPY"), ("1.2345", "KWD")])
def test_more_decimals_than_the_currency_has_are_not_rounded_away(text: str, code: str) -> None:
    with pytest.raises(ValueError, match="decimals of"):
        parse_decimal(text, code)


@pytest.mark.parametrize(
    "row",
    [
        ("CNY", 156, 2),
        ("JPY", 392, 0),
        ("KWD", 414, 3),
        ("CLF", 990, 4),
        ("ALL", 8, 2),
        ("EUR", 978, 2),
        ("ZWG", 924, 2),
    ],
)
def test_a_currency_is_as_iso_4217_lists_it(row: tuple[str, int, int]) -> None:
    assert currency(row[0]) == Currency(*row)


def test_no_two_currencies_share_a_number() -> None:
    numbers = [currency(code).numeric for code in currency_codes()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("code", ["", "cny", "RMB", "BGN", "HRK", "XAU", "XXX"])
def test_a_code_that_is_no_longer_or_never_was_money_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        currency(code)
