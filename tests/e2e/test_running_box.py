"""The box as it runs: its own process, real sockets, a journal on disk; every Chinese and English text capture."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from box_rig import PRINTER, Box, start_box
from captures import Capture, captures
from paper_tools import claims_on, less_blocks, print_on

from receiptbridge.money import parse_decimal

TEXTS = [c for c in captures() if c.is_text and c.truth["lang"].split("-")[0] in ("zh", "en")]


@pytest.fixture(scope="module")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Box]]:
    """A box for each currency, started when first asked for."""
    with contextlib.ExitStack() as running:
        started: dict[str, Box] = {}

        def box(currency: str) -> Box:
            if currency not in started:
                started[currency] = running.enter_context(
                    start_box(tmp_path_factory.mktemp(currency), currency)
                )
            return started[currency]

        yield box


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
