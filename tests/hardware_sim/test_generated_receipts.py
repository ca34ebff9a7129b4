"""Receipts made with their truth: printable, reproducible, and true."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from decimal import Decimal

import pytest

from hardware_sim.receipts.charsets import SELECT, encode, strip_accents
from hardware_sim.receipts.generate import generate
from hardware_sim.receipts.money import MoneyStyle
from hardware_sim.receipts.templates import papers, vary

PAPERS = papers()
COUNTRIES = {paper.country.lang: paper.country for paper in PAPERS}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_paper_is_printed_with_its_truth(paper):
    for made in generate(1, 12, only=paper.name):
        assert made.data.startswith(b"\x1b@")
        assert made.truth["kind"] == paper.kind
        for receipt in made.truth["receipts"]:
            if receipt["payments"]:
                paid = sum(Decimal(payment["amount"]) for payment in receipt["payments"])
                assert receipt["total"] is None or paid == Decimal(receipt["total"])
        assert (receipt["receipt_no"] or "") in made.truth["text"] or len(made.truth["receipts"]) > 1


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=COUNTRIES)
def test_every_word_of_a_country_can_be_sent_in_its_character_sets(country):
    words = [*country.items, *country.weighed, *country.traps, *country.shops, *country.signed]
    words += [word for list_ in (*country.methods.values(), *country.words.values()) for word in list_]
    words += [paper.rows for paper in PAPERS if paper.country.lang == country.lang]
    for codec in country.codecs:
        assert codec in SELECT
        assert encode("\n".join(words), codec)


def test_the_same_seed_gives_the_same_bytes():
    one, again, other = ([made.data for made in generate(seed, 40)] for seed in (7, 7, 8))
    assert one == again != other


def test_the_languages_and_kinds_that_counters_meet_are_there():
    languages = {country.lang.split("-")[0] for country in COUNTRIES.values()}
    assert languages == {"zh", "en", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "th", "vi", "id", "ar"}
    assert {paper.kind for paper in PAPERS} == {
        "sale", "refund", "void", "duplicate", "kitchen", "report", "training", "merchant_copy", "voucher", "other",
    }  # fmt: skip


def test_alternatives_and_chances_are_decided_once_for_a_receipt():
    rows = "[a~b] [a~b]\n%0 never\n%100 always\n@item [x~y]"
    first, *rest = vary(random.Random(1), rows).split("\n")
    assert set(first.split()) <= {"a", "b"}
    assert rest[0] == "always"
    assert rest[1] in ("@item x", "@item y")


@pytest.mark.parametrize(
    ("example", "decimals", "minor", "printed"),
    [
        ("1,234.56", 2, 1234567, "12,345.67"),
        ("1.234,56", 2, -5, "-0,05"),
        ("1'234.50", 2, 100000, "1'000.00"),
        ("1 234,56", 2, 123456789, "1 234 567,89"),
        ("1.234", 0, 98765, "98.765"),
        ("1.234,00", 0, 98765, "98.765,00"),
    ],
)
def test_amounts_are_written_as_their_example_is(example, decimals, minor, printed):
    assert MoneyStyle(example, "{}", "-{}", decimals).bare(minor) == printed


def test_tills_without_accents_print_plain_letters():
    assert strip_accents("Tổng cộng ĐÃ trả, Größe, Número") == "Tong cong DA tra, Grosse, Numero"


def test_the_command_writes_what_the_captures_are(tmp_path):
    command = [
        sys.executable,
        "-m",
        "hardware_sim.receipts",
        "--seed",
        "3",
        "--count",
        "5",
        "--out",
        str(tmp_path),
    ]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout
    truths = [json.loads(file.read_text("utf-8")) for file in sorted(tmp_path.glob("*.json"))]
    assert [truth["id"] for truth in truths] == [file.stem for file in sorted(tmp_path.glob("*.bin"))]
    assert len(truths) == 5


def test_an_unknown_paper_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="en-us-diner"):
        next(generate(1, 1, only="mars"))


def test_a_spoiled_paper_keeps_its_truth_and_loses_a_row_or_its_words():
    whole, spoiled = (list(generate(5, 60, only="en-us-diner", spoiled=spoiled)) for spoiled in (False, True))
    assert all(made.truth["total"] for made in spoiled)
    assert (
        sum(made.truth["text"] != plain.truth["text"] for plain, made in zip(whole, spoiled, strict=True))
        > 50
    )
