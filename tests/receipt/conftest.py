"""Receipts for tests: from lines of text, through the same commands that a register sends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.collect import Collected, split
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.page import Page, read_page
from receiptbridge.receipt.read import read_receipt

ReadText = Callable[..., ReceiptReading]


@pytest.fixture(scope="session")
def grammar() -> Grammar:
    return load_grammar("escpos")


@pytest.fixture(scope="session")
def printer() -> PrinterProfile:
    return load_printer("generic-80")


@pytest.fixture(scope="session")
def register() -> RegisterProfile:
    return load_register("generic")


@pytest.fixture(scope="session")
def split_stream(grammar: Grammar, printer: PrinterProfile) -> Callable[[bytes], list[Collected]]:
    return lambda data: list(split(data, grammar, printer))


@pytest.fixture(scope="session")
def page_of(grammar: Grammar, printer: PrinterProfile) -> Callable[[bytes], Page]:
    """The page of the first receipt in a stream."""
    return lambda data: read_page(next(split(data, grammar, printer)), grammar, printer)


@pytest.fixture(scope="session")
def read_text(grammar: Grammar, printer: PrinterProfile, register: RegisterProfile) -> ReadText:
    """The reading of one receipt given as text, in GB18030 as Chinese and English tills send it."""

    def read(text: str, currency: str | None = None) -> ReceiptReading:
        data = b"\x1b@" + text.strip("\n").encode("gb18030") + b"\n\x1dV\x00"
        receipt = next(split(data, grammar, printer))
        return read_receipt(receipt, grammar=grammar, printer=printer, register=register, currency=currency)

    return read
