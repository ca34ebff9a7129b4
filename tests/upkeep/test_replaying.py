"""A capture played again: read and printed as it was, with codes that are none, and nothing else touched."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from captures import captures
from hypothesis import given
from hypothesis import strategies as st
from lane_driver import PREFIX, rules
from paper_tools import print_on

from receiptbridge.claim.token import decode, spell
from receiptbridge.errors import TokenError
from receiptbridge.upkeep.capture_file import Crossing
from receiptbridge.upkeep.replaying import SAMPLE, as_printing, one_job, replay

RULES = as_printing(rules(printer="xprinter-xp-80"))
SALE = "店\n单号 A1\n蛋 63.67\n合计 63.67\n现金 70.00\n找零 6.33\n".encode("gb18030") + b"\x1dV\x00"
CORPUS = [c for c in captures() if c.is_text and c.is_escpos and c.truth["currency"] == "CNY"][::6]


@given(st.lists(st.tuples(st.floats(0, 5), st.binary(max_size=60))))
def test_whatever_was_captured_is_replayed_and_comes_out_whole(pieces: list[tuple[float, bytes]]):
    at, crossings = 0.0, list[Crossing]()
    for pause, data in pieces:
        at += pause
        crossings.append(Crossing(at, "from_register", data))
    paper = replay(crossings, RULES)
    if not any(receipt.block for receipt in paper.receipts):
        assert paper.data == b"".join(data for _, data in pieces)


@pytest.mark.parametrize("capture", CORPUS, ids=lambda c: c.id)
def test_what_it_would_print_is_the_capture_with_a_sample_on_each_sale(capture):
    paper = replay(one_job(capture.data), RULES)
    rest = paper.data
    for receipt in paper.receipts:
        assert (receipt.block != b"") == (receipt.why_no_code is None)
        rest = rest.replace(receipt.block, b"", 1) if receipt.block else rest
    assert rest == capture.data


def test_the_code_says_that_it_is_a_sample_and_is_a_token_of_nobody():
    [receipt] = (paper := replay(one_job(SALE), RULES)).receipts
    assert receipt.points == 63
    [code] = [
        c
        for p in print_on("xprinter-xp-80", paper.data).papers
        for c in zxingcpp.read_barcodes(p.convert("L"))
    ]
    assert code.text == PREFIX + "SAMPLE" * 24 == PREFIX + spell(SAMPLE)
    with pytest.raises(TokenError):
        decode(SAMPLE)


def test_a_lane_that_only_observes_is_replayed_as_if_it_printed():
    observing = as_printing(replace(rules(printer="xprinter-xp-80"), mode="observe", enrolled=False))
    [receipt] = replay(one_job(SALE), observing).receipts
    assert receipt.block


def test_a_reprint_has_its_sales_code_where_the_capture_holds_the_sale():
    again = SALE.replace("店\n".encode("gb18030"), "店\n*** 重印 ***\n".encode("gb18030"))
    first, second = replay(one_job(SALE + again), RULES).receipts
    assert (second.reading.kind, second.points, bool(second.block)) == ("duplicate", first.points, True)
    [alone] = replay(one_job(again), RULES).receipts
    assert alone.why_no_code is not None
    assert "journal" in alone.why_no_code


def test_what_was_dropped_from_a_capture_breaks_its_stream_and_not_the_replay():
    crossings = [
        Crossing(0.0, "from_register", b"\x1b@half of a rec"),
        Crossing(1.0, "from_register", b"eipt 9.99\n\x1dV\x00", missed=3),
        Crossing(9.0, "register_came"),
        Crossing(9.1, "from_register", SALE),
    ]
    receipts = replay(crossings, RULES).receipts
    assert [receipt.reading.total for receipt in receipts if receipt.block] == [6367]
