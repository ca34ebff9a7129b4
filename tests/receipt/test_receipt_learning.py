"""Profiles learnt from samples: on generated registers in no language, right on papers not seen, or none at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_papers import GRAMMAR, PRINTER, REGISTER

from receiptbridge.profiles.model import RegisterProfile
from receiptbridge.receipt.carriers import Sample
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.learning import Lesson, amount_of, learn, main_reading
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.page import read_page
from receiptbridge.receipt.read import read_receipt

ONLY_PAID = REGISTER.but(only_paid_sales=True)


def sent(text: str) -> bytes:
    return text.encode("gb18030") + b"\n\n\x1dV\x00"


def sample(name: str, text: str, total: str) -> Sample:
    data = sent(text)
    pages = (read_page(receipt, GRAMMAR, PRINTER) for receipt in split(data, GRAMMAR, PRINTER))
    lines = tuple(tuple((line.text, line.large) for line in page.lines) for page in pages)
    return Sample(name, data, lines, Decimal(total))


def read(one: Sample, profile: RegisterProfile) -> list[ReceiptReading]:
    readings = [
        read_receipt(receipt, grammar=GRAMMAR, printer=PRINTER, register=profile, currency=None)
        for receipt in split(one.data, GRAMMAR, PRINTER)
    ]
    return readings or [ReceiptReading(Kind.OTHER)]


def learnt(*papers: tuple[str, str], base: RegisterProfile = REGISTER) -> Lesson:
    return learn([sample(f"{n}.bin", *paper) for n, paper in enumerate(papers, 1)], base, read)


def why(lesson: Lesson) -> str:
    assert lesson.profile is None
    return str(lesson.reason)


# ---- registers that nobody knows

words = st.text("bdfghklmnprstvz", min_size=4, max_size=9).map(
    lambda word: word[:1].upper() + "qo" + word[1:]
)
basket = st.lists(st.tuples(words, st.integers(101, 99_999)), min_size=2, max_size=6)


def cents(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}"


def paper(items: list[tuple[str, int]], labels: list[str], tendered: int, form: str) -> str:
    total = sum(price for _, price in items)
    lines = [labels[0].upper(), *(f"{name:<20}{cents(price):>12}" for name, price in items), "-" * 32]
    lines.append(form.format(f"{labels[1]:<20}", f"{cents(total):>12}"))
    lines += [f"{labels[2]:<20}{cents(total + tendered):>12}", f"{labels[3]:<20}{cents(tendered):>12}"]
    return "\n".join(lines)


@given(
    st.lists(words, min_size=4, max_size=4, unique=True),
    st.lists(st.tuples(basket, st.integers(1, 5000)), min_size=4, max_size=6),
    st.sampled_from(["{}{}", "{}\n{}", "** {}: {} **"]),
)
@settings(max_examples=30, deadline=None)
def test_a_learnt_profile_reads_its_samples_and_no_other_paper_of_the_register_wrongly(labels, sales, form):
    papers = [
        sample(f"{n}.bin", paper(items, labels, given_back, form), cents(sum(price for _, price in items)))
        for n, (items, given_back) in enumerate(sales)
    ]
    *known, unseen = papers
    lesson = learn(known, REGISTER, read)
    if lesson.profile is None:
        assert lesson.reason
        return
    for one in known:
        assert amount_of(main_reading(read(one, lesson.profile))) == one.total
    assert amount_of(main_reading(read(unseen, lesson.profile))) in (None, unseen.total)


def test_the_label_above_the_amount_is_learnt():
    lesson = learnt(
        ("SKLEP\nChleb 7.50\nBulka 3.60\nDO ZAPLATY\n11.10\nCASH 11.10", "11.10"),
        ("SKLEP\nKawa 8.00\nBulka 3.60\nDO ZAPLATY\n11.60\nCASH 11.60", "11.60"),
        ("SKLEP\nKawa 8.00\nKawa 8.00\nDO ZAPLATY\n16.00\nVISA 16.00", "16.00"),
    )
    assert lesson.profile is not None
    assert lesson.profile.labels == {"total": ("do zaplaty",)}


def test_a_line_without_words_is_learnt_by_its_form():
    lesson = learnt(
        ("SHOP\nThing 7.50\nOther 3.60\n>> 11.10 <<", "11.10"),
        ("SHOP\nThing 8.00\nOther 3.60\n>> 11.60 <<", "11.60"),
        ("SHOP\nThing 8.00\nOther 8.00\n>> 16.00 <<", "16.00"),
        base=ONLY_PAID,
    )
    assert lesson.profile is not None
    assert lesson.profile.patterns.total is not None
    assert not lesson.profile.labels


def test_what_was_known_of_the_register_stays():
    lesson = learnt(*THREE, base=REGISTER.but(currency="EUR", labels={"tax": ("kdv",)}))
    assert lesson.profile is not None
    assert lesson.profile.currency == "EUR"
    assert lesson.profile.labels["tax"] == ("kdv",)


# ---- and when there is none


THREE = [
    ("SKLEP\nChleb 4.50\nSer 3.00\nDO ZAPLATY 7.50\nCASH 7.50", "7.50"),
    ("SKLEP\nKawa 5.00\nSer 3.00\nDO ZAPLATY 8.00\nCASH 8.00", "8.00"),
    ("SKLEP\nKawa 6.00\nSer 3.00\nDO ZAPLATY 9.00\nVISA 9.00", "9.00"),
]


def test_two_samples_are_too_few():
    assert "at least 3" in why(learnt(*THREE[:2]))


def test_the_same_sale_three_times_is_one_sample():
    assert "1.bin" in why(learnt(THREE[0], THREE[0], THREE[1]))


def test_equal_totals_teach_nothing():
    papers = [(f"SKLEP\n{name} 7.50\nDO ZAPLATY 7.50\nCASH 7.50", "7.50") for name in ("A", "B", "C")]
    assert "different totals" in why(learnt(*papers))


def test_a_total_that_is_nowhere_names_its_sample():
    assert "the total 9.90 is nowhere on 3.bin" in why(learnt(*THREE[:2], (THREE[2][0], "9.90")))


def test_a_picture_names_its_sample():
    picture = Sample("p.bin", b"picture", (), Decimal("9.00"))
    lesson = learn([sample("1.bin", *THREE[0]), sample("2.bin", *THREE[1]), picture], REGISTER, read)
    assert "p.bin has no text: it is printed as a picture" in why(lesson)


def test_samples_of_different_registers_have_nothing_in_common():
    lesson = learnt(*THREE[:2], ("SHOP\nThing 6.00\nOther 3.00\nTO GIVE NOW 9.00\nVISA 9.00", "9.00"))
    assert "'do zaplaty'" in why(lesson)
    assert "'to give now'" in why(lesson)


def test_a_label_that_is_known_to_mean_something_else_is_not_taken_for_the_total():
    papers = [(f"SHOP\nThing {n}.00\nCASH {n}.00", f"{n}.00") for n in (5, 6, 7)]
    lesson = learnt(*papers)
    assert lesson.profile is None or "cash" not in str(lesson.profile.labels.get("total"))


def test_sales_of_one_thing_teach_nothing_about_words_that_nobody_knows():
    papers = [(f"SKLEP\nKawa {n}.00\nDO ZAPLATY {n}.00\nCASH {n}.00", f"{n}.00") for n in (5, 6, 7)]
    assert "take sales of several" in why(learnt(*papers))


def test_two_unknown_words_that_both_stand_before_the_total_are_not_chosen_between():
    form = "SKLEP\nKawa 4.00\nSer {0}.00\nDO ZAPLATY {1}.00\nKARTA PLATNICZA {1}.00"
    papers = [(form.format(n, n + 4), f"{n + 4}.00") for n in (5, 6, 7)]
    assert "paid in cash" in why(learnt(*papers))


def test_contradictory_samples_are_refused():
    wrong = ("SKLEP\nKawa 9.00\nSer 4.00\nDO ZAPLATY 13.00\nVISA 13.00", "4.00")
    assert learnt(*THREE[:2], wrong).profile is None


def test_a_register_that_names_no_payment_is_told_of_only_paid():
    papers = [(f"SKLEP\nKawa 4.00\nSer {n}.00\nDO ZAPLATY {n + 4}.00", f"{n + 4}.00") for n in (5, 6, 7)]
    assert "--only-paid" in why(learnt(*papers))
    assert learnt(*papers, base=ONLY_PAID).profile is not None


@pytest.mark.parametrize("total", ["0.00", "99999999999.99"])
def test_odd_totals_give_a_reason(total):
    assert why(learnt(*THREE[:2], (THREE[2][0], total)))
