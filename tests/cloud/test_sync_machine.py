"""Two sync processes of one box against a service that fails to order, in any order of doing and dying."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from cloud_rig import Box, running_service
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from receiptbridge.cloud.client import ServiceClient
from receiptbridge.cloud.courier import Courier
from receiptbridge.cloud.schedule import CEILING_SECONDS
from receiptbridge.errors import ServiceError
from receiptbridge.journal import FILE_NAME, Outbox
from receiptbridge.journal.outbox import LEASE_SECONDS

FAULTS = ["lost", "unanswered", "halved", "garbled", (500, {}), (503, {"Retry-After": "3"})]
TURNS_MOST = 200
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


class Deliveries(RuleBasedStateMachine):
    """Sales go in, faults are ordered, two couriers deliver; in the end every sale is there, in its one state."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory(dir=IN_MEMORY)))
        self.service = self.open.enter_context(running_service())
        self.box = self.open.enter_context(closing(Box(folder, self.service.url)))
        self.couriers = [self.courier(), self.courier()]
        self.sold: list[int] = []
        self.poison: set[int] = set()
        self.final: dict[int, str] = {}

    def courier(self) -> Courier:
        outbox = Outbox.open(
            self.box.state_dir / FILE_NAME, clock=lambda: self.box.now, rest=lambda seconds: None
        )
        client = ServiceClient(self.service.url, self.box.key, clock=lambda: self.box.now)
        for part in (client, outbox):
            self.open.callback(part.close)
        return Courier(outbox, client, self.box.key, dice=lambda: 0.5)

    def teardown(self) -> None:
        try:
            self.service.script.clear()
            self.bring_the_rest()
        finally:
            self.open.close()

    def bring_the_rest(self) -> None:
        for _ in range(TURNS_MOST):
            if not self.couriers[0].pending():
                break
            self.couriers[0].deliver_batch()
            self.box.now += CEILING_SECONDS
        states = {number: state for number, (state, _) in self.box.states().items()}
        assert states == {n: "rejected" if n in self.poison else "stored" for n in self.sold}
        assert set(self.service.sales) == set(self.sold) - self.poison

    @rule(sales=st.integers(1, 6), poisoned=st.booleans())
    def sell(self, sales, poisoned):
        sold = self.box.sell(sales)
        self.sold += sold
        if poisoned:
            self.poison.add(sold[0])
            self.service.poison.add(sold[0])

    @rule(fault=st.sampled_from(FAULTS))
    def something_will_go_wrong(self, fault):
        self.service.script.append(fault)

    @rule(who=st.integers(0, 1))
    def deliver(self, who):
        try:
            self.couriers[who].deliver_batch()
        except ServiceError:
            self.box.now += 1

    @rule(who=st.integers(0, 1))
    def one_is_killed_with_a_claim_in_its_hands(self, who):
        self.couriers[who]._outbox.claim(self.box.key.box_id, 500)
        self.couriers[who] = self.courier()

    @rule(seconds=st.sampled_from([1, 60, LEASE_SECONDS, 10 * 365 * 86_400, -10 * 365 * 86_400]))
    def time_passes_or_jumps(self, seconds):
        self.box.now += seconds

    @invariant()
    def nothing_is_final_here_that_is_not_there(self):
        for number, (state, _) in self.box.states().items():
            if state != "due":
                assert (number in self.service.sales) == (state == "stored")
                assert self.final.setdefault(number, state) == state


Deliveries.TestCase.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
TestDeliveries = Deliveries.TestCase
