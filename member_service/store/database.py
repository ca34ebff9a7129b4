"""Transactions. SQLite is the embedded default; any other database of SQLAlchemy's is given by its URL.

Rules: whoever writes goes through `write`, which is one transaction, begun as a writer, and committed before
its answer leaves the process. A lost race shows as an IntegrityError, and the work is done again: this time
it sees what the other one wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from member_service.migrations.run import upgrade

Result = TypeVar("Result")

# The second run sees the row that the first one collided with; a third lets a second race be lost.
WRITE_ATTEMPTS = 3
# Longer than any transaction of ours takes; shorter than a box waits for its answer.
LOCK_WAIT_S = 10


class Database:
    """One store, by its SQLAlchemy URL. An SQLite one is brought up to date when it is opened."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        if self.engine.dialect.name == "sqlite":
            self.migrate()

    def migrate(self) -> None:
        with self._connected(writes=True) as connection:
            upgrade(connection)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent state of the store; nothing done in it is kept."""
        with self._connected(writes=False) as connection, Session(connection) as session:
            yield session

    def write(self, work: Callable[[Session], Result]) -> Result:
        """Do `work` in one transaction and return its result once it is committed."""
        for _ in range(WRITE_ATTEMPTS - 1):
            try:
                return self._write_once(work)
            except IntegrityError:
                continue
        return self._write_once(work)

    def _write_once(self, work: Callable[[Session], Result]) -> Result:
        with self._connected(writes=True) as connection, Session(connection, autoflush=False) as session:
            result = work(session)
            session.flush()
            return result

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[Connection]:
        with self.engine.connect().execution_options(writes=writes) as connection, connection.begin():
            yield connection


def _engine(url: str) -> Engine:
    # Parameters hold phone numbers, and errors end up in logs.
    engine = create_engine(url, hide_parameters=True)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not at sqlite3's guess
    # FULL: a box forgets what was answered "stored", so it must survive a power cut here.
    for pragma in (
        f"busy_timeout={LOCK_WAIT_S * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another wrote meanwhile; an immediate
    # one waits its turn.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
