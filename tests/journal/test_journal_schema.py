"""The schema runs forwards, once, and what is asked often is answered by an index."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from receiptbridge.errors import JournalError
from receiptbridge.journal import Answer, Journal, Outbox, schema
from receiptbridge.journal.migrations import MIGRATIONS


def test_the_version_counts_the_migrations():
    from sqlite_utils import Database

    assert len(MIGRATIONS.pending(Database(memory=True))) == schema.LATEST


def _names():
    from sqlite_utils import Database

    return [migration.name for migration in MIGRATIONS.pending(Database(memory=True))]


@pytest.mark.parametrize("version", range(1, schema.LATEST))
def test_a_journal_of_older_software_is_brought_forward_with_all_its_sales(version, path, record):
    from sqlite_utils import Database

    old = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS.apply(Database(old, execute_plugins=False), stop_before=_names()[version])
    old.execute(
        "INSERT INTO sale (number, lane, mode, kind, payments, confidence, issued_at, clock_good, outcome, outcome_at,"
        " sync, due_at) VALUES (7, 'till-1', 'print', 'sale', '[]', 1, 0, 1, 'committed', 0, 'due', 0)"
    )
    old.execute("UPDATE counter SET value = 7")
    old.execute(f"PRAGMA user_version = {version}")
    old.close()
    with closing(Journal.open(path)) as journal, closing(Outbox.open(path)) as outbox:
        assert journal.mark_interrupted("till-1") == 1
        assert journal.commit_sale(record, None).number == 8
        outbox.settle([Answer(7, "stored")], at=0)
        assert outbox.forget(1, 10) == 1


def test_a_journal_of_newer_software_is_left_alone(path):
    with closing(Journal.open(path)) as journal:
        journal._connection.execute(f"PRAGMA user_version = {schema.LATEST + 1}")
    with pytest.raises(JournalError, match="this software knows"):
        Journal.open(path)


def test_processes_that_start_together_on_a_new_box_make_one_schema(path):
    opened: list[Journal] = []
    threads = [threading.Thread(target=lambda: opened.append(Journal.open(path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for journal in opened:
        journal.close()


def test_a_lane_on_a_current_journal_starts_without_sqlite_utils_and_requests(path):
    Journal.open(path).close()
    script = (
        "import sys; from pathlib import Path; from receiptbridge.journal import Journal;"
        f"Journal.open(Path({str(path)!r}));"
        "sys.exit(bool({'sqlite_utils', 'requests'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


class Explained:
    """A connection that also keeps the query plan of every statement it runs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.plans: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def execute(self, sql: str, parameters: object = ()) -> sqlite3.Cursor:
        if sql.startswith(("SELECT", "UPDATE", "INSERT")):
            plan = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            self.plans += [step[3] for step in plan]
        return self._connection.execute(sql, parameters)


def test_no_statement_of_lane_or_sync_walks_the_stored_sales(path, record):
    with closing(Journal.open(path)) as journal, closing(Outbox.open(path)) as outbox:
        journal._connection = lane = Explained(journal._connection)
        outbox._connection = sync = Explained(outbox._connection)
        row = journal.commit_sale(record, lambda number, issued_at: bytes(90)).row
        journal.mark(row, "released")
        journal.mark_interrupted("till-1")
        journal.counters()
        outbox.claim(record.box_id, 500)
        outbox.postpone([row], 0)
        outbox.pending(record.box_id)
        outbox.next_due(record.box_id)
        outbox.forget(0, 1000)
    plans = lane.plans + sync.plans
    assert {plan for plan in plans if plan.startswith("SCAN") and "INDEX sale_" not in plan} <= {
        "SCAN CONSTANT ROW"
    }
    assert any("sale_due" in plan for plan in sync.plans)
    assert any("sale_open" in plan for plan in lane.plans)
    assert not any("TEMP B-TREE" in plan for plan in plans)
