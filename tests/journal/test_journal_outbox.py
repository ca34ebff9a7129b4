"""Sync's promises: a row is held by one, comes back when its holder dies, and is answered once."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

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


class Deliveries(RuleBasedStateMachine):
    """Two sync processes that crash where they like, and a service that may answer twice or not at all."""

    sales = Bundle("sales")
    held = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "journal.db"
        self.now = 1_795_340_000.0
        self.journal = Journal.open(self.path, clock=lambda: self.now)
        self.outboxes = [self.open_outbox(), self.open_outbox()]
        self.given: list[int] = []
        self.received: Counter[int] = Counter()
        self.finals: dict[int, str] = {}

    def open_outbox(self) -> Outbox:
        return Outbox.open(self.path, clock=lambda: self.now, rest=lambda seconds: None)

    def teardown(self) -> None:
        try:
            self.bring_the_rest()
        finally:
            for opened in (self.journal, *self.outboxes):
                opened.close()
            self.folder.cleanup()

    def bring_the_rest(self) -> None:
        """Whatever has happened: after the longest wait there is, one calm pass brings what is left."""
        self.now += LONGEST_DELAY_SECONDS
        while batch := self.outboxes[0].claim(BOX, 3):
            self.outboxes[0].settle([self.answer(sale.number) for sale in batch])
        assert self.states() == {number: self.verdict(number) for number in self.given}
        assert set(self.received) == set(self.given)

    def verdict(self, number: int) -> str:
        return "rejected" if number % 5 == 0 else "stored"

    def answer(self, number: int) -> Answer:
        """The service: idempotent, of its own mind about every fifth."""
        self.received[number] += 1
        return Answer(number, self.verdict(number))

    def states(self) -> dict[int, str]:
        return dict(self.journal._connection.execute("SELECT number, sync FROM sale").fetchall())

    @rule(target=sales, coded=st.booleans())
    def sell(self, coded):
        number = self.journal.commit_sale(PLAIN, mint if coded else None).number
        self.given.append(number)
        return number

    @rule(number=sales, outcome=st.sampled_from(["releasing", "released", "not_printed"]))
    def mark(self, number, outcome):
        self.journal.mark(number, outcome)

    @rule(target=held, who=st.integers(0, 1), most=st.integers(1, 4))
    def claim(self, who, most):
        return who, numbers(self.outboxes[who].claim(BOX, most))

    @rule(claim=held, answered=st.booleans(), heard=st.booleans())
    def deliver(self, claim, answered, heard):
        """Also of claims that have long run out, and of the same claim again."""
        who, batch = claim
        answers = [self.answer(number) for number in batch] if answered else []
        if heard:
            self.outboxes[who].settle(answers)

    @rule(claim=held, seconds=st.integers(0, 2 * LONGEST_DELAY_SECONDS))
    def postpone(self, claim, seconds):
        self.outboxes[claim[0]].postpone(claim[1], seconds)
        self.now += min(seconds, LONGEST_DELAY_SECONDS)

    @rule(who=st.integers(0, 1))
    def crash(self, who):
        self.outboxes[who].close()
        self.outboxes[who] = self.open_outbox()

    @rule(seconds=st.sampled_from([-TEN_YEARS, -60, 1, OUTCOME_SETTLES_SECONDS, LEASE_SECONDS, TEN_YEARS]))
    def time_passes_or_jumps(self, seconds):
        self.now += seconds

    @rule()
    def lane_restarts(self):
        self.journal.mark_interrupted("till-1")

    @invariant()
    def numbers_count_up(self):
        assert self.given == list(range(1, len(self.given) + 1))

    @invariant()
    def a_final_state_is_the_services_and_never_changes(self):
        for number, state in self.states().items():
            if state != "due":
                assert self.received[number]
                assert self.finals.setdefault(number, state) == state == self.verdict(number)


Deliveries.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestDeliveries = Deliveries.TestCase
