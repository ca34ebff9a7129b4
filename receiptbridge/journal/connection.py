"""Opening the journal's file, its transactions, and errors translated at the door.

Rules of this file:
- A connection that commits sales runs WAL with `synchronous=FULL`, and both are read back: what a disk has
  acknowledged survives a power cut, and SQLite ignores a pragma it cannot obey without a word.
- Nobody waits for the write lock longer than its bound: the lanes less than a held cut may take.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from receiptbridge.errors import JournalError
from receiptbridge.journal.port import Connection
from receiptbridge.journal.schema import bring_forward
from receiptbridge.words import N_, _, why

# Opening may find another process at work on a migration or a recovery.
OPEN_BUSY_SECONDS = 2.0
FOLDER_MODE = 0o750  # what a merchant sold is nobody's business but the service user's and its group's

Synchronous = Literal["FULL", "NORMAL"]
_SYNCHRONOUS_NUMBERS: Mapping[Synchronous, int] = {"NORMAL": 1, "FULL": 2}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a process uses the file: durability, patience, and when it checkpoints unasked (0: never)."""

    synchronous: Synchronous
    busy_seconds: float
    autocheckpoint_pages: int


# A held cut goes after 250 ms whatever the journal does: 150 ms of waiting leave 100 ms for the commit.
# Checkpoints are sync's work. The lanes' valve, 64 MB of 4 kB pages, only opens on a box whose sync does not
# run; most of those pages are versions of the same few, so the checkpoint copies about a twentieth of them.
LANE = Manner("FULL", busy_seconds=0.150, autocheckpoint_pages=16_384)
# Sync is in no hurry, and a lane on a slow card may flush for 50 ms several times in a row.
SYNC = Manner("NORMAL", busy_seconds=5.0, autocheckpoint_pages=0)


_CHECK_OWNER = N_("Check the owner and the mode of the file and of its folder.")
_PUT_ASIDE = N_("Stop receiptbridge, keep a copy of the file, and move it away.")
_CLOSE_OTHERS = N_("Close whatever else has it open (sqlite3, a backup).")
# What SQLite says (primary result code), what it means here, and what to do about it.
_FAULTS: Mapping[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (N_("journal {where} is locked by another process"), _CLOSE_OTHERS),
    sqlite3.SQLITE_LOCKED: (N_("journal {where} is locked by another process"), _CLOSE_OTHERS),
    sqlite3.SQLITE_READONLY: (N_("journal {where} may not be written"), _CHECK_OWNER),
    sqlite3.SQLITE_PERM: (N_("journal {where} may not be opened"), _CHECK_OWNER),
    sqlite3.SQLITE_CANTOPEN: (N_("journal {where} cannot be opened"), _CHECK_OWNER),
    sqlite3.SQLITE_FULL: (
        N_("journal {where} cannot grow: the disk is full"),
        N_("Free some space; codes are then printed again."),
    ),
    sqlite3.SQLITE_IOERR: (
        N_("journal {where} cannot be read or written"),
        N_("Check the disk (dmesg); SD cards wear out."),
    ),
    sqlite3.SQLITE_CORRUPT: (N_("journal {where} is damaged"), _PUT_ASIDE),
    sqlite3.SQLITE_NOTADB: (N_("journal {where} is not a journal"), _PUT_ASIDE),
}
_PRIMARY_CODE = 0xFF  # the low byte of an extended result code, https://sqlite.org/rescode.html


@contextmanager
def faults_translated(where: str) -> Iterator[None]:
    """Turn the driver's errors into `JournalError`; `where` names the file."""
    try:
        yield
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorcode", 0) & _PRIMARY_CODE
        what, hint = _FAULTS.get(code, (N_("journal {where} failed"), ""))
        raise JournalError(f"{_(what).format(where=where)} ({fault})", hint=_(hint)) from fault
    except OSError as fault:
        raise JournalError(
            _("journal {where} cannot be opened: {reason}").format(where=where, reason=why(fault)),
            hint=_(_CHECK_OWNER),
        ) from fault
    except (OverflowError, UnicodeEncodeError) as fault:
        raise JournalError(
            _("journal {where} cannot hold this value ({fault})").format(where=where, fault=fault)
        ) from fault


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. The write lock is taken at once, so that nothing read inside can be outdated."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


def open_connection(path: Path, manner: Manner) -> sqlite3.Connection:
    """The journal at `path`, made or brought forward where needed. Raises `JournalError`.

    The connection may be used from any one thread at a time.
    """
    _make_folder(path.parent)
    with faults_translated(str(path)):
        connection = sqlite3.connect(
            path, timeout=OPEN_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            set_durability(connection, manner.synchronous)
            bring_forward(connection)
            connection.execute(f"PRAGMA wal_autocheckpoint = {manner.autocheckpoint_pages}")
            connection.execute(f"PRAGMA busy_timeout = {int(manner.busy_seconds * 1000)}")
        except BaseException:
            connection.close()
            raise
    return connection


def set_durability(connection: Connection, synchronous: Synchronous) -> None:
    """WAL and the wanted `synchronous`, read back. Raises `JournalError` when the file will not have them."""
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise JournalError(
            _("the journal runs {mode}, where wal is needed").format(mode=mode),
            hint=_("Put state_dir on a local disk; network file systems cannot keep a journal."),
        )
    set_synchronous(connection, synchronous)


def set_synchronous(connection: Connection, synchronous: Synchronous) -> None:
    """What the next commits flush: FULL all that was written, NORMAL nothing. Outside of transactions only."""
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    (level,) = connection.execute("PRAGMA synchronous").fetchone()
    if level != _SYNCHRONOUS_NUMBERS[synchronous]:
        raise JournalError(
            _("the journal runs synchronous {level}, where {synchronous} is needed").format(
                level=level, synchronous=synchronous
            )
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as fault:
        what = _("journal {where} cannot be opened: {reason}").format(where=folder, reason=why(fault))
        raise JournalError(what, hint=_(_CHECK_OWNER)) from fault
