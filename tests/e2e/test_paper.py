"""Paper with and without the block, for every capture: subtracted, and read by a camera's decoder."""

from __future__ import annotations

import itertools

import pytest
from captures import Capture, captures
from lane_driver import KEY, Driver, rules
from paper_tools import claims_on, height_of_insertion, print_on

from hardware_sim.printer import VirtualPrinter
from receiptbridge.bridge.holding import TAIL_HOLD
from receiptbridge.money import parse_decimal

# In ESC/POS one printer that draws the symbol itself, and one with other dots, font cells and feeds.
ESCPOS_PRINTERS, STAR_PRINTERS = ("epson-tm-t88v-zh", "xprinter-xp-80"), ("star-tsp650",)
CASES = [
    pytest.param(capture, printer, id=f"{capture.id}-{printer}")
    for capture in captures()
    for printer in (ESCPOS_PRINTERS if capture.is_escpos else STAR_PRINTERS)
]


def drive(capture: Capture, printer: str) -> Driver:
    lane = rules(printer=printer, currency=capture.truth["currency"] or "CNY", minor_per_point=1)
    return Driver(lane).register(capture.data).wait(TAIL_HOLD)


@pytest.mark.parametrize(("capture", "printer"), CASES)
def test_the_block_is_all_that_differs(capture: Capture, printer: str):
    driver = drive(capture, printer)
    assert driver.paper == driver.paper_with(len(driver.blocks))
    papers = [print_on(printer, driver.paper_with(count)) for count in range(len(driver.blocks) + 1)]
    for without, with_one_more in itertools.pairwise(papers):
        assert height_of_insertion(without.strip_image(), with_one_more.strip_image()) > 0
        assert less_symbols(with_one_more) == less_symbols(without)


def less_symbols(printer: VirtualPrinter) -> dict[str, object]:
    """The printer's settings but what it keeps for symbols: an empty store cannot be emptied again.

    See docs/decisions/0004-a-native-symbol-stays-in-an-empty-store.md.
    """
    return {
        name: value for name, value in printer.settings.items() if name not in ("stored_symbols", "symbol")
    }


@pytest.mark.parametrize(("capture", "printer"), CASES)
def test_every_code_on_paper_is_whole_on_its_receipt_and_carries_the_true_total(
    capture: Capture, printer: str
):
    driver = drive(capture, printer)
    claims = [
        claim
        for piece in print_on(printer, driver.paper).papers
        for claim in claims_on(piece, KEY.public_key())
    ]
    assert len(claims) == len(driver.blocks)
    true = {
        parse_decimal(total, receipt["currency"])
        for receipt in capture.truth["receipts"]
        if receipt["kind"] == "sale"
        for total in [receipt["total"], *receipt["accept_totals"]]
    }
    assert {claim.amount for claim in claims} <= true
