"""The labelled captures, as text: the sample on which no total may be wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from receiptbridge import money
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.read import read_receipt

CORPUS = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"


def captures() -> Iterator[Any]:
    for path in sorted(CORPUS.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth["transport"] == "text":
            yield pytest.param(path.with_suffix(".bin"), truth, id=path.stem)


def total_of(reading: ReceiptReading) -> Decimal | None:
    if reading.total is None:
        return None
    if reading.currency is None:
        return Decimal(reading.total) / 100
    return Decimal(money.format_minor(reading.total, reading.currency))


@pytest.mark.parametrize(("capture", "truth"), list(captures()))
def test_a_capture_is_read_as_its_truth_says(capture, truth):
    grammar = load_grammar("star" if truth["protocol"] == "star" else "escpos")
    printer, register = load_printer("generic-80"), load_register("generic")
    receipts = list(split(capture.read_bytes(), grammar, printer))
    for receipt, expected in zip(receipts, truth["receipts"], strict=bool(receipts)):
        reading = read_receipt(receipt, grammar=grammar, printer=printer, register=register, currency=None)
        assert reading.kind == expected["kind"] or reading.kind in expected["accept_kinds"]
        if reading.kind is Kind.SALE:
            accepted = {Decimal(total) for total in (expected["total"], *expected["accept_totals"])}
            assert total_of(reading) in accepted
