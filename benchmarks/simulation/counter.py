"""At the counter: a register that sends its jobs in pieces, the lane as the daemon runs it, and the paper."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial

from benchmarks.simulation.clock import Clock, LawBroken
from benchmarks.simulation.service import MINOR_PER_POINT
from receiptbridge.bridge import events as ev
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.claim.earn import EarnRule
from receiptbridge.issuer import Issuer
from receiptbridge.profiles.load import load_grammar, load_printer, load_register

PREFIX = "HTTPS://M.EXAMPLE.COM/C/"
HELD_MOST_SECONDS = 0.3  # what the counter may feel, whatever goes wrong
QUIET_AFTER = 0.002  # as the daemon has it
_TOKEN = re.compile(re.escape(PREFIX).encode() + rb"([A-Z2-7]{144})")
_ROUNDING = 1e-9


@cache
def rules() -> LaneRules:
    return LaneRules(
        grammar=load_grammar("escpos"), printer=load_printer("epson-tm-t88v-zh"), register=load_register("generic"),
        mode="print", currency="CNY", earn=EarnRule(MINOR_PER_POINT), claim_prefix=PREFIX, enrolled=True,
    )  # fmt: skip


@dataclass(slots=True)
class Paper:
    """What one connection's job became: `sent` by the register, `passed` of it, and the codes in between."""

    sent: bytes = b""
    passed: bytes = b""
    cut_off: bool = False  # the lane or the printer went away in the middle
    held_since: float | None = None

    def went(self, data: bytes) -> None:
        self.passed += data
        if not self.sent.startswith(self.passed):
            raise LawBroken("the register's bytes came out changed")

    def look(self, now: float, progressed: bool) -> None:
        """Law 3, after everything that happens. What a lost printer did not take is void, as it is in a cable."""
        if self.cut_off or len(self.passed) == len(self.sent):
            self.held_since = None
        elif self.held_since is None or progressed:
            self.held_since = now
        elif now - self.held_since > HELD_MOST_SECONDS + _ROUNDING:
            raise LawBroken(f"bytes were held for {now - self.held_since:.3f} s")


@dataclass(slots=True)
class Printer:
    """All paper there is."""

    papers: list[Paper] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)  # spelled tokens, as printed


class Lane:
    """One life of `receiptbridge run`: the core, and the thread that does its journal's work in order."""

    def __init__(
        self, clock: Clock, dice: random.Random, printer: Printer, issuer: Issuer, slowness: float
    ) -> None:
        self.alive = True
        self.session = Session(rules())
        self.paper = Paper()
        self._clock = clock
        self._dice = dice
        self._printer = printer
        self._issuer = issuer
        self._slowness = slowness  # seconds that the disk takes at most
        self._tasks: deque[Callable[[], None]] = deque([issuer.prepare])
        self._working = self._to_read = self._to_tell = False
        self._work_on()

    def connected(self) -> None:
        self.paper = Paper()
        self._printer.papers.append(self.paper)
        self.handle(ev.PrinterConnected(self._clock.now))
        self.handle(ev.RegisterConnected(self._clock.now))

    def receives(self, data: bytes) -> None:
        if self.alive:
            self.paper.sent += data
            self.handle(ev.FromRegister(data, self._clock.now))

    def handle(self, event: ev.Event) -> None:
        if not self.alive:
            return
        before, code_next = len(self.paper.passed), False
        for action in self.session.handle(event):
            code_next = self._do(action, code_next)
        self.paper.look(self._clock.now, progressed=len(self.paper.passed) > before)
        if self.session.behind and not self._to_read:
            self._to_read = True
            self._clock.after(QUIET_AFTER, self._read)
        if self.session.awaits_written and not self._to_tell:
            self._to_tell = True
            self._clock.after(self._dice.random() * 0.05, self._written)

    def dies(self) -> None:
        """What is with the printer stays there; what the box held, and its thread's work, is gone."""
        self.alive, self.paper.cut_off = False, True
        self._tasks.clear()

    def loses_printer(self) -> None:
        self.paper.cut_off = True
        self.handle(ev.LinkLost("printer", self._clock.now))

    def _do(self, action: ev.Action, is_code: bool) -> bool:
        match action:
            case ev.ToPrinter(data) if is_code:
                self._printer.codes += [found.decode() for found in _TOKEN.findall(data)]
            case ev.ToPrinter(data):
                self.paper.went(data)
            case ev.StoreSale():
                self._tasks.append(partial(self._commit, action))
            case ev.MarkSale():
                self._tasks.append(partial(self._issuer.mark, action))
                self._work_on()
                return action.outcome == "releasing"
            case ev.WakeAt(when):
                self._clock.after(max(0.0, when - self._clock.now), self._tick)
            case ev.Report("core_fault", detail):
                raise LawBroken(f"a fault in the core: {detail}")
        self._work_on()
        return False

    def _work_on(self) -> None:
        if self._tasks and not self._working:
            self._working = True
            self._clock.after(self._dice.random() * self._slowness, self._work)

    def _work(self) -> None:
        self._working = False
        if self._tasks:
            self._tasks.popleft()()
        self._work_on()

    def _commit(self, sale: ev.StoreSale) -> None:
        answer = self._issuer.commit(sale)
        self._clock.after(
            self._dice.random() * 0.003, lambda: self.handle(answer._replace(now=self._clock.now))
        )

    def _tick(self) -> None:
        self.handle(ev.Ticked(self._clock.now))

    def _read(self) -> None:
        self._to_read = False
        self.handle(ev.Quiet(self._clock.now))

    def _written(self) -> None:
        self._to_tell = False
        self.handle(ev.PrinterWritten(self._clock.now))


class Register:
    """Sends one job after the other, each on a connection of its own, in pieces cut anywhere."""

    def __init__(self, clock: Clock, dice: random.Random, lane: Callable[[], Lane | None], jobs: int) -> None:
        self._clock = clock
        self._dice = dice
        self._lane = lane
        self._left = jobs
        clock.after(1.0, self._begin)

    @property
    def done(self) -> bool:
        return self._left == 0

    def _begin(self) -> None:
        lane = self._lane()
        if self._left == 0:
            return
        if lane is None:  # refused: the register tries again
            self._clock.after(0.5, self._begin)
            return
        self._left -= 1
        lane.connected()
        job = a_job(self._dice)
        places = sorted(
            self._dice.randrange(len(job) + 1) for _ in range(self._dice.choice((0, 0, 1, 3, 12)))
        )
        pieces = deque(job[start:end] for start, end in zip([0, *places], [*places, len(job)], strict=True))
        self._send(lane, pieces)

    def _send(self, lane: Lane, pieces: deque[bytes]) -> None:
        """The next piece, unless the box reads nothing at the moment; after the last one the register hangs up."""
        if not lane.alive or lane.paper.cut_off:
            self._clock.after(self._dice.random() * 2, self._begin)
        elif lane.session.holding_cut and self._dice.random() < 0.9:
            self._clock.after(0.01, lambda: self._send(lane, pieces))
        elif pieces and self._dice.random() < 0.995:
            lane.receives(pieces.popleft())
            self._clock.after(self._dice.choice((0.0, 0.001, 0.02, 0.06)), lambda: self._send(lane, pieces))
        else:
            lane.handle(ev.LinkLost("register", self._clock.now))
            self._clock.after(0.4 + self._dice.random() * 3, self._begin)


def a_job(dice: random.Random) -> bytes:
    return dice.choice((a_sale, a_sale, a_sale, a_sale, _refund, _order, _noise))(dice)


def a_sale(dice: random.Random) -> bytes:
    total = f"{dice.randrange(50, 50_000) / 100:.2f}"
    lines = (
        "      万家福超市", f"单号:{dice.randrange(10**12):012}", "-" * 32, f"散装鸡蛋        1  {total}  {total}",
        "-" * 32, f"合计                      {total}", f"应收                      {total}",
        f"实收                      {total}", "找零                      0.00", "付款方式: 现金", "谢谢惠顾",
    )  # fmt: skip
    return b"\x1b@\x1c&" + "\r\n".join(lines).encode("gb18030") + b"\r\n\r\n\r\n\x1dV\x00"


def _refund(dice: random.Random) -> bytes:
    lines = (
        "        退货单",
        f"单号:{dice.randrange(10**6):06}",
        "合计                     -12.00",
        "退款  12.00",
    )
    return b"\x1b@\x1c&" + "\r\n".join(lines).encode("gb18030") + b"\r\n\r\n\x1dV\x00"


def _order(dice: random.Random) -> bytes:
    return b"\x1b@Kitchen 1\nTable 4\n2 x Soup\n\n\n\x1dV\x00" * dice.randrange(1, 3)


def _noise(dice: random.Random) -> bytes:
    return b"\x1b@" + dice.randbytes(dice.randrange(400)) + b"\x1dV\x00"
