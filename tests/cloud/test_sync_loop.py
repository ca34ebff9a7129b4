"""The sync process against a service that fails to order: it waits, never ends, and keeps house."""

from __future__ import annotations

import json
import threading
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from cloud_rig import RECORD, SERVICE_TIME, SETTINGS, enrolled

from receiptbridge.clock import BoxClock
from receiptbridge.cloud import sync as sync_room
from receiptbridge.cloud.sync import Sync
from receiptbridge.errors import ServiceError
from receiptbridge.identity import IdentityError
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Answer, Journal, Outbox

OTHER_BOX = bytes.fromhex("0102030405ff")


@pytest.fixture
def journal(tmp_path):
    with closing(Journal.open(tmp_path / FILE_NAME)) as opened:
        yield opened


@contextmanager
def running(worker):
    """The loop in a thread of its own, stopped and joined at the end."""
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.stop.set()
        thread.join()
        worker.close()


@pytest.fixture
def impatient(monkeypatch):
    """The loop looks again at once; what is tested is what it does, not how long it rests."""
    monkeypatch.setattr(sync_room, "POLL_SECONDS", 0.01)


def eventually(condition):
    """Wait for another thread's work; the test's own timeout is the bound."""
    pause = threading.Event()
    while not condition():
        pause.wait(0.005)


def test_once_delivers_what_is_due_and_brings_the_settings(tmp_path, journal, service):
    enrolled(tmp_path)
    for _ in range(3):
        journal.commit_sale(RECORD, None)
    with closing(Sync(tmp_path, service.url)) as worker:
        assert worker.drain() == 0
    assert set(service.sales) == {1, 2, 3}
    assert journal.setting(SERVICE_SETTINGS).value.items() >= SETTINGS.items()


def test_once_waits_for_a_receipt_that_is_just_being_printed(tmp_path, journal, service):
    enrolled(tmp_path)
    row = journal.commit_sale(RECORD, lambda number, issued_at: bytes(90)).row
    with closing(Sync(tmp_path, service.url)) as worker:
        printed = threading.Timer(0, journal.mark, (row, "released"))
        printed.start()
        assert worker.drain() == 0
        printed.join()
    assert set(service.sales) == {row}


def test_once_says_what_kept_the_sales_from_going(tmp_path, journal, service):
    enrolled(tmp_path)
    journal.commit_sale(RECORD, None)
    service.script += [(503, {"Retry-After": "5"})]
    with closing(Sync(tmp_path, service.url)) as worker, pytest.raises(ServiceError) as caught:
        worker.drain()
    assert caught.value.retry_after == 5
    assert journal.counters()["due"] == 1


def test_once_on_a_box_that_is_not_enrolled_says_how_to_enrol(tmp_path, service):
    with closing(Sync(tmp_path, service.url)) as worker, pytest.raises(IdentityError) as caught:
        worker.drain()
    assert "receiptbridge enrol" in caught.value.hint


def test_a_revoked_old_key_does_not_hold_up_the_new_one(tmp_path, journal, service):
    enrolled(tmp_path, OTHER_BOX)
    enrolled(tmp_path)
    journal.commit_sale(replace(RECORD, box_id=OTHER_BOX), None)
    journal.commit_sale(RECORD, None)
    service.script += [None, None, (403, {})]  # the new box's sale, the settings, the old box's sale
    with closing(Sync(tmp_path, service.url)) as worker, pytest.raises(ServiceError):
        worker.drain()
    assert set(service.sales) == {2}
    assert journal.counters()["due"] == 1


def test_a_box_that_is_enrolled_while_sync_runs_is_noticed(tmp_path, journal, service, impatient):
    with running(Sync(tmp_path, service.url)):
        enrolled(tmp_path)
        journal.commit_sale(RECORD, None)
        eventually(lambda: service.sales)


def test_the_loop_goes_on_after_every_kind_of_trouble(tmp_path, journal, service, impatient):
    enrolled(tmp_path)
    service.script += ["lost", (500, {}), "garbled", "oversized"]
    journal.commit_sale(RECORD, None)
    with running(Sync(tmp_path, service.url, dice=lambda: 0.0)):
        eventually(lambda: service.sales)
    assert not service.script


def test_a_heartbeat_tells_how_the_box_is(tmp_path, journal, service, impatient):
    enrolled(tmp_path)
    journal.commit_sale(RECORD, lambda number, issued_at: bytes(90))  # its paper is still coming out
    with running(Sync(tmp_path, service.url, lanes=[{"name": "till-1", "mode": "print"}])):
        eventually(lambda: any(path == "/v1/heartbeat" for _, path, _, _ in service.requests))
    (body,) = [body for _, path, _, body in service.requests if path == "/v1/heartbeat"]
    told = json.loads(body)
    assert told["lanes"] == [{"name": "till-1", "mode": "print"}]
    assert (told["queue"], told["version"]) == (1, "0.1.0")


def test_with_its_heartbeat_it_deletes_what_was_stored_long_ago_by_the_services_time(
    tmp_path, journal, service, impatient
):
    enrolled(tmp_path)
    old, recent, unsent = (journal.commit_sale(RECORD, None).number for _ in range(3))
    with closing(Outbox.open(tmp_path / FILE_NAME)) as outbox:
        outbox.settle([Answer(old, "stored")], at=SERVICE_TIME - 3 * 86_400 - 60)
        outbox.settle([Answer(recent, "stored")], at=SERVICE_TIME - 3 * 86_400 + 60)
    service.rejected = {unsent}
    with running(Sync(tmp_path, service.url, keep_days=3)):
        eventually(lambda: old not in kept(journal))
    assert kept(journal) == {recent, unsent}


def kept(journal):
    return {number for (number,) in journal._connection.execute("SELECT number FROM sale")}


def test_sales_go_out_although_the_settings_do_not_come(tmp_path, journal, service, impatient):
    enrolled(tmp_path)
    service.script.append((404, {}))  # the settings, first thing on a box without a sale
    with running(Sync(tmp_path, service.url)):
        eventually(lambda: service.requests)
        journal.commit_sale(RECORD, None)
        eventually(lambda: service.sales)


def test_keys_that_cannot_be_read_make_it_wait_and_not_end(tmp_path, service, impatient, caplog):
    enrolled(tmp_path)
    (key_file,) = (tmp_path / "keys").glob("*.pem")
    key_file.chmod(0o644)
    with running(Sync(tmp_path, service.url, dice=lambda: 0.0)):
        eventually(lambda: "others may read" in caplog.text)
        key_file.chmod(0o600)
        eventually(lambda: service.requests)


def test_the_services_time_is_kept_for_the_lanes(tmp_path, journal, service, impatient):
    enrolled(tmp_path)
    with running(Sync(tmp_path, service.url)):
        eventually(lambda: journal.setting("service_time"))
    clock = BoxClock(tmp_path, wall=lambda: 0.0)
    clock.learn()
    assert clock.moment().good
    assert abs(clock.now() - SERVICE_TIME) < 60
