"""A box gets a new key: what the old one may still do, in whatever order things arrive."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from service_rig import NOW, ServiceRig, SignedBox
from sqlalchemy import func, select

from member_service.store import boxes
from member_service.store.keys import KEY_OVERLAP_S, MAX_KEYS
from member_service.store.tables import Accrual, Conflict

CLOCK_NOT_GOOD = 1
HEARTBEAT = ("POST", "/v1/heartbeat", {})


def accruals(rig: ServiceRig) -> int:
    with rig.database.read() as session:
        return session.scalar(select(func.count()).select_from(Accrual)) or 0


def code(answer: object) -> str:
    return str(answer.json()["error"]["code"])  # type: ignore[attr-defined]


def test_the_new_key_signs_at_once_and_the_old_one_until_the_end_of_the_overlap(box: SignedBox) -> None:
    new = box.with_next_key()
    assert new.key_id == f"{box.box_id.hex()}:2"
    assert new.send(*HEARTBEAT).status_code == 200
    box.rig.clock.now += KEY_OVERLAP_S
    assert box.send(*HEARTBEAT).status_code == 200
    box.rig.clock.now += 1
    refused = box.send(*HEARTBEAT)
    assert (refused.status_code, code(refused)) == (401, "retired_key")
    assert new.send(*HEARTBEAT).status_code == 200


def test_an_answer_that_was_lost_is_given_again_however_late(box: SignedBox) -> None:
    key = Ed25519PrivateKey.generate()
    first = box.rotate(key)
    box.rig.clock.now += 30 * 24 * 3600
    assert box.rotate(key).json()["key_id"] == first.json()["key_id"]
    later = SignedBox(box.rig, key, box.box_id, first.json()["key_id"]).with_next_key()
    assert box.rotate(key).json()["key_id"] == first.json()["key_id"]
    assert later.send(*HEARTBEAT).status_code == 200


def test_a_retired_key_brings_no_other_key_even_within_the_overlap(box: SignedBox) -> None:
    box.with_next_key()
    refused = box.rotate()
    assert (refused.status_code, code(refused)) == (401, "retired_key")


def test_a_key_comes_with_the_proof_that_it_is_the_boxs_and_of_this_place(
    rig: ServiceRig, box: SignedBox
) -> None:
    other = rig.enrol(till="till-2")
    foreign, mine = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    body = {
        "public_key": base64.b64encode(foreign.public_key().public_bytes_raw()).decode(),
        "proof": base64.b64encode(mine.sign(b"receiptbridge-next-key-v1\0" + box.box_id)).decode(),
    }
    for refused in (box.send("POST", "/v1/keys", body), box.rotate(mine, signer=other.key_id)):
        assert (refused.status_code, code(refused)) == (403, "bad_proof")


def test_a_key_that_was_seen_before_is_refused(rig: ServiceRig, box: SignedBox) -> None:
    other = rig.enrol(till="till-2")
    twice = box.with_next_key().with_next_key()
    for known in (other.key, box.key, twice.key):
        refused = twice.rotate(known)
        assert (refused.status_code, code(refused)) == (403, "used_key")


def test_the_list_of_keys_has_an_end(box: SignedBox) -> None:
    for _ in range(MAX_KEYS - 1):
        box = box.with_next_key()
    assert code(box.rotate()) == "too_many_keys"


def test_what_the_box_delivers_counts_under_each_of_its_keys(box: SignedBox) -> None:
    second = box.with_next_key()
    third = second.with_next_key()
    box.rig.clock.now += 30 * 24 * 3600
    backlog = [box.sale(1), second.sale(2), third.sale(3), box.sale(4, token=box.token(4, time=NOW + 10**6))]
    assert [result["status"] for result in third.deliver(*backlog)] == ["stored"] * 4


def test_a_scan_before_delivery_counts_under_an_old_key_that_signed_it_in_its_time(box: SignedBox) -> None:
    new = box.with_next_key()
    box.rig.clock.now += KEY_OVERLAP_S + 1
    assert box.rig.claim(box.token(1, time=NOW - 60)).status_code == 200
    assert box.rig.claim(box.token(2, time=NOW + KEY_OVERLAP_S)).status_code == 200
    assert box.rig.claim(new.token(3, time=NOW + 700)).status_code == 200
    assert accruals(box.rig) == 3


@pytest.mark.parametrize(
    "fields", [{"time": NOW + KEY_OVERLAP_S + 1}, {"time": NOW, "flags": CLOCK_NOT_GOOD}]
)
def test_a_token_that_an_old_key_signed_later_or_without_a_clock_waits_for_its_box(
    box: SignedBox, fields: dict[str, int]
) -> None:
    """Whoever found the old key takes no number away from the box: his token is not even remembered."""
    new = box.with_next_key()
    token = box.token(1, **fields)
    assert box.rig.claim(token).status_code == 503
    assert new.deliver(new.sale(1))[0]["status"] == "stored"
    assert box.rig.claim(token).status_code == 503
    assert box.rig.claim(new.token(1)).status_code == 200
    late = box.sale(2, token=box.token(2, **fields))
    assert box.rig.claim(late["token"]).status_code == 503
    assert new.deliver(late)[0]["status"] == "stored"
    assert box.rig.claim(late["token"]).status_code == 200
    with box.rig.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Conflict)) == 0


def test_a_revoked_box_gets_no_key(box: SignedBox) -> None:
    box.rig.database.write(lambda session: boxes.revoke(session, box.box_id.hex(), NOW))
    assert code(box.rotate()) == "revoked"


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(["rotate", "rotate again", "deliver", "scan"]))
def test_whatever_the_order_of_rotations_delivery_and_scan_a_sale_is_there_once(
    rig_for_orders: ServiceRig, order: list[str]
) -> None:
    box = newest = rig_for_orders.enrol()
    sale, before = box.sale(), accruals(rig_for_orders)
    for step in order:
        match step:
            case "deliver":
                assert newest.deliver(sale)[0]["status"] == "stored"
            case "scan":
                assert rig_for_orders.claim(sale["token"]).status_code == 200
            case _:
                newest = newest.with_next_key()
    assert newest.deliver(sale)[0]["status"] == "duplicate"
    assert accruals(rig_for_orders) == before + 1


@pytest.fixture(scope="module")
def rig_for_orders(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    from service_rig import running_service

    with running_service(tmp_path_factory.mktemp("orders")) as running:
        yield running
