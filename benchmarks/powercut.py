"""Power cuts at random points of the journal's own code, on a disk that loses what was not flushed.

A life is: open the journal that the last cut left, hold it against all that was ever promised, and work (sell,
mark, claim, settle, forget, checkpoint, close and open) until the power goes again in the middle of something.
Lanes and sync share one connection here, each with its own `synchronous`; what a flush makes safe belongs to the
file and not to a connection, so nothing is lost by that.

    python -m benchmarks powercut --cuts 1000000
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import apsw

from benchmarks.table import table
from hardware_sim.disk import Disk, PowerFailed, Stored
from receiptbridge.journal import Answer, Journal, Outbox, SaleRecord
from receiptbridge.journal.connection import Synchronous, set_durability
from receiptbridge.journal.schema import bring_forward
from receiptbridge.receipt.model import Kind, ReceiptReading

FILE = "journal.db"
BOX = bytes.fromhex("a1b2c3d4e5f6")
RECORD = SaleRecord("till-1", "print", ReceiptReading(Kind.SALE, 6367, "CNY"), True, BOX, 6)
LIVES_A_DISK = (
    40  # then a new one: what matters happens among few rows, and few rows are quickly looked through
)
CHANGES_A_LIFE = 60  # at most, until the cut: some three sales
OUTCOMES = ("releasing", "released", "not_printed", "unknown")


class PromiseBroken(Exception):
    """What a shopper or a merchant was promised is not so."""


@dataclass(slots=True)
class Promises:
    """All that was acknowledged on one disk, kept where no power cut reaches."""

    tokens: dict[int, bytes | None] = field(default_factory=dict)  # by number; None: a row without a code
    released: set[int] = field(default_factory=set)  # marked so, or on the way to be
    answered: set[int] = field(default_factory=set)  # by the service: these may be deleted

    def sold(self, number: int, token: bytes | None) -> None:
        if number in self.tokens:
            raise PromiseBroken(f"number {number} was used twice")
        self.tokens[number] = token

    def hold(self, journal: Journal, rows: dict[int, tuple[bytes | None, str, str]]) -> None:
        """Raises `PromiseBroken` where the journal is not what it must be."""
        for number, token in self.tokens.items():
            if number not in rows:
                if number not in self.answered:
                    raise PromiseBroken(f"sale {number} was lost")
            elif rows[number][0] != token:
                raise PromiseBroken(f"sale {number} has another token than the paper")
        for number, (_, sync, outcome) in rows.items():
            if sync == "stored" and number not in self.answered:
                raise PromiseBroken(f"sale {number} counts as delivered, and was not")
            if outcome == "released" and number not in self.released:
                raise PromiseBroken(f"sale {number} counts as printed, and was not")
        if journal.counters()["numbered"] < max(self.tokens, default=0):
            raise PromiseBroken("numbers that are on paper would be given again")


@dataclass(slots=True)
class Box:
    """The journal's two sides on one disk, as long as the power lasts."""

    disk: Disk
    dice: random.Random
    promises: Promises
    sale_commit: Synchronous
    now: int = 1_795_340_000
    connection: apsw.Connection = field(init=False)
    journal: Journal = field(init=False)
    outbox: Outbox = field(init=False)
    held: list[int] = field(init=False)

    def switch_on(self) -> None:
        self.connection = self.disk.connect(FILE)
        set_durability(self.connection, self.sale_commit)
        bring_forward(self.connection)
        self.connection.execute("PRAGMA wal_autocheckpoint = 0")
        clock = self._clock
        self.journal = Journal(self.connection, where=FILE, clock=clock, sale_commit=self.sale_commit)
        self.outbox = Outbox(self.connection, where=FILE, clock=clock, rest=lambda seconds: None)
        self.held = []

    def check(self) -> None:
        rows = self.connection.execute("SELECT number, token, sync, outcome FROM sale").fetchall()
        self.promises.hold(self.journal, {number: (*rest,) for number, *rest in rows})
        if (found := self.connection.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            raise PromiseBroken(f"the file is corrupt: {found[0][0]}")

    def work(self) -> None:
        """Until the power goes."""
        self.journal.mark_interrupted("till-1")
        while True:
            self.now += self.dice.choice((0, 0, 1, 10))
            self.dice.choice(WORK)(self)

    def sell(self) -> None:
        mint: Callable[[int, int], bytes] | None = None
        if self.dice.random() < 0.7:
            salt = self.dice.randbytes(80)
            mint = lambda number, issued_at: number.to_bytes(10, "big") + salt  # noqa: E731
        stored = self.journal.commit_sale(self._record(), mint)
        self.promises.sold(stored.number, stored.token)

    def mark(self) -> None:
        if self.promises.tokens:
            number, outcome = max(self.promises.tokens), self.dice.choice(OUTCOMES)
            if outcome == "released":
                self.promises.released.add(number)
            self.journal.mark(number, outcome)  # type: ignore[arg-type]

    def claim(self) -> None:
        self.held = [sale.number for sale in self.outbox.claim(BOX, self.dice.randrange(1, 9))]

    def settle(self) -> None:
        self.promises.answered.update(self.held)
        self.outbox.settle([Answer(number, "stored") for number in self.held])

    def postpone(self) -> None:
        self.outbox.postpone(self.held, self.dice.randrange(60))

    def forget(self) -> None:
        self.outbox.forget(self.now - 10, 5)

    def checkpoint(self) -> None:
        self.outbox.checkpoint()

    def restart(self) -> None:
        self.connection.close()
        self.switch_on()

    def _clock(self) -> float:
        return self.now

    def _record(self) -> SaleRecord:
        """Some small, some with texts that fill pages."""
        return replace(RECORD, why_no_code="x" * self.dice.choice((0, 0, 0, 900)) or None)


WORK: tuple[Callable[[Box], None], ...] = (
    *(Box.sell,) * 6, *(Box.mark,) * 3, *(Box.claim,) * 2, *(Box.settle,) * 2,
    Box.postpone, Box.forget, Box.checkpoint, Box.restart,
)  # fmt: skip


@cache
def new_journal() -> bytes:
    """The file as a new box makes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        Journal.open(path).close()
        return path.read_bytes()


def cut_one_disk(seed: int, lives: int, sale_commit: Synchronous = "FULL") -> str | None:
    """So many lives on a disk of its own; which promise was broken, None where all were kept."""
    dice = random.Random(seed)
    box = Box(Disk({FILE: Stored.of(new_journal())}), dice, Promises(), sale_commit)
    for life in range(lives + 1):
        try:
            box.switch_on()
            box.check()
            box.disk.changes_left = dice.randrange(CHANGES_A_LIFE)
            if life < lives:
                box.work()
        except PromiseBroken as broken:
            return f"seed {seed}, life {life}: {broken}"
        except (PowerFailed, apsw.Error, sqlite3.Error):
            if box.disk.powered:  # the journal failed by itself
                return f"seed {seed}, life {life}: the journal cannot be used"
        box.disk = box.disk.after_the_cut(dice)
    return None


def cut_disks(seeds: Iterable[int], sale_commit: Synchronous = "FULL") -> list[str]:
    """`LIVES_A_DISK` cuts for each seed; the promises that were broken."""
    return [broken for seed in seeds if (broken := cut_one_disk(seed, LIVES_A_DISK, sale_commit))]


def survey(cuts: int, first_seed: int, processes: int, sale_commit: Synchronous = "FULL") -> list[str]:
    """At least so many cuts, spread over processes; the promises that were broken, each with its seed."""
    seeds = range(first_seed, first_seed + -(-cuts // LIVES_A_DISK))
    shares = [seeds[part::processes] for part in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(chain.from_iterable(pool.map(cut_disks, shares, [sale_commit] * processes)))


def main(arguments: list[str]) -> None:
    options = _parse(arguments)
    began = time.perf_counter()
    broken = survey(options.cuts, options.seed, options.processes, options.synchronous)
    seconds = time.perf_counter() - began
    disks = -(-options.cuts // LIVES_A_DISK)
    kinds = Counter("".join(c for c in one.split(": ", 1)[1] if not c.isdigit()) for one in broken)
    row = {
        "synchronous": options.synchronous,
        "disks": str(disks),
        "cuts": str(disks * LIVES_A_DISK),
        "disks with a broken promise": str(len(broken)),
        "cuts a minute": f"{disks * LIVES_A_DISK / seconds * 60:.0f}",
    }
    print(table("Power cuts in the journal", [row]))
    for what, count in kinds.most_common():
        print(f"{count} times: {what}")
    print(*broken[:5], sep="\n")


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks powercut")
    parser.add_argument("--cuts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", choices=("FULL", "NORMAL"), default="FULL")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)
