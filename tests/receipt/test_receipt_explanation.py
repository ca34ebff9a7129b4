"""The evidence that a person is shown: on every paper and capture it is where it says, and adds up."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from receipt_papers import papers

from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.explanation import Explanation
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

CORPUS = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"
ESCPOS, STAR = load_grammar("escpos"), load_grammar("star")
PRINTER, REGISTER = load_printer("generic-80"), load_register("generic")
ADDING = {"settled", "items", "subtotal"}


def streams() -> Iterator[tuple[bytes, bool]]:
    for paper in papers():
        yield paper.printed(), False
    for path in sorted(CORPUS.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if truth["transport"] == "text":
            yield path.with_suffix(".bin").read_bytes(), truth["protocol"] == "star"


def explained(data: bytes, star: bool = False) -> list[tuple[ReceiptReading, Explanation]]:
    grammar = STAR if star else ESCPOS
    readings = [
        read_receipt(r, grammar=grammar, printer=PRINTER, register=REGISTER, currency=None, explained=True)
        for r in split(data, grammar, PRINTER)
    ]
    return [(reading, reading.explanation) for reading in readings if reading.explanation is not None]


def of_text(text: str) -> tuple[ReceiptReading, Explanation]:
    (pair,) = explained(text.encode("gb18030") + b"\n\x1dV\x00")
    return pair


@pytest.fixture(scope="module")
def everything() -> list[tuple[ReceiptReading, Explanation]]:
    return [pair for data, star in streams() for pair in explained(data, star)]


def test_every_mark_holds_an_amount_of_its_line(everything):
    for reading, explanation in everything:
        for mark in explanation.marks:
            text = reading.text[mark.line]
            assert 0 <= mark.start < mark.end <= len(text)
            assert any(char.isdecimal() for char in text[mark.start : mark.end])


def test_a_total_is_marked_where_there_is_one_and_nowhere_else(everything):
    for reading, explanation in everything:
        totals = [mark for mark in explanation.marks if mark.part == "total"]
        chosen = [one for one in explanation.considered if one.chosen]
        assert (reading.total is not None) == (len(chosen) == 1)
        assert reading.total is not None or not totals


def test_the_marked_total_is_the_total(everything):
    for reading, explanation in everything:
        for mark in explanation.marks:
            if mark.part == "total":
                marked = reading.text[mark.line][mark.start : mark.end]
                digits = "".join(
                    str(unicodedata.decimal(char)) for char in marked if char.isdecimal()
                ).lstrip("0")
                assert digits.rstrip("0") == str(abs(reading.total or 0)).rstrip("0")


def test_grounds_that_add_amounts_come_to_their_candidate(everything):
    checked = 0
    for _, explanation in everything:
        for one in explanation.considered:
            for ground in one.grounds:
                if ground.by in ADDING and len(ground.terms) > 1:
                    checked += sum((term.amount for term in ground.terms), Decimal()) == one.amount
                    assert ground.by == "settled" or sum(t.amount for t in ground.terms) == one.amount
    assert checked > 100


def test_what_is_not_chosen_has_something_against_it(everything):
    for _, explanation in everything:
        assert all(one.chosen or one.against for one in explanation.considered)


def test_evidence_is_made_on_request_only():
    receipt = next(split("店\n蛋 5.00\n合计 5.00\n现金 5.00\n".encode("gb18030"), ESCPOS, PRINTER))
    reading = read_receipt(receipt, grammar=ESCPOS, printer=PRINTER, register=REGISTER, currency=None)
    assert reading.explanation is None


def test_amounts_are_found_in_columns_of_the_page_as_printed():
    reading, explanation = of_text("店\n蛋    ６３．６７\n合  计      ￥63.67\n现金 70.00\n找零 6.33")
    marked = {m.part: reading.text[m.line][m.start : m.end] for m in explanation.marks}
    assert marked == {"item": "６３．６７", "total": "63.67", "paid": "70.00", "change": "6.33"}


def test_of_several_equal_amounts_on_a_line_each_has_its_own_columns():
    _, explanation = of_text("SHOP\nTea 63.00\nDue:63.00  Paid:63.00  Change:0.00")
    on_last = [(mark.part, mark.start) for mark in explanation.marks if mark.line == 2]
    assert on_last == [("total", 4), ("paid", 16), ("change", 30)]


def test_a_loser_is_shown_with_what_it_lost_by():
    _, explanation = of_text("SHOP\nWidget 45.00\nTotal 45.00\nDiscount -5.00\nBalance due 40.00\nCash 40.00")
    against = {str(one.amount): one.against for one in explanation.considered}
    assert against == {"40.00": None, "45.00": "before"}


def test_without_a_total_the_best_candidate_carries_the_reason():
    reading, explanation = of_text("SHOP\nTea 5.00\nCake 4.00\nTotal 12.00")
    assert reading.total is None
    assert explanation.considered[0].against == reading.reason


def test_points_that_were_never_weighed_are_told_from_money_too():
    reading, explanation = of_text("店\n蛋 5.50\n合计 5.50\n现金 5.50\n本次积分： 122")
    assert reading.total == 550
    aside = [(str(one.amount), one.says) for one in explanation.considered if not one.chosen]
    assert aside == [("122", "points")]


def test_a_total_in_words_that_nobody_knows_is_marked_with_its_items_and_said_to_be_unknown():
    reading, explanation = of_text("OBCHOD\nKAFE      4.20\nROHLIK    8.00\nTVOKA    12.20\nCARD     12.20\n")
    (chosen,) = (one for one in explanation.considered if one.chosen)
    assert reading.total == 1220
    assert chosen.says is None
    assert [mark.part for mark in explanation.marks if mark.line == 3] == ["total"]
    (items,) = (ground for ground in chosen.grounds if ground.by == "items")
    assert sum(term.amount for term in items.terms) == Decimal("12.20")
