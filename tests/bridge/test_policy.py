"""Which receipts get a code: only a paid sale, by how it was paid, and a reprint what its sale got."""

from __future__ import annotations

from dataclasses import replace

import pytest
from captures import CUT, chinese_sale
from hypothesis import given
from hypothesis import strategies as st
from lane_driver import Driver, rules, token_for

from receiptbridge.bridge.events import Code, SaleStored
from receiptbridge.bridge.policy import STRICTNESS, Policy, policy_of
from receiptbridge.bridge.rules import due
from receiptbridge.bridge.states import State
from receiptbridge.receipt.model import Kind, Method, Payment, ReceiptReading

SALE = chinese_sale()
REPRINT = SALE.replace(b"\x1b@\x1c&", b"\x1b@\x1c&" + "*** 重印 ***\r\n".encode("gb18030"))
READING = ReceiptReading(
    Kind.SALE, total=6367, currency="CNY", receipt_no="1", datetime="2026-11-22T10:43:30"
)

methods = st.sampled_from(Method)
policies = st.dictionaries(methods, st.sampled_from(STRICTNESS))
payments = st.lists(st.builds(Payment, methods, st.just(100)), max_size=4).map(tuple)


@given(payments, policies)
def test_the_strictest_of_several_means_of_payment_holds(
    paid: tuple[Payment, ...], said: dict[Method, Policy]
):
    policy = policy_of(paid, said)
    each = [policy_of((payment,), said) for payment in paid]
    assert not each or STRICTNESS.index(policy) == max(map(STRICTNESS.index, each))


def test_what_is_not_named_is_printed_and_what_was_not_read_is_other():
    assert policy_of((Payment(Method.CASH, 1),), {}) == "print"
    assert policy_of((), {Method.OTHER: "join"}) == "join"
    assert policy_of((), {Method.CASH: "none"}) == "print"


def test_a_means_of_payment_without_codes_gets_none_and_the_cut_is_not_held():
    lane = replace(rules(), policies={Method.CASH: "none"})
    driver = Driver(lane, answers="never").register(SALE)
    assert driver.stream == SALE
    assert driver.sales[0].why_no_code == "no code for how it was paid"


def test_a_code_to_join_only_promises_no_points():
    lane = replace(rules(printer="xprinter-xp-80"), policies={Method.CASH: "join"})
    driver = Driver(lane).register(SALE)
    [(_, block)] = driver.blocks
    assert (driver.sales[0].points, driver.sales[0].policy) == (0, "join")
    assert "扫码入会".encode("gb18030") in block
    assert "63.67".encode("gb18030") not in block
    assert "有效".encode("gb18030") not in block


def test_a_sale_below_a_point_may_still_invite_to_join():
    lane = replace(rules(minor_per_point=1_000_000), policies={Method.CASH: "join"})
    assert len(Driver(lane).register(SALE).blocks) == 1


@pytest.mark.parametrize("kind", set(Kind) - {Kind.SALE, Kind.DUPLICATE})
def test_nothing_but_a_sale_or_its_reprint_gets_a_code(kind: Kind):
    assert due(replace(READING, kind=kind), rules()).why_no_code == f"not a sale but {kind.value}"


def test_a_reprint_waits_for_what_the_journal_knows_of_its_sale():
    driver = Driver(answers="never").register(REPRINT)
    assert driver.session.state is State.HOLDING_CUT
    assert driver.sales[0].reading.kind is Kind.DUPLICATE
    assert driver.sales[0].why_no_code is None


def test_a_reprint_prints_the_points_that_its_sale_had_whatever_the_rule_is_now():
    driver = Driver(rules(printer="xprinter-xp-80"), answers="never").register(REPRINT)
    [sale] = driver.sales
    code = Code(token_for(sale), 41, "2026-11-29")
    driver.handle(SaleStored(sale.ticket, 7, code, driver.now, None))
    [(_, block)] = driver.blocks
    assert "积 41 分".encode("gb18030") in block


def test_a_reprint_without_its_sale_lets_the_cut_go_with_the_reason():
    driver = Driver(answers="never").register(REPRINT)
    driver.handle(SaleStored(driver.sales[0].ticket, 7, None, driver.now, "no sale here is its own"))
    assert driver.stream == REPRINT
    assert driver.blocks == []
    assert "no sale here is its own" in [report.detail for report in driver.reports]


def test_a_reprint_without_a_number_cannot_be_looked_up_and_holds_nothing():
    unnumbered = b"\x1b@*** DUPLICATE ***\nCoffee 12.00\nTOTAL 12.00\nCASH 12.00\n\n\n" + CUT
    driver = Driver(answers="never").register(unnumbered)
    assert driver.stream == unnumbered
    assert driver.sales[0].why_no_code == "a reprint without a receipt number"
