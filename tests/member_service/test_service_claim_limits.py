"""A cashier who collects codes left behind: how much he can claim, and how he is seen."""

from __future__ import annotations

import json
import random

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from service_rig import NOW, ServiceRig, SignedBox
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from member_service import claim_token
from member_service.__main__ import cli
from member_service.errors import UsageError
from member_service.store import claim_report, claims, sales
from member_service.store.claim_report import Flag, by_chance
from member_service.store.limits import CLAIM_GAP_S, CLAIMS_PER_DAY, DAY_S, set_limits
from member_service.store.tables import Sale
from member_service.wire import SaleItem

OTHER = "13900139000"


@pytest.fixture
def box(rig: ServiceRig) -> SignedBox:
    return rig.enrol(limited=True)


def command(rig: ServiceRig, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--database", str(rig.database.engine.url)])


def test_two_claims_of_one_member_want_a_pause_and_the_receipt_stays_good(
    rig: ServiceRig, box: SignedBox
) -> None:
    assert rig.claim(box.token(1)).status_code == 200
    soon = rig.claim(box.token(2))
    assert (soon.status_code, "stays good" in soon.text) == (429, True)
    assert rig.claim(box.token(3), OTHER).status_code == 200
    rig.clock.now += CLAIM_GAP_S
    assert rig.claim(box.token(2)).status_code == 200


def test_a_member_claims_so_often_in_any_24_hours_and_no_more(rig: ServiceRig, box: SignedBox) -> None:
    for number in range(CLAIMS_PER_DAY):
        assert rig.claim(box.token(number)).status_code == 200
        rig.clock.now += CLAIM_GAP_S
    assert rig.claim(box.token(100)).status_code == 429
    rig.clock.now += DAY_S - CLAIMS_PER_DAY * CLAIM_GAP_S
    assert rig.claim(box.token(100)).status_code == 200
    assert rig.claim(box.token(101)).status_code == 429


def test_the_same_form_sent_twice_is_no_second_claim(rig: ServiceRig, box: SignedBox) -> None:
    token = box.token(1)
    assert [rig.claim(token, form="one form").status_code for _ in range(2)] == [200, 200]


def test_every_merchant_has_limits_of_his_own_and_a_member_counts_at_each(
    rig: ServiceRig, box: SignedBox
) -> None:
    other = rig.enrol(merchant="Other Shop", limited=True)
    rig.database.write(lambda session: set_limits(session, "Other Shop", 2, 0))
    assert rig.claim(box.token(1)).status_code == 200
    assert [rig.claim(other.token(number)).status_code for number in (1, 2, 3)] == [200, 200, 429]


def test_head_office_sets_the_limits_and_takes_them_away(rig: ServiceRig, box: SignedBox) -> None:
    assert json.loads(command(rig, "limits", "Corner Shop", "--json").stdout) == {
        "claims_per_day": CLAIMS_PER_DAY,
        "gap_s": CLAIM_GAP_S,
    }
    command(rig, "limits", "Corner Shop", "--per-day", "0", "--gap", "0")
    assert {rig.claim(box.token(number)).status_code for number in range(CLAIMS_PER_DAY + 1)} == {200}
    assert isinstance(command(rig, "limits", "Nobody's").exception, UsageError)


def test_the_refusal_is_polite_in_both_languages(rig: ServiceRig, box: SignedBox) -> None:
    rig.claim(box.token(1))
    answer = rig.http.post(
        f"/C/{box.token(2)}", data={"phone": "13800138000"}, headers={"Accept-Language": "zh"}
    )
    assert "仍然有效" in answer.text


def test_a_sale_brings_its_cashier(rig: ServiceRig, box: SignedBox) -> None:
    assert {result["status"] for result in box.deliver(box.sale(cashier="1090"), box.sale())} == {"stored"}
    assert box.deliver(box.sale(cashier="x" * 41))[0]["code"] == "malformed"
    with rig.database.read() as session:
        assert session.scalars(select(Sale.cashier).order_by(Sale.number)).all() == ["1090", None]


def shop(rig: ServiceRig, tills: list[SignedBox], *, shoppers: int, collector: str | None) -> list[Flag]:
    """Shoppers at any till and cashier; the collector claims what cashier 7 of the first till left behind."""
    dice = random.Random(1)
    for shopper in range(shoppers):
        for _ in range(6):
            sell(rig, dice.choice(tills), dice.choice(["7", "8", "9"]), f"1380013{shopper:04}")
    for _ in range(12 if collector else 0):
        sell(rig, tills[0], "7", collector or "")
    with rig.database.read() as session:
        return claim_report.report(session, 0).flags


def sell(rig: ServiceRig, box: SignedBox, cashier: str, phone: str) -> None:
    sale = box.sale(cashier=cashier)
    item, token = SaleItem.model_validate(sale), claim_token.from_spelling(sale["token"])

    def work(session: Session) -> bool:
        sales.receive(session, box.box_id.hex(), [item], NOW)
        session.flush()
        return claims.claim(session, token, phone=f"+86{phone}", form="", now=NOW)[1]

    assert rig.database.write(work)


def test_a_member_who_claims_what_one_cashier_leaves_behind_is_flagged_and_no_shopper_is(
    rig: ServiceRig,
) -> None:
    tills = [rig.enrol(till=f"till-{number}") for number in (1, 2, 3)]
    flags = shop(rig, tills, shoppers=12, collector=OTHER)
    assert {(flag.source, flag.claims, flag.from_source) for flag in flags} == {
        ("cashier 7", 12, 12),
        ("till till-1", 12, 12),
    }
    assert OTHER not in str(flags)
    said = command(rig, "report", "claims")
    assert "LOOK AT" in said.stdout
    assert OTHER not in said.stdout
    told = json.loads(command(rig, "report", "claims", "--json").stdout)
    assert sum(line["claims"] for line in told["sources"]) == 12 * 6 + 12


def test_where_there_is_one_till_and_one_cashier_nobody_is_out_of_proportion(rig: ServiceRig) -> None:
    box = rig.enrol()
    for _ in range(8):
        sell(rig, box, "7", OTHER)
    sell(rig, box, "7", "13800138000")
    with rig.database.read() as session:
        report = claim_report.report(session, 0)
    assert report.flags == []
    assert [(line.till, line.cashier, line.claims, line.members) for line in report.sources] == [
        ("till-1", "7", 9, 2)
    ]


@given(hits=st.integers(0, 40), more=st.integers(0, 40), share=st.floats(0, 1))
def test_chance_is_a_share_and_more_hits_are_never_likelier(hits: int, more: int, share: float) -> None:
    of = hits + more
    assert -1e-9 <= by_chance(hits, of, share) <= 1 + 1e-9
    assert by_chance(hits, of, share) >= by_chance(min(hits + 1, of), of, share) - 1e-9
