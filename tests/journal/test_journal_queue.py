"""Sales moved by hand: dropped ones stay and never leave, and everything done has a name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from receiptbridge.errors import JournalError
from receiptbridge.journal import Answer, Journal, Outbox, SaleRecord
from receiptbridge.journal.looking import SLICE, Wanted, look, rows
from receiptbridge.journal.queue import Queue, counted, listed, shown

BOX = bytes.fromhex("a1b2c3d4e5f6")


@pytest.fixture
def journal(path: Path, clock) -> Iterator[Journal]:
    with closing(Journal.open(path, clock=clock)) as opened:
        yield opened


@pytest.fixture
def queue(path: Path, clock, journal: Journal) -> Iterator[Queue]:
    with closing(Queue.open(path, clock=clock, rest=lambda seconds: None)) as opened:
        yield opened


def states(path: Path, clock) -> dict[int, str]:
    with look(path) as connection:
        return {sale.number: sale.state for sale in listed(connection, int(clock()))}


def test_every_state_on_the_way_is_told_apart(journal, queue, record: SaleRecord, path, clock):
    for _ in range(6):
        journal.commit_sale(record, None)
    queue.claim(BOX, 5)
    queue.settle([Answer(1, "rejected", "unknown rule"), Answer(2, "conflict"), Answer(3, "stored")])
    queue.postpone([4], 60)
    queue.drop([1], "li", "a test")
    assert states(path, clock) == {
        1: "dropped", 2: "conflict", 4: "put off", 5: "being delivered", 6: "due",
    }  # fmt: skip
    with look(path) as connection:
        assert counted(connection, int(clock())) == dict.fromkeys(
            ("being delivered", "conflict", "dropped", "due", "put off"), 1
        )


def test_a_dropped_sale_stays_with_who_when_and_why_and_is_never_delivered(
    journal, queue, record: SaleRecord, path, clock
):
    journal.commit_sale(record, None)
    assert queue.drop([1], "li", "printed in training") == [1]
    assert queue.claim(BOX, 10) == []
    assert queue.retry([1], "li", "") == []
    queue.settle([Answer(1, "stored")])
    assert queue.forget(int(clock()) + 10**6, 10) == 0
    with look(path) as connection:
        found = shown(connection, int(clock()), 1)
    assert found is not None
    sale, [done] = found
    assert (sale.state, done.action, done.who, done.why, done.at) == (
        "dropped", "dropped", "li", "printed in training", int(clock()),
    )  # fmt: skip


def test_what_is_being_delivered_is_left_alone_until_its_lease_is_over(journal, queue, record, path, clock):
    journal.commit_sale(record, None)
    queue.claim(BOX, 1)
    assert queue.drop([1], "li", "why") == []
    assert queue.retry([1], "li", "why") == []
    clock.now += 3600
    assert queue.drop([1], "li", "why") == [1]


def test_a_rejected_and_a_put_off_sale_are_delivered_again_at_once(journal, queue, record, path, clock):
    for _ in range(3):
        journal.commit_sale(record, None)
    queue.claim(BOX, 3)
    queue.settle([Answer(1, "rejected", "x"), Answer(3, "stored")])
    queue.postpone([2], 600)
    assert queue.claim(BOX, 3) == []
    assert sorted(queue.retry(None, "li", "the rule is known now")) == [1, 2]
    assert [sale.number for sale in queue.claim(BOX, 3)] == [1, 2]


def test_a_sale_whose_code_is_on_its_way_to_paper_waits_for_its_outcome(journal, queue, record, clock):
    journal.commit_sale(record, lambda number, at: bytes(90))
    assert queue.retry(None, "li", "") == []


def test_no_sale_is_dropped_without_a_reason(journal, queue, record):
    journal.commit_sale(record, None)
    with pytest.raises(JournalError, match="reason"):
        queue.drop([1], "li", " ")


def test_delivered_unknown_and_local_sales_are_not_moved(journal, queue, record, clock):
    journal.commit_sale(replace(record, box_id=None), None)
    journal.commit_sale(record, None)
    queue.settle([Answer(2, "stored")])
    assert queue.drop([1, 2, 3], "li", "why") == []


def test_rows_are_read_in_slices_by_time_and_lane(journal, record, path, clock, monkeypatch):
    monkeypatch.setattr("receiptbridge.journal.looking.SLICE", 2)
    assert SLICE > 2
    for _ in range(5):
        journal.commit_sale(record, None)
        clock.now += 10
    journal.commit_sale(replace(record, lane="till-2"), None)
    start = int(clock()) - 50
    with look(path) as connection:
        assert [row["number"] for row in rows(connection)] == [1, 2, 3, 4, 5, 6]
        wanted = Wanted(since=start + 10, until=start + 30)
        assert [row["number"] for row in rows(connection, "number", wanted)] == [2, 3]
        assert [row["number"] for row in rows(connection, "number", Wanted(lane="till-2"))] == [6]


def test_looking_makes_no_file_and_refuses_a_journal_of_another_version(tmp_path: Path):
    with pytest.raises(JournalError, match="no journal"), look(tmp_path / "none.db"):
        pass
    assert list(tmp_path.iterdir()) == []
    with closing(Journal.open(tmp_path / "new.db")) as newer:
        newer._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match="version 99"), look(tmp_path / "new.db"):
        pass


def test_an_outbox_is_opened_as_what_it_is_asked_for(path):
    with closing(Outbox.open(path)) as one, closing(Queue.open(path)) as other:
        assert (type(one), type(other)) == (Outbox, Queue)
