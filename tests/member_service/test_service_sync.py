"""What a box sends, and what it is answered (docs/sync-api.md)."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from service_rig import NOW, ServiceRig, SignedBox
from sqlalchemy import func, select

from member_service.limits import MAX_BODY_BYTES
from member_service.store import boxes
from member_service.store.boxes import MAX_NONCES_PER_KEY
from member_service.store.tables import Conflict, Nonce, Sale
from member_service.wire import MAX_SALES

EARN_RULE = {
    "id": 1, "currency": "CNY", "minor_per_point": 1000, "minimum_spend": 0, "points_cap": None, "rounding": "down"
}  # fmt: skip


def count(rig: ServiceRig, table: type) -> int:
    with rig.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def no_code(number: int, **changed: Any) -> dict[str, Any]:
    return {"number": number, "issued_at": NOW, "kind": "refund", "total": 500, "currency": "CNY"} | changed


# ---- enrolment ----------------------------------------------------------------------------------------


def test_a_code_makes_one_box_and_gives_it_its_settings(rig: ServiceRig) -> None:
    key = Ed25519PrivateKey.generate()
    body = rig.post_enrol(rig.add_till(), key).json()
    assert len(bytes.fromhex(body["box_id"])) == 6
    assert body["key_id"] == f"{body['box_id']}:1"
    assert (body["merchant"], body["store"], body["till"]) == (
        {"name": "Corner Shop"},
        {"name": "Main Street"},
        {"name": "till-1"},
    )
    assert body["service_time"] == NOW
    assert body["settings"]["earn_rule"] == EARN_RULE
    assert body["settings"]["claim_prefix"] == f"{rig.url.upper()}/C/"


def test_a_code_may_be_typed_as_people_type(rig: ServiceRig) -> None:
    code = rig.add_till().lower().replace("-", " ")
    assert rig.post_enrol(code, Ed25519PrivateKey.generate()).status_code == 200


def test_an_enrolment_asked_again_with_the_same_key_is_the_same_box(rig: ServiceRig) -> None:
    code, key = rig.add_till(), Ed25519PrivateKey.generate()
    assert rig.post_enrol(code, key).json() == rig.post_enrol(code, key).json()


def test_every_enrolment_gets_a_box_id_of_its_own(rig: ServiceRig) -> None:
    key = Ed25519PrivateKey.generate()
    assert len({rig.post_enrol(rig.add_till(), key).json()["box_id"] for _ in range(5)}) == 5


def test_wrong_used_and_expired_codes_are_refused(rig: ServiceRig) -> None:
    used, late = rig.add_till(), rig.add_till()
    rig.post_enrol(used, Ed25519PrivateKey.generate())

    def refusal(code: str) -> tuple[int, str]:
        answer = rig.post_enrol(code, Ed25519PrivateKey.generate())
        return answer.status_code, answer.json()["error"]["code"]

    assert refusal("0000-0000-0000-0000") == (403, "unknown_code")
    assert refusal("***") == (403, "unknown_code")
    assert refusal(used) == (403, "used_code")
    rig.clock.now += 15 * 60
    assert refusal(late) == (403, "expired_code")


def test_guessing_enrolment_codes_is_slowed_down(rig: ServiceRig) -> None:
    answers = [rig.post_enrol(f"{n:016}", Ed25519PrivateKey.generate()) for n in range(11)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("key", ["", "AAAA", "not base64!", 7, None])
def test_a_public_key_must_be_one(rig: ServiceRig, key: Any) -> None:
    answer = rig.http.post("/v1/enrol", json={"code": rig.add_till(), "public_key": key})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


# ---- signatures ---------------------------------------------------------------------------------------


def refusal_of(box: SignedBox, request: Any) -> tuple[int, str]:
    answer = box.rig.http.send(request)
    assert answer.json()["service_time"] == box.rig.clock.now
    return answer.status_code, answer.json()["error"]["code"]


def test_a_signed_request_is_answered(box: SignedBox) -> None:
    answer = box.send("POST", "/v1/heartbeat", {"version": "0.1.0", "uptime": 5, "queue": 0, "lanes": []})
    assert answer.json() == {"service_time": NOW}


def test_an_unsigned_request_is_refused(box: SignedBox) -> None:
    assert box.rig.http.get("/v1/settings").json()["error"]["code"] == "no_signature"


def test_a_replayed_request_is_refused(box: SignedBox) -> None:
    request = box.signed("GET", "/v1/settings")
    assert box.rig.http.send(request).status_code == 200
    assert refusal_of(box, request) == (401, "replayed")


@pytest.mark.parametrize("ahead", [-301, 301])
def test_a_signature_outside_of_the_window_names_the_clock(box: SignedBox, ahead: int) -> None:
    assert refusal_of(box, box.signed("GET", "/v1/settings", created=NOW + ahead)) == (401, "clock")


@pytest.mark.parametrize("ahead", [-300, 300])
def test_a_clock_may_be_five_minutes_off(box: SignedBox, ahead: int) -> None:
    assert box.send("GET", "/v1/settings", created=NOW + ahead).status_code == 200


def test_a_nonce_is_remembered_for_as_long_as_its_signature_is_good(box: SignedBox) -> None:
    request = box.signed("GET", "/v1/settings", created=NOW + 300)
    assert box.rig.http.send(request).status_code == 200
    box.rig.clock.now += 600
    assert refusal_of(box, request) == (401, "replayed")
    box.rig.clock.now += 1
    assert refusal_of(box, request) == (401, "clock")


def test_nonces_are_forgotten_when_they_can_no_longer_be_used(box: SignedBox) -> None:
    box.send("GET", "/v1/settings")
    box.rig.clock.now += 601
    box.send("GET", "/v1/settings")
    assert count(box.rig, Nonce) == 1


def test_the_store_of_nonces_is_bounded(box: SignedBox) -> None:
    box.rig.database.write(
        lambda session: session.add_all(
            Nonce(key_id=box.key_id, nonce=f"{n:016}", expires_at=NOW + 600)
            for n in range(MAX_NONCES_PER_KEY)
        )
    )
    answer = box.send("GET", "/v1/settings")
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)


def test_an_altered_body_is_refused(box: SignedBox) -> None:
    request = box.signed("POST", "/v1/sales", {"sales": [box.sale()]})
    altered = box.rig.http.build_request(
        "POST", "/v1/sales", content=request.content.replace(b"6367", b"6368"), headers=request.headers
    )
    assert refusal_of(box, altered) == (401, "bad_digest")
    assert count(box.rig, Sale) == 0


def test_a_body_must_be_covered_by_the_signature(box: SignedBox) -> None:
    request = box.signed("GET", "/v1/settings")
    bare = box.rig.http.build_request(
        "GET",
        "/v1/settings",
        content=b"{}",
        headers={name: request.headers[name] for name in ("Signature", "Signature-Input")},
    )
    assert refusal_of(box, bare) == (401, "bad_signature")


@pytest.mark.parametrize("covered", [("@method",), ("@target-uri",), ("@method", "@path")])
def test_method_and_address_must_be_covered(box: SignedBox, covered: tuple[str, ...]) -> None:
    assert refusal_of(box, box.signed("GET", "/v1/settings", covered=covered)) == (401, "bad_signature")


def test_a_signature_for_one_route_is_none_for_another(box: SignedBox) -> None:
    request = box.signed("GET", "/v1/settings?for=one")
    other = box.rig.http.build_request("GET", "/v1/settings?for=other", headers=request.headers)
    assert refusal_of(box, other) == (401, "bad_signature")


def test_a_short_nonce_is_refused(box: SignedBox) -> None:
    assert refusal_of(box, box.signed("GET", "/v1/settings", nonce="short")) == (401, "bad_signature")


def test_an_unknown_key_and_another_boxs_key_are_refused(box: SignedBox) -> None:
    other = box.rig.enrol(till="till-2")
    assert refusal_of(box, box.signed("GET", "/v1/settings", key_id="000000000000:1")) == (401, "unknown_key")
    assert refusal_of(box, box.signed("GET", "/v1/settings", key_id=other.key_id)) == (401, "bad_signature")


def test_a_revoked_box_is_told_so(box: SignedBox) -> None:
    box.rig.database.write(lambda session: boxes.revoke(session, box.box_id.hex(), NOW))
    assert refusal_of(box, box.signed("GET", "/v1/settings")) == (403, "revoked")


# ---- sales --------------------------------------------------------------------------------------------


def test_a_sale_is_stored_once_and_then_a_duplicate(box: SignedBox) -> None:
    item = box.sale()
    assert box.deliver(item, item)[0]["status"] == "stored"
    assert [result["status"] for result in box.deliver(item, item)] == ["duplicate", "duplicate"]
    assert count(box.rig, Sale) == 1


def test_results_come_in_the_order_of_the_items(box: SignedBox) -> None:
    numbers = [5, 1, 9, 1]
    assert [result["number"] for result in box.deliver(*map(no_code, numbers))] == numbers


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"amount": 6368}, "other_token"),
        ({"token": None, "points": None}, "other_token"),
    ],
)
def test_another_token_for_one_number_is_refused_and_reported(
    box: SignedBox, second: dict[str, Any], code: str
) -> None:
    box.deliver(box.sale(1))
    for _ in range(2):
        (result,) = box.deliver(box.sale(1, **second))
        assert (result["status"], result["code"]) == ("conflict", code)
    assert (count(box.rig, Sale), count(box.rig, Conflict)) == (1, 1)


def test_another_sale_without_a_token_for_one_number_is_a_conflict(box: SignedBox) -> None:
    box.deliver(no_code(1))
    assert box.deliver(no_code(1, total=501))[0]["code"] == "other_sale"


def test_a_token_for_a_sale_that_came_without_one_is_a_conflict(box: SignedBox) -> None:
    box.deliver(no_code(1, kind="sale", total=6367))
    assert box.rig.claim(box.token(1)).status_code == 404
    assert count(box.rig, Conflict) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"token": "A" * 144}, "bad_token"),
        ({"token": "a" * 144}, "bad_token"),
        ({"token": ""}, "bad_token"),
        ({"total": 6368}, "token_amount"),
        ({"total": None}, "token_amount"),
        ({"currency": "USD"}, "token_currency"),
        ({"number": 2}, "token_number"),
        ({"kind": "refund"}, "token_kind"),
        ({"points": 7}, "points"),
        ({"number": -1}, "malformed"),
        ({"number": 2**40}, "malformed"),
        ({"number": True}, "malformed"),
        ({"total": "6367"}, "malformed"),
        ({"total": 63.67}, "malformed"),
        ({"total": 2**63}, "malformed"),
        ({"kind": "gift"}, "malformed"),
        ({"currency": "ZZZ"}, "malformed"),
        ({"lane": "x" * 201}, "malformed"),
        ({"payments": [{"method": "shells", "amount": 1}]}, "malformed"),
    ],
)
def test_an_item_that_cannot_be_stored_is_rejected_and_stops_no_other(
    box: SignedBox, changed: dict[str, Any], code: str
) -> None:
    bad, good = box.sale(1) | changed, box.sale(3)
    first, second = box.deliver(bad, good)
    assert (first["status"], first["code"]) == ("rejected", code)
    assert first["message"]
    assert second["status"] == "stored"
    assert count(box.rig, Sale) == 1


def test_a_token_of_another_box_is_rejected(box: SignedBox) -> None:
    other = box.rig.enrol(till="till-2")
    assert box.deliver(box.sale(1, token=other.token(1)))[0]["code"] == "token_box"
    forger = SignedBox(box.rig, other.key, box.box_id, other.key_id)
    assert box.deliver(box.sale(1, token=forger.token(1)))[0]["code"] == "token_signature"


def test_a_sale_by_a_rule_or_currency_that_is_not_known_yet_is_kept(box: SignedBox) -> None:
    foreign = box.token(2, currency=999)
    results = box.deliver(
        box.sale(1, token=box.token(1, rule=7), points=99), box.sale(2, token=foreign, currency="JPY")
    )
    assert [result["status"] for result in results] == ["stored", "stored"]


def test_keys_that_are_not_known_are_ignored(box: SignedBox) -> None:
    assert box.deliver(box.sale() | {"mood": "sunny"})[0]["status"] == "stored"


def test_a_batch_has_its_bound(box: SignedBox) -> None:
    most = [no_code(number) for number in range(MAX_SALES)]
    assert {result["status"] for result in box.deliver(*most)} == {"stored"}
    for sales in ([], [*most, no_code(MAX_SALES)]):
        answer = box.send("POST", "/v1/sales", {"sales": sales})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


def test_a_body_has_its_bound(box: SignedBox) -> None:
    answer = box.send("POST", "/v1/sales", {"sales": [], "padding": "x" * MAX_BODY_BYTES})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_what_is_no_json_is_malformed(box: SignedBox) -> None:
    answer = box.rig.http.post("/v1/sales", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


# ---- settings -----------------------------------------------------------------------------------------


def test_settings_that_the_box_has_are_not_sent_again(box: SignedBox) -> None:
    answer = box.send("GET", "/v1/settings")
    etag = answer.headers["ETag"]
    assert answer.json()["earn_rule"]["id"] == 1
    unchanged = box.send("GET", "/v1/settings", headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content, unchanged.headers["ETag"]) == (304, b"", etag)
    box.rig.add_till(minor_per_point=500)
    changed = box.send("GET", "/v1/settings", headers={"If-None-Match": etag})
    assert changed.json()["earn_rule"] == EARN_RULE | {"id": 2, "minor_per_point": 500}


def test_a_rule_that_did_not_change_keeps_its_id(box: SignedBox) -> None:
    box.rig.add_till(till="till-2")
    assert box.send("GET", "/v1/settings").json()["earn_rule"]["id"] == 1
