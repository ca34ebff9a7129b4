"""A box replaces its key while it sells: box and service, both real."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from contextlib import closing

import pytest
from cloud_rig import RECORD, FaultyService
from real_service import RealService, real_service

from receiptbridge.claim.token import ClaimFields, encode
from receiptbridge.cloud.enrol import enrol
from receiptbridge.cloud.keys import rotate
from receiptbridge.cloud.sync import Sync
from receiptbridge.errors import ServiceError
from receiptbridge.identity import Identity, IdentityError, adopt_key, identity_path, make_key, noted_next_key
from receiptbridge.journal import FILE_NAME, Journal


@pytest.fixture(scope="module")
def member_service(tmp_path_factory):
    with real_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def state(tmp_path, member_service: RealService):
    enrol(tmp_path, member_service.url, member_service.enrolment_code())
    return tmp_path


def sell(state, sales=1):
    identity = Identity.load(state)

    def mint(number, issued_at):
        return encode(ClaimFields(identity.box_id, number, issued_at, 6367, 156, 1), identity.sign)

    record = RECORD.__class__("till-1", "print", RECORD.reading, True, identity.box_id, 6)
    with closing(Journal.open(state / FILE_NAME)) as journal:
        for _ in range(sales):
            journal.mark(journal.commit_sale(record, mint).row, "released")


def drain(state, url):
    with closing(Sync(state, url)) as worker:
        return worker.drain()


def test_a_backlog_of_three_keys_is_delivered_by_the_newest(state, member_service):
    for _ in range(2):
        sell(state, 2)
        rotate(state, member_service.url)
    sell(state, 2)
    assert drain(state, member_service.url) == 0
    identity = Identity.load(state)
    assert member_service.numbers(identity.box_id) == [1, 2, 3, 4, 5, 6]
    assert [key.key_id.rpartition(":")[2] for key in identity.keys] == ["1", "2", "3"]


def test_a_sync_that_runs_takes_the_new_key_over(state, member_service):
    with closing(Sync(state, member_service.url)) as worker:
        sell(state)
        assert worker.drain() == 0
        rotate(state, member_service.url)
        sell(state)
        assert worker.drain() == 0
        assert worker._couriers[0].key_id == Identity.load(state).current.key_id


def test_a_key_whose_answer_was_lost_is_asked_for_again_and_not_made_anew(state, member_service):
    with pytest.raises(ServiceError):
        rotate(state, "http://127.0.0.1:1")
    noted = noted_next_key(state)
    assert noted is not None
    sell(state)
    assert drain(state, member_service.url) == 0  # meanwhile the box signs as before
    assert rotate(state, member_service.url).public_key == noted.public_key
    assert noted_next_key(state) is None


def test_a_service_that_dies_before_it_answers_locks_nobody_out(state, member_service, monkeypatch):
    """The service has taken the key; the box hears of it at its next try only."""
    from receiptbridge.cloud.client import ServiceClient

    add_key = ServiceClient.add_key

    def lost(self, *asked):
        add_key(self, *asked)
        raise ServiceError("reset by peer")

    with monkeypatch.context() as patch:
        patch.setattr(ServiceClient, "add_key", lost)
        with pytest.raises(ServiceError):
            rotate(state, member_service.url)
    assert Identity.load(state).current.key_id.endswith(":1")
    assert rotate(state, member_service.url).current.key_id.endswith(":2")


def test_an_enrolment_first_ends_a_rotation_that_is_under_way(state, member_service):
    with pytest.raises(ServiceError):
        rotate(state, "http://127.0.0.1:1")
    enrol(state, member_service.url, member_service.enrolment_code())
    names = [key.key_id.rpartition(":")[2] for key in Identity.load(state).keys]
    assert names == ["1", "2", "1"]


def test_a_refusal_that_may_be_anybodys_keeps_the_key_and_one_of_the_service_drops_it(
    tmp_path, service: FaultyService
):
    adopt_key(tmp_path, make_key(tmp_path), bytes(6), "000000000000:1")
    service.script.append((403, {}))  # its code is none that the service has for a key
    with pytest.raises(ServiceError):
        rotate(tmp_path, service.url)
    assert noted_next_key(tmp_path) is not None


def test_a_revoked_box_keeps_no_key_that_was_not_taken(state, member_service):
    member_service.revoke(Identity.load(state).box_id)
    with pytest.raises(ServiceError, match="revoked"):
        rotate(state, member_service.url)
    assert noted_next_key(state) is None
    assert len(list(identity_path(state).parent.glob("*.pem"))) == 1


def test_a_box_that_is_not_enrolled_has_nothing_to_rotate(tmp_path):
    with pytest.raises(IdentityError, match="not enrolled"):
        rotate(tmp_path, "http://127.0.0.1:1")


def test_the_commands_list_and_rotate_and_the_newest_is_last(state, member_service):
    config = state / "config.toml"
    config.write_text(f'state_dir = "{state}"\n[service]\nurl = "{member_service.url}"\n')

    def run(*arguments):
        command = [
            sys.executable,
            "-m",
            "receiptbridge",
            "keys",
            *arguments,
            "--json",
            "--config",
            str(config),
        ]
        return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)

    rotated = run("rotate")
    listed = run("list")
    assert [key["current"] for key in listed["keys"]] == [False, True]
    assert listed["keys"][-1] == rotated
    assert not listed["rotation_under_way"]
    folder = identity_path(state).parent
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
