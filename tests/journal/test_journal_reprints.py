"""A reprint carries the very token of its sale, and what is not surely one is a sale of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.errors import JournalError
from receiptbridge.journal import Journal, SaleRecord, Stored
from receiptbridge.journal.migrations import MIGRATIONS
from receiptbridge.receipt.model import Kind, ReceiptReading

COFFEE = ReceiptReading(
    Kind.SALE, total=1800, currency="CNY", receipt_no="0017", datetime="2026-11-22T10:43:30"
)
OTHERS: dict[str, dict[str, Any]] = {
    "another number": {"receipt_no": "0018"},
    "no number": {"receipt_no": None},
    "another time": {"datetime": "2026-11-22T10:43:31"},
    "another year": {"datetime": "2025-11-22T10:43:30"},
    "no time": {"datetime": None},
    "another total": {"total": 1900},
    "another currency": {"currency": "HKD"},
}


def mint(number: int, issued_at: int) -> bytes:
    return f"{number}:{issued_at}".encode().ljust(90, b".")


def commit(journal: Journal, reading: ReceiptReading, lane: str = "till-1", **record: Any) -> Stored:
    wanted = None if record.get("why_no_code") else mint
    return journal.commit_sale(
        SaleRecord(lane, "print", reading, clock_good=True, box_id=bytes(6), points=1, **record), wanted
    )


def marked(**changed: Any) -> ReceiptReading:
    return replace(COFFEE, kind=Kind.DUPLICATE, **changed)


def row(path: Path, number: int) -> sqlite3.Row:
    with closing(sqlite3.connect(path)) as reader:
        reader.row_factory = sqlite3.Row
        found: sqlite3.Row = reader.execute("SELECT * FROM sale WHERE number = ?", (number,)).fetchone()
        return found


def test_a_marked_reprint_carries_the_token_of_its_sale(path):
    with closing(Journal.open(path)) as journal:
        sale, again = commit(journal, COFFEE), commit(journal, marked())
    assert sale.token is not None
    assert (again.token, again.points, again.issued_at) == (sale.token, sale.points, sale.issued_at)
    assert again.row != sale.row


def test_an_unmarked_second_print_is_a_reprint_and_is_kept_as_one(path):
    with closing(Journal.open(path)) as journal:
        sale, again = commit(journal, COFFEE), commit(journal, COFFEE)
        third = commit(journal, COFFEE)
    assert sale.token == again.token == third.token
    kept = row(path, again.row)
    assert (kept["kind"], kept["token"], kept["reprint_of"]) == ("duplicate", None, sale.row)
    assert kept["refers_to"] == '{"receipt_no":"0017","datetime":"2026-11-22T10:43:30","total":1800}'
    assert (kept["outcome"], kept["sync"]) == ("committed", "due")


@pytest.mark.parametrize("what", OTHERS)
def test_two_equal_coffees_are_two_sales(path, what):
    with closing(Journal.open(path)) as journal:
        first, other = commit(journal, COFFEE), commit(journal, replace(COFFEE, **OTHERS[what]))
    assert other.token not in (None, first.token)
    assert row(path, other.row)["kind"] == "sale"


@pytest.mark.parametrize("missing", [{"receipt_no": None}, {"datetime": None}, {"total": None}])
def test_two_equal_prints_that_lack_what_tells_sales_apart_are_two_sales(path, missing):
    reading = replace(COFFEE, **missing)
    with closing(Journal.open(path)) as journal:
        assert commit(journal, reading).token != commit(journal, reading).token


def test_a_date_without_a_time_of_day_tells_no_reprint_without_a_mark(path):
    of_a_day = replace(COFFEE, datetime="2026-11-22T00:00:00")
    with closing(Journal.open(path)) as journal:
        assert commit(journal, of_a_day).token != commit(journal, of_a_day).token
        assert commit(journal, replace(of_a_day, kind=Kind.DUPLICATE)).token is not None


def test_the_same_print_from_another_lane_is_another_sale(path):
    with closing(Journal.open(path)) as journal:
        sale, other = commit(journal, COFFEE), commit(journal, COFFEE, lane="till-2")
        again = commit(journal, marked(), lane="till-2")
    assert sale.token != other.token == again.token


@pytest.mark.parametrize("what", OTHERS)
def test_a_mark_without_its_sale_gets_no_code_and_a_reason(path, what):
    with closing(Journal.open(path)) as journal:
        commit(journal, replace(COFFEE, **OTHERS[what]))
        lone = commit(journal, marked())
    assert lone.token is None
    assert "reprint" in str(lone.why_no_code)
    kept = row(path, lone.row)
    assert (kept["kind"], kept["outcome"], kept["why_no_code"]) == (
        "duplicate",
        "not_printed",
        lone.why_no_code,
    )


def test_a_reprint_of_a_sale_that_got_no_code_gets_none(path):
    with closing(Journal.open(path)) as journal:
        commit(journal, COFFEE, why_no_code="the lane only observes")
        again = [commit(journal, COFFEE), commit(journal, marked())]
    assert [stored.token for stored in again] == [None, None]
    assert again[0].why_no_code == "a reprint of sale 1, which got no code"


def test_a_reprint_that_may_not_print_a_code_prints_none(path):
    with closing(Journal.open(path)) as journal:
        commit(journal, COFFEE)
        again = commit(journal, COFFEE, why_no_code="its last line was not ended")
    assert (again.token, again.why_no_code) == (None, "its last line was not ended")
    assert row(path, again.row)["reprint_of"] == 1


def test_numbers_that_restart_every_day_are_told_apart_by_the_day(path):
    days = [f"2026-{month:02}-{day:02}T10:43:30" for month in range(1, 13) for day in (1, 11, 21)]
    with closing(Journal.open(path)) as journal:
        tokens = {day: commit(journal, replace(COFFEE, datetime=day)).token for day in days}
        for day in days:
            assert commit(journal, marked(datetime=day)).token == tokens[day]
        assert commit(journal, marked(datetime=None)).token is None


def test_a_mark_without_a_date_is_the_only_sale_of_its_number_and_total(path):
    with closing(Journal.open(path)) as journal:
        sale = commit(journal, COFFEE)
        assert commit(journal, marked(datetime=None)).token == sale.token


@pytest.mark.parametrize("kind", [Kind.REFUND, Kind.VOID, Kind.MERCHANT_COPY, Kind.TRAINING, Kind.KITCHEN])
def test_nothing_but_a_sale_or_its_duplicate_is_a_reprint(path, kind):
    with closing(Journal.open(path)) as journal:
        commit(journal, COFFEE)
        other = journal.commit_sale(
            SaleRecord("till-1", "print", replace(COFFEE, kind=kind), True, why_no_code="no sale"), None
        )
        assert other.token is None
        assert row(path, other.row)["kind"] == kind.value
        assert commit(journal, marked()).token is not None


def test_the_sale_is_found_by_one_index_whether_a_date_is_printed_or_not(path):
    with closing(Journal.open(path)) as journal:
        plans: list[str] = []
        connection = journal._connection

        class Explained:
            def __getattr__(self, name: str) -> Any:
                return getattr(connection, name)

            def execute(self, sql: str, parameters: Any = ()) -> Any:
                if sql.startswith("SELECT"):
                    plans.extend(
                        str(line[-1]) for line in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
                    )
                return connection.execute(sql, parameters)

        journal._connection = Explained()  # type: ignore[assignment]
        commit(journal, COFFEE)
        commit(journal, marked(datetime=None))
    assert len(plans) == 2
    assert all("USING INDEX sale_printed" in plan for plan in plans)


def test_a_lookup_that_fails_keeps_nothing(path):
    with closing(Journal.open(path)) as journal:
        commit(journal, replace(COFFEE, receipt_no="0001"))
        journal._connection.execute("ALTER TABLE sale RENAME COLUMN receipt_no TO gone")
        with pytest.raises(JournalError):
            commit(journal, COFFEE)
        assert journal.counters()["numbered"] == 1


def test_a_journal_of_the_first_schema_comes_forward_with_its_sales(path):
    from sqlite_utils import Database

    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        MIGRATIONS.apply(Database(old), stop_before="0002_reprints_and_transactions")
        old.execute("PRAGMA user_version = 1")
        old.execute(
            "INSERT INTO sale (number, lane, mode, kind, total, currency, payments, receipt_no, printed_at, confidence,"
            " issued_at, clock_good, token, outcome, outcome_at, sync, due_at) VALUES (1, 'till-1', 'print', 'sale',"
            " 1800, 'CNY', '[]', '0017', '2026-11-22T10:43:30', 1.0, 5, 1, ?, 'released', 5, 'stored', 5)",
            (mint(1, 5),),
        )
        old.execute("UPDATE counter SET value = 1")
    with closing(Journal.open(path)) as journal:
        assert commit(journal, marked()).token == mint(1, 5)


READINGS = st.builds(
    replace,
    st.just(COFFEE),
    kind=st.sampled_from([Kind.SALE, Kind.DUPLICATE]),
    receipt_no=st.sampled_from(["1", "2", None]),
    datetime=st.sampled_from(["2026-11-22T10:00:00", "2026-11-22T10:01:00", None]),
    total=st.sampled_from([1800, 1900]),
)


@given(st.lists(st.tuples(st.sampled_from(["till-1", "till-2"]), READINGS), max_size=12))
def test_every_token_belongs_to_one_print_and_no_reprint_makes_one(
    prints: list[tuple[str, ReceiptReading]],
) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    from receiptbridge.journal.schema import bring_forward

    bring_forward(connection)
    journal, of_token = Journal(connection, where="memory"), {}
    for lane, reading in prints:
        stored = commit(journal, reading, lane)
        if stored.token is not None:
            said = (lane, reading.receipt_no, reading.total)
            assert of_token.setdefault(stored.token, said) == said
            assert stored.row == stored.number or reading.receipt_no is not None
        else:
            assert reading.kind is Kind.DUPLICATE
    journal.close()
