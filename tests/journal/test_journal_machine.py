"""Two lanes and two sync processes on one file, in any order of doing, dying and jumping clocks, against a model."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from receiptbridge.journal import Answer, Journal, Outbox, SaleRecord
from receiptbridge.journal.outbox import LEASE_SECONDS, LONGEST_DELAY_SECONDS
from receiptbridge.journal.sales import OUTCOME_SETTLES_SECONDS
from receiptbridge.receipt.model import Kind, ReceiptReading

BOX = bytes.fromhex("a1b2c3d4e5f6")
TEN_YEARS = 10 * 365 * 86_400
PLAIN = SaleRecord("till-1", "print", ReceiptReading(Kind.SALE, 100, "CNY"), True, BOX, 1)
LANES = ("till-1", "till-2")
OPEN = ("committed", "releasing")
KEEP_SECONDS = 1000
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # power cuts are tried elsewhere


@dataclass
class Row:
    """What a row must say."""

    lane: str
    token: bytes | None
    outcome: str
    sync: str = "due"
    answered_at: int = 0


class Counters(RuleBasedStateMachine):
    """The service is idempotent, rejects every fifth sale, and may answer twice or not at all."""

    sales = Bundle("sales")
    held = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=IN_MEMORY)
        self.path = Path(self.folder.name) / "journal.db"
        self.now = 1_795_340_000.0
        self.journals = [self.open_journal(), self.open_journal()]
        self.outboxes = [self.open_outbox(), self.open_outbox()]
        self.rows: dict[int, Row] = {}
        self.received: Counter[int] = Counter()
        self.given = 0

    def open_journal(self) -> Journal:
        return Journal.open(self.path, clock=lambda: self.now)

    def open_outbox(self) -> Outbox:
        return Outbox.open(self.path, clock=lambda: self.now, rest=lambda seconds: None)

    def teardown(self) -> None:
        try:
            self.bring_the_rest()
        finally:
            for opened in (*self.journals, *self.outboxes):
                opened.close()
            self.folder.cleanup()

    def bring_the_rest(self) -> None:
        """Whatever has happened: after the longest wait there is, one calm pass brings what is left."""
        self.now += LONGEST_DELAY_SECONDS
        while batch := self.outboxes[0].claim(BOX, 3):
            self.settle(0, [sale.number for sale in batch])
        assert {row.sync for row in self.rows.values()} <= {"stored", "rejected"}
        assert set(self.received) == set(range(1, self.given + 1))
        self.the_file_is_as_the_model_has_it()

    def verdict(self, number: int) -> str:
        return "rejected" if number % 5 == 0 else "stored"

    def settle(self, who: int, batch: list[int]) -> None:
        self.received.update(batch)
        self.outboxes[who].settle([Answer(number, self.verdict(number)) for number in batch])
        for number in batch:
            if number in self.rows and self.rows[number].sync == "due":
                self.rows[number].sync, self.rows[number].answered_at = self.verdict(number), int(self.now)

    @rule(target=sales, lane=st.integers(0, 1), coded=st.booleans())
    def sell(self, lane, coded):
        token = bytes([self.given % 256]) * 90 if coded else None
        record = replace(PLAIN, lane=LANES[lane])
        stored = self.journals[lane].commit_sale(record, (lambda number, issued_at: token) if coded else None)
        self.given += 1
        assert stored.number == self.given
        self.rows[stored.number] = Row(LANES[lane], token, "committed" if coded else "not_printed")
        return stored.number

    @rule(
        number=sales,
        lane=st.integers(0, 1),
        outcome=st.sampled_from(["releasing", "released", "not_printed"]),
    )
    def mark(self, number, lane, outcome):
        self.journals[lane].mark(number, outcome)
        if number in self.rows and self.rows[number].outcome in OPEN:
            self.rows[number].outcome = outcome

    @rule(lane=st.integers(0, 1))
    def lane_is_killed_and_starts_again(self, lane):
        self.journals[lane].close()
        self.journals[lane] = self.open_journal()
        self.journals[lane].mark_interrupted(LANES[lane])
        for row in self.rows.values():
            if row.lane == LANES[lane] and row.outcome in OPEN:
                row.outcome = "unknown"

    @rule(target=held, who=st.integers(0, 1), most=st.integers(1, 4))
    def claim(self, who, most):
        claimed = self.outboxes[who].claim(BOX, most)
        assert all(self.rows[sale.number].sync == "due" for sale in claimed)
        return multiple((who, [sale.number for sale in claimed])) if claimed else multiple()

    @rule(claim=held)
    def deliver_and_hear(self, claim):
        """Also of claims that have long run out, and of the same claim again."""
        self.settle(*claim)

    @rule(claim=held)
    def deliver_and_hear_nothing(self, claim):
        self.received.update(claim[1])

    @rule(claim=held, seconds=st.integers(0, 2 * LONGEST_DELAY_SECONDS))
    def postpone(self, claim, seconds):
        self.outboxes[claim[0]].postpone(claim[1], seconds)
        self.now += min(seconds, LONGEST_DELAY_SECONDS)

    @rule(who=st.integers(0, 1))
    def sync_is_killed_and_starts_again(self, who):
        self.outboxes[who].close()
        self.outboxes[who] = self.open_outbox()

    @rule(who=st.integers(0, 1), most=st.integers(1, 5))
    def forget(self, who, most):
        before = int(self.now) - KEEP_SECONDS
        old = [n for n, row in self.rows.items() if row.sync == "stored" and row.answered_at < before]
        gone = self.outboxes[who].forget(before, most)
        assert gone == min(most, len(old))
        for number in sorted(old, key=lambda n: (self.rows[n].answered_at, n))[:gone]:
            del self.rows[number]

    @rule(who=st.integers(0, 1))
    def checkpoint(self, who):
        self.outboxes[who].checkpoint()

    @rule(seconds=st.sampled_from([-TEN_YEARS, -60, 1, OUTCOME_SETTLES_SECONDS, LEASE_SECONDS, TEN_YEARS]))
    def time_passes_or_jumps(self, seconds):
        self.now += seconds

    @invariant()
    def the_file_is_as_the_model_has_it(self):
        found = self.journals[0]._connection.execute("SELECT number, lane, token, outcome, sync FROM sale")
        assert {number: tuple(rest) for number, *rest in found} == {
            number: (row.lane, row.token, row.outcome, row.sync) for number, row in self.rows.items()
        }


Counters.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestCounters = Counters.TestCase
