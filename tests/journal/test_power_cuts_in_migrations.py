"""Power cuts inside a migration: at each write and flush on the way from each older version, and none of it is lost.

The journal's own way forward (`schema.bring_forward`), on the disk that drops what was not flushed.
"""

from __future__ import annotations

import random
import sqlite3

import apsw
import pytest
from sqlite_utils import Database

from hardware_sim.disk import Disk, PowerFailed, Stored
from receiptbridge.journal import schema
from receiptbridge.journal.connection import set_durability
from receiptbridge.journal.migrations import MIGRATIONS

FILE = "journal.db"
SALES = 40  # several pages, so that a change of them all is several writes
CUTS_OF_EACH = 3  # with other sectors dropped
WRITES_LEAST = 5
NAMES = [migration.name for migration in MIGRATIONS.pending(Database(memory=True))]


class LikeSqlite3:
    """apsw's connection for sqlite-utils, which asks a finished cursor for its columns too."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, sql, parameters=()):
        return _Cursor(self._connection, sql, parameters)


class _Cursor:
    def __init__(self, connection, sql, parameters):
        cursor = connection.cursor()
        columns = []
        cursor.exec_trace = lambda cursor, sql, bindings: columns.append(cursor.getdescription()) or True
        self._rows = iter(cursor.execute(sql, parameters).fetchall())
        self.description = next((tuple(found) for found in columns if found), None)
        self.lastrowid, self.rowcount = connection.last_insert_rowid(), connection.changes()

    def __iter__(self):
        return self._rows

    def fetchone(self):
        return next(self._rows, None)

    def fetchall(self):
        return list(self._rows)


def journal_of(version: int, folder) -> bytes:
    """The file as the software of that version left it, with sales that were promised; 0: a new box's."""
    if version == 0:
        return b""
    path = folder / FILE
    connection = sqlite3.connect(path, isolation_level=None)
    if version < schema.LATEST:
        MIGRATIONS.apply(Database(connection, execute_plugins=False), stop_before=NAMES[version])
    for number in range(1, SALES + 1):
        connection.execute(
            "INSERT INTO sale (number, lane, mode, kind, payments, confidence, issued_at, clock_good, outcome,"
            " outcome_at, sync, due_at, token, why_no_code)"
            " VALUES (?, 'till-1', 'print', 'sale', '[]', 1, 0, 1, 'committed', 0, 'due', 0, ?, ?)",
            (number, token_of(number), "x" * 300),
        )
    connection.execute("UPDATE counter SET value = ?", (SALES,))
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return path.read_bytes()


def token_of(number: int) -> bytes:
    return number.to_bytes(90, "big")


def bring_forward(connection: LikeSqlite3) -> None:
    set_durability(connection, "FULL")
    schema.bring_forward(connection)


def cut(disk: Disk, writes: int, dice: random.Random) -> tuple[Disk, bool]:
    """The disk after a migration whose power lasted for so many writes, and whether that was enough."""
    disk.changes_left = writes
    connection = LikeSqlite3(disk.connect(FILE))
    try:
        bring_forward(connection)
    except (PowerFailed, apsw.Error):
        assert not disk.powered, "the migration failed by itself"
    enough = disk.powered
    found = disk.after_the_cut(dice)
    connection.close()
    return found, enough


@pytest.mark.parametrize("version", range(schema.LATEST))
def test_a_cut_at_any_write_of_a_migration_loses_nothing_and_the_next_start_finishes_it(version, tmp_path):
    old = journal_of(version, tmp_path)
    writes, enough = -1, False
    while not enough:
        writes += 1
        for seed in range(CUTS_OF_EACH):
            found, enough = cut(Disk({FILE: Stored.of(old)}), writes, random.Random(seed))
            hold(LikeSqlite3(found.connect(FILE)), sales=SALES if version else 0)
    assert writes > WRITES_LEAST


def hold(connection: LikeSqlite3, sales: int) -> None:
    """All that was there is there, the next start makes the schema today's, and numbers go on."""
    bring_forward(connection)
    rows = connection.execute("SELECT number, token FROM sale ORDER BY number").fetchall()
    assert rows == [(number, token_of(number)) for number in range(1, sales + 1)]
    assert connection.execute("SELECT value FROM counter WHERE name = 'number'").fetchone() == (sales,)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.LATEST,)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert [
        name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")
    ] == NAMES
    connection.close()
