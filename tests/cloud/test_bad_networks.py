"""Box and service, both real, with a network in between that does all that networks do: each sale there, once."""

from __future__ import annotations

import itertools
import random
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace

import pytest
from box_rig import connected
from cloud_rig import RECORD
from lane_rig import free_port
from real_service import RealService, real_service

from hardware_sim.network import Fault, Network
from receiptbridge.cloud import client as client_room
from receiptbridge.cloud.client import ServiceClient
from receiptbridge.cloud.courier import Courier
from receiptbridge.cloud.enrol import enrol
from receiptbridge.cloud.schedule import CEILING_SECONDS
from receiptbridge.errors import ServiceError
from receiptbridge.journal import FILE_NAME, Journal, Outbox

WEEK = 7 * 86_400
YEAR = 365 * 86_400
SERVICE = [sys.executable, "-m", "member_service"]
TURNS_MOST = 400  # of one delivery each; far more than any of these needs


@pytest.fixture(scope="module")
def member_service(tmp_path_factory):
    """The service, which boxes reach through `.network` only: a signature covers the address."""
    network = Network()
    with network.listen() as port, real_service(tmp_path_factory.mktemp("service"), at(port)) as running:
        network.server_port = int(running.url.rpartition(":")[2])
        yield Reached(running, network, at(port))


def at(port):
    return f"http://127.0.0.1:{port}"


@dataclass
class Reached:
    service: RealService
    network: Network
    url: str

    def box(self, state_dir):
        """Enrolled while all was well."""
        self.network.next_fault, self.network.parted = (lambda: Fault.NONE), False
        return closing(Box(state_dir, self.url, self.service.enrolment_code()))


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A half-open connection is given up soon; how soon is not what is tested."""
    monkeypatch.setattr(client_room, "READ_SECONDS", 0.5)


class Box:
    """An enrolled box whose clock is set by hand; its network is good until it is enrolled."""

    def __init__(self, state_dir, url, code):
        self.now = time.time()
        self.network_url = url
        self.key = enrol(state_dir, url, code).identity.current
        self.record = replace(RECORD, box_id=self.key.box_id)
        self._open = ExitStack()
        self.path = state_dir / FILE_NAME
        self.journal = self._open.enter_context(closing(Journal.open(self.path, clock=self.clock)))

    def clock(self):
        return self.now

    def courier(self):
        """A sync process of its own."""
        outbox = Outbox.open(self.path, clock=self.clock, rest=lambda seconds: None)
        client = ServiceClient(self.network_url, self.key, clock=self.clock)
        for part in (client, outbox):
            self._open.callback(part.close)
        return Courier(outbox, client, self.key, dice=lambda: 1.0)

    def sell(self, sales):
        return [self.journal.commit_sale(self.record, None).number for _ in range(sales)]

    def states(self):
        return dict(self.journal._connection.execute("SELECT number, sync FROM sale").fetchall())

    def deliver_all(self, couriers):
        """As sync's loop does, by turns, with the waits left out: time passes instead. Returns the failures."""
        failures = 0
        for courier in itertools.islice(itertools.cycle(couriers), TURNS_MOST):
            if not courier.pending():
                return failures
            try:
                if not courier.deliver_batch():
                    self.now += CEILING_SECONDS
            except ServiceError:
                failures += 1
                self.now += 30
        raise AssertionError("the sales never arrive")

    def close(self):
        self._open.close()


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_whatever_the_network_does_to_every_other_request_each_sale_is_there_once(
    fault, member_service, tmp_path
):
    faults = itertools.cycle([fault, fault, Fault.NONE])
    with member_service.box(tmp_path) as box:
        member_service.network.next_fault = lambda: next(faults)
        for _ in range(3):
            sold = box.sell(4)
            box.deliver_all([box.courier()])
        assert member_service.service.numbers(box.key.box_id) == list(range(1, sold[-1] + 1))
        assert set(box.states().values()) == {"stored"}


@pytest.mark.parametrize("seed", range(4))
def test_two_sync_processes_on_a_network_of_all_faults_deliver_each_sale_once(seed, member_service, tmp_path):
    dice = random.Random(seed)
    with member_service.box(tmp_path) as box:
        member_service.network.next_fault = lambda: dice.choice([*Fault, Fault.NONE])
        couriers, sold = [box.courier(), box.courier()], []
        for _ in range(8):
            sold += box.sell(3)
            box.deliver_all(couriers)
        assert member_service.service.numbers(box.key.box_id) == sold
        assert set(box.states().values()) == {"stored"}


@pytest.mark.parametrize("jump", [0, 3 * WEEK, 10 * YEAR, -10 * YEAR], ids=["none", "weeks", "on", "back"])
def test_after_weeks_without_a_network_and_a_jump_of_the_clock_everything_is_delivered(
    jump, member_service, tmp_path
):
    with member_service.box(tmp_path) as box:
        network = member_service.network
        courier, sold = box.courier(), box.sell(3)
        network.parted = True
        for _day in range(21):
            with pytest.raises(ServiceError):
                courier.deliver_batch()
            box.now += 86_400
            sold += box.sell(2)
        assert courier.pending() == len(sold)
        box.now += jump
        network.parted = False
        box.deliver_all([courier])
        assert member_service.service.numbers(box.key.box_id) == sold


def test_a_service_that_dies_after_its_commit_and_before_its_answer_has_each_sale_once(tmp_path):
    port, faults = free_port(), iter([Fault.NONE, Fault.UNANSWERED])
    network = Network(port)
    network.next_fault = lambda: next(faults, Fault.NONE)
    with network.listen() as through:
        with serving(tmp_path, port, at(through)) as service:
            box = Box(tmp_path / "box", at(through), new_code(tmp_path))
            sold, courier = box.sell(5), box.courier()
            network.on_answer = service.kill
            with pytest.raises(ServiceError):
                courier.deliver_batch()
        network.on_answer = None
        with closing(box), serving(tmp_path, port, at(through)):
            assert box.states() == dict.fromkeys(sold, "due")
            assert stored_at(tmp_path) == sold
            box.deliver_all([courier])
            assert box.states() == dict.fromkeys(sold, "stored")
            assert stored_at(tmp_path) == sold


@contextmanager
def serving(folder, port, public_url):
    """The member service as a process, once it listens."""
    command = [*SERVICE, "serve", "--port", str(port), "--public-url", public_url]
    with subprocess.Popen([*command, *database(folder)], stderr=subprocess.DEVNULL) as process:
        try:
            with connected(port):
                yield process
        finally:
            process.kill()


def new_code(folder):
    names = ["--merchant", "Shop", "--store", "Street", "--till", "till-1", "--json"]
    told = subprocess.run([*SERVICE, "add-till", *names, *database(folder)], capture_output=True, check=True)
    return re.search(rb"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", told.stdout)[0].decode()


def database(folder):
    return ["--database", f"sqlite:///{folder}/members.db"]


def stored_at(folder):
    with closing(sqlite3.connect(folder / "members.db")) as store:
        return [number for (number,) in store.execute("SELECT number FROM sales ORDER BY number")]
