"""Whatever the service does, each sale ends in one final state and stands there once."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from cloud_rig import SERVICE_TIME, Box, running_service
from hypothesis import given, settings
from hypothesis import strategies as st

from receiptbridge.cloud.schedule import CEILING_SECONDS
from receiptbridge.errors import ServiceError
from receiptbridge.journal.outbox import LEASE_SECONDS
from receiptbridge.receipt.model import (
    Kind,
    Method,
    Payment,
    ReceiptReading,
    RefersTo,
    Transaction,
    TransactionKind,
)

FAULTS = st.sampled_from(
    [None, "lost", "unanswered", "halved", "garbled", (500, {}), (503, {"Retry-After": "3"}), (413, {})]
)


def deliver_all(box: Box) -> None:
    """As the sync loop does, with the waits left out: time passes instead."""
    while box.courier.pending():
        try:
            if not box.courier.deliver_batch():
                box.now += CEILING_SECONDS
        except ServiceError:
            box.now += 1


def test_a_sale_is_delivered_as_the_contract_spells_it(box, service):
    box.sell(
        reading=ReceiptReading(
            Kind.REFUND,
            total=-6367,
            currency="CNY",
            payments=(Payment(Method.CASH, None),),
            receipt_no="7",
            datetime="2026-11-22T10:43:30",
            refers_to=RefersTo("6", None, 6367),
            transactions=(Transaction(TransactionKind.PLATFORM, "4200002345"),),
        ),
        why_no_code="a refund",
        points=None,
    )
    box.courier.deliver_batch()
    assert service.sales[1] == {
        "number": 1,
        "token": None,
        "lane": "till-1",
        "kind": "refund",
        "total": -6367,
        "currency": "CNY",
        "payments": [{"method": "cash", "amount": None}],
        "receipt_no": "7",
        "printed_at": "2026-11-22T10:43:30",
        "issued_at": SERVICE_TIME,
        "clock_good": True,
        "points": None,
        "refers_to": {"receipt_no": "6", "datetime": None, "total": 6367},
        "transactions": [{"kind": "platform", "number": "4200002345"}],
        "reason": None,
        "why_no_code": "a refund",
        "outcome": "not_printed",
        "cashier": None,
    }


def test_what_is_longer_than_the_contract_allows_is_cut_not_refused(box, service):
    payments = tuple(Payment(Method.VOUCHER, amount) for amount in range(30))
    reading = ReceiptReading(Kind.SALE, 1, "CNY", payments=payments, receipt_no="9" * 300)
    box.sell(reading=reading)
    box.courier.deliver_batch()
    assert len(service.sales[1]["payments"]) == 20
    assert service.sales[1]["receipt_no"] == "9" * 200


def test_an_answer_that_was_lost_is_asked_for_again_and_the_sale_stands_once(box, service):
    box.sell(3)
    service.script.append("unanswered")
    with pytest.raises(ServiceError):
        box.courier.deliver_batch()
    assert set(service.sales) == {1, 2, 3}
    assert box.courier.pending() == 3
    deliver_all(box)
    assert {state for state, _ in box.states().values()} == {"stored"}


def test_a_sale_that_will_never_be_taken_is_set_aside_with_its_reason(box, service):
    box.sell(3)
    service.rejected.add(2)
    box.courier.deliver_batch()
    assert box.states() == {1: ("stored", None), 2: ("rejected", "bad_token: No."), 3: ("stored", None)}


def test_an_item_that_spoils_its_whole_batch_is_found_and_set_aside_alone(box, service):
    sold = box.sell(500)
    service.poison = {123, 400}
    box.courier.deliver_batch()
    states = box.states()
    assert {number for number, (state, _) in states.items() if state == "rejected"} == service.poison
    assert set(service.sales) == set(sold) - service.poison
    assert len(service.requests) < 45


def test_a_batch_that_is_too_large_goes_in_parts(box, service):
    box.sell(4)
    service.script.append((413, {}))
    box.courier.deliver_batch()
    assert [state for state, _ in box.states().values()] == ["stored"] * 4
    assert len(service.requests) == 3


def test_what_was_not_answered_is_put_off_and_sent_again(box, service):
    box.sell(4)
    service.script.append("halved")
    box.courier.deliver_batch()
    assert [state for state, _ in box.states().values()] == ["stored", "due", "stored", "due"]
    assert box.courier.deliver_batch() == 0
    box.now += 1
    assert box.courier.deliver_batch() == 2


def test_a_refused_request_leaves_its_sales_to_whoever_asks_next(box, service):
    box.sell(2)
    service.script.append((503, {"Retry-After": "60"}))
    with pytest.raises(ServiceError):
        box.courier.deliver_batch()
    assert box.courier.deliver_batch() == 2


def test_a_sync_that_was_killed_with_a_request_under_way_loses_and_doubles_nothing(box, service, tmp_path):
    box.sell(2)
    claimed = box.outbox.claim(box.key.box_id, 500)
    box.client.send_sales([{"number": sale.number, "token": None} for sale in claimed])
    assert box.courier.deliver_batch() == 0
    box.now += LEASE_SECONDS
    assert box.courier.deliver_batch() == 2
    assert [state for state, _ in box.states().values()] == ["stored", "stored"]


@given(
    script=st.lists(FAULTS, max_size=8),
    poison=st.sets(st.integers(1, 12), max_size=3),
    rejected=st.sets(st.integers(1, 12), max_size=3),
    sales=st.integers(0, 12),
)
@settings(max_examples=40, deadline=None)
def test_any_sequence_of_faults_ends_with_every_sale_there_once(script, poison, rejected, sales):
    with (
        tempfile.TemporaryDirectory() as folder,
        running_service() as service,
        closing(Box(Path(folder), service.url)) as box,
    ):
        service.script.extend(script)
        service.poison, service.rejected = poison, rejected
        sold = set(box.sell(sales))
        deliver_all(box)
        states = {number: state for number, (state, _) in box.states().items()}
        # A 413 of a batch of one sets that one aside: which one depends on the script.
        set_aside = {number for number, state in states.items() if state == "rejected"}
        assert set_aside >= sold & (poison | rejected)
        assert all(states[number] == "stored" for number in sold - set_aside)
        assert set(service.sales) >= sold - set_aside
        assert not set(service.sales) & (poison | rejected)
        assert len(set_aside - poison - rejected) <= script.count((413, {}))
