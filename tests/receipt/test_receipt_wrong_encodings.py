"""Text in another encoding than the printer is set to: a right total or none, with a reason, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_papers import GRAMMAR, REGISTER, Paper, amount, papers, read_all

from receiptbridge.profiles.load import load_printer
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.read import read_receipt

PAPERS = list(papers())
SALES = [paper for paper in PAPERS if paper.is_sale]
CHINESE = [paper for paper in PAPERS if paper.language == "zh"]
SELECTED = {
    "Western, two-byte text off": b"\x1b@\x1c.\x1bt\x10",
    "Western, with the euro": b"\x1b@\x1c.\x1bt\x13",
    "Cyrillic": b"\x1b@\x1c.\x1bt\x11",
    "Chinese": b"\x1b@\x1c&",
    "nothing": b"\x1b@",
}
SENT_IN = ("gb18030", "big5", "cp932", "cp949", "cp866", "cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-7")


def sent(paper: Paper, codec: str, selected: str) -> list[ReceiptReading]:
    return read_all(SELECTED[selected] + paper.text.encode(codec, "replace") + b"\n\n\x1dV\x00")


def is_right_or_refused(paper: Paper, reading: ReceiptReading) -> bool:
    if reading.total is None:
        return bool(reading.reason)
    return reading.kind is not Kind.SALE or ("sale" in paper.kinds and amount(reading) == paper.total)


@given(st.sampled_from(SALES), st.sampled_from(SENT_IN), st.sampled_from(sorted(SELECTED)))
@settings(max_examples=150, deadline=None)
def test_a_sale_in_any_encoding_is_read_right_or_refused_with_a_reason(paper, codec, selected):
    """Sales only: of a mark whose characters were lost, as that of a reprint, nobody can know."""
    assert all(is_right_or_refused(paper, reading) for reading in sent(paper, codec, selected))


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
@pytest.mark.parametrize("selected", sorted(SELECTED))
def test_chinese_is_read_by_its_bytes_whatever_the_printer_is_set_to(codec, selected):
    wrong = [
        paper.name
        for paper in CHINESE[:12]
        if sent(paper, codec, selected)[0] != sent(paper, "gb18030", "Chinese")[0]
    ]
    assert wrong == []


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
@pytest.mark.parametrize("name", ["epson-tm-t88v", "epson-tm-t88v-zh", "epson-tm-t88v-ja", "xprinter-xp-80"])
def test_chinese_is_right_or_refused_on_a_printer_of_another_country(codec, name):
    printer = load_printer(name)
    for paper in CHINESE[:12]:
        (receipt,) = split(paper.text.encode(codec) + b"\n\n\x1dV\x00", GRAMMAR, printer)
        reading = read_receipt(receipt, grammar=GRAMMAR, printer=printer, register=REGISTER, currency="CNY")
        assert is_right_or_refused(paper, reading), (paper.name, reading.total, reading.reason)


@given(
    st.sampled_from([paper for paper in CHINESE if paper.is_sale]),
    st.integers(0, 400),
    st.binary(min_size=1, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_a_byte_lost_or_spoilt_in_a_chinese_paper_costs_the_total_at_most(paper, at, spoilt):
    """Bytes beyond ASCII only: a spoilt digit is another amount. Sales only, as above: [培训] may be the one mark."""
    data = bytearray(paper.text.encode("gb18030"))
    places = [place for place, byte in enumerate(data) if byte >= 0x80]
    data[places[at % len(places)]] = spoilt[0] | 0x80
    for reading in read_all(b"\x1b@\x1c&" + bytes(data) + b"\n\n\x1dV\x00"):
        assert is_right_or_refused(paper, reading)
