"""Where the box keeps its journal: on a disk that may lose its power, or in a real file."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from hardware_sim.disk import Disk, Stored
from receiptbridge.journal import FILE_NAME, Journal, Outbox
from receiptbridge.journal.connection import set_durability
from receiptbridge.journal.schema import bring_forward

Time = Callable[[], float]


class Storage(Protocol):
    """`journal` and `outbox` open the file for a process that has just started."""

    can_lose_power: bool

    def journal(self, clock: Time) -> Journal: ...
    def outbox(self, clock: Time) -> Outbox: ...
    def lose_power(self, dice: random.Random) -> None: ...
    def close(self) -> None: ...


@cache
def new_journal() -> bytes:
    """The file as a new box makes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        Journal.open(path).close()
        return path.read_bytes()


class OnDisk:
    """In memory, by way of apsw. All processes share one connection; each has its own `synchronous`."""

    can_lose_power = True

    def __init__(self) -> None:
        self.disk = Disk({FILE_NAME: Stored.of(new_journal())})
        self._connect()

    def journal(self, clock: Time) -> Journal:
        return Journal(self._connection, where=FILE_NAME, clock=clock)

    def outbox(self, clock: Time) -> Outbox:
        return Outbox(self._connection, where=FILE_NAME, clock=clock, rest=_no_rest)

    def lose_power(self, dice: random.Random) -> None:
        self.disk = self.disk.after_the_cut(dice)
        self._connect()

    def close(self) -> None:
        self._connection.close()

    def _connect(self) -> None:
        self._connection = self.disk.connect(FILE_NAME)
        set_durability(self._connection, "FULL")
        bring_forward(self._connection)
        self._connection.execute("PRAGMA wal_autocheckpoint = 0")


class InFile:
    """A real file by way of sqlite3, with a connection for every process. It may be killed, but not unplugged."""

    can_lose_power = False

    def __init__(self) -> None:
        self._open = ExitStack()
        folder = self._open.enter_context(TemporaryDirectory())
        self._path = Path(folder) / FILE_NAME
        self._path.write_bytes(new_journal())

    def journal(self, clock: Time) -> Journal:
        journal = Journal.open(self._path, clock=clock)
        self._open.callback(journal.close)
        return journal

    def outbox(self, clock: Time) -> Outbox:
        outbox = Outbox.open(self._path, clock=clock, rest=_no_rest)
        self._open.callback(outbox.close)
        return outbox

    def lose_power(self, dice: random.Random) -> None:
        raise NotImplementedError("a real disk keeps its power here")

    def close(self) -> None:
        self._open.close()


def _no_rest(seconds: float) -> None:
    """Nobody else could use the pause."""
