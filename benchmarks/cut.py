"""What the box adds at a cut: decide, commit (number, signature, row), draw the block; and the disk's own flush."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from benchmarks.table import Row, table
from receiptbridge.bridge.events import FromRegister, RegisterConnected, SaleStored, StoreSale
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.config import PointsConfig
from receiptbridge.identity import Identity, adopt_key, make_key
from receiptbridge.issuer import Issuer
from receiptbridge.journal import FILE_NAME, Journal
from receiptbridge.profiles.load import load_grammar, load_printer, load_register

RECEIPTS = 500
BUDGET_MS = 25.0
CAPTURE = Path(__file__).parents[1] / "hardware_sim" / "captures" / "corpus" / "d0001.bin"
NUMBER = b"120260868256"  # of the captured receipt: the same one twice would be a reprint
PRINTERS = ("epson-tm-t88v-zh", "generic-80")  # the symbol drawn by the printer, and sent as a picture


def main() -> None:
    rows = [row for printer in PRINTERS for row in _rows(printer)]
    print(table(f"At the cut, milliseconds over {RECEIPTS} receipts", rows))


def _rows(printer: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        identity = adopt_key(state, make_key(state), bytes(range(6)), "000102030405:1")
        measured = _measure(printer, state, identity)
    times, flush = [times for times, _ in measured], [flush for _, flush in measured]
    beyond = [sum(parts) - flush for parts, flush in measured]
    steps = ("read and decide", "commit", "draw the block")
    named = {step: [parts[at] for parts in times] for at, step in enumerate(steps)}
    named |= {"the disk's own flush": flush, "in all, beyond the flush": beyond}
    return [_row(printer, step, values) for step, values in named.items()]


def _row(printer: str, step: str, values: list[float]) -> Row:
    ordered = sorted(values)
    return {
        "printer": printer,
        "step": step,
        "p50": f"{ordered[len(ordered) // 2] * 1e3:.2f}",
        "p99": f"{ordered[len(ordered) * 99 // 100] * 1e3:.2f}",
        "budget p99": f"{BUDGET_MS:g}" if step.startswith("in all") else "",
    }


def _measure(printer: str, state: Path, identity: Identity) -> list[tuple[tuple[float, float, float], float]]:
    """For each receipt what the box took, and how long the disk took to flush 4 kB a moment later."""
    rule = PointsConfig()
    rules = LaneRules(
        load_grammar("escpos"), load_printer(printer), load_register("generic"), "print",
        rule.currency, rule.earn_rule(), "HTTPS://M.EXAMPLE.COM/C/", enrolled=True,
    )  # fmt: skip
    issuer = Issuer(lambda: Journal.open(state / FILE_NAME), lane="bench", identity=identity)
    issuer.prepare()
    session = Session(rules)
    session.handle(RegisterConnected(0.0))
    job = CAPTURE.read_bytes()
    with (state / "flush").open("wb") as file:
        jobs = [job.replace(NUMBER, b"%012d" % number) for number in range(RECEIPTS)]
        return [(_one_cut(session, issuer, each), bare_flush(file)) for each in jobs]


def _one_cut(session: Session, issuer: Issuer, job: bytes) -> tuple[float, float, float]:
    began = time.perf_counter()
    [sale] = [a for a in session.handle(FromRegister(job, 0.0)) if isinstance(a, StoreSale)]
    decided = time.perf_counter()
    stored = issuer.commit(sale)
    committed = time.perf_counter()
    assert isinstance(stored, SaleStored)
    session.handle(stored)
    return decided - began, committed - decided, time.perf_counter() - committed


def bare_flush(file: BinaryIO) -> float:
    """The least that a commit can cost here."""
    file.write(bytes(4096))
    file.flush()
    began = time.perf_counter()
    os.fdatasync(file.fileno())
    return time.perf_counter() - began
