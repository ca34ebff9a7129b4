"""Box and service, both real: enrol, deliver, be refused, be replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest
from cloud_rig import RECORD
from real_service import real_service

from receiptbridge.claim.token import ClaimFields, encode
from receiptbridge.cloud.client import ServiceClient
from receiptbridge.cloud.enrol import enrol
from receiptbridge.cloud.sync import Sync
from receiptbridge.errors import ServiceError
from receiptbridge.identity import Identity
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Journal

CNY = 156  # ISO 4217


@pytest.fixture(scope="module")
def member_service(tmp_path_factory):
    with real_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def state_dir(tmp_path):
    return tmp_path / "box"


def sell(state_dir, sales=1, total=6367):
    """Sales with real tokens of the newest key, printed and done."""
    identity = Identity.load(state_dir)
    reading = replace(RECORD.reading, total=total)
    record = replace(RECORD, reading=reading, box_id=identity.box_id, points=total // 1000)

    def mint(number, issued_at):
        return encode(ClaimFields(identity.box_id, number, issued_at, total, CNY, 1), identity.sign)

    with closing(Journal.open(state_dir / FILE_NAME)) as journal:
        for _ in range(sales):
            journal.mark(journal.commit_sale(record, mint).row, "released")
    return identity.box_id


def states(state_dir):
    with closing(Journal.open(state_dir / FILE_NAME)) as journal:
        rows = journal._connection.execute("SELECT number, sync, sync_reason FROM sale").fetchall()
    return {number: (sync, reason) for number, sync, reason in rows}


def drain(state_dir, url):
    with closing(Sync(state_dir, url)) as worker:
        return worker.drain()


def test_an_enrolled_box_has_a_name_a_key_and_the_merchants_settings(member_service, state_dir):
    made = enrol(state_dir, member_service.url, member_service.enrolment_code())
    assert made.merchant == "Corner Shop"
    assert Identity.load(state_dir).box_id == made.identity.box_id
    with closing(Journal.open(state_dir / FILE_NAME)) as journal:
        settings = journal.setting(SERVICE_SETTINGS).value
    assert settings["earn_rule"]["minor_per_point"] == 1000
    assert settings["claim_prefix"] == "HTTPS://M.EXAMPLE.COM/C/"


def test_a_code_works_once_and_a_refused_box_is_what_it_was_before(member_service, state_dir, tmp_path):
    code = member_service.enrolment_code()
    enrol(state_dir, member_service.url, code)
    before = Identity.load(state_dir).public_key
    with pytest.raises(ServiceError, match="used_code") as caught:
        enrol(state_dir, member_service.url, code)
    assert caught.value.permanent
    assert Identity.load(state_dir).public_key == before
    assert len(list((state_dir / "keys").glob("*.pem"))) == 1


def test_sales_with_their_tokens_are_stored_once_however_often_they_are_sent(member_service, state_dir):
    enrol(state_dir, member_service.url, member_service.enrolment_code())
    box = sell(state_dir, 520)
    assert drain(state_dir, member_service.url) == 0
    with closing(Journal.open(state_dir / FILE_NAME)) as journal:
        journal._connection.execute("UPDATE sale SET sync = 'due', due_at = 0")
    assert drain(state_dir, member_service.url) == 0
    assert member_service.numbers(box) == list(range(1, 521))
    assert set(states(state_dir).values()) == {("stored", None)}


def test_a_second_token_for_a_number_is_a_conflict_that_is_set_aside(member_service, state_dir):
    enrol(state_dir, member_service.url, member_service.enrolment_code())
    sell(state_dir)
    drain(state_dir, member_service.url)
    with closing(Journal.open(state_dir / FILE_NAME)) as journal:
        journal._connection.execute("DELETE FROM sale")
        journal._connection.execute("UPDATE counter SET value = 0")
    sell(state_dir, total=9900)
    assert drain(state_dir, member_service.url) == 0
    ((state, reason),) = states(state_dir).values()
    assert state == "conflict"
    assert reason.startswith("other_token")


def test_a_box_enrolled_anew_delivers_what_it_owes_under_each_of_its_ids(member_service, state_dir):
    boxes = []
    for _ in range(2):
        enrol(state_dir, member_service.url, member_service.enrolment_code())
        boxes.append(sell(state_dir))
    assert drain(state_dir, member_service.url) == 0
    assert [member_service.numbers(box) for box in boxes] == [[1], [2]]


def test_a_revoked_box_keeps_its_sales(member_service, state_dir):
    identity = enrol(state_dir, member_service.url, member_service.enrolment_code()).identity
    sell(state_dir)
    member_service.revoke(identity.box_id)
    with pytest.raises(ServiceError) as caught:
        drain(state_dir, member_service.url)
    assert caught.value.permanent
    assert states(state_dir) == {1: ("due", None)}


def test_a_box_whose_clock_is_ten_years_off_is_served(member_service, state_dir):
    identity = enrol(state_dir, member_service.url, member_service.enrolment_code()).identity
    with closing(
        ServiceClient(member_service.url, identity.current, clock=lambda: time.time() - 10 * 365 * 86400)
    ) as client:
        client.send_heartbeat({"version": "0.1.0", "uptime": 1, "queue": 0, "lanes": []})


def test_the_settings_have_an_etag_that_the_service_knows_again(member_service, state_dir):
    identity = enrol(state_dir, member_service.url, member_service.enrolment_code()).identity
    with closing(ServiceClient(member_service.url, identity.current)) as client:
        _, etag = client.fetch_settings(None)
        assert client.fetch_settings(etag) is None


def test_the_commands_enrol_and_deliver(member_service, state_dir, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(f'state_dir = "{state_dir}"\n[service]\nurl = "{member_service.url}"\n')

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "receiptbridge", *arguments, "--config", str(config)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    refused = run("sync", "--once")
    assert refused.returncode == 1
    assert "receiptbridge enrol" in refused.stderr
    assert run("enrol", member_service.enrolment_code()).returncode == 0
    box = sell(state_dir, 2)
    assert run("sync", "--once").returncode == 0
    assert member_service.numbers(box) == [1, 2]


def test_the_sync_process_ends_when_it_is_told_to(member_service, state_dir, tmp_path):
    enrol(state_dir, member_service.url, member_service.enrolment_code())
    box = sell(state_dir)
    config = tmp_path / "config.toml"
    config.write_text(f'state_dir = "{state_dir}"\n[service]\nurl = "{member_service.url}"\n')
    process = subprocess.Popen(
        [sys.executable, "-m", "receiptbridge", "sync", "--config", str(config)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    with process:
        assert any("1 sales delivered" in line for line in process.stderr)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0
    assert member_service.numbers(box) == [1]
