"""Generated receipts of every register's layout: none is read wrongly, and nothing else is taken for a sale."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from hardware_sim.receipts.generate import Made, generate
from hardware_sim.receipts.templates import papers
from receiptbridge import money
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.read import read_receipt

GRAMMAR, PRINTER, REGISTER = load_grammar("escpos"), load_printer("generic-80"), load_register("generic")
OF_EACH_PAPER = 4
SPOILED = 400
COVERED = 0.9
"""At least; what is reached stands in the README."""


@cache
def readings(paper: str) -> tuple[tuple[Made, list[ReceiptReading]], ...]:
    return tuple(
        (
            made,
            read_all(made),
        )
        for made in generate(11, OF_EACH_PAPER, only=paper)
    )


def read_all(made: Made) -> list[ReceiptReading]:
    return [
        read_receipt(receipt, grammar=GRAMMAR, printer=PRINTER, register=REGISTER, currency=None)
        for receipt in split(made.data, GRAMMAR, PRINTER)
    ]


def read_pairs(made: Made) -> list[tuple[dict[str, Any], ReceiptReading]]:
    return list(zip(made.truth["receipts"], read_all(made), strict=True))


def right_totals(truth: dict[str, Any]) -> set[Decimal | None]:
    true = [truth["total"], *truth["accept_totals"]] if truth["kind"] == "sale" else []
    return {None, *(Decimal(total) for total in true if total is not None)}


def total_of(reading: ReceiptReading) -> Decimal | None:
    if reading.total is None or reading.kind is not Kind.SALE:
        return None
    if reading.currency is None:
        return Decimal(reading.total) / 100
    return Decimal(money.format_minor(reading.total, reading.currency))


@pytest.mark.parametrize("paper", [paper.name for paper in papers()])
def test_a_generated_receipt_is_read_right_or_not_at_all(paper):
    for made, read in readings(paper):
        for truth, reading in zip(made.truth["receipts"], read, strict=True):
            assert total_of(reading) in right_totals(truth), made.truth["text"]


def test_what_is_left_of_a_spoiled_receipt_is_read_right_or_not_at_all():
    read = [pair for made in generate(31, SPOILED, spoiled=True) for pair in read_pairs(made)]
    for truth, reading in read:
        assert total_of(reading) in right_totals(truth), truth


def test_most_generated_sales_are_read():
    sales = [paper.name for paper in papers() if paper.kind == "sale"]
    totals = [total_of(reading) for name in sales for _, read in readings(name) for reading in read]
    assert sum(total is not None for total in totals) >= COVERED * len(totals)
