"""The numbers under which a payment is known elsewhere, and the sale that a refund speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.receipt.model import RefersTo
from receiptbridge.receipt.statements import make_rows
from receiptbridge.receipt.transactions import read_transactions

SALE = "合计 TOTAL 12.00\n"
WECHAT = "4200002345202611221234567890"
PIX = "E18236120202611221043s0f1a2b3c4d5"


@pytest.mark.parametrize(
    ("printed", "kind", "number"),
    [
        (f"微信交易单号:{WECHAT}", "platform", WECHAT),
        ("支付宝交易号：2026112222001412345678901234", "platform", "2026112222001412345678901234"),
        ("交易单号\n" + WECHAT, "platform", WECHAT),
        (f"交易单号:{WECHAT[:19]}\n{WECHAT[19:]}", "platform", WECHAT),
        ("交易单号: 4200 0023 4520 2611 2212 3456 7890", "platform", WECHAT),
        ("商户单号:10020260868256001", "order", "10020260868256001"),
        ("参考号:261122123456", "reference", "261122123456"),
        ("RRN: 261122123456", "reference", "261122123456"),
        ("授权码:038412", "authorisation", "038412"),
        ("AUTH CODE: 03841Z", "authorisation", "03841Z"),
        ("Approval 529567", "authorisation", "529567"),
        (f"ID da transação: {PIX}", "platform", PIX),
        ("NSU: 004512873", "reference", "004512873"),
        ("Genehmigungs-Nr. 492817", "authorisation", "492817"),
        ("승인번호: 30412345", "authorisation", "30412345"),
        ("Код авторизации: 492817", "authorisation", "492817"),
    ],
)
def test_a_number_behind_its_label_is_read_with_whose_it_is(printed, kind, number):
    rows = make_rows([(line, False) for line in f"店铺\n{SALE}微信支付 12.00\n{printed}".splitlines()])
    assert [(t.kind.value, t.number) for t in read_transactions(rows)] == [(kind, number)]


@pytest.mark.parametrize(
    "printed",
    [
        "交易单号:", "交易单号:4200****7890", "交易单号:12", "参考号:12:30:45", "AUTH 12.00", "RRN: none",
        "授权码:不适用", "交易时间:2026-11-22 10:43:30", "单号:120260868256", f"交易单号:{WECHAT}*",
    ],
)  # fmt: skip
def test_what_is_no_whole_number_behind_a_label_is_none(read_text, printed):
    assert read_text(f"店铺\n{SALE}现金 12.00\n{printed}").transactions == ()


def test_a_barcode_below_a_whole_number_is_not_drawn_into_it(read_text):
    reading = read_text(f"店铺\n{SALE}微信支付 12.00\n商户单号:10020260868256001\n120260868256")
    assert [t.number for t in reading.transactions] == ["10020260868256001"]


def test_numbers_of_several_payments_are_kept_each_once_and_payments_stay_what_they_are(read_text):
    lines = (
        f"{SALE}微信支付 5.00\n交易单号:{WECHAT}\n支付宝 7.00\n支付宝交易号:{WECHAT[::-1]}\n交易单号:{WECHAT}"
    )
    reading = read_text("店铺\n" + lines)
    assert [t.number for t in reading.transactions] == [WECHAT, WECHAT[::-1]]
    assert [(p.method.value, p.amount) for p in reading.payments] == [("wechat", 500), ("alipay", 700)]


@given(st.text(max_size=300))
def test_no_text_raises_and_every_number_is_printed(read_text, text):
    reading = read_text(f"店铺\n{SALE}现金 12.00\n交易单号:{text}")
    assert all(t.number.isascii() and 4 <= len(t.number) <= 64 for t in reading.transactions)


@pytest.mark.parametrize(
    ("printed", "refers_to"),
    [
        ("原单号:120208326660", RefersTo("120208326660")),
        (
            "原单号:120208326660\n原单时间:2026-11-20 12:01:02\n原单金额:38.00",
            RefersTo("120208326660", "2026-11-20T12:01:02", 3800),
        ),
        ("原单号:120208326660\n原单日期:2026-11-20", RefersTo("120208326660", "2026-11-20T00:00:00")),
        (
            "Original receipt: 004711\nOriginal date: 20/11/2026 12:01",
            RefersTo("004711", "2026-11-20T12:01:00"),
        ),
        ("原单时间:2026-11-20 12:01:02", None),
    ],
)
def test_a_refund_says_as_much_of_its_sale_as_is_printed(read_text, printed, refers_to):
    reading = read_text(f"*** 退货 ***\n单号:0815\n2026-11-22 10:43:30\n{printed}\n合计 -12.00\n现金 -12.00")
    assert reading.kind.value == "refund"
    assert reading.refers_to == refers_to
