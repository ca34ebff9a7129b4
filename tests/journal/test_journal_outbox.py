"""Sync's promises: a row is held by one, comes back when its holder dies, and is answered once."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from receiptbridge.journal import Answer, Journal, Outbox, SaleRecord
from receiptbridge.journal.outbox import LEASE_SECONDS, LONGEST_DELAY_SECONDS, SLICE_ROWS
from receiptbridge.journal.sales import OUTCOME_SETTLES_SECONDS
from receiptbridge.receipt.model import Kind, ReceiptReading

BOX = bytes.fromhex("a1b2c3d4e5f6")
TEN_YEARS = 10 * 365 * 86400
PLAIN = SaleRecord("till-1", "print", ReceiptReading(Kind.SALE, 100, "CNY"), True, BOX, 1)


def mint(number: int, issued_at: int) -> bytes:
    return bytes(90)


@pytest.fixture
def journal(path, clock):
    with closing(Journal.open(path, clock=clock)) as opened:
        yield opened


@pytest.fixture
def outbox(path, clock):
    with closing(Outbox.open(path, clock=clock, rest=lambda seconds: None)) as opened:
        yield opened


def sell(journal, record, sales):
    """Sales without a code: due at once. Returns their numbers."""
    return [journal.commit_sale(record, None).number for _ in range(sales)]


def numbers(claimed):
    return [sale.number for sale in claimed]


def test_rows_come_in_the_order_of_their_sales_and_no_more_than_asked(journal, outbox, record):
    sold = sell(journal, record, SLICE_ROWS + 5)
    assert numbers(outbox.claim(BOX, SLICE_ROWS + 2)) == sold[: SLICE_ROWS + 2]
    assert numbers(outbox.claim(BOX, SLICE_ROWS)) == sold[SLICE_ROWS + 2 :]


def test_a_claimed_row_is_what_was_committed(journal, outbox, record, clock):
    stored = journal.commit_sale(record, mint)
    journal.mark(stored.row, "released")
    (sale,) = outbox.claim(BOX, 500)
    assert (sale.number, sale.token, sale.total, sale.outcome) == (1, mint(1, 0), 6367, "released")
    assert (sale.tries, sale.clock_good, sale.issued_at) == (1, 1, stored.issued_at)


def test_two_sync_processes_never_hold_the_same_row(journal, outbox, record, path, clock):
    sold = sell(journal, record, 10)
    with closing(Outbox.open(path, clock=clock, rest=lambda seconds: None)) as other:
        mine, theirs = outbox.claim(BOX, 6), other.claim(BOX, 6)
        other.postpone(numbers(mine), 0)
        assert other.claim(BOX, 6) == []
    assert numbers(mine) + numbers(theirs) == sold


def test_a_row_whose_holder_died_is_due_when_its_lease_has_run_out(journal, outbox, record, clock):
    sold = sell(journal, record, 1)
    outbox.claim(BOX, 1)
    clock.now += LEASE_SECONDS - 1
    assert outbox.claim(BOX, 1) == []
    clock.now += 1
    (again,) = outbox.claim(BOX, 1)
    assert ([again.number], again.tries) == (sold, 2)


def test_a_clock_that_jumps_back_leaves_no_row_waiting_for_years(journal, outbox, record, clock):
    sold = sell(journal, record, 3)
    outbox.claim(BOX, 1)
    clock.now -= TEN_YEARS
    assert sorted(numbers(outbox.claim(BOX, 500))) == sold


def test_a_row_put_off_holds_up_no_other(journal, outbox, record, clock):
    first, second, third = sell(journal, record, 3)
    outbox.claim(BOX, 500)
    outbox.postpone([first, second, third], 0)
    outbox.postpone([first], 60)
    assert numbers(outbox.claim(BOX, 2)) == [first, second]  # the second call is no longer its holder's
    outbox.postpone([first], 10 * LONGEST_DELAY_SECONDS)
    assert numbers(outbox.claim(BOX, 2)) == [third]
    clock.now += LONGEST_DELAY_SECONDS
    assert first in numbers(outbox.claim(BOX, 3))


def test_a_row_that_was_set_aside_never_comes_again(journal, outbox, record, clock):
    bad, good = sell(journal, record, 2)
    outbox.claim(BOX, 2)
    outbox.settle([Answer(bad, "rejected", "token_box: of another box")])
    outbox.postpone([bad, good], 0)
    clock.now += LEASE_SECONDS
    assert numbers(outbox.claim(BOX, 2)) == [good]
    assert outbox.pending(BOX) == 1


def test_the_first_answer_stays(journal, outbox, record, path):
    (number,) = sell(journal, record, 1)
    outbox.settle([Answer(number, "stored")])
    outbox.settle([Answer(number, "conflict", "other_token: a second one")])
    state = journal._connection.execute("SELECT sync, sync_reason FROM sale").fetchone()
    assert state == ("stored", None)


def test_each_box_id_has_its_own_queue(journal, outbox, record):
    sell(journal, record, 1)
    (other,) = sell(journal, replace(record, box_id=bytes(6)), 1)
    assert numbers(outbox.claim(bytes(6), 500)) == [other]
    assert (outbox.pending(BOX), outbox.pending(bytes(6))) == (1, 1)


def test_a_sale_whose_paper_is_coming_out_is_not_yet_due(journal, outbox, record, clock):
    journal.commit_sale(record, mint)
    assert outbox.claim(BOX, 1) == []
    assert outbox.next_due(BOX) == clock.now + OUTCOME_SETTLES_SECONDS
    clock.now += OUTCOME_SETTLES_SECONDS
    assert len(outbox.claim(BOX, 1)) == 1


def test_marking_a_row_on_its_way_does_not_hand_it_out_again(journal, outbox, record, clock):
    row = journal.commit_sale(record, mint).row
    clock.now += OUTCOME_SETTLES_SECONDS
    outbox.claim(BOX, 1)
    journal.mark(row, "released")
    assert outbox.claim(BOX, 1) == []


def test_the_write_lock_is_let_go_between_slices(journal, path, record, clock):
    sell(journal, record, 3 * SLICE_ROWS)
    free: list[int] = []

    def lanes_turn(seconds: float) -> None:
        free.append(journal.commit_sale(record, mint).number)

    with closing(Outbox.open(path, clock=clock, rest=lanes_turn)) as outbox:
        claimed = outbox.claim(BOX, 3 * SLICE_ROWS)
        outbox.settle(Answer(sale.number, "stored") for sale in claimed)
    assert len(claimed) == 3 * SLICE_ROWS
    assert len(free) == 6


def test_a_checkpoint_brings_the_sales_into_the_database_file(journal, outbox, record, path):
    sell(journal, record, 5)
    outbox.checkpoint()
    without_wal = Path(shutil.copy(path, path.with_name("copy.db")))
    with closing(Journal.open(without_wal)) as again:
        assert again.counters()["numbered"] == 5
