"""Amounts in the forms of old and foreign registers."""

from __future__ import annotations

import pytest

from receiptbridge.receipt.forms import usual


@pytest.mark.parametrize(
    ("printed", "usual_form"),
    [
        (["ХЛЕБ  45-50", "МОЛОКО  78-00", "ИТОГ  123-50"], ["ХЛЕБ  45.50", "МОЛОКО  78.00", "ИТОГ  123.50"]),
        (["小計    *260", "現金    *500", "找零    *240"], ["小計     260", "現金     500", "找零     240"]),
        (["Tea  R16.90", "TOTAL  R847.30"], ["Tea  ZAR 16.90", "TOTAL  ZAR 847.30"]),
        (["Tea  Xx6.90", "A  Xx4.00", "TOTAL  Xx10.90"], ["Tea   6.90", "A   4.00", "TOTAL   10.90"]),
    ],
)
def test_the_habit_of_most_rows_is_brought_to_the_usual_form(printed, usual_form):
    assert usual(printed) == usual_form


@pytest.mark.parametrize(
    "printed",
    [
        ["Room 12-30", "Total 45.50"],
        ["コーヒー    *160", "合計    160"],
        ["Latte  *2", "Mocha  *1", "Tea  *3"],
        ["Wine V12.50", "TOTAL  25.00"],
        ["VISA ****1234", "AMEX ****0042", "MC ****9981"],
    ],
)
def test_a_row_or_two_are_no_habit(printed):
    assert usual(printed) == printed
