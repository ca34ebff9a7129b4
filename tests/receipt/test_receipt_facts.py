"""Payments, receipt numbers and dates."""

from __future__ import annotations

import pytest

from receiptbridge.receipt.model import Method

ITEMS = "Tea 12.00\nTOTAL 12.00\n"


@pytest.mark.parametrize(
    ("printed", "payments"),
    [
        ("CASH 12.00", [(Method.CASH, 1200)]),
        ("CASH 20.00\nCHANGE 8.00", [(Method.CASH, 1200)]),
        ("Tendered 20.00\nCHANGE 8.00", [(Method.CASH, 1200)]),
        ("VISA ****2870 12.00", [(Method.CARD, 1200)]),
        ("CARD 5.00\nCASH 10.00\nCHANGE 3.00", [(Method.CARD, 500), (Method.CASH, 700)]),
        ("微信支付 12.00", [(Method.WECHAT, 1200)]),
        ("实收(支付宝): 12.00", [(Method.ALIPAY, 1200)]),
        ("云闪付 12.00", [(Method.UNIONPAY, 1200)]),
        ("银联卡 12.00", [(Method.CARD, 1200)]),
        ("储值卡支付 12.00", [(Method.STORED_VALUE, 1200)]),
        ("实收 12.00\n付款方式: 现金", [(Method.CASH, 1200)]),
        ("CARD 12.00\nVISA SALE AMOUNT 12.00", [(Method.CARD, 1200)]),
    ],
)
def test_payments_are_what_pays_the_bill(read_text, printed, payments):
    reading = read_text("店铺小票单\n" + ITEMS.replace("TOTAL", "合计 TOTAL") + printed)
    assert [(payment.method, payment.amount) for payment in reading.payments] == payments


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("单号:120260868256", "120260868256"),
        ("小票号: B2-73800", "B2-73800"),
        ("NO:XS20390848", "XS20390848"),
        ("#319417  25-01-09 21:26", "319417"),
        ("单 SC796841  2025-01-30 21:18:35", "SC796841"),
        ("Receipt No 001109   15/05/2025 19:24", "001109"),
        ("Bill No: B/8884 20-08-2025 17:09", "B/8884"),
        ("TRANS# 1154 05/01/26 12:14 PM", "1154"),
        ("Check #846 Server: Amy", "846"),
        ("57-8237 09/24 20:26", "57-8237"),
        ("电话:13800138000", None),
        ("桌号:A55 人数:6", None),
        ("原单号:120208326660", None),
        ("Tel 020 7946 0018", None),
        ("15/05/2025 19:24", None),
        ("GST# 561056873RT0001", None),
    ],
)
def test_the_receipts_own_number_is_told_from_all_others(read_text, printed, number):
    assert read_text(f"店铺\n{printed}\n{ITEMS}现金 12.00").receipt_no == number


@pytest.mark.parametrize(
    ("printed", "currency", "moment"),
    [
        ("日期:2023-09-13 10:43:30", "CNY", "2023-09-13T10:43:30"),
        ("2024/01/27 16:40", "CNY", "2024-01-27T16:40:00"),
        ("25-01-09 21:26", "CNY", "2025-01-09T21:26:00"),
        ("2023年05月21日 19:46", "CNY", "2023-05-21T19:46:00"),
        ("May 05, 2025 01:43 PM", "USD", "2025-05-05T13:43:00"),
        ("05/01/26 12:14 AM", "USD", "2026-05-01T00:14:00"),
        ("05/01/26 12:14", "GBP", "2026-01-05T12:14:00"),
        ("18.01.2025 17:50", "EUR", "2025-01-18T17:50:00"),
        ("5 Jan 2025", "EUR", "2025-01-05T00:00:00"),
        ("99/99/9999 45:61", "EUR", None),
    ],
)
def test_dates_are_read_by_the_countrys_habit(read_text, printed, currency, moment):
    assert read_text(f"店\n{printed}\n{ITEMS}现金 12.00", currency=currency).datetime == moment
