"""Whole receipts with what lures a reader: each either read right or left without a total."""

from __future__ import annotations

import pytest

from receiptbridge.receipt.model import Kind

READ = {
    "a balance and points of the same size are not the total": (
        5000,
        "店\n商品A 1 50.00\n合计: 50.00\n会员卡支付: 50.00\n会员卡余额: 450.00\n本次积分 50.00",
    ),
    "a coupon lowers it": (
        8500,
        "火锅店\n毛肚 1 50.00\n鸭血 1 50.00\n菜品合计 100.00\n优惠券 -15.00\n应收金额 85.00\n微信支付 85.00",
    ),
    "stored value that pays a part does not lower it": (
        10000,
        "某超市\n牛奶 2 30.00 60.00\n面包 1 40.00\n合计 100.00\n储值卡 30.00\n应付 70.00\n现金 70.00",
    ),
    "a share per head is not it": (
        20000,
        "餐厅\n人数 4\n鱼 1 120.00\n菜 1 80.00\n合计 200.00\n人均 50.00\n支付宝 200.00",
    ),
    "three statements on one line": (
        6300,
        "便利店\n可乐 3.00\n便当 60.00\n应收:63.00  实收:100.00  找零:37.00\n支付方式:现金",
    ),
    "service is added": (
        21000,
        "酒楼\n鱼 1 100.00\n鸡 1 100.00\n小计 200.00\n服务费 10.00\n合计 210.00\n实收 210.00\n支付方式 微信支付",
    ),
    "the amount stands below its label": (6367, "店\n蛋 63.67\n合  计\n63.67\n现金 70.00\n找零 6.33"),
    "instalments are not it": (
        120000,
        "店\n手机 1200.00\n合计 1200.00\n分期 12期 每期 100.00\n信用卡 1200.00",
    ),
    "nothing to pay": (0, "店\n赠品 1 0.00\n合计 0.00\n现金 0.00"),
    "what is due after a discount": (
        4000,
        "SHOP\nWidget 45.00\nTotal 45.00\nDiscount -5.00\nBalance due 40.00\nCash 40.00",
    ),
    "suggested tips are not it": (
        5000,
        "BISTRO\nSteak 46.00\nSubtotal 46.00\nTax 4.00\nTotal 50.00\nVISA 1234 50.00\nSuggested tip\n"
        "15% 6.90 Total 56.90\n18% 8.28 Total 58.28",
    ),
    "a foreign equivalent is not it": (
        5000,
        "SHOP\nBag £50.00\nTOTAL £50.00\nTOTAL USD $63.50\nVISA £50.00",
    ),
    "total savings and items are not it": (
        2000,
        "MARKET\nMilk 8.00\nBeef 12.00\nTOTAL 20.00\n"
        "TOTAL SAVINGS 5.00\nCASH 20.00\nTOTAL NUMBER OF ITEMS SOLD 2",
    ),
    "the rounded figure where both are printed": (
        1000,
        "CAFE\nCoffee 4.98\nCake 5.00\nTotal $9.98\nRounding $0.02\nTotal Rounded $10.00\n"
        "Cash $20.00\nChange $10.00",
    ),
    "an item called total": (
        1450,
        "CHEMIST\nTotal Care Toothpaste 4.50\nShampoo 10.00\nTOTAL 14.50\nCARD 14.50",
    ),
    "refunds in a sentence make no refund": (
        1450,
        "CHEMIST\nToothpaste 4.50\nShampoo 10.00\nTOTAL 14.50\nCARD 14.50\n"
        "Refunds within 14 days with receipt\nREFUND POLICY\nNo refunds on sale items",
    ),
    "a card slip below says it again": (
        3550,
        "SHOP\nToy 35.50\nTOTAL 35.50\nCARD 35.50\n"
        "CARDHOLDER COPY\nVISA DEBIT\nSALE\nAMOUNT 35.50\nAUTH CODE 123456",
    ),
    "a table of taxes below": (
        5625,
        "PUB\nPint 26.25\nRoast 30.00\nTOTAL 56.25\nCard 56.25\n"
        "VAT Rate   Net    VAT   Gross\n20%   46.88  9.37  56.25",
    ),
    "thousands parted by blanks": (
        123450,
        "Magasin\nTV 1 234,50\nTOTAL TTC 1 234,50 EUR\nCB 1 234,50",
    ),
    "letters spread over the line": (1200, "SHOP\nTea 12.00\nT O T A L   12.00\nCASH 12.00"),
}

LEFT = {
    "nothing says that it was paid": "店\n商品A 1 50.00\n商品B 1 10.00\n合计: 60.00",
    "the payments come to less": "店\n合计: 60.00\n现金: 50.00",
    "something unknown is taken off": "SHOP\nWidget 45.00\nTotal 45.00\nLoyalty thing -5.00\nCash 40.00",
    "a guest check without a word on it": (
        "DINER\nTable 5 Guests 2\nBurger 12.00\nFries 4.00\nSubtotal 16.00\nTax 1.28\nTotal 17.28\nThank you"
    ),
    "two totals that nothing joins": "SHOP\nA 10.00\nB 20.00\nTOTAL 30.00\nTOTAL 35.00\nCASH 35.00\nCARD 30.00",
    "no label": "SHOP\nA 10.00\nB 20.00\n30.00",
    "two styles": "SHOP\nA 10.00\nB 20,00\nTOTAL 30.00\nCASH 30,00",
    "only numbers": "1 2 3\n4.00\n5.00 6\n15.00",
    "nothing but a total": "TOTAL 5.00",
}


@pytest.mark.parametrize(("total", "text"), list(READ.values()), ids=list(READ))
def test_the_total_is_read(read_text, total, text):
    reading = read_text(text)
    assert (reading.kind, reading.total, reading.reason) == (Kind.SALE, total, None)
    assert reading.confidence > 0.9


@pytest.mark.parametrize("text", list(LEFT.values()), ids=list(LEFT))
def test_there_is_no_total_but_a_reason(read_text, text):
    reading = read_text(text)
    assert reading.total is None
    assert reading.reason
    assert reading.confidence == 0


def test_a_wrong_change_contradicts_the_total(read_text):
    text = "SHOP\nTea 12.00\nTOTAL 12.00\nCASH 20.00\nCHANGE {}"
    assert read_text(text.format("8.00")).total == 1200
    assert read_text(text.format("9.00")).total is None


def test_amounts_without_a_sign_are_in_the_currency_of_the_lane(read_text):
    reading = read_text("SHOP\nTea 12.00\nTOTAL 12.00\nCASH 12.00", currency="SGD")
    assert (reading.currency, reading.total) == ("SGD", 1200)


def test_a_printed_currency_beats_that_of_the_lane(read_text):
    assert read_text("SHOP\nTea 12.00\nTOTAL EUR 12.00\nCARD 12.00", currency="CNY").currency == "EUR"


def test_yen_have_no_minor_unit(read_text):
    reading = read_text("店\nおにぎり \\150\nからあげ \\1,050\n合計 \\1,200\nお預り \\2,000\nお釣り \\800")
    assert (reading.currency, reading.total) == ("JPY", 1200)


def test_tax_is_the_sum_of_its_parts(read_text):
    text = "SHOP\nDosa 100.00\nSub Total 100.00\nCGST 2.5% 2.50\nSGST 2.5% 2.50\nGrand Total Rs. 105.00\nCash 105.00"
    assert read_text(text).tax == 500


FINISHED = {
    "the title of a receipt": "RECEIPT\nOrder 0214\nTaco 7.98\nTea 3.99\nSubtotal 11.97\nTax 0.96\nTotal 12.93",
    "a fiscal memory": "ПРОДУКТЫ\nХЛЕБ 30.00\nЧАЙ 99.30\nИТОГ 129.30\nФН 9939785784801265\nФД 39060",
    "a stamp that it is paid": "店\n苹果 12.50\n香蕉 11.00\n合计 23.50\n已结清",
}
UNFINISHED = {
    "an invoice at a table": "BISTRO\nTAX INVOICE\nTable 4\nTaco 7.98\nTea 3.99\nTotal 11.97\nThank you",
    "a receipt that does not add up": "RECEIPT\nTaco 7.98\nTea 4.99\nTotal 11.97",
    "nothing but a title": "RECEIPT\nTotal 11.97",
    "a bill to come": "店\n桌号 5\n结账单\n鱼 12.50\n饭 11.00\n合计 23.50",
}


@pytest.mark.parametrize("text", list(FINISHED.values()), ids=list(FINISHED))
def test_a_sale_that_names_no_payment_is_read_where_it_proves_itself_finished(read_text, text):
    reading = read_text(text)
    assert (reading.kind, reading.reason) == (Kind.SALE, None)
    assert reading.total is not None


@pytest.mark.parametrize("text", list(UNFINISHED.values()), ids=list(UNFINISHED))
def test_a_sale_that_names_no_payment_is_left_where_it_may_still_be_due(read_text, text):
    assert read_text(text).total is None


def test_payments_printed_as_taken_off_the_total_do_not_lower_it(read_text):
    reading = read_text("HOTEL\nRoom 280.00\nTax 42.56\nTotal 322.56\nAmex -322.56\nBalance due 0.00")
    assert (reading.total, [p.method.value for p in reading.payments]) == (32256, ["card"])


def test_a_till_without_a_word_for_total_is_read_by_what_was_paid(read_text):
    reading = read_text("BAR\nPINT 17.40\nCRISPS 7.20\nCASH 24.60\nCA TEND 50.00\nCG 25.40")
    assert (reading.total, reading.payments[0].amount) == (2460, 2460)


def test_takings_by_means_of_payment_are_a_report_and_no_sale(read_text):
    reading = read_text("СВОДКА\nВЫРУЧКА 88120.50\nНАЛИЧНЫЕ 21400.00\nКАРТЫ 66720.50")
    assert (reading.kind, reading.total) == (Kind.REPORT, None)


def test_dinars_have_three_decimals_and_are_never_read_as_thousands(read_text):
    text = "SHOP\nShirt 9.500\nBag 9.250\nTotal {}18.750\nCash 20.000\nChange 1.250"
    assert (read_text(text.format("KWD ")).total, read_text(text.format("KWD ")).currency) == (18750, "KWD")
    assert read_text(text.format(""), currency="BHD").total == 18750
    assert read_text(text.format("")).total is None
    assert read_text(text.format("Rp ")).total == 1875000


def test_a_total_that_its_currency_cannot_say_has_a_reason(read_text):
    reading = read_text("SHOP\nTea 12.50\nTOTAL JPY 12.50\nCASH 12.50")
    assert reading.total is None
    assert "decimals" in (reading.reason or "")


def test_a_currency_may_be_written_to_its_amount(read_text):
    assert read_text("SHOP\nTea RMB408.70\nTOTAL RMB408.70\nCASH RMB408.70").total == 40870


def test_fuel_is_confirmed_by_its_litres_at_their_price(read_text):
    text = "SHELL\nINVOICE 4418207\nPUMP 07 UNL87 4.599 10.180\nFUEL SALE $46.82\nAuth code 09321\nMASTERCARD"
    assert read_text(text).total == 4682


BOUGHT = "LAUNDRY\nShirts 9.75\nPants 12.00\nCoat 17.95\nSUBTOTAL 39.70\nTOTAL 39.70\n{}\n{}"
LEFT_OVER = [
    "BALANCE 0.00",
    "BALANCE DUE 0.00",
    "TOTAL DUE 0.00",
    "AMOUNT DUE 0.00\nCASH 0.00",
    "NET TO PAY 0.00",
]


@pytest.mark.parametrize("left", LEFT_OVER)
@pytest.mark.parametrize(
    "paid",
    [
        "PREPAID MC ****2210 39.70", "Deposit -39.70", "Gift card -39.70", "XPAY -39.70", "Points redeemed -39.70",
        "Insurance paid 39.70", "Discount -9.70\nXPAY -30.00", "Discount -9.70\nDeposit -30.00",
    ],
)  # fmt: skip
def test_that_nothing_is_left_to_pay_is_never_the_total_of_what_was_bought(read_text, paid, left):
    assert read_text(BOUGHT.format(paid, left)).total in (None, 3970)


def test_what_was_paid_in_advance_by_card_is_the_total(read_text):
    reading = read_text(BOUGHT.format("PREPAID MC ****2210 39.70", "BALANCE 0.00"))
    assert (reading.total, [p.method.value for p in reading.payments]) == (3970, ["card"])


def test_discounts_that_take_off_all_leave_a_total_of_nothing(read_text):
    assert read_text(BOUGHT.format("Staff discount -39.70", "TOTAL 0.00")).total == 0


@pytest.mark.parametrize("coupon", ["1.50", "-1.50"])
def test_a_coupon_below_the_total_may_have_paid_a_part_of_it(read_text, coupon):
    text = f"SHOP\nTea 20.00\nCup 3.34\nTOTAL 23.34\nCOUPON {coupon}\nCARD 21.84"
    assert read_text(text).total in (None, 2334)


def test_payments_in_equal_parts_are_all_of_these(read_text):
    reading = read_text("SALON\nCut 120.00\nCare 65.00\nTOTAL 185.00\nVISA 2x 92.50")
    assert (reading.total, reading.payments[0].amount) == (18500, 18500)


def test_a_total_and_what_leads_down_from_it_past_sums_in_between(read_text):
    text = (
        "店\n房费 448.00\n酒 318.00\n合计 766.00\n经理特批 -30.00\n折后 736.00\n定金 -200.00\n"
        "应收 536.00\n支付宝 536.00"
    )
    assert read_text(text).total == 53600


def test_cash_and_change_may_stand_on_one_line_with_a_slash(read_text):
    reading = read_text("SHOP\nTea 100.00\nCup 68.00\nTOTAL 168.00\nCash/Change  500.00  332.00")
    assert (reading.total, reading.payments[0].method.value) == (16800, "cash")


def test_the_telephone_of_vietnam_is_no_dinar(read_text):
    reading = read_text(
        "NHÀ THUỐC\nĐT 18006928\nPanadol 30.000\nEfferalgan 58.500\nKhách cần trả 88.500\nTiền mặt 88.500"
    )
    assert (reading.total, reading.currency) == (88500, "VND")


@pytest.mark.parametrize("paid", ["", "\nVISA 28.00"])
def test_a_paper_that_tells_a_number_to_be_called_by_is_a_sale_where_a_payment_settles_it(read_text, paid):
    reading = read_text("CAFE\nYOUR NUMBER\n31\nTea 12.00\nCake 16.00\nTOTAL 28.00" + paid)
    assert reading.total == (2800 if paid else None) or reading.kind is Kind.OTHER
