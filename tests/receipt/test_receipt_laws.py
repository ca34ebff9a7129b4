"""What holds for every input: nothing raises, and no generated sale is read wrong."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from receiptbridge.cli.paper_text import reasons
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.fold import fold, lower
from receiptbridge.receipt.lexicon import LANGUAGES, lexicon, warm_up
from receiptbridge.receipt.masking import masked
from receiptbridge.receipt.model import Kind
from receiptbridge.receipt.read import read_receipt

PROFILES = {row["profile"] for row in load_grammar("escpos").tables["command"]} - {"base"}
VENDORS = load_grammar("escpos", PROFILES)
ESCPOS, STAR = load_grammar("escpos"), load_grammar("star")
PRINTER, REGISTER = load_printer("generic-80"), load_register("generic")


def read(data, grammar=ESCPOS, explained=False):
    return [
        read_receipt(
            receipt, grammar=grammar, printer=PRINTER, register=REGISTER, currency=None, explained=explained
        )
        for receipt in split(data, grammar, PRINTER)
    ]


LABELS = sorted({p for m in LANGUAGES.values() for ps in m.LABELS.values() for p in ps.split("|")})
PIECES = st.one_of(
    st.sampled_from(LABELS).map(lambda label: label.encode("gb18030", "replace")),
    st.from_regex(rb"-?[0-9]{1,4}[.,][0-9]{1,3}", fullmatch=True),
    st.sampled_from(
        [b" ", b"   ", b"\n", b":", b"%", b"\xa3", b"$", b"\x1b$\x80\x00", b"\x1d!\x11", b"\t", b"\x1dV\x00"]
    ),
    st.binary(max_size=8),
)


@given(st.lists(PIECES, max_size=120).map(b"".join), st.sampled_from([ESCPOS, STAR]))
@settings(max_examples=300, deadline=None)
def test_no_stream_raises_and_no_total_comes_without_confidence(data, grammar):
    for reading in read(data, grammar):
        assert (reading.total is None) or reading.confidence > 0.9
        assert reading.total is not None or reading.reason


@given(st.lists(PIECES, max_size=120).map(b"".join), st.sampled_from([ESCPOS, STAR]))
@settings(max_examples=150, deadline=None)
def test_no_stream_raises_when_it_is_explained_and_masked_and_what_is_read_stays_the_same(data, grammar):
    for plain, explained in zip(read(data, grammar), read(data, grammar, explained=True), strict=True):
        shown = masked(explained)
        assert plain == explained
        assert [len(line) for line in shown.text] == [len(line) for line in plain.text]
        assert list(reasons(shown.explanation)) is not None


@given(st.binary(max_size=400), st.sampled_from([VENDORS, STAR]))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_under_any_vendors_commands(data, grammar):
    for reading in read(data, grammar):
        assert reading.total is None or reading.reason is None


def test_the_most_laborious_receipt_is_read_or_refused():
    sums = "".join(f"TOTAL {n}.00\nTAX {n}.01\nSUBTOTAL {n}.07\n" for n in range(120))
    (reading,) = read(sums.encode() + b"\x1dV\x00")
    assert reading.total is None
    assert reading.reason


def test_five_thousand_lines_are_a_report_not_a_sale():
    (reading,) = read(b"Tea 1.00\n" * 5000 + b"TOTAL 5000.00\nCASH 5000.00\n")
    assert reading.total is None
    assert reading.reason is not None
    assert "longer" in reading.reason


def test_a_receipt_that_is_a_picture_says_so():
    (reading,) = read(b"\x1dv0\x00\x01\x00\x08\x00" + bytes(8) + b"\n\x1dV\x00")
    assert (reading.kind, reading.total, reading.reason) == (Kind.OTHER, None, "printed as a picture")


@st.composite
def sales(draw):
    """A sale with its arithmetic, in Chinese or English words, with lures on the way."""
    zh = draw(st.booleans())
    prices = draw(st.lists(st.integers(1, 99999), min_size=1, max_size=8))
    discount = draw(st.one_of(st.just(0), st.integers(1, max(1, sum(prices) // 3))))
    tax = draw(st.one_of(st.just(0), st.integers(1, 5000)))
    total = sum(prices) - discount + tax
    given_ = total + draw(st.sampled_from([0, 0, 1, 33, 4999]))
    words = ZH if zh else EN
    rows = [f"{draw(st.sampled_from(words['item']))}{' ' * 12}{money(price)}" for price in prices]
    rows.append(f"{words['before']}  {money(sum(prices))}")
    rows += [f"{words['discount']}  -{money(discount)}"] if discount else []
    rows += [f"{words['tax']}  {money(tax)}"] if tax else []
    rows.append(f"{draw(st.sampled_from(words['total']))}  {money(total)}")
    rows.append(f"{words['cash']}  {money(given_)}")
    rows += [f"{words['change']}  {money(given_ - total)}"] if given_ != total else []
    lure = draw(st.integers(1, 10**6))
    rows.insert(
        draw(st.integers(len(prices) + 1, len(rows))),
        f"{draw(st.sampled_from(words['lure']))}  {money(lure)}",
    )
    return total, "\n".join(rows)


EN = {
    "item": ["Tea", "Total Care", "Cash box", "Coffee 500ml", "Milk 2%"],
    "before": "Subtotal",
    "discount": "Discount",
    "tax": "Tax",
    "total": ["TOTAL", "Grand Total", "Amount due", "Balance due"],
    "cash": "CASH",
    "change": "CHANGE",
    "lure": ["Points balance", "You saved", "Gift card balance", "Per person", "Equivalent"],
}
ZH = {
    "item": ["青菜", "雕牌洗洁精", "康师傅红烧牛肉面", "现金袋", "海天生抽500ml"],
    "before": "小计",
    "discount": "优惠",
    "tax": "税额",
    "total": ["合计", "应收", "总计金额", "应付金额"],
    "cash": "现金",
    "change": "找零",
    "lure": ["积分余额", "为您节省", "卡余额", "人均", "折合"],
}


def money(cents):
    return f"{Decimal(cents) / 100:.2f}"


@given(sales())
@settings(max_examples=300, deadline=None)
def test_a_generated_sale_is_read_right_or_not_at_all(sale):
    total, text = sale
    (reading,) = read(text.encode("gb18030") + b"\n\x1dV\x00")
    assert reading.total in (total, None)


@given(sales())
@settings(max_examples=100, deadline=None)
def test_a_generated_sale_without_lures_is_read(sale):
    total, text = sale
    lures = (*EN["lure"], *ZH["lure"])
    plain = "\n".join(row for row in text.split("\n") if not row.startswith(lures))
    (reading,) = read(plain.encode("gb18030") + b"\n\x1dV\x00")
    assert reading.total == total


def test_warmed_up_the_lexicons_of_chinese_and_english_are_there():
    warm_up()
    made = lexicon.cache_info().misses
    read("单号 4711\n合计 70.00\n现金 70.00\n\x1dV\x00".encode("gb18030"))
    read(b"Subtotal 5.00\nGrand Total 5.00\nCash tendered 10.00\nChange due 5.00\n\x1dV\x00")
    assert lexicon.cache_info().misses == made


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=4).map(" ".join))
def test_a_phrase_is_found_where_it_stands(text):
    low = lower(fold(text))
    for hit in lexicon(("zh", "en")).labels.find(low):
        assert 0 <= hit.start < hit.end <= len(low)
