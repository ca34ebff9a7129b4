"""What a sale costs in the journal: commits a second, bytes and flushes, the cost among a million rows, and a drain."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.cut import bare_flush
from benchmarks.powercut import new_journal
from benchmarks.table import Row, table
from hardware_sim.disk import Disk, Stored
from receiptbridge.cli.stage import Stage
from receiptbridge.errors import JournalError
from receiptbridge.identity import Identity
from receiptbridge.journal import FILE_NAME, Answer, Journal, Outbox, SaleRecord
from receiptbridge.journal.connection import Synchronous, set_durability
from receiptbridge.receipt.model import Kind, Method, Payment, ReceiptReading

SALES = 3000
ROWS = (0, 10_000, 1_000_000)
AT_EACH = 1000  # sales measured among so many rows
BACKLOG = 100_000
LANE_PAUSE = 0.02  # s between two sales of the lane beside the drain: fifty times the busiest counter
# The service's flushes are not the box's: its store is kept off this disk.
ELSEWHERE = "/dev/shm" if Path("/dev/shm").is_dir() else None
BOX = bytes.fromhex("a1b2c3d4e5f6")
RECORD = SaleRecord(
    "till-1", "print",
    ReceiptReading(
        Kind.SALE, 6367, "CNY", (Payment(Method.WECHAT, 6367),), "000123", "2026-11-22T10:43:30", confidence=0.99
    ),
    True, BOX, 6,
)  # fmt: skip


def mint(number: int, issued_at: int) -> bytes:
    return number.to_bytes(90, "big")


def main() -> None:
    print(table(f"A sale in the journal, {SALES} sales with their marks", [*map(_cost, ("FULL", "NORMAL"))]))
    print(table("A sale's commit among so many rows, milliseconds", _among_rows()))


def _cost(sale_commit: Synchronous) -> Row:
    disk = Disk({FILE_NAME: Stored.of(new_journal())})
    connection = disk.connect(FILE_NAME)
    set_durability(connection, sale_commit)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    _sell(Journal(connection, where="", sale_commit=sale_commit), SALES)
    with _journal(sale_commit) as (journal, _):
        written, began = _written(), time.perf_counter()
        times = _sell(journal, SALES)
        seconds = time.perf_counter() - began
        os.sync()
        written = _written() - written
    return {
        "synchronous of the commit": sale_commit,
        "commits a second": f"{1 / _at(times, 0.5):.0f}",
        "p50, p99": f"{_at(times, 0.5) * 1e3:.2f}, {_at(times, 0.99) * 1e3:.2f} ms",
        "sales a second with their marks": f"{SALES / seconds:.0f}",
        "bytes a sale, by SQLite": f"{disk.bytes_written / SALES:.0f}",
        "by the kernel, to the disk": f"{written / SALES:.0f}",
        "flushes a sale": f"{disk.flushes / SALES:.2f}",
    }


def _sell(journal: Journal, sales: int) -> list[float]:
    """Commit and mark as a lane does; the seconds that each commit took."""
    times = []
    for _ in range(sales):
        began = time.perf_counter()
        row = journal.commit_sale(RECORD, mint).row
        times.append(time.perf_counter() - began)
        journal.mark(row, "releasing")
        journal.mark(row, "released")
    return times


def _among_rows() -> list[Row]:
    rows = []
    with _journal("FULL") as (journal, path):
        for stored in ROWS:
            _fill(journal, stored)
            began = time.process_time()
            times = _sell(journal, AT_EACH)
            worked, size = time.process_time() - began, path.stat().st_size
            rows.append(
                {
                    "rows": f"{stored:,}",
                    "processor's time of a sale with its marks": f"{worked / AT_EACH * 1e3:.2f}",
                    "p50": f"{_at(times, 0.5) * 1e3:.2f}",
                    "p90": f"{_at(times, 0.9) * 1e3:.2f}",
                    "p99": f"{_at(times, 0.99) * 1e3:.2f}",
                    "bytes a row": f"{size / stored:.0f}" if stored else "",
                }
            )
    return rows


def _fill(journal: Journal, rows: int) -> None:
    """Copies of a sale that was made, printed and delivered, until there are so many."""
    if not rows:
        return
    execute = journal._connection.execute
    row = journal.commit_sale(RECORD, mint).row
    names = [name for _, name, *_ in execute("PRAGMA table_info(sale)").fetchall()]
    changed = {
        "number": "n", "token": "randomblob(90)", "outcome": "'released'", "sync": "'stored'", "synced_at": "issued_at",
        "receipt_no": "printf('%06d', n)",
    }  # fmt: skip
    values = ", ".join(changed.get(name, name) for name in names)
    execute("PRAGMA synchronous = OFF")
    execute(
        f"WITH RECURSIVE numbers (n) AS (SELECT {row + 1} UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows})"
        f" INSERT INTO sale ({', '.join(names)}) SELECT {values} FROM numbers, sale WHERE sale.number = {row}"
    )
    execute(f"UPDATE counter SET value = {rows} WHERE name = 'number'")
    execute("PRAGMA wal_checkpoint(TRUNCATE)")


# ---- the drain ----


def drain() -> None:
    """A backlog brought to a service on the same machine, a lane selling beside it; how long sync holds the lock."""
    print(table(f"{BACKLOG:,} queued sales", [_drain()]))
    print(table("The write lock in sync's hands, milliseconds", [_held()]))


def _drain() -> Row:
    with (
        tempfile.TemporaryDirectory() as name,
        tempfile.TemporaryDirectory(dir=ELSEWHERE) as elsewhere,
        Stage(Path(elsewhere)) as stage,
    ):
        folder = Path(name)
        config = _serve(stage, folder, f"sqlite:///{elsewhere}/members.db")
        identity = Identity.load(folder)
        assert identity is not None
        with (
            contextlib.closing(Journal.open(folder / FILE_NAME)) as journal,
            (folder / "scratch").open("wb") as scratch,
        ):
            record = replace(RECORD, box_id=identity.box_id)
            _queue(journal, record, BACKLOG)
            timed = _Timed(journal, scratch)
            began = time.perf_counter()
            sync = subprocess.Popen(
                [sys.executable, "-m", "receiptbridge", "sync", "--config", str(config)],
                stderr=subprocess.DEVNULL,
            )
            try:
                resident = _sell_until_drained(timed, record, sync.pid)
                seconds = time.perf_counter() - began
            finally:
                sync.terminate()
                sync.wait()
    return {
        "delivered in": f"{seconds:.0f} s (budget 120)",
        "lane's commit beside it, p50": f"{_at(timed.commits, 0.5) * 1e3:.2f} ms",
        "p99": f"{_at(timed.commits, 0.99) * 1e3:.2f} ms (budget 10)",
        "p99 of its wait for the lock": f"{_at(timed.waits, 0.99) * 1e3:.2f} ms",
        "p99 of its flush": f"{_at(timed.flushes, 0.99) * 1e3:.2f} ms",
        "p99 of a bare flush of 4 kB, beside it": f"{_at(timed.bare, 0.99) * 1e3:.2f} ms",
        "sales that would go without a code": str(timed.too_late),
        "sync resident": f"{resident / 1024:.1f} MB (budget 64)",
    }


class _Timed:
    """A journal whose commits are timed, and in them the wait for the lock (BEGIN) and the flush (COMMIT)."""

    def __init__(self, journal: Journal, scratch: BinaryIO) -> None:
        self.journal = journal
        self.commits: list[float] = []
        self.waits: list[float] = []
        self.flushes: list[float] = []
        self.bare: list[float] = []  # what the disk took to flush 4 kB of a file of its own, right after
        self.scratch = scratch
        self.too_late = 0  # commits that waited for the lock as long as a lane may
        self._connection: Any = journal._connection
        # stands in for the connection by handing everything on
        journal._connection = self  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        began = time.perf_counter()
        done = self._connection.execute(sql, parameters)
        if sql.startswith(("BEGIN", "COMMIT")):
            (self.waits if sql.startswith("BEGIN") else self.flushes).append(time.perf_counter() - began)
        return done

    def sell(self, record: SaleRecord) -> None:
        began = time.perf_counter()
        try:
            self.journal.commit_sale(record, None)
        except JournalError:
            self.too_late += 1
        self.commits.append(time.perf_counter() - began)


def _queue(journal: Journal, record: SaleRecord, sales: int) -> None:
    execute = journal._connection.execute
    row = journal.commit_sale(record, None).row
    names = [name for _, name, *_ in execute("PRAGMA table_info(sale)").fetchall()]
    values = ", ".join("n" if name == "number" else name for name in names)
    execute(
        f"WITH RECURSIVE numbers (n) AS (SELECT {row + 1} UNION ALL SELECT n + 1 FROM numbers WHERE n < {sales})"
        f" INSERT INTO sale ({', '.join(names)}) SELECT {values} FROM numbers, sale WHERE sale.number = {row}"
    )
    execute(f"UPDATE counter SET value = {sales} WHERE name = 'number'")


def _sell_until_drained(timed: _Timed, record: SaleRecord, sync: int) -> int:
    """Sells beside the drain until the backlog is gone; the most that sync had resident, in kB."""
    left = "SELECT EXISTS (SELECT 1 FROM sale WHERE sync = 'due' AND number <= ?)"
    while timed.journal._connection.execute(left, (BACKLOG,)).fetchone()[0]:
        for _ in range(25):
            timed.sell(record)
            timed.bare.append(bare_flush(timed.scratch))
            time.sleep(LANE_PAUSE)
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{sync}/status").read_text())
    return int(found[1]) if found else 0


def _serve(stage: Stage, folder: Path, database: str) -> Path:
    """A member service, and this folder's box enrolled there; its configuration."""
    [port] = stage.free_ports(1)
    url = f"http://127.0.0.1:{port}"
    stage.start(
        "service", "member_service", "serve", "--port", str(port), "--database", database, "--public-url", url
    )
    stage.wait_for_port(port)
    told = stage.run("member_service", "add-till", "--database", database, "--merchant", "Shop", "--store", "Street",
                     "--till", "till-1")  # fmt: skip
    config = folder / "config.toml"
    config.write_text(f'state_dir = "{folder}"\n[service]\nurl = "{url}"\n')
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", told)
    assert code is not None, told
    stage.run("receiptbridge", "enrol", code[0], "--config", str(config))
    return config


def _held() -> Row:
    held: dict[str, list[float]] = {"claim": [], "settle": [], "forget": []}
    with _journal("FULL") as (journal, path):
        _queue(journal, RECORD, BACKLOG // 10)
        now: list[float] = []
        with contextlib.closing(Outbox.open(path, rest=now.append)) as outbox:

            def timed(name: str, work: Callable[[], Any]) -> Any:
                now.clear()
                done = work()
                held[name] += now
                return done

            while claimed := timed("claim", lambda: outbox.claim(BOX, 500)):
                answers = [Answer(sale.number, "stored") for sale in claimed]
                timed("settle", lambda answers=answers: outbox.settle(answers, at=1))
            timed("forget", lambda: outbox.forget(2, BACKLOG))
    return {
        name: f"p50 {_at(times, 0.5) * 1e3:.2f}, p99 {_at(times, 0.99) * 1e3:.2f}, most {max(times) * 1e3:.2f}"
        for name, times in held.items()
    }


# ---- small things ----


@contextlib.contextmanager
def _journal(sale_commit: Synchronous) -> Iterator[tuple[Journal, Path]]:
    """A new journal on the disk of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        with contextlib.closing(Journal.open(path)) as journal:
            journal._sale_commit = sale_commit
            yield journal, path


def _written() -> int:
    """Bytes that this process has caused to be sent to the storage layer, proc(5)."""
    return int(re.search(r"^write_bytes: (\d+)", Path("/proc/self/io").read_text(), re.M)[1])  # type: ignore[index]


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
