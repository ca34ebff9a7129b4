"""A code that only invites to join makes members and no points (docs/claim-token.md, flag bit 1)."""

from __future__ import annotations

import base64

from service_rig import NOW, ServiceRig
from sqlalchemy import func, select

from member_service.store.tables import Account, Accrual

JOIN_ONLY = 2


def count(rig: ServiceRig, table: type) -> int:
    with rig.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_whoever_scans_it_may_join_and_nobody_gets_points(rig: ServiceRig) -> None:
    box = rig.enrol()
    spelling = box.token(1, flags=JOIN_ONLY)
    assert "Become a member" in rig.page(f"/C/{spelling}").text
    for phone in ("13800138000", "13800138001", "13800138000"):
        answer = rig.claim(spelling, phone)
        assert (answer.status_code, "Welcome" in answer.text) == (200, True)
    assert (count(rig, Account), count(rig, Accrual)) == (2, 0)


def test_it_has_no_claim_window(rig: ServiceRig) -> None:
    spelling = rig.enrol().token(1, flags=JOIN_ONLY, time=NOW - 365 * 24 * 3600)
    assert rig.claim(spelling).status_code == 200


def test_it_is_stored_with_no_points_and_refused_with_any(rig: ServiceRig) -> None:
    box = rig.enrol()
    token = box.token(1, flags=JOIN_ONLY)
    refused, stored = (
        box.deliver(box.sale(1, token=token, points=6)),
        box.deliver(box.sale(1, token=token, points=0)),
    )
    assert (refused[0]["code"], stored[0]["status"]) == ("points", "stored")


def test_the_flag_is_signed(rig: ServiceRig) -> None:
    box = rig.enrol()
    raw = bytearray(box.raw_token(1, flags=JOIN_ONLY))
    raw[25] = 0
    assert rig.page(f"/C/{base64.b32encode(bytes(raw)).decode()}").status_code == 404
