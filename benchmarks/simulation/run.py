"""One world from a seed: what is in it, what goes wrong in it, and the laws that it is held against at the end."""

from __future__ import annotations

import logging
import random
import sqlite3
from dataclasses import dataclass
from functools import partial

import apsw

from benchmarks.simulation.clock import Clock, LawBroken
from benchmarks.simulation.counter import Lane, Printer, Register
from benchmarks.simulation.office import Office, SyncProcess
from benchmarks.simulation.service import Model, RealStore, Service
from benchmarks.simulation.storage import InFile, OnDisk, Storage
from hardware_sim.disk import PowerFailed
from receiptbridge.claim.token import decode, spell, unspell
from receiptbridge.clock import wall_clock
from receiptbridge.errors import ReceiptBridgeError, ServiceError
from receiptbridge.identity import Identity
from receiptbridge.issuer import Issuer
from receiptbridge.journal import Journal

JOBS_MOST = 5
LIFE_SECONDS = 60.0  # jobs and troubles are spread over this long
IN_FILE_EVERY = 8  # worlds; the others have a disk that can lose its power
REAL_STORE_EVERY = 10  # worlds; the others have a model of the service, which is quicker
PARTITIONS = (5.0, 600.0, 86_400.0, 21 * 86_400.0)
CLOCK_JUMPS = (0.0, 0.0, -60.0, 3600.0, -10 * 365 * 86_400.0, 10 * 365 * 86_400.0, -60 * 365 * 86_400.0)
SLOW_DISKS = (0.002, 0.02, 0.15, 0.6)  # seconds that a commit may take
DRAIN_TURNS_MOST = 400


Rows = dict[int, tuple[str | None, str, str]]  # spelled token, sync, outcome, by number


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in a world, for those who want to know that its trouble was trouble."""

    jobs: int
    codes: int
    sales: int
    kills: int
    power_cuts: int


class World:
    """Everything that happens follows from `seed`."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.clock = Clock()
        self.printer = Printer()
        self.storage: Storage = InFile() if seed % IN_FILE_EVERY == 0 else OnDisk()
        self.service: Service = (Model if seed % REAL_STORE_EVERY else RealStore)(self.dice)
        self.office = Office(self.clock, self.dice, self.service)
        self.slowness = self.dice.choice(SLOW_DISKS)
        self.lane: Lane | None = None
        self.syncs: list[SyncProcess] = []
        self.kills = self.power_cuts = 0
        self._start_lane()
        for _ in range(self.dice.choice((1, 1, 2))):
            self._start_sync()
        self.jobs = self.dice.randrange(1, JOBS_MOST + 1)
        self.register = Register(self.clock, self.dice, lambda: self.lane, self.jobs)
        self._make_trouble()

    def run(self) -> Told:
        """To its end. Raises `LawBroken`."""
        while not (self.register.done and self.clock.now >= LIFE_SECONDS):
            self._pass_time(5.0)
        self._pass_time(5.0)
        rows = self._settle_down()
        self._check(rows)
        return Told(self.jobs, len(self.printer.codes), len(rows), self.kills, self.power_cuts)

    def close(self) -> None:
        self.storage.close()

    # ---- what goes wrong ----

    def _make_trouble(self) -> None:
        troubles = [
            self._kill_lane,
            self._kill_sync,
            self._part,
            self._jump,
            self._lose_printer,
            self._scan,
            self._scan,
        ]
        if self.storage.can_lose_power:
            troubles += [self._lose_power, self._lose_power_soon]
        for _ in range(self.dice.randrange(12)):
            self.clock.after(self.dice.random() * LIFE_SECONDS, self.dice.choice(troubles))

    def _kill_lane(self) -> None:
        if self.lane is not None:
            self.kills += 1
            self.lane.dies()
            self.lane = None
            self.clock.after(self.dice.random() * 2, self._start_lane)

    def _kill_sync(self) -> None:
        if self.syncs:
            self.kills += 1
            self.syncs.pop(self.dice.randrange(len(self.syncs))).dies()
            self.clock.after(self.dice.random() * 10, self._start_sync)

    def _part(self) -> None:
        self.office.unreachable_until = self.clock.now + self.dice.choice(PARTITIONS)

    def _jump(self) -> None:
        self.clock.box_is_off_by = self.dice.choice(CLOCK_JUMPS)

    def _lose_printer(self) -> None:
        if self.lane is not None:
            self.lane.loses_printer()

    def _scan(self) -> None:
        """A shopper, or two with the same paper, before or after the sale was delivered."""
        if self.printer.codes:
            code = self.dice.choice(self.printer.codes)
            for _ in range(self.dice.choice((1, 2))):
                self.office.scan(code, f"+861380013{self.dice.randrange(3):04}")

    def _lose_power_soon(self) -> None:
        """In the middle of whatever the disk does next."""
        assert isinstance(self.storage, OnDisk)
        self.storage.disk.changes_left = self.dice.randrange(30)

    def _lose_power(self) -> None:
        """Lane, sync and all that was not flushed; a minute later the box is there again."""
        self.power_cuts += 1
        restarts = [self._start_lane, *[self._start_sync for _ in self.syncs]]
        self._stop_all()
        self.storage.lose_power(self.dice)
        for restart in restarts:
            self.clock.after(1 + self.dice.random() * 60, restart)

    def _stop_all(self) -> None:
        for sync in self.syncs:
            sync.dies()
        if self.lane is not None:
            self.lane.dies()
        self.syncs, self.lane = [], None

    # ---- what goes on ----

    def _start_lane(self) -> None:
        if self.lane is None:
            journal = partial(self.storage.journal, self.clock.box_time)
            identity = Identity((self.service.key,))
            issuer = Issuer(
                journal, lane="till-1", identity=identity, clock=partial(wall_clock, self.clock.box_time)
            )
            self.lane = Lane(self.clock, self.dice, self.printer, issuer, self.slowness)

    def _start_sync(self) -> None:
        outbox = self.storage.outbox(self.clock.box_time)
        self.syncs.append(SyncProcess(self.clock, self.dice, self.office, outbox, self.service.key))

    def _pass_time(self, seconds: float) -> None:
        until = self.clock.now + seconds
        while self.clock.now < until:
            try:
                self.clock.pass_time(until - self.clock.now)
            except (PowerFailed, apsw.Error, ReceiptBridgeError):
                if not (isinstance(self.storage, OnDisk) and not self.storage.disk.powered):
                    raise
                self._lose_power()

    # ---- the end ----

    def _settle_down(self) -> Rows:
        """All trouble over: the lane starts once more, and one calm sync brings what is left. Returns the rows."""
        if isinstance(self.storage, OnDisk):
            self.storage.disk.changes_left = None
        self._stop_all()
        self.office.trouble, self.office.unreachable_until, self.clock.box_is_off_by = 0.0, 0.0, 0.0
        journal = self.storage.journal(self.clock.box_time)
        journal.mark_interrupted("till-1")
        self._start_sync()
        courier = self.syncs[0].courier
        for _ in range(DRAIN_TURNS_MOST):
            if not courier.pending():
                break
            self.clock.pass_time(30.0)
        else:
            raise LawBroken(f"{courier.pending()} sales never arrive")
        return self._rows(journal)

    def _rows(self, journal: Journal) -> Rows:
        found = journal._connection.execute("SELECT number, token, sync, outcome FROM sale").fetchall()
        return {number: (token and spell(token), *rest) for number, token, *rest in found}

    def _check(self, rows: Rows) -> None:
        for paper in self.printer.papers:
            if not paper.cut_off and paper.passed != paper.sent:
                raise LawBroken("bytes of a whole job did not reach the paper")
        printed = {decode(unspell(code)).number: code for code in self.printer.codes}
        if len(printed) < len(self.printer.codes):
            raise LawBroken("a number is on paper twice")
        self._check_rows(rows, printed)
        self._check_service(printed)

    def _check_rows(self, rows: Rows, printed: dict[int, str]) -> None:
        delivered = self.service.sales()
        for number, code in printed.items():
            if (rows[number][0] if number in rows else delivered.get(number)) != code:
                raise LawBroken(f"the code of sale {number} is on paper, and its row is not there")
        for number, (token, sync, outcome) in rows.items():
            if sync != "stored" or delivered.get(number, "") != token:
                raise LawBroken(f"sale {number} is {sync} here, and not at the service as it is here")
            if outcome in ("committed", "releasing"):
                raise LawBroken(f"the outcome of sale {number} was left open")
            if (outcome, number in printed) in (("released", False), ("not_printed", True)):
                raise LawBroken(f"sale {number} counts as {outcome}, and that is not so")

    def _check_service(self, printed: dict[int, str]) -> None:
        if self.service.conflicts():
            raise LawBroken("the service saw two tokens for one number")
        accruals = self.service.accruals()
        if any(count != 1 for count in accruals.values()) or not accruals.keys() <= printed.keys():
            raise LawBroken("a sale was credited twice, or without its paper")


def run_world(seed: int) -> Told:
    """Raises `LawBroken`, which names the seed."""
    logging.disable(logging.CRITICAL)  # a world full of trouble has much to warn of
    try:
        world = World(seed)
        try:
            return world.run()
        finally:
            world.close()
    except (LawBroken, ServiceError, ReceiptBridgeError, apsw.Error, sqlite3.Error) as broken:
        raise LawBroken(f"seed {seed}: {type(broken).__name__}: {broken}") from broken
    finally:
        logging.disable(logging.NOTSET)
