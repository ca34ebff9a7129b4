"""What is personal disappears from text, whatever stands around it; what was sold stays."""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import east_asian_width

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_papers import GRAMMAR, PRINTER, REGISTER, papers

from receiptbridge.receipt.collect import split
from receiptbridge.receipt.masking import mask_lines
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

LABELS = ["", "卡号:", "卡号", "会员卡号：", "Card No. ", "CARD ", "VISA ",
          "Karte: ", "Nr ", "No.", "账号 ", "单号 ", "Ref:",
          "手机:", "电话 ", "Tel. ", "Tel:", "Phone  ", "Téléphone : ",
          "тел. ", "โทร ", "会员 ", "Customer ", "*", "#"]  # fmt: skip
BEHIND = ["", "  12.50", "   x", " 欢迎光临", "  2026-11-22 10:43"]
GROUPINGS = [(4, 4, 4, 4, 4), (4, 6, 9), (19,), (6, 13), (4, 4, 4, 7)]


def of_text(line: str) -> str:
    (masked,) = mask_lines([line])
    assert len(masked) == len(line)
    return masked


def with_check_digit(digits: str) -> str:
    for check in "0123456789":
        number = digits + check
        doubled = [sum(divmod(2 * int(d), 10)) for d in number[-2::-2]]
        if (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0:
            return number
    raise AssertionError


def grouped(digits: str, sizes: tuple[int, ...], mark: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return mark.join(part for part in parts if part)


beginnings = st.sampled_from(
    ["4", "51", "55", "2221", "2720", "34", "37", "35", "6011", "62", "60", "81", "9792"]
)
cards = st.builds(
    lambda begins, rest, sizes, mark: grouped(with_check_digit(begins + rest[len(begins) :]), sizes, mark),
    beginnings,
    st.text("0123456789", min_size=14, max_size=18),
    st.sampled_from(GROUPINGS),
    st.sampled_from([" ", "-", ""]),
)
starred = st.builds(
    lambda first, mark, last: first + mark * 6 + last,
    st.text("0123456789", max_size=6).filter(lambda text: len(text) in (0, 4, 6)),
    st.sampled_from("*X•"),
    st.text("0123456789", min_size=4, max_size=4),
)
phones = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"1[3-9][0-9] [0-9]{4} [0-9]{4}", fullmatch=True),
    st.from_regex(r"1[3-9][0-9]-[0-9]{4}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"1[3-9][0-9]\*{4}[0-9]{4}", fullmatch=True),
    st.from_regex(r"\+[1-9][0-9]{1,2} [0-9]{2,4} [0-9]{3,4} [0-9]{3,4}", fullmatch=True),
    st.from_regex(r"0[0-9]{2,3}-[2-9][0-9]{6,7}", fullmatch=True),
    st.from_regex(r"0[1-9]( [0-9]{2}){4}", fullmatch=True),
    st.from_regex(r"\([2-9][0-9]{2}\) [0-9]{3}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}", fullmatch=True),
)


@given(st.sampled_from(LABELS), cards, st.sampled_from(BEHIND))
@settings(deadline=None)
def test_a_card_number_disappears_whatever_stands_around_it(label, card, behind):
    assert of_text(label + card + behind) == label + re.sub(r"\d", "*", card) + behind


@given(st.sampled_from(LABELS), starred, st.sampled_from(BEHIND))
@settings(deadline=None)
def test_a_card_number_with_stars_already_loses_its_last_digits_too(label, card, behind):
    assert not re.search(r"\d", of_text(label + card + behind)[: len(label + card)])


@given(st.sampled_from(LABELS), phones, st.sampled_from(BEHIND))
@settings(deadline=None)
def test_a_telephone_number_disappears_whatever_stands_around_it(label, phone, behind):
    masked = of_text(label + phone + behind)
    assert not re.search(r"\d", masked[: len(label + phone)])
    assert "12.50" not in behind or "12.50" in masked


@given(st.sampled_from(LABELS), cards)
@settings(deadline=None)
def test_a_card_number_that_was_taken_for_the_receipts_number_disappears_all_the_same(label, card):
    (masked,) = mask_lines([label + card], keep=[card])
    assert not re.search(r"\d", masked)


amounts = st.decimals("0.01", "99999999.99", places=2)


FORMS = ["{:.2f}", "{:,.2f}", "￥{:.2f}", "{:.2f}元", "***{:.2f}", "$ {:,.2f}-"]


@given(amounts, st.sampled_from(FORMS), st.sampled_from(
    ["合计", "现金", "TOTAL", "Card ", "VISA 1234 ", "会员 ", "Tel ",
    "储值卡支付:", "手机 ", "Kunde: ", "会员卡号 88881234 "]
))  # fmt: skip
@settings(deadline=None)
def test_amounts_stay_behind_whatever_label(amount: Decimal, form: str, label: str):
    written = form.format(amount)
    assert of_text(f"{label}  {written}").endswith(written)


@given(
    st.datetimes(),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%y %H:%M", "%Y年%m月%d日 %H:%M"]),
)
@settings(deadline=None)
def test_dates_and_times_stay(when, form):
    written = when.replace(year=2000 + when.year % 100).strftime(form)
    assert of_text(f"时间:{written}  收银员 ") == f"时间:{written}  收银员 "


@given(st.text(max_size=60), st.sampled_from(LABELS), st.text("0123456789 *.-()＊８", max_size=40))
@settings(deadline=None)
def test_a_line_keeps_its_length_its_width_and_its_columns(before, label, number):
    line = "".join(char for char in before + label + number if char.isprintable())
    masked = of_text(line)
    assert [east_asian_width(c) in "WF" for c in masked] == [east_asian_width(c) in "WF" for c in line]
    assert [c.isspace() for c in masked] == [c.isspace() for c in line]


NAMES = [
    ("会员: 张三   积分 120", "张三"), ("会员姓名：欧阳娜娜", "欧阳娜娜"),
    ("收银员 小王", "小王"), ("顾客：李 四", "李"),
    ("Customer: John Smith", "John"), ("CUSTOMER NAME: O'NEIL  TABLE 4", "NEIL"), ("Cashier:Anna 001", "Anna"),
    ("You were served by Lucy", "Lucy"), ("Es bediente Sie: Frau Müller", "Müller"), ("Caissière : Amélie", "Amélie"),
    ("Le atendió María", "María"), ("Cliente: José da Silva", "José"), ("Кассир: Иванова А.А.", "Иванова"),
    ("担当：佐藤", "佐藤"), ("회원명: 김철수", "김철수"), ("الاسم: محمد", "محمد"), ("ลูกค้า: สมชาย", "สมชาย"),
    ("Thu ngân: Nguyễn Văn A", "Nguyễn"), ("Kasir: Budi", "Budi"),
    ("尊敬的王小明先生", "王小明"), ("Mr. Smith", "Smith"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "name"), NAMES)
def test_names_behind_their_labels_disappear(line, name):
    assert name not in of_text(line)


OTHERS = ["身份证:11010519491231002X", "SSN 123-45-6789", "CPF: 123.456.789-09",
          "Passport No: K1234567", "a.b@example.com",
          "会员号: V00123456", "Kundennummer 0815471", "850101-1234567"]  # fmt: skip


@pytest.mark.parametrize("line", OTHERS)
def test_identity_and_member_numbers_and_addresses_disappear(line):
    assert not re.search(r"\d{2}|example", of_text(line))


HARMLESS = ["CUSTOMER COPY", "Name   Qty   Price", "商品名称    数量    金额",
            "会员价 12.00", "6901028075862  1  12.50", "共 3 件",
            "2026112210433012345678 WX", "4200001234202611221234567890",
            "TOTAL 63.67", "Table 12  Guests 4", "** 12 **",
            "单号 P322005690213", "1 234 567,00", "01.02.2026 10:15 Bon 0042"]  # fmt: skip


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_not_personal_stays(line):
    assert of_text(line) == line


# ---- on whole receipts


def readings() -> list[ReceiptReading]:
    return [
        read_receipt(r, grammar=GRAMMAR, printer=PRINTER, register=REGISTER, currency=None, explained=True)
        for paper in papers()
        for r in split(paper.printed(), GRAMMAR, PRINTER)
    ]


def test_on_every_paper_what_was_read_stays():
    for reading in readings():
        marks = reading.explanation.marks if reading.explanation else ()
        masked = mask_lines(reading.text, marks=marks, keep=[reading.receipt_no])
        for mark in marks:
            if mark.part != "item":
                place = slice(mark.start, mark.end)
                assert masked[mark.line][place] == reading.text[mark.line][place]
        if reading.receipt_no and any(reading.receipt_no in line for line in reading.text):
            assert any(reading.receipt_no in line for line in masked)


def test_masking_twice_changes_nothing_more():
    for reading in readings()[:100]:
        once = mask_lines(reading.text)
        assert mask_lines(once) == once
