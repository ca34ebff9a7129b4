"""What follows from a sale at the service: refunds take its points back, and a platform's award is no second one."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from service_rig import NOW, ServiceRig, SignedBox
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from member_service import claim_token
from member_service.store import boxes, claims, ledger, platforms, refunds, sales
from member_service.store.tables import Accrual, PlatformAward, Reversal
from member_service.wire import SaleItem

TRANSACTION = "4200002345202611221234567890"


def refund(box: SignedBox, of: str | None, amount: int | None, **changed: Any) -> dict[str, Any]:
    """An item of POST /v1/sales that gives back `amount` of the sale with receipt number `of`."""
    told = {
        "token": None,
        "kind": "refund",
        "total": None if amount is None else -amount,
        "points": None,
        "refers_to": of and {"receipt_no": of, "datetime": None, "total": None},
        "why_no_code": "not a sale but refund",
        "outcome": "not_printed",
    }
    return box.sale(next(box.numbers), 1, **(told | changed))


def points(rig: ServiceRig) -> int:
    """What all credits come to."""
    with rig.database.read() as session:
        credited = [session.scalar(select(func.sum(table.points))) or 0 for table in (Accrual, PlatformAward)]
        return sum(credited) - (session.scalar(select(func.sum(Reversal.points))) or 0)


def open_reasons(rig: ServiceRig) -> list[str | None]:
    with rig.database.read() as session:
        return [row.reason for row, _ in refunds.open_refunds(session)]


def sell(box: SignedBox, receipt_no: str, amount: int = 6367, **changed: Any) -> str:
    """Deliver a sale; the spelling of its token."""
    item = box.sale(amount=amount, receipt_no=receipt_no, **changed)
    assert [result["status"] for result in box.deliver(item)] == ["stored"]
    return str(item["token"])


def tell(rig: ServiceRig, box: SignedBox, transaction: str = TRANSACTION, amount: int = 6367) -> str:
    def work(session: Any) -> str:
        merchant = boxes.place(session, box.box_id.hex()).merchant_id
        return platforms.award(
            session,
            merchant,
            transaction_no=transaction,
            phone="+8613800138001",
            amount=amount,
            now=rig.clock(),
        )

    return rig.database.write(work)


def with_transaction(number: str = TRANSACTION, kind: str = "platform") -> dict[str, Any]:
    return {"transactions": [{"kind": kind, "number": number}]}


# ---- refunds ------------------------------------------------------------------------------------------


def test_a_refund_takes_back_the_points_of_its_sale(rig: ServiceRig, box: SignedBox) -> None:
    assert rig.claim(sell(box, "0017")).status_code == 200
    assert points(rig) == 6
    box.deliver(refund(box, "0017", 6367))
    assert (points(rig), open_reasons(rig)) == (0, [])


def test_partial_refunds_are_rounded_towards_the_member_and_come_to_the_whole(
    rig: ServiceRig, box: SignedBox
) -> None:
    rig.claim(sell(box, "0017"))
    left = []
    for amount in (1000, 1000, 4367):
        box.deliver(refund(box, "0017", amount))
        left.append(points(rig))
    assert left == [6, 5, 0]


def test_a_sale_that_was_given_back_can_no_longer_be_claimed(rig: ServiceRig, box: SignedBox) -> None:
    whole, half = sell(box, "0017"), sell(box, "0018")
    box.deliver(refund(box, "0017", 6367), refund(box, "0018", 3200))
    assert rig.claim(whole).status_code == 410
    assert "refunded" in rig.page(f"/C/{whole}").text
    assert rig.claim(half).status_code == 200
    assert points(rig) == 3


def test_a_void_without_a_total_is_of_all_that_is_left_and_a_refund_without_one_is_for_head_office(
    rig: ServiceRig, box: SignedBox
) -> None:
    rig.claim(sell(box, "0017"))
    box.deliver(refund(box, "0017", None))
    assert (points(rig), open_reasons(rig)) == (6, ["its amount could not be read"])
    box.deliver(refund(box, "0017", None, kind="void"))
    assert points(rig) == 0


OTHERS: dict[str, Callable[[SignedBox], dict[str, Any]]] = {
    "no sale of this till fits": lambda box: refund(box, "9999", 100),
    "it does not say which sale it is of": lambda box: refund(box, None, 100),
    "several sales fit": lambda box: refund(box, "0018", 100),
    "it gives back more than is left of the sale": lambda box: refund(box, "0017", 6368),
}


@pytest.mark.parametrize("reason", OTHERS)
def test_what_fits_no_sale_or_several_is_never_guessed(rig: ServiceRig, box: SignedBox, reason: str) -> None:
    for receipt_no in ("0017", "0018", "0018"):
        rig.claim(sell(box, receipt_no))
    box.deliver(OTHERS[reason](box))
    assert (points(rig), open_reasons(rig)) == (18, [reason])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"datetime": "2026-11-21T10:00:00"}, True),
        ({"datetime": "2026-11-21T00:00:00"}, True),
        ({"datetime": "2026-11-23T00:00:00"}, False),
        ({"total": 2000}, True),
        ({"total": 2001}, False),
        ({}, False),
    ],
)
def test_date_and_total_tell_sales_with_one_number_apart(
    rig: ServiceRig, box: SignedBox, said: dict[str, Any], found: bool
) -> None:
    sell(box, "0001", 1000, printed_at="2026-11-20T10:00:00")
    rig.claim(sell(box, "0001", 2000, printed_at="2026-11-21T10:00:00"))
    box.deliver(
        refund(box, None, 2000, refers_to={"receipt_no": "0001", "datetime": None, "total": None} | said)
    )
    assert points(rig) == (0 if found else 2)
    assert bool(open_reasons(rig)) is not found


@pytest.mark.parametrize("elsewhere", ["another till", "another lane", "a later sale"])
def test_a_number_of_another_till_or_lane_or_of_a_later_sale_is_another_number(
    rig: ServiceRig, box: SignedBox, elsewhere: str
) -> None:
    other = rig.enrol(till="till-2") if elsewhere == "another till" else box
    later = {"issued_at": NOW + 60} if elsewhere == "a later sale" else {}
    lane = {"lane": "till-9"} if elsewhere == "another lane" else {}
    rig.claim(sell(other, "0017", **later, **lane))
    box.deliver(refund(box, "0017", 6367))
    assert (points(rig), open_reasons(rig)) == (6, ["no sale of this till fits"])


def test_a_till_with_a_new_box_gives_back_what_the_old_box_sold(rig: ServiceRig, box: SignedBox) -> None:
    rig.claim(sell(box, "0017"))
    new = rig.enrol()
    new.deliver(refund(new, "0017", 6367))
    assert points(rig) == 0


def test_head_office_decides_what_is_open(rig: ServiceRig, box: SignedBox) -> None:
    rig.claim(sell(box, "0017"))
    lost, other = refund(box, "9999", 6367), refund(box, None, 100)
    box.deliver(lost, other)
    box_id = box.box_id.hex()

    def decide(number: int, sale: tuple[str, int] | None) -> str | None:
        return rig.database.write(
            lambda session: refunds.settle_by_hand(session, (box_id, number), sale, rig.clock())
        )

    assert decide(lost["number"], (box_id, 999)) == "there is no such sale of this merchant"
    assert decide(lost["number"], (box_id, 1)) is None
    assert decide(lost["number"], (box_id, 1)) == "there is no such open refund"
    assert decide(other["number"], None) is None
    assert (points(rig), open_reasons(rig)) == (0, [])


# ---- payment platforms --------------------------------------------------------------------------------


def test_what_the_platform_awarded_is_not_awarded_by_a_claim(rig: ServiceRig, box: SignedBox) -> None:
    spelling = sell(box, "0017", **with_transaction())
    assert tell(rig, box) == "awarded"
    assert rig.claim(spelling).status_code == 409
    assert (points(rig), tell(rig, box)) == (6, "known")


def test_what_was_claimed_is_not_awarded_by_the_platform(rig: ServiceRig, box: SignedBox) -> None:
    rig.claim(sell(box, "0017", **with_transaction()))
    rig.clock.now += 1
    assert tell(rig, box) == "elsewhere"
    assert points(rig) == 6


def test_the_merchants_and_the_platforms_number_of_one_payment_are_one_award(
    rig: ServiceRig, box: SignedBox
) -> None:
    both = [{"kind": "platform", "number": TRANSACTION}, {"kind": "order", "number": "10020260868256001"}]
    sell(box, "0017", transactions=both)
    assert (tell(rig, box), tell(rig, box, "10020260868256001")) == ("awarded", "elsewhere")
    assert points(rig) == 6


def test_two_platforms_that_paid_a_part_each_award_a_part_each(rig: ServiceRig, box: SignedBox) -> None:
    both = [{"kind": "platform", "number": TRANSACTION}, {"kind": "platform", "number": TRANSACTION[::-1]}]
    sell(box, "0017", transactions=both)
    assert tell(rig, box, amount=4000) == "awarded"
    assert tell(rig, box, TRANSACTION[::-1], amount=2367) == "awarded"
    assert points(rig) == 6


@pytest.mark.parametrize(
    "transaction", [with_transaction("038412", "authorisation"), with_transaction("other-number")]
)
def test_a_number_that_tells_nothing_closes_no_claim(
    rig: ServiceRig, box: SignedBox, transaction: dict[str, Any]
) -> None:
    spelling = sell(box, "0017", **transaction)
    tell(rig, box, "038412")
    assert rig.claim(spelling).status_code == 200


def test_a_platforms_amount_above_the_sale_is_of_another_purchase(rig: ServiceRig, box: SignedBox) -> None:
    spelling = sell(box, "0017", **with_transaction())
    assert tell(rig, box, amount=6368) == "awarded"
    assert rig.claim(spelling).status_code == 200


def test_a_second_word_of_a_purchase_that_differs_changes_nothing(rig: ServiceRig, box: SignedBox) -> None:
    assert [tell(rig, box), tell(rig, box, amount=1000)] == ["awarded", "conflict"]
    assert points(rig) == 6


def test_a_refund_takes_back_what_the_platform_awarded(rig: ServiceRig, box: SignedBox) -> None:
    sell(box, "0017", **with_transaction())
    tell(rig, box)
    box.deliver(refund(box, "0017", 3200))
    assert points(rig) == 3


# ---- any order ----------------------------------------------------------------------------------------


EVENTS = ("sale", "claim", "platform", "refund", "refund 2")
TURNS = itertools.count(1)  # every example has a sale of its own


@given(order=st.permutations(EVENTS))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_first_a_purchase_has_its_points_once_less_what_was_given_back(
    rig: ServiceRig, box: SignedBox, order: list[str]
) -> None:
    before, turn = points(rig), next(TURNS)
    transaction, receipt_no = f"{turn:028}", f"{turn:04}"
    items = {
        "sale": box.sale(receipt_no=receipt_no, **with_transaction(transaction)),
        "refund": refund(box, receipt_no, 1000),
        "refund 2": refund(box, receipt_no, 2200),
    }
    for what in order:
        rig.clock.now += 1
        happen(rig, box, what, items, transaction)
    assert (points(rig) - before, open_reasons(rig)) == (6 - ledger.share(6, 3200, 6367), [])


def happen(rig: ServiceRig, box: SignedBox, what: str, items: dict[str, Any], transaction: str) -> None:
    if what == "platform":
        tell(rig, box, transaction)
        return
    token = claim_token.from_spelling(items["sale"]["token"])
    if what == "claim":
        rig.database.write(
            lambda session: claims.claim(session, token, phone="+8613800138000", form="", now=rig.clock())
        )
        return
    for _ in range(2):  # a delivery whose answer was lost comes again
        item = SaleItem.model_validate_json(json.dumps(items[what]))
        rig.database.write(lambda session: sales.receive(session, box.box_id.hex(), [item], rig.clock()))  # noqa: B023


def test_the_ledger_is_append_only(rig: ServiceRig, box: SignedBox) -> None:
    rig.claim(sell(box, "0017", **with_transaction()))
    tell(rig, box)
    box.deliver(refund(box, "0017", 6367))
    for table in ("accruals", "platform_awards", "reversals"):
        for change in (f"UPDATE {table} SET points = 99", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError, match="append-only"):
                rig.database.write(lambda session: session.execute(text(change)))  # noqa: B023
