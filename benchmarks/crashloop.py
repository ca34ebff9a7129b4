"""The real lane, with register, printer, sync and member service, killed by signal 9 at random moments of a receipt.

Not a power cut: what a killed process has written, the kernel still writes. What is looked at here is that bytes flow
again at once, that every code on paper has its row, that every row reaches the service once, and that a receipt that
was interrupted is recorded so. Lane and sync are forked from a process that has imported everything already; with
--cold they start as systemd starts them, which takes twenty times as long and shows how long that takes.

    python -m benchmarks crashloop --kills 5000
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.books import Books
from benchmarks.starting import Process
from benchmarks.table import table
from receiptbridge.cli.stage import Stage
from receiptbridge.journal import FILE_NAME

PATIENCE = 120.0  # on a machine that does ten other things
SYNC_DIES_EVERY = 15  # kills of the lane
CUT = b"\x1dV\x00"
PRINT_SYMBOL = b"\x1d(k\x03\x001Q0"  # GS ( k, function 181: only now is the code on paper
QUIET = 0.1  # s: after so long nothing more of a job is coming
SOON = 0.03  # s: reading, committing and printing a receipt take less
TRIES_IN_PEACE = 40
_LEFT_OPEN = "SELECT count(*) FROM sale WHERE outcome IN ('committed', 'releasing')"

_CONFIG = """
state_dir = "{state}"
[service]
url = "{url}"
claim_prefix = "{prefix}"
[points]
minor_per_point = 1
[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://127.0.0.1:{register}"
printer = "tcp://127.0.0.1:{printer}"
printer_profile = "xprinter-xp-80"
"""


@dataclass(slots=True)
class Found:
    """What the loop saw, and what was wrong with it."""

    kills: int = 0
    codes: list[str] = field(default_factory=list)
    back_after: list[float] = field(default_factory=list)  # s, from a lane's start to the next first byte
    interrupted: int = 0
    wrong: list[str] = field(default_factory=list)


class Loop:
    """One box with its service, for as long as the block lasts."""

    def __init__(self, folder: Path, stage: Stage, seed: int, *, cold: bool) -> None:
        self.found = Found()
        self._dice = random.Random(seed)
        self._cold = cold
        self._folder = folder
        self._config = folder / "config.toml"
        service, self._register = stage.free_ports(2)
        self._printer = socket.create_server(("127.0.0.1", 0))
        self._printer.settimeout(PATIENCE)
        self._set_up(stage, service)
        self._lane = self._start("run")
        self._sync = self._start("sync")

    def kill_once(self) -> None:
        """One job, and the lane killed somewhere in it."""
        number = self.found.kills
        job, started = _sale(f"{number % 900 + 5}.00", f"2026{number:08}"), time.perf_counter()
        with self._connected() as register:
            register.sendall(job)
            connection, _ = self._printer.accept()
            with connection:
                paper = connection.recv(1)
                self.found.back_after.append(time.perf_counter() - started)
                paper += self._until_its_moment(connection, len(job))
                self._lane.kill()
                self.found.kills += 1
                self._lane = self._start("run")
                paper += _rest(connection)
        self._look_at(paper, job, whole=False)
        if self.found.kills % SYNC_DIES_EVERY == 0:
            self._sync.kill()
            self._sync = self._start("sync")

    def finish(self) -> Found:
        """A sale in peace, everything delivered, and the books compared."""
        self._sell_in_peace()
        self._lane.kill()
        self._lane = self._start("run")
        self._wait_until_settled()
        self._sync.end()
        self._let_claims_run_out()
        done = subprocess.run(
            [sys.executable, "-m", "receiptbridge", "sync", "--once", "--config", str(self._config)],
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            self.found.wrong.append(f"the last sales were not delivered: {done.stderr}")
        books = Books.read(self.found.codes, self._folder / "state" / FILE_NAME, self._folder / "members.db")
        self.found.interrupted = books.interrupted
        self.found.wrong += books.faults()
        return self.found

    def _sell_in_peace(self) -> None:
        """Once the lane has warmed up, a sale has its code again."""
        codes, tries = len(self.found.codes), 0
        while len(self.found.codes) == codes and (tries := tries + 1) < TRIES_IN_PEACE:
            job = _sale("99.00", f"2027{tries:08}")
            with self._connected() as register:
                register.sendall(job)
                register.shutdown(socket.SHUT_WR)
                connection, _ = self._printer.accept()
                with connection:
                    self._look_at(_rest(connection), job, whole=True)
        if len(self.found.codes) == codes:
            self.found.wrong.append("sales that were left in peace got no code")

    def _wait_until_settled(self) -> None:
        """The lane's last start says of every row what became of it."""
        until = time.monotonic() + PATIENCE
        with contextlib.closing(sqlite3.connect(self._folder / "state" / FILE_NAME)) as journal:
            while time.monotonic() < until and journal.execute(_LEFT_OPEN).fetchone()[0]:
                time.sleep(0.01)

    def _let_claims_run_out(self) -> None:
        """What a killed sync had claimed is due again after two minutes; nobody waits for them here."""
        with contextlib.closing(sqlite3.connect(self._folder / "state" / FILE_NAME)) as journal:
            journal.execute("UPDATE sale SET due_at = 0 WHERE sync = 'due'")
            journal.commit()

    def close(self) -> None:
        for process in (self._lane, self._sync):
            process.kill()
        self._printer.close()

    def _set_up(self, stage: Stage, service: int) -> None:
        url, database = f"http://127.0.0.1:{service}", f"sqlite:///{self._folder}/members.db"
        stage.start("service", "member_service", "serve", "--port", str(service), "--database", database,
                    "--public-url", url)  # fmt: skip
        stage.wait_for_port(service)
        self._config.write_text(
            _CONFIG.format(
                state=self._folder / "state", url=url, prefix=f"{url}/C/".upper(), register=self._register,
                printer=self._printer.getsockname()[1],
            )
        )  # fmt: skip
        told = stage.run("member_service", "add-till", "--database", database, "--merchant", "Shop", "--store",
                         "Street", "--till", "till-1", "--minor-per-point", "1")  # fmt: skip
        code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", told)
        assert code is not None, told
        stage.run("receiptbridge", "enrol", code[0], "--config", str(self._config))

    def _start(self, command: str) -> Process:
        return Process(command, self._config, cold=self._cold)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                register = socket.create_connection(("127.0.0.1", self._register), timeout=PATIENCE)
                break
            except ConnectionRefusedError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.001)
        with register:
            yield register

    def _until_its_moment(self, printer: socket.socket, length: int) -> bytes:
        """By bytes or by time: somewhere in the job, in its block, or after it."""
        if self._dice.random() < 0.5:
            time.sleep(self._dice.random() * SOON)
            return b""
        wanted, got = self._dice.randrange(length + 600), b""
        printer.settimeout(QUIET)
        with contextlib.suppress(TimeoutError):
            while len(got) < wanted and (piece := printer.recv(wanted - len(got))):
                got += piece
        printer.settimeout(PATIENCE)
        return got

    def _look_at(self, paper: bytes, job: bytes, *, whole: bool) -> None:
        head = job.removesuffix(CUT)
        if paper[: len(head)] != head[: len(paper)] or (whole and not paper.endswith(CUT)):
            self.found.wrong.append(f"kill {self.found.kills}: the register's bytes came out changed")
        for code in re.finditer(rb"/C/([A-Z2-7]{144})", paper):
            if PRINT_SYMBOL in paper[code.end() :]:
                self.found.codes.append(code[1].decode())


def survey(kills: int, seed: int = 1, *, cold: bool = False) -> Found:
    """Kill the lane so many times. What `wrong` holds in the end must not be."""
    with tempfile.TemporaryDirectory() as folder, Stage(Path(folder) / "logs") as stage:
        loop = Loop(Path(folder), stage, seed, cold=cold)
        try:
            while loop.found.kills < kills:
                loop.kill_once()
            return loop.finish()
        finally:
            loop.close()


def _rest(connection: socket.socket) -> bytes:
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            got += piece
    return got


def _sale(total: str, number: str) -> bytes:
    lines = (
        "      万家福超市", f"单号:{number}", "-" * 32, f"散装鸡蛋        1  {total}  {total}", "-" * 32,
        f"合计                      {total}", f"应收                      {total}",
        f"实收                      {total}", "找零                      0.00", "付款方式: 现金", "谢谢惠顾",
    )  # fmt: skip
    return b"\x1b@\x1c&" + "\r\n".join(lines).encode("gb18030") + b"\r\n\r\n\r\n" + CUT


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks crashloop")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cold", action="store_true")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    found = survey(options.kills, options.seed, cold=options.cold)
    seconds, back = time.perf_counter() - began, sorted(found.back_after)
    row = {
        "kills": str(found.kills),
        "codes on paper": str(len(found.codes)),
        "interrupted with a committed row": str(found.interrupted),
        "something wrong": str(len(found.wrong)),
        "first byte after a start, p50": f"{back[len(back) // 2]:.3f} s",
        "p99": f"{back[len(back) * 99 // 100]:.3f} s",
        "most": f"{back[-1]:.3f} s",
        "in all": f"{seconds:.0f} s",
    }
    print(table(f"Killed in the middle of receipts, {'cold' if options.cold else 'warm'} starts", [row]))
    print(*found.wrong[:20], sep="\n")
