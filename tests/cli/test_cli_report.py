"""`receiptbridge report` on a journal of a day, in two currencies, of a lane that prints and one that observes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from journal_rig import State, state
from typed import Typed, typed

from receiptbridge.receipt.model import Kind, Method

DAY = datetime.date(2026, 11, 20)
OBSERVES = "the lane only observes"


def at(hour: int, minute: int = 0) -> float:
    return datetime.datetime.combine(DAY, datetime.time(hour, minute)).timestamp()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[State]:
    with state(tmp_path) as made:
        for hour, total, method in (
            (9, 6367, Method.CASH),
            (10, 1000, Method.WECHAT),
            (15, 33, Method.WECHAT),
        ):
            made.now = at(hour)
            made.sell(total, method=method)
        made.sell(500, currency="JPY", why_no_code="the sale is in JPY, the earn rule in CNY")
        made.sell(None, currency=None, why_no_code="no total was read")
        made.sell(200, kind=Kind.REFUND, why_no_code="not a sale but refund")
        made.sell(900, printed=False)
        made.now = at(23, 59)
        made.sell(100, lane="till-2", why_no_code=OBSERVES)
        made.sell(
            None,
            lane="till-2",
            currency=None,
            reason="no label says what 12 is",
            why_no_code="no label says what 12 is",
        )
        made.sell(
            None,
            lane="till-2",
            kind=Kind.OTHER,
            currency=None,
            reason="printed as a picture",
            why_no_code="not a sale but other",
        )
        made.sell(None, lane="till-2", kind=Kind.KITCHEN, currency=None, why_no_code="not a sale but kitchen")
        made.now += 120
        made.sell(77)
        yield made


def report(box: State, *words: object) -> Typed:
    return typed("report", words[0], "--config", box.config, *words[1:])


def answer(box: State, *words: object) -> dict:
    done = report(box, *words, "--json")
    assert done.exit_code == 0, done.err
    return json.loads(done.out)


def test_a_day_is_added_up_by_kind_payment_and_currency(box: State):
    found = answer(box, "day", "--date", DAY)
    assert found["receipts"] == 11
    assert found["kinds"]["sale"] == {
        "count": 8,
        "amounts": [{"amount": "84.00", "currency": "CNY"}, {"amount": "500", "currency": "JPY"}],
    }
    assert found["kinds"]["refund"]["amounts"] == [{"amount": "2.00", "currency": "CNY"}]
    assert found["payments"]["wechat"] == {"count": 2, "amounts": [{"amount": "10.33", "currency": "CNY"}]}
    assert found["sales_without_total"] == 2
    assert found["codes"]["printed"] == 3
    assert found["codes"]["unknown"] == 1
    assert found["codes"]["none"]["the sale is in JPY, the earn rule in CNY"] == 1
    assert found["points"] == 18
    assert found["queue"] == {"due": 12}


def test_a_day_as_it_is_shown(box: State):
    shown = report(box, "day", "--date", DAY, "--lane", "till-1").out
    assert "2026-11-20 00:00:00 to 2026-11-21 00:00:00, till-1: 7 receipts" in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["sale", "6", "83.00", "CNY"] in lines
    assert ["500", "JPY"] in lines
    assert "none: no total was read" in shown
    assert "points on printed codes: 18" in shown


def test_a_shift_ends_before_the_next_begins_and_may_go_past_midnight(box: State):
    assert answer(box, "shift", "--from", "09:00", "--to", "15:00", "--date", DAY)["receipts"] == 2
    assert answer(box, "shift", "--from", "15:00", "--to", "06:00", "--date", DAY)["receipts"] == 10
    assert answer(box, "shift", "--from", "09:00", "--date", DAY)["receipts"] == 12


def test_observation_says_what_was_read_how_sure_and_what_would_have_been_printed(box: State):
    found = answer(box, "observe")
    assert (found["receipts"], found["may_be_sales"], found["read"]) == (4, 3, 1)
    assert found["share_read"] == pytest.approx(1 / 3)
    assert (found["would_print"], found["points"]) == (1, 6)
    assert found["not_read"] == {"no label says what N is": 1, "printed as a picture": 1}
    assert found["confidence"] == {"from 0.97": 1}
    assert [one["kind"] for one in found["latest"]] == ["sale", "sale", "other", "kitchen"]
    shown = report(box, "observe", "--lane", "till-2", "--from", DAY, "--to", DAY).out
    assert "33.3%: 1 of 3 papers" in shown
    assert "1 would have been printed, with 6 points" in shown
    assert "printed as a picture" in shown


def test_a_time_without_receipts_says_so(box: State):
    assert "0 receipts" in report(box, "day", "--date", "2026-01-01").out
    assert "No lane in observe mode" in report(box, "observe", "--to", "2026-01-01").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["day", "--date", "2026-02-30"], "today or yesterday"),
        (["day", "--lane", "till-9"], "Lanes there"),
        (["shift"], "--from"),
        (["shift", "--from", "25:00"], "time of day"),
        (["shift", "--from", "06:00", "--to", "late"], "time of day"),
        (["shift", "--from", "00:00", "--date", "9998-01-01"], "not begun"),
        (["observe", "--from", "once"], "not a day"),
        (["observe", "--most", "-1"], "--most"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(box: State, words: list[str], said: str):
    done = report(box, *words)
    assert (done.exit_code, said in done.err) == (2, True), done.err
