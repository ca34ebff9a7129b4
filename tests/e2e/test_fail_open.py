"""Whatever fails in the box, twenty receipts pass as they are, 300 ms late at most; once it is mended, codes again.

Core, issuer and journal are the real ones, with real faults; only time is virtual, so that the 300 ms can be held to.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from failing_disks import fill, nothing_can_be_written, small_file_system

from benchmarks.simulation.clock import EPOCH, Clock
from benchmarks.simulation.counter import HELD_MOST_SECONDS, Lane, Printer, a_sale
from receiptbridge.bridge.events import LinkLost
from receiptbridge.bridge.holding import CUT_HOLD, TAIL_HOLD
from receiptbridge.claim.token import CLOCK_NOT_GOOD, decode, unspell
from receiptbridge.clock import Moment, judge
from receiptbridge.identity import Identity, adopt_key, make_key
from receiptbridge.issuer import Issuer
from receiptbridge.journal import FILE_NAME, Journal

RECEIPTS = 20
TEN_YEARS = 10 * 365 * 86_400
QUICK, SLOW, DEAD = 0.01, 0.6, 1e9  # s that the journal's thread takes for anything, at most


class Counter:
    """A lane that sells; its journal is in `folder`, its disk or signer as slow as `slowness` says."""

    def __init__(self, folder: Path, *, slowness: float = QUICK, clock_off: float = 0.0) -> None:
        identity = adopt_key(folder, make_key(folder), bytes(range(6)), "000102030405:1")
        self.clock, self.printer, self.dice = Clock(), Printer(), random.Random(6)
        self.clock.box_is_off_by = clock_off
        self.path = folder / FILE_NAME
        self.issuer = Issuer(
            self.open_journal, lane="till-1", identity=identity, clock=self.time_as_the_box_knows_it
        )
        self.lane = Lane(self.clock, self.dice, self.printer, self.issuer, slowness)
        self.clock.pass_time(1.0)

    def time_as_the_box_knows_it(self) -> Moment:
        """Its own clock, which something has set: to whatever."""
        return judge(wall=self.clock.box_time(), since_boot=0.0, boot="", synchronised=True, heard=None)

    def open_journal(self) -> Journal:
        return Journal.open(self.path, clock=self.clock.box_time)

    def sell(self, receipts: int = RECEIPTS) -> int:
        """So many sales, each held against the laws; how many got a code."""
        before = len(self.printer.codes)
        for _ in range(receipts):
            job = a_sale(self.dice)
            self.lane.connected()
            at = self.dice.randrange(len(job))
            self.lane.receives(job[:at])
            self.clock.pass_time(0.02)
            self.lane.receives(job[at:])
            self.clock.pass_time(HELD_MOST_SECONDS)
            assert self.lane.paper.passed == job
            self.lane.handle(LinkLost("register", self.clock.now))
            self.clock.pass_time(1.0)
        return len(self.printer.codes) - before


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def test_what_may_be_held_is_less_than_what_a_counter_may_feel():
    assert TAIL_HOLD + CUT_HOLD <= HELD_MOST_SECONDS


def test_a_counter_where_nothing_fails_prints_a_code_on_every_sale(counter: Counter):
    assert counter.sell() == RECEIPTS


def test_a_full_disk_costs_the_codes_and_nothing_else(tmp_path: Path):
    with small_file_system(tmp_path / "small") as folder:
        counter = Counter(folder)
        assert counter.sell(2) == 2
        filler = fill(folder)
        printed = counter.sell(60)  # what the write-ahead log has room for is still kept, then it is over
        assert printed < 60
        assert counter.sell() == 0
        filler.unlink()
        assert counter.sell(3) == 3
        assert kept(counter) >= 2 + printed + 3


def test_a_disk_that_is_full_before_there_is_a_journal_costs_the_codes_and_nothing_else(tmp_path: Path):
    with small_file_system(tmp_path / "small") as folder:
        adopt_key(folder, make_key(folder), bytes(range(6)), "000102030405:1")
        (folder / FILE_NAME).touch()
        counter = Counter(folder)
        counter.issuer._forget_journal()
        counter.path.unlink()
        filler = fill(folder)
        assert counter.sell(5) == 0
        filler.unlink()
        assert counter.sell(3) == 3


def test_an_input_output_error_costs_the_codes_and_nothing_else(counter: Counter):
    assert counter.sell(1) == 1
    with nothing_can_be_written():
        assert counter.sell() == 0
    assert counter.sell(3) == 3


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_locked_journal_costs_the_codes_and_nothing_else(counter: Counter):
    counter.sell(1)
    with locked(counter.path):
        assert counter.sell() == 0
    assert counter.sell(3) == 3


def test_a_journal_that_was_damaged_costs_the_codes_and_nothing_else(tmp_path: Path):
    (tmp_path / FILE_NAME).write_bytes(b"not a database " * 1000)
    assert Counter(tmp_path).sell() == 0


@pytest.mark.parametrize("slowness", [SLOW, DEAD])
def test_a_slow_signer_or_disk_costs_only_the_codes_that_came_too_late(tmp_path: Path, slowness: float):
    assert Counter(tmp_path, slowness=slowness).sell() < RECEIPTS


@pytest.mark.parametrize(
    "off", [-EPOCH, -TEN_YEARS, TEN_YEARS], ids=["1970", "ten years slow", "ten years fast"]
)
def test_a_wrong_clock_costs_nothing_and_a_clock_that_cannot_be_right_says_so(tmp_path: Path, off: float):
    counter = Counter(tmp_path, clock_off=off)
    assert counter.sell() == RECEIPTS
    flags = {decode(unspell(code)).flags for code in counter.printer.codes}
    assert flags == {CLOCK_NOT_GOOD if off < 0 else 0}


def test_a_missing_key_is_told_and_is_no_reason_to_stop(tmp_path: Path):
    from receiptbridge.errors import ReceiptBridgeError

    adopt_key(tmp_path, make_key(tmp_path), bytes(range(6)), "000102030405:1")
    (key,) = (tmp_path / "keys").glob("*.pem")
    key.unlink()
    with pytest.raises(ReceiptBridgeError, match="cannot be read") as caught:
        Identity.load(tmp_path)
    assert caught.value.hint


def kept(counter: Counter) -> int:
    with contextlib.closing(counter.open_journal()) as journal:
        return journal.counters()["numbered"]
