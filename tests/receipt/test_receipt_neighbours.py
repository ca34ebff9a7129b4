"""What amounts say of their neighbours: each step by itself, on statements as they are read off a paper."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.receipt.neighbours import (
    completing_payments,
    labelled_methods,
    named_change,
    named_payments,
    nameless_settlement,
    net_cash,
    points_taken_off,
    positive_payments,
    repeated_totals,
    spent_points,
    told_by_neighbours,
    whole_instalments,
)
from receiptbridge.receipt.statements import METHODS, RULING, Statement

MEANINGS = st.sampled_from([None, *RULING])
AMOUNTS = st.integers(-5000, 5000).map(lambda cents: Decimal(cents) / 100)


def said(*lines: tuple[str | None, str] | tuple[str | None, str, str]) -> list[Statement]:
    """Statements on rows of their own: (meaning, amount, label)."""
    return [
        Statement(
            row,
            meaning,
            True,
            Decimal(amount),
            None,
            *(label or [meaning or "?"]),
            (meaning,) if meaning else (),
        )
        for row, (meaning, amount, *label) in enumerate(lines)
    ]


def meanings(statements) -> list[str | None]:
    return [statement.meaning for statement in statements]


def test_payments_printed_as_taken_off_are_payments():
    told = positive_payments(said(("total", "322.56"), ("card", "-322.56")))
    assert [s.amount for s in told] == [Decimal("322.56"), Decimal("322.56")]


@pytest.mark.parametrize("payment", [("card", "-300.00"), ("voucher", "-322.56")])
def test_what_is_taken_off_and_comes_to_no_total_or_is_a_voucher_stays_a_discount(payment):
    statements = said(("total", "322.56"), payment)
    assert positive_payments(statements) == statements


def test_what_stands_above_the_change_is_what_was_given_where_the_two_make_the_total():
    assert meanings(named_payments(said(("total", "8.00"), (None, "10.00"), ("change", "2.00")))) == [
        "total", "received", "change",
    ]  # fmt: skip
    assert meanings(named_payments(said(("total", "8.00"), (None, "11.00"), ("change", "2.00"))))[1] is None


@pytest.mark.parametrize("meaning", [None, "balance", "total_weak"])
def test_what_stands_below_the_cash_and_is_what_that_is_too_much_is_change(meaning):
    told = named_change(said(("total", "1132.00"), ("received", "1200.00"), (meaning, "68.00")))
    assert meanings(told)[-1] == "change"


def test_nothing_else_is_change_where_change_is_named():
    statements = said(("total", "8.00"), ("cash", "10.00"), (None, "2.00"), ("change", "2.00"))
    assert named_change(statements) == statements


def test_points_that_complete_the_payments_paid():
    told = spent_points(said(("total", "30.00"), ("points", "10.00"), ("card", "20.00")))
    assert meanings(told) == ["total", "other", "card"]


def test_what_only_the_word_for_a_payment_method_labels_is_a_payment():
    (statement,) = said((None, "30.00"))
    (told,) = labelled_methods([statement._replace(said=("method_label",))])
    assert told.methods == ("other",)


def test_values_of_items_under_the_word_for_a_sum_are_items():
    told = repeated_totals(
        said(("total", "369.55", "value"), ("total", "123.00", "value"), ("total", "492.55", "sum"))
    )
    assert meanings(told) == [None, None, "total"]


def test_a_sum_that_is_said_twice_stays_a_sum():
    statements = said(("total", "12.00", "total"), ("total", "12.00", "total"), ("total", "12.00", "to pay"))
    assert repeated_totals(statements) == statements


TERSE = [(None, "1.25"), (None, "6.25"), ("tax", "0.52"), (None, "8.02"), (None, "10.00"), (None, "1.98")]


def test_sum_cash_and_change_are_told_without_a_known_word():
    assert meanings(nameless_settlement(said(*TERSE)))[-3:] == ["total", "cash", "change"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([(None, "6.00"), *TERSE[1:]], id="items come to something else"),
        pytest.param([*TERSE[2:]], id="no several items"),
        pytest.param([*TERSE, ("total", "9.00")], id="there is a word for the total"),
        pytest.param([(None, "1"), (None, "2"), (None, "3"), (None, "5"), (None, "2")], id="how many dishes"),
    ],
)
def test_numbers_that_only_look_like_cash_and_change_stay_what_they_are(lines):
    assert nameless_settlement(said(*lines)) == said(*lines)


def test_an_unknown_payment_is_what_the_others_lack_of_the_total():
    told = completing_payments(
        said(("total", "142.20"), (None, "50.00"), ("wechat", "92.20"), ("change", "0.00"))
    )
    assert meanings(told) == ["total", "other", "wechat", "change"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([("total", "142.20"), (None, "40.00"), ("wechat", "92.20")], id="too little"),
        pytest.param([("total", "142.20"), (None, "-50.00"), ("wechat", "192.20")], id="taken off"),
        pytest.param([("total", "142.20"), (None, "142.20")], id="no known payment"),
        pytest.param([("total", "92.20"), (None, "50.00"), ("wechat", "92.20")], id="paid without it"),
    ],
)
def test_what_does_not_complete_the_payments_is_none(lines):
    assert completing_payments(said(*lines)) == said(*lines)


def test_cash_said_net_and_then_as_given_counts_once():
    lines = [
        ("total", "186.00"),
        ("wechat", "100.00"),
        ("cash", "86.00"),
        ("cash", "90.00"),
        ("change", "4.00"),
    ]
    assert meanings(net_cash(said(*lines))) == ["total", "wechat", "cash"]


def test_cash_that_completes_a_card_is_named_cash():
    told = completing_payments(said(("total", "83.99"), ("received", "50.00"), ("card", "33.99")))
    assert [s.methods for s in told[1:]] == [("cash",), ("card",)]


def test_points_between_two_totals_that_they_join_are_a_discount():
    told = points_taken_off(said(("total", "135000"), ("points", "-5000"), ("total", "130000")))
    assert meanings(told) == ["total", "discount", "total"]
    assert (
        points_taken_off(said(("total", "135000"), ("points", "-4000"), ("total", "130000")))[1].meaning
        == "points"
    )


def test_a_card_charged_the_whole_is_a_payment_though_it_is_paid_off_monthly():
    (_, slip) = said(("total", "25689.00"), ("instalment", "25689.00"))
    told = whole_instalments([*said(("total", "25689.00")), slip._replace(said=("card", "instalment"))])
    assert told[1].methods == ("card",)
    assert told[1].meaning == "card"


def test_cash_alone_keeps_what_was_given_and_its_change():
    statements = said(("total", "86.00"), ("cash", "86.00"), ("received", "90.00"), ("change", "4.00"))
    assert net_cash(statements) == statements


@given(st.lists(st.tuples(MEANINGS, AMOUNTS), max_size=9))
def test_no_step_invents_an_amount_or_raises(lines):
    statements = said(*((meaning, str(amount)) for meaning, amount in lines))
    told = told_by_neighbours(statements)
    assert {abs(s.amount) for s in told} <= {abs(s.amount) for s in statements}
    assert all(s.meaning is None or s.meaning in (*RULING, *METHODS) for s in told)
