"""When the journal cannot keep a row it says so at once, says why, and is good again afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from receiptbridge.errors import JournalError
from receiptbridge.journal import Journal
from receiptbridge.journal.connection import LANE, set_durability

CUT_HOLD_SECONDS = 0.250  # the bridge lets a held cut go after this


def mint(number: int, issued_at: int) -> bytes:
    return bytes(90)


def fill(journal, record):
    for _ in range(1000):
        journal.commit_sale(record, mint)


def test_waiting_for_the_lock_ends_before_a_held_cut_must_go():
    assert LANE.busy_seconds < CUT_HOLD_SECONDS


def test_a_locked_journal_is_an_error_and_works_again_when_it_is_free(path, record):
    with closing(Journal.open(path)) as journal:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(JournalError, match="locked by another process") as caught:
                journal.commit_sale(record, mint)
        assert caught.value.hint
        assert journal.commit_sale(record, mint).number == 1


def test_a_full_disk_is_an_error_and_the_next_sale_goes_on_when_there_is_room(path, record):
    with closing(Journal.open(path)) as journal:
        (pages,) = journal._connection.execute("PRAGMA page_count").fetchone()
        journal._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalError, match="disk is full") as caught:
            fill(journal, record)
        assert caught.value.hint
        kept = journal.counters()["due"]
        journal._connection.execute("PRAGMA max_page_count = 1000000")
        assert journal.commit_sale(record, mint).number == kept + 1


def test_a_journal_that_may_only_be_read_is_an_error(path, record):
    with closing(Journal.open(path)) as journal:
        journal._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(JournalError, match="may not be written"):
            journal.commit_sale(record, mint)


def test_a_file_that_is_no_journal_is_an_error_with_a_hint(path):
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(JournalError, match="not a journal") as caught:
        Journal.open(path)
    assert caught.value.hint


def test_a_damaged_journal_is_an_error_with_a_hint(path, record):
    with closing(Journal.open(path)) as journal:
        journal.commit_sale(record, mint)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with closing(Journal.open(path)) as journal, pytest.raises(JournalError, match="is damaged") as caught:
        journal.commit_sale(record, mint)
    assert caught.value.hint


def test_a_folder_that_cannot_be_made_is_an_error_with_a_hint(path):
    path.write_bytes(b"a file in the way")
    with pytest.raises(JournalError, match="cannot be opened") as caught:
        Journal.open(path / "journal.db")
    assert caught.value.hint


def test_a_folder_in_place_of_the_file_is_an_error_with_a_hint(path):
    path.mkdir()
    with pytest.raises(JournalError, match="cannot be opened") as caught:
        Journal.open(path)
    assert caught.value.hint


def test_a_total_beyond_the_file_formats_integers_is_an_error_not_a_crash(path, record):
    huge = replace(record, reading=replace(record.reading, total=10**30))
    with closing(Journal.open(path)) as journal:
        with pytest.raises(JournalError, match="cannot hold"):
            journal.commit_sale(huge, mint)
        assert journal.commit_sale(record, mint).number == 1


def test_a_file_that_cannot_have_a_wal_is_refused():
    with (
        closing(sqlite3.connect(":memory:")) as memory,
        pytest.raises(JournalError, match="where wal is needed"),
    ):
        set_durability(memory, "FULL")
