"""The box as it runs: its own process, real sockets, a journal on disk; every Chinese and English text capture."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from captures import Capture, captures
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from lane_driver import PREFIX
from lane_rig import free_port
from paper_tools import claims_on, print_on

from receiptbridge.identity import adopt_key, make_key
from receiptbridge.money import parse_decimal

PRINTER = "xprinter-xp-80"
TEXTS = [c for c in captures() if c.is_text and c.truth["lang"].split("-")[0] in ("zh", "en")]

CONFIG = """
state_dir = "{state}"
[service]
url = "http://127.0.0.1:9"
claim_prefix = "{prefix}"
[points]
currency = "{currency}"
minor_per_point = 1
[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://127.0.0.1:{register}"
printer = "tcp://127.0.0.1:{printer}"
printer_profile = "{profile}"
"""


@dataclass(frozen=True)
class Box:
    """A running `receiptbridge run`, and the listening socket that plays its printer."""

    state: Path
    register: int
    printer: socket.socket
    public_key: Ed25519PublicKey

    def job(self, data: bytes) -> bytes:
        """Send a job as a register does; what the printer got."""
        with contextlib.ExitStack() as held:
            register = held.enter_context(connected(self.register))
            register.sendall(data)
            register.shutdown(socket.SHUT_WR)
            connection, _ = self.printer.accept()
            with connection:
                got = b"".join(iter(lambda: connection.recv(65536), b""))
            assert register.recv(1) == b""
            return got


@pytest.fixture(scope="module")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Box]]:
    """A box for each currency, started when first asked for."""
    with contextlib.ExitStack() as running:
        started: dict[str, Box] = {}

        def box(currency: str) -> Box:
            if currency not in started:
                started[currency] = start_box(running, tmp_path_factory.mktemp(currency), currency)
            return started[currency]

        yield box


def start_box(running: contextlib.ExitStack, state: Path, currency: str) -> Box:
    key = make_key(state)
    adopt_key(state, key, bytes.fromhex("0123456789ab"), "0123456789ab:1")
    printer = running.enter_context(socket.create_server(("127.0.0.1", 0)))
    register = free_port()
    config = state / "config.toml"
    config.write_text(
        CONFIG.format(
            state=state, prefix=PREFIX, currency=currency, register=register,
            printer=printer.getsockname()[1], profile=PRINTER,
        )
    )  # fmt: skip
    command = [sys.executable, "-m", "receiptbridge", "run", "--config", str(config)]
    log = running.enter_context((state / "log").open("wb"))
    process = running.enter_context(subprocess.Popen(command, stderr=log))
    running.callback(process.terminate)
    return Box(state, register, printer, key.private_key.public_key())


def connected(port: int) -> socket.socket:
    """A connection to a box that may still be starting."""
    for _ in range(500):
        with contextlib.suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        time.sleep(0.02)
    raise AssertionError("the box does not listen")


def less_blocks(job: bytes, got: bytes) -> bytes:
    """`got` without what was inserted; insertions can only stand before what looks like a cut."""
    pieces = re.split(rb"(?=\x1dV|\x1bi|\x1bm|\x1bd)", job)
    found = re.fullmatch(b"(.*?)".join(map(re.escape, pieces)), got, re.DOTALL)
    assert found, "something else than a block before a cut was changed"
    return b"".join(pieces)


@pytest.mark.parametrize("capture", TEXTS, ids=lambda c: c.id)
def test_a_job_passes_whole_and_its_codes_verify_with_the_true_total(
    boxes: Callable[[str], Box], capture: Capture
):
    box = boxes(capture.truth["currency"] or "CNY")
    got = box.job(capture.data)
    assert less_blocks(capture.data, got) == capture.data
    if not capture.is_escpos:
        assert got == capture.data
        return
    pieces = print_on(PRINTER, got).papers
    claims = [claim for piece in pieces for claim in claims_on(piece, box.public_key)]
    assert len(got) == len(capture.data) or claims
    assert {claim.amount for claim in claims} <= true_totals(capture)


def true_totals(capture: Capture) -> set[int]:
    return {
        parse_decimal(total, receipt["currency"])
        for receipt in capture.truth["receipts"]
        if receipt["kind"] == "sale"
        for total in [receipt["total"], *receipt["accept_totals"]]
    }


def test_every_code_that_was_printed_has_its_committed_row(boxes: Callable[[str], Box]):
    box = boxes("CNY")
    sale = next(
        c for c in TEXTS if c.is_escpos and c.truth["kind"] == "sale" and c.truth["currency"] == "CNY"
    )
    claims = [c for p in print_on(PRINTER, box.job(sale.data)).papers for c in claims_on(p, box.public_key)]
    with contextlib.closing(sqlite3.connect(box.state / "journal.db")) as journal:
        rows = dict(journal.execute("SELECT number, total FROM sale WHERE token IS NOT NULL"))
    assert claims
    assert all(rows[claim.number] == claim.amount for claim in claims)


CAPTURE = next(c for c in TEXTS if c.is_escpos and c.truth["kind"] == "sale" and c.truth["currency"] == "CNY")
BAD_JOBS = {
    "a truncated picture": CAPTURE.data[:200] + b"\x1dv0\x00\x48\x00\xff\x00" + b"\x1dV\x00" * 50,
    "a picture that announces 4 GB": b"\x1b@\x1d8L\xff\xff\xff\xff0p0\x01\x01" + b"x" * 5000,
    "random bytes": random.Random(7).randbytes(20_000),
    "an empty job": b"",
    "a job that breaks off in mid-command": CAPTURE.data[:300] + b"\x1b",
    "a fiscal frame": b"\x02" + b"\x30\x30\x31\x45" * 40 + b"\x03\x06",
    "five thousand lines": b"\x1b@" + b"Item  1.00\n" * 5000 + b"TOTAL 5000.00\nCASH 5000.00\n\x1dV\x00",
}


@pytest.mark.parametrize("what", BAD_JOBS)
def test_a_bad_job_passes_as_it_is_and_the_next_sale_is_served(boxes: Callable[[str], Box], what: str):
    box = boxes("CNY")
    assert box.job(BAD_JOBS[what]) == BAD_JOBS[what]
    box.job(b"")  # after a job that broke off in a command, one job is passed unread
    got = box.job(CAPTURE.data)
    assert less_blocks(CAPTURE.data, got) == CAPTURE.data
    assert [c for piece in print_on(PRINTER, got).papers for c in claims_on(piece, box.public_key)]
