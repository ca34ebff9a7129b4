"""How boxes are set up: kept for the box that replaces one, and told to that one alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from service_rig import NOW, ServiceRig, SignedBox
from sqlalchemy import select

from member_service.store import boxes
from member_service.store.tables import Conflict, EarnRule

SETUP = {
    "lanes": [{"name": "till-1", "mode": "print", "printer_baud": 9600}],
    "profiles": [{"kind": "register", "name": "bakery", "text": 'currency = "PLN"\n'}],
}


def put(box: SignedBox, setup: object) -> int:
    return box.send("PUT", "/v1/setup", setup).status_code


def test_the_next_box_of_a_till_gets_the_last_setup_and_no_other_tills(
    rig: ServiceRig, box: SignedBox
) -> None:
    first = rig.post_enrol(rig.add_till(till="till-2"), Ed25519PrivateKey.generate())
    assert first.json()["setup"] is None
    assert put(box, {**SETUP, "lanes": []}) == put(box, SETUP) == 200
    assert rig.post_enrol(rig.add_till(), Ed25519PrivateKey.generate()).json()["setup"] == SETUP
    assert rig.post_enrol(rig.add_till(till="till-2"), Ed25519PrivateKey.generate()).json()["setup"] is None


@pytest.mark.parametrize(
    "setup",
    [
        {"lanes": [{}] * 33},
        {"lanes": [{"name": "x" * 201}]},
        {"lanes": [], "profiles": [{"kind": "register", "name": "../x", "text": ""}]},
        {"lanes": [], "profiles": [{"kind": "register", "name": "x", "text": "x" * (32 * 1024 + 1)}]},
        {"lanes": [{"name": [1]}]},
    ],
)
def test_a_setup_beyond_its_bounds_is_refused(box: SignedBox, setup: object) -> None:
    assert put(box, setup) == 422


def test_a_code_for_a_till_that_is_there_leaves_its_terms(rig: ServiceRig) -> None:
    rig.enrol(minor_per_point=500)
    store = str(rig.database.engine.url)

    def replace_box(till: str) -> subprocess.CompletedProcess[str]:
        where = ["--merchant", "Corner Shop", "--store", "Main Street", "--till", till, "--database", store]
        command = [sys.executable, "-m", "member_service", "replace-box", *where, "--json"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    answer = rig.post_enrol(json.loads(replace_box("till-1").stdout)["code"], Ed25519PrivateKey.generate())
    assert answer.json()["settings"]["earn_rule"]["minor_per_point"] == 500
    with rig.database.read() as session:
        assert len(session.scalars(select(EarnRule)).all()) == 1
    assert replace_box("till-9").returncode == 2


def test_what_a_revoked_box_is_said_to_have_issued_is_refused_and_reported_once(
    rig: ServiceRig, box: SignedBox
) -> None:
    known, delivered, unknown = box.sale(), box.sale(), box.sale()
    rig.page(f"/C/{known['token']}")
    box.deliver(delivered)
    rig.database.write(lambda session: boxes.revoke(session, box.box_id.hex(), NOW))
    assert (
        rig.claim(known["token"]).status_code
        == rig.claim(delivered["token"], "13900139000").status_code
        == 200
    )
    assert [rig.claim(unknown["token"]).status_code for _ in range(2)] == [404, 404]
    assert box.send("POST", "/v1/sales", {"sales": [unknown]}).status_code == 403
    with rig.database.read() as session:
        reports = [(row.code, row.number) for row in session.scalars(select(Conflict))]
    assert reports == [("revoked", unknown["number"])]


def test_reports_about_one_box_have_an_end(
    rig: ServiceRig, box: SignedBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("member_service.store.issued.MAX_REPORTS_PER_BOX", 3)
    rig.database.write(lambda session: boxes.revoke(session, box.box_id.hex(), NOW))
    for number in range(5):
        assert rig.page(f"/C/{box.token(number)}").status_code == 404
    with rig.database.read() as session:
        assert len(session.scalars(select(Conflict)).all()) == 3
