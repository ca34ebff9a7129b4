"""Paper with and without the block, for every capture: subtracted, and read by a camera's decoder."""

from __future__ import annotations

import pytest
from captures import Capture, captures
from lane_driver import KEY, Driver, rules
from paper_tools import claims_on, height_of_insertion, print_on

from receiptbridge.bridge.holding import TAIL_HOLD
from receiptbridge.money import parse_decimal

ESCPOS = [capture for capture in captures() if capture.is_escpos]

# One printer that draws the symbol itself, and one with other dots, font cells and feeds.
PRINTERS = ["epson-tm-t88v-zh", "xprinter-xp-80"]


def drive(capture: Capture, printer: str) -> Driver:
    lane = rules(printer=printer, currency=capture.truth["currency"] or "CNY", minor_per_point=1)
    return Driver(lane).register(capture.data).wait(TAIL_HOLD)


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("capture", ESCPOS, ids=lambda c: c.id)
def test_the_block_is_all_that_differs(capture: Capture, printer: str):
    driver = drive(capture, printer)
    if not driver.blocks:
        assert driver.paper == capture.data
        return
    without, with_block = print_on(printer, capture.data), print_on(printer, driver.paper)
    assert height_of_insertion(without.strip_image(), with_block.strip_image()) > 0
    assert with_block.settings == without.settings


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("capture", ESCPOS, ids=lambda c: c.id)
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
