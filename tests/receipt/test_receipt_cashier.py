"""Who stood at the register: numbers as printed, of names one letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.receipt.cashier import read_cashier


@pytest.mark.parametrize(
    ("line", "cashier"),
    [
        ("收银员:1090", "1090"),
        ("收银员：张伟   机号：03", "张*"),
        ("机号:03  收款员:0021", "0021"),
        ("工号 8", "8"),
        ("Cashier: 12", "12"),
        ("CASHIER  Anna", "A*"),
        ("Cashier 12 - Anna Smith", "12"),
        ("[Cashier User]: A12", "A12"),
        ("Bediener 3", "3"),
        ("Kassierer: Frau Klein", "F*"),
        ("Operator: 13800138000", "*8000"),
        ("Кассир: Иванова", "И*"),
        ("Cashier: 12.50", None),
        ("Cashier", None),
        ("Cashiers' choice 2", None),
        ("Coca Cola 330ml   3.50", None),
    ],
)
def test_a_cashier_is_read_and_a_name_is_not_kept(line: str, cashier: str | None) -> None:
    assert read_cashier(["Corner Shop", line, "Total 63.67"]) == cashier


@given(st.lists(st.text(max_size=60), max_size=20))
def test_whatever_is_printed_gives_a_short_text_or_none(lines: list[str]) -> None:
    found = read_cashier([*lines, *(f"Cashier: {line}" for line in lines)])
    assert found is None or 1 <= len(found) <= 8
