"""The journal stops growing: what the service has stored is kept for its time, and only that is ever deleted."""

from __future__ import annotations

from contextlib import closing

import pytest

from receiptbridge.journal import Answer, Journal, Outbox
from receiptbridge.journal.outbox import SLICE_ROWS

BOX = bytes.fromhex("a1b2c3d4e5f6")
DAY = 86_400


@pytest.fixture
def journal(path, clock):
    with closing(Journal.open(path, clock=clock)) as opened:
        yield opened


@pytest.fixture
def outbox(path, clock):
    with closing(Outbox.open(path, clock=clock, rest=lambda seconds: None)) as opened:
        yield opened


def sell(journal, record, sales=1):
    return [journal.commit_sale(record, None).number for _ in range(sales)]


def numbers(journal):
    return [number for (number,) in journal._connection.execute("SELECT number FROM sale ORDER BY number")]


def settle(outbox, sold, final="stored", at=None):
    outbox.settle([Answer(number, final) for number in sold], at=at)


def test_what_was_stored_before_the_time_is_deleted_and_nothing_else(journal, outbox, record, clock):
    old, set_aside, in_conflict, unsent, recent = sell(journal, record, 5)
    settle(outbox, [old])
    settle(outbox, [set_aside], "rejected")
    settle(outbox, [in_conflict], "conflict")
    clock.now += 90 * DAY
    settle(outbox, [recent])
    assert outbox.forget(int(clock.now) - DAY, 1000) == 1
    assert numbers(journal) == [set_aside, in_conflict, unsent, recent]


def test_a_claimed_sale_is_not_deleted(journal, outbox, record, clock):
    sold = sell(journal, record, 3)
    outbox.claim(BOX, 2)
    assert outbox.forget(int(clock.now) + 3650 * DAY, 1000) == 0
    assert numbers(journal) == sold


def test_no_more_are_deleted_than_asked_and_the_oldest_go_first(journal, outbox, record, clock):
    sold = sell(journal, record, 6)
    for number in reversed(sold):
        clock.now += 1
        settle(outbox, [number])
    assert outbox.forget(int(clock.now) + 1, 4) == 4
    assert numbers(journal) == sold[:2]


def test_an_answer_counts_from_the_time_that_came_with_it(journal, outbox, record, clock):
    first, second = sell(journal, record, 2)
    settle(outbox, [first], at=1000)
    settle(outbox, [second])
    assert outbox.forget(1001, 1000) == 1
    assert numbers(journal) == [second]


def test_a_number_that_was_deleted_is_not_given_again(journal, outbox, record, clock):
    sold = sell(journal, record, 3)
    settle(outbox, sold)
    outbox.forget(int(clock.now) + 1, 1000)
    assert sell(journal, record) == [4]


def test_the_write_lock_is_let_go_between_slices(journal, path, record, clock):
    sold = sell(journal, record, 3 * SLICE_ROWS)
    free = []

    def lanes_turn(seconds):
        free.append(journal.commit_sale(record, None).number)

    with closing(Outbox.open(path, clock=clock, rest=lambda seconds: None)) as outbox:
        settle(outbox, sold)
        outbox._rest = lanes_turn
        assert outbox.forget(int(clock.now) + 1, 1000) == 3 * SLICE_ROWS
    assert len(free) == 3


def test_a_journal_that_forgets_as_much_as_it_sells_stops_growing(journal, outbox, record, clock):
    def pages():
        return journal._connection.execute("PRAGMA page_count").fetchone()[0]

    sizes = []
    for _day in range(12):
        settle(outbox, sell(journal, record, 100))
        clock.now += DAY
        outbox.forget(int(clock.now) - 3 * DAY, 1000)
        sizes.append(pages())
    assert max(sizes[5:]) <= 1.1 * sizes[4]
