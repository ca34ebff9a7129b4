"""The lanes' promises: a number of its own for every sale, a row before the code, an outcome once."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receiptbridge.errors import JournalError
from receiptbridge.journal import Journal, SaleRecord, Setting
from receiptbridge.journal.sales import NUMBER_MOST, OUTCOME_SETTLES_SECONDS
from receiptbridge.receipt.model import Kind, ReceiptReading

TOKEN_BYTES = 90
PLAIN = SaleRecord("till-1", "print", ReceiptReading(Kind.SALE, 100, "CNY"), True, b"\xa1" * 6, 1)


def mint(number: int, issued_at: int) -> bytes:
    return f"{number}:{issued_at}".encode().ljust(TOKEN_BYTES, b".")


def rows(path: Path) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(path)) as reader:
        reader.row_factory = sqlite3.Row
        return reader.execute("SELECT * FROM sale ORDER BY number").fetchall()


@contextmanager
def fresh_journal() -> Iterator[tuple[Journal, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with closing(Journal.open(path)) as journal:
            yield journal, path


def test_a_row_says_what_was_read_and_what_was_promised(path, clock, record):
    with closing(Journal.open(path, clock=clock)) as journal:
        stored = journal.commit_sale(record, mint)
    (row,) = rows(path)
    assert (stored.number, stored.issued_at) == (1, int(clock.now))
    assert stored.token == row["token"] == mint(stored.number, stored.issued_at)
    assert (row["lane"], row["kind"], row["total"], row["currency"]) == ("till-1", "sale", 6367, "CNY")
    assert row["payments"] == '[{"method":"wechat","amount":6367}]'
    assert row["refers_to"] == '{"receipt_no":"000122","datetime":null,"total":null}'
    assert (row["box_id"], row["points"], row["outcome"], row["sync"]) == (
        "a1b2c3d4e5f6",
        6,
        "committed",
        "due",
    )


def test_the_committed_row_is_readable_by_others_before_the_call_returns_to_the_printer(path, record):
    with closing(Journal.open(path)) as journal:
        stored = journal.commit_sale(record, mint)
        assert [row["number"] for row in rows(path)] == [stored.number]


def test_the_committing_connection_flushes_every_commit(path):
    with closing(Journal.open(path)) as journal:
        assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_token_that_cannot_be_minted_keeps_nothing_and_spends_no_number(path, record):
    def broken(number: int, issued_at: int) -> bytes:
        raise RuntimeError("no key")

    with closing(Journal.open(path)) as journal:
        with pytest.raises(RuntimeError, match="no key"):
            journal.commit_sale(record, broken)
        assert rows(path) == []
        assert journal.commit_sale(record, mint).number == 1


def test_a_receipt_without_a_code_is_final_and_due_at_once(path, clock, record):
    with closing(Journal.open(path, clock=clock)) as journal:
        journal.commit_sale(replace(record, points=None, why_no_code="a refund"), None)
    (row,) = rows(path)
    assert (row["token"], row["outcome"], row["outcome_reason"]) == (None, "not_printed", "a refund")
    assert (row["sync"], row["due_at"]) == ("due", clock.now)


def test_a_box_that_is_not_enrolled_keeps_its_sales_to_itself(path, record):
    with closing(Journal.open(path)) as journal:
        journal.commit_sale(replace(record, box_id=None), None)
        assert journal.counters() == {"numbered": 1, "due": 0}
    assert rows(path)[0]["sync"] == "local"


def test_a_sale_falls_due_when_its_outcome_is_final_or_has_had_its_time(path, clock, record):
    with closing(Journal.open(path, clock=clock)) as journal:
        first, second = (journal.commit_sale(record, mint) for _ in range(2))
        clock.now += 1
        journal.mark(first.row, "releasing")
        assert {row["due_at"] for row in rows(path)} == {second.issued_at + OUTCOME_SETTLES_SECONDS}
        journal.mark(first.row, "released")
    assert [row["due_at"] for row in rows(path)] == [clock.now, second.issued_at + OUTCOME_SETTLES_SECONDS]


@given(st.lists(st.sampled_from(["releasing", "released", "not_printed", "unknown"]), max_size=6))
@settings(max_examples=30, deadline=None)
def test_the_first_final_outcome_stays(marks):
    with fresh_journal() as (journal, path):
        row = journal.commit_sale(PLAIN, mint).row
        for outcome in marks:
            journal.mark(row, outcome, f"because of {outcome}")
        finals = [outcome for outcome in marks if outcome != "releasing"]
        expected = finals[0] if finals else (marks or ["committed"])[-1]
        assert rows(path)[0]["outcome"] == expected


def test_a_crash_makes_only_its_own_lanes_open_sales_unknown(path, record):
    with closing(Journal.open(path)) as journal:
        printed = journal.commit_sale(record, mint)
        journal.mark(printed.row, "released")
        journal.commit_sale(record, mint)
        journal.mark(journal.commit_sale(record, mint).row, "releasing")
        journal.commit_sale(replace(record, lane="till-2"), mint)
        assert journal.mark_interrupted("till-1") == 2
        assert journal.mark_interrupted("till-1") == 0
    assert [row["outcome"] for row in rows(path)] == ["released", "unknown", "unknown", "committed"]


def test_a_number_is_never_given_twice_even_after_rows_are_deleted(path, record):
    with closing(Journal.open(path)) as journal:
        for _ in range(3):
            journal.commit_sale(record, mint)
        with closing(sqlite3.connect(path)) as other:
            other.execute("DELETE FROM sale")
            other.commit()
    with closing(Journal.open(path)) as journal:
        assert journal.commit_sale(record, mint).number == 4


def test_the_last_number_that_a_token_can_carry_is_the_last(path, record):
    with closing(Journal.open(path)) as journal:
        with closing(sqlite3.connect(path)) as other:
            other.execute("UPDATE counter SET value = ?", (NUMBER_MOST - 1,))
            other.commit()
        assert journal.commit_sale(record, mint).number == NUMBER_MOST
        with pytest.raises(JournalError, match="given out all"):
            journal.commit_sale(record, mint)


@given(st.lists(st.integers(1, 12), min_size=2, max_size=4), st.booleans())
@settings(max_examples=10, deadline=None)
def test_numbers_are_unique_and_increase_across_threads_and_connections(sales_of_each, shared):
    with fresh_journal() as (first, path):
        journals = [first if shared else Journal.open(path) for _ in sales_of_each]
        taken: list[list[int]] = [[] for _ in sales_of_each]

        def sell(till: int, sales: int) -> None:
            while len(taken[till]) < sales:
                with suppress(JournalError):  # a busy machine may keep the lock beyond its bound
                    taken[till].append(journals[till].commit_sale(PLAIN, mint).number)

        threads = [threading.Thread(target=sell, args=work) for work in enumerate(sales_of_each)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for journal in journals:
            journal.close()
        assert all(numbers == sorted(numbers) for numbers in taken)
        assert sorted(chain(*taken)) == list(range(1, sum(sales_of_each) + 1))


def test_settings_come_back_as_they_were_put(path):
    with closing(Journal.open(path)) as journal:
        assert journal.setting("service") is None
        journal.put_setting("service", Setting({"earn_rule": {"id": 1}}, '"v1"'))
        journal.put_setting("service", Setting({"名": "会员"}, None))
        assert journal.setting("service") == Setting({"名": "会员"}, None)
