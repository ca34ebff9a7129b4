"""What a register's profile pins beats the general rules, and still no total against the arithmetic."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_papers import GRAMMAR, PRINTER

from receiptbridge import checked
from receiptbridge.profiles.model import RegisterProfile
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt


def read(text: str, **profile: Any) -> ReceiptReading:
    register = checked.read(RegisterProfile, {"name": "test", **profile})
    receipt = next(split(text.encode("gb18030") + b"\n", GRAMMAR, PRINTER))
    return read_receipt(
        receipt, grammar=GRAMMAR, printer=PRINTER, register=register, currency=None, explained=True
    )


UNKNOWN = "SKLEP\nChleb 8.50\nBulka 3.60\nRabat 1.00\nDO ZAPLATY 11.10\nWPLACONO 50.00\nWYDANO 38.90"
PAID = {"received": ["Wpłacono"], "change": ["Wydano"]}


def test_an_unknown_label_carries_no_total_until_it_is_pinned():
    assert read(UNKNOWN).total is None
    assert read(UNKNOWN, labels={"total": ["Do zapłaty"], **PAID}).total == 1110


def test_a_pinned_total_needs_no_confirmation():
    paper = "SHOP\nA thing\nTO PAY NOW 11.10\nCASH"
    assert read(paper, labels={"total": ["to pay now"]}).total == 1110


def test_a_pinned_label_beats_the_words_that_everybody_knows():
    paper = "SHOP\nTea 5.00\nTOTAL 6.00\nNETTO 5.00\nCASH 5.00"
    reading = read(paper, labels={"total": ["Netto"]})
    assert reading.total == 500
    assert reading.explanation is not None
    assert reading.explanation.considered[0].grounds[0].by == "pinned"


def test_payments_that_do_not_come_to_the_pinned_total_leave_none():
    reading = read("SHOP\nTea 5.00\nNETTO 5.00\nCASH 7.00", labels={"total": ["Netto"]})
    assert (reading.total, reading.reason) == (None, "the payments do not come to the total 5.00")


def test_two_pinned_totals_that_differ_leave_none():
    reading = read("SHOP\nTea 5.00\nNETTO 5.00\nNETTO 7.00\nCASH", labels={"total": ["Netto"]})
    assert reading.total is None
    assert "two totals" in str(reading.reason)


def test_a_pinned_label_among_other_words_is_not_the_pinned_one():
    assert read("SHOP\nNETTO reduced price 5.00\nCASH", labels={"total": ["Netto"]}).total is None


def test_a_bill_before_it_is_paid_has_no_total_unless_the_register_prints_none_such():
    paper = "CAFE LUNA\nSoup 5.00\nNETTO 5.00"
    assert read(paper, labels={"total": ["Netto"]}).total is None
    assert read(paper, labels={"total": ["Netto"]}, only_paid_sales=True).total == 500


def test_pinned_titles_say_what_is_no_sale():
    paper = "CAFE LUNA\nRACHUNEK WSTEPNY\nSoup 5.00\nTOTAL 5.00\nCASH 5.00"
    assert read(paper).kind == "sale"
    assert read(paper, titles={"other": ["Rachunek wstępny"]}).kind == "other"


def test_patterns_find_total_number_and_date_on_the_line_as_shown():
    paper = "店\nDoc 77 / till 3\nprinted 22.11.2026-10:43\n蛋 63.67\n=> ￥63.67 <=\n现金 70.00\n找零 6.33"
    reading = read(
        paper,
        patterns={
            "total": r"^=> ￥(?P<total>\d+\.\d\d) <=$",
            "receipt_no": r"^Doc (?P<receipt_no>\d+)",
            "datetime": r"^printed (?P<datetime>.+)$",
        },
    )
    assert (reading.total, reading.receipt_no, reading.datetime) == (6367, "77", "2026-11-22T10:43:00")
    assert reading.explanation is not None
    (mark,) = (mark for mark in reading.explanation.marks if mark.part == "total")
    assert reading.text[mark.line][mark.start : mark.end] == "63.67"


def test_a_receipt_without_anything_pinned_is_left_to_the_general_rules():
    paper = "SHOP\nTea 5.00\nTOTAL 5.00\nCASH 5.00"
    assert read(paper, labels={"total": ["Netto"]}).total == 500
    assert read(paper, patterns={"total": r"^NETTO (?P<total>\d+)"}).total == 500


def test_ignored_texts_are_not_read():
    paper = "SHOP\nTea 5.00\nTOTAL 5.00\nTOTAL 9.00 next time\nCASH 5.00"
    assert read(paper, ignore_texts=["next time"]).total == 500


@given(st.text(max_size=200), st.sampled_from([r"^.*?(?P<total>\d+)\s*+$", r"\s*(?P<total>[\d.,]+)$"]))
@settings(deadline=None)
def test_no_text_and_no_pattern_raises(text, pattern):
    data = text.encode("gb18030", "replace") + b"\nTOTAL 5.00\n"
    register = checked.read(RegisterProfile, {"name": "test", "patterns": {"total": pattern}})
    for receipt in split(data, GRAMMAR, PRINTER):
        read_receipt(receipt, grammar=GRAMMAR, printer=PRINTER, register=register, currency=None)
