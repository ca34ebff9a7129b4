"""Away from the counter: sync processes, the network, and shoppers who scan."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.simulation.clock import Clock
from benchmarks.simulation.service import Service
from receiptbridge.cloud.courier import Courier
from receiptbridge.errors import ServiceError
from receiptbridge.identity import BoxKey
from receiptbridge.journal import Outbox

POLL_SECONDS = 3.0
# A partition of weeks is not lived through poll by poll: after so many failures sync sleeps to its end.
FAILURES_LIVED_THROUGH = 12


FAULTS = ("lost", "busy", "late", "twice", "unanswered", "halved")


class Killed(BaseException):
    """The process that was in the middle of something is no more; nothing of its own can catch this."""


@dataclass(slots=True)
class Office:
    """The service, and the network on the way there."""

    clock: Clock
    dice: random.Random
    service: Service
    trouble: float = 0.3  # share of requests that go wrong
    unreachable_until: float = 0.0

    def deliver(self, items: list[dict[str, Any]]) -> list[Any]:
        """One request with its way there and back. Raises `ServiceError` for all that may go wrong."""
        self._travel()
        fault = self.dice.choice(FAULTS) if self.dice.random() < self.trouble else "none"
        if fault in ("lost", "busy"):
            raise ServiceError("lost on the way", retry_after=3.0 if fault == "busy" else None)
        if (
            fault == "late"
        ):  # the sender hears nothing; the request arrives all the same, after others perhaps
            self.clock.after(self.dice.random() * 300, lambda: self._store(items))
            raise ServiceError("timed out")
        results = self._store(items)
        if fault == "twice":
            results = self._store(items)
        self._travel()
        if fault == "unanswered":
            raise ServiceError("the service died before it answered")
        return results[::2] if fault == "halved" else results

    def scan(self, token: str, phone: str) -> None:
        self.service.scan(token, phone, self.dice.randbytes(8).hex(), int(self.clock.unix()))

    def _travel(self) -> None:
        self.clock.pass_time(self.dice.choice((0.01, 0.1, 2.0)))
        if self.clock.now < self.unreachable_until:
            raise ServiceError("no way there")

    def _store(self, items: list[dict[str, Any]]) -> list[Any]:
        return self.service.receive(items, int(self.clock.unix()))


class _Line:
    """What a courier takes for its `ServiceClient`."""

    def __init__(self, office: Office, is_alive: Callable[[], bool]) -> None:
        self._office = office
        self._is_alive = is_alive

    def send_sales(self, items: list[dict[str, Any]]) -> list[Any]:
        try:
            return self._office.deliver(items)
        finally:
            if not self._is_alive():
                raise Killed

    def service_time(self) -> float:
        return self._office.clock.unix()


class _MortalOutbox:
    """The outbox of a process that may be killed: then nothing of it is written any more."""

    def __init__(self, outbox: Outbox, is_alive: Callable[[], bool]) -> None:
        self._outbox = outbox
        self._is_alive = is_alive

    def __getattr__(self, name: str) -> Any:
        if not self._is_alive():
            raise Killed
        return getattr(self._outbox, name)


class SyncProcess:
    """One life of `receiptbridge sync`: the real courier at its pace, the loop around it on virtual time."""

    def __init__(
        self, clock: Clock, dice: random.Random, office: Office, outbox: Outbox, key: BoxKey
    ) -> None:
        self.alive = True
        self._clock = clock
        self._dice = dice
        self._office = office
        mortal: Any = _MortalOutbox(outbox, lambda: self.alive)
        line: Any = _Line(office, lambda: self.alive)
        self.courier = Courier(mortal, line, key, dice.random)
        self._outbox = mortal
        self.at_work = False
        clock.after(dice.random(), self._turn)

    def dies(self) -> None:
        self.alive = False

    def _turn(self) -> None:
        if not self.alive:
            return
        wait, self.at_work = POLL_SECONDS, True
        try:
            while self.courier.deliver_batch():
                self.courier.pace.succeeded()
            self._keep_house()
        except ServiceError as fault:
            wait = self._put_off(fault)
        except Killed:
            return
        finally:
            self.at_work = False
        self._clock.after(wait, self._turn)

    def _put_off(self, fault: ServiceError) -> float:
        pace, now = self.courier.pace, self._clock.now
        wait = pace.failed(now, self._dice.random(), retry_after=fault.retry_after, permanent=fault.permanent)
        if pace.failures > FAILURES_LIVED_THROUGH:
            wait = max(wait, self._office.unreachable_until - now)
        return wait

    def _keep_house(self) -> None:
        if self._dice.random() < 0.2:
            self._outbox.checkpoint()
        if self._dice.random() < 0.05:
            self._outbox.forget(int(self._clock.unix()) - 60, 20)
