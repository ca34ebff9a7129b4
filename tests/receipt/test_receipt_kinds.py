from __future__ import annotations

import pytest

from receiptbridge.receipt.model import Kind

SALE = "牛奶 1 30.00\n面包 1 40.00\n合计 70.00\n现金 70.00"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("收银小票", Kind.SALE),
        ("--顾客联--", Kind.SALE),
        ("退 货 单", Kind.REFUND),
        ("** REFUND **", Kind.REFUND),
        ("【重打】", Kind.DUPLICATE),
        ("*** REPRINT ***", Kind.DUPLICATE),
        ("第2次打印", Kind.DUPLICATE),
        ("作废单", Kind.VOID),
        ("VOID", Kind.VOID),
        ("预 结 单", Kind.OTHER),
        ("PRO FORMA", Kind.OTHER),
        ("此单不作为付款凭证", Kind.OTHER),
        ("*** TRAINING MODE ***", Kind.TRAINING),
        ("商户存根", Kind.MERCHANT_COPY),
        ("MERCHANT COPY", Kind.MERCHANT_COPY),
        ("交班报表", Kind.REPORT),
        ("Z REPORT", Kind.REPORT),
        ("Refunds within 14 days", Kind.SALE),
        ("七日内凭小票退换货", Kind.SALE),
    ],
)
def test_a_title_says_what_a_receipt_is(read_text, title, kind):
    assert read_text(f"店\n{title}\n{SALE}").kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [("厨打单\n桌号 5\n1 x 米饭", Kind.KITCHEN), ("GIFT VOUCHER\nVALUE 20.00", Kind.VOUCHER)],
)
def test_tickets_and_vouchers_have_no_total(read_text, text, kind):
    reading = read_text(text)
    assert (reading.kind, reading.total) == (kind, None)


def test_a_coupon_below_a_sale_leaves_it_a_sale(read_text):
    assert read_text(f"店\n{SALE}\n优惠券\n满100减10").kind is Kind.SALE


def test_a_kitchen_in_the_shops_name_leaves_it_a_sale(read_text):
    reading = read_text("THAI KITCHEN\nCurry 12.00\nTOTAL 12.00\nCASH 12.00")
    assert reading.kind is Kind.SALE


def test_a_negative_total_is_a_refund_without_any_title(read_text):
    reading = read_text("SHOP\nLamp -12.00\nTOTAL -12.00\nCASH -12.00")
    assert (reading.kind, reading.total) == (Kind.REFUND, -1200)


def test_what_a_refund_gives_back_is_negative_however_it_is_printed(read_text):
    reading = read_text("店\n退货单\n原单号:120208326660\n大米 1 39.90\n合计 39.90\n退款方式 现金")
    assert (reading.kind, reading.total) == (Kind.REFUND, -3990)


def test_a_refund_names_the_sale_that_it_refers_to(read_text):
    reading = read_text("店\n退货单\n退货单号:TH55613984\n原单号:120208326660\n大米 1 39.90\n合计 -39.90")
    assert reading.receipt_no == "TH55613984"
    assert reading.refers_to is not None
    assert reading.refers_to.receipt_no == "120208326660"


def test_a_reprint_refers_to_its_own_number_and_total(read_text):
    reading = read_text(f"店\n重打\n单号 A62687126\n{SALE}")
    assert reading.refers_to is not None
    assert (reading.refers_to.receipt_no, reading.refers_to.total) == ("A62687126", 7000)


def test_a_sale_never_refers_to_another(read_text):
    assert read_text(f"店\n单号 A62687126\n{SALE}").refers_to is None
