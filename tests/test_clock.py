"""What a box without a clock battery takes for the time, and what it says on paper about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cloud_rig import RECORD
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge import clock
from receiptbridge.bridge.events import SaleStored, StoreSale
from receiptbridge.claim.token import CLOCK_NOT_GOOD, decode
from receiptbridge.clock import (
    CLOCK_SET,
    GOOD_FROM,
    BoxClock,
    HeardTime,
    Moment,
    clock_is_set,
    count_boot,
    judge,
    keep_clock_set,
    keep_service_time,
)
from receiptbridge.identity import adopt_key, make_key
from receiptbridge.issuer import Issuer
from receiptbridge.journal import FILE_NAME, Journal, Outbox

TODAY = GOOD_FROM + 28_000_000
TIMES = st.floats(0, 4e9)


@given(wall=TIMES, since_boot=st.floats(0, 1e8), synchronised=st.booleans())
def test_the_services_time_counts_whatever_the_machines_clock_says(wall, since_boot, synchronised):
    heard = HeardTime("this boot", TODAY)
    moment = judge(wall=wall, since_boot=since_boot, boot="this boot", synchronised=synchronised, heard=heard)
    assert moment == Moment(TODAY + since_boot, good=True)


@given(wall=TIMES, since_boot=st.floats(0, 1e8), offset=TIMES, synchronised=st.booleans())
def test_what_was_heard_before_the_machine_was_switched_off_says_nothing(
    wall, since_boot, offset, synchronised
):
    heard = HeardTime("the boot before", offset)
    moment = judge(wall=wall, since_boot=since_boot, boot="this boot", synchronised=synchronised, heard=heard)
    assert moment == Moment(wall, good=synchronised and wall >= GOOD_FROM)


@pytest.mark.parametrize(
    ("wall", "synchronised", "good"),
    [(0.0, False, False), (0.0, True, False), (TODAY, False, False), (TODAY, True, True)],
)
def test_the_machines_own_clock_is_good_once_it_was_set_and_can_be_true(wall, synchronised, good):
    moment = judge(wall=wall, since_boot=5.0, boot="b", synchronised=synchronised, heard=None)
    assert moment == Moment(wall, good)


def test_lanes_go_by_what_sync_has_heard(tmp_path):
    box = BoxClock(tmp_path, wall=lambda: 12.0)
    box.learn()  # there is no journal yet
    assert box.moment() == Moment(12.0, good=False)
    outbox = Outbox.open(tmp_path / FILE_NAME)
    keep_service_time(outbox, TODAY)
    box.learn()
    outbox.close()
    assert box.moment().good
    assert abs(box.now() - TODAY) < 60


def test_what_is_known_already_is_not_written_again(tmp_path):
    outbox = Outbox.open(tmp_path / FILE_NAME)
    keep_service_time(outbox, TODAY)
    kept = outbox.setting(clock.SERVICE_TIME)
    keep_service_time(outbox, TODAY + 1)
    assert outbox.setting(clock.SERVICE_TIME) == kept
    keep_service_time(outbox, TODAY + 60)
    assert outbox.setting(clock.SERVICE_TIME) != kept
    outbox.close()


def kernel(state: int, greatest_error: int):
    """adjtimex(2) of a machine in that state."""

    def adjtimex(timex) -> int:
        timex[3] = greatest_error
        return state

    return adjtimex


NEVER_SET, SET_BY_CHRONY, FORBIDDEN = kernel(5, 16_000_000), kernel(0, 12_000), kernel(-1, 0)
SET_AND_KEPT_FROM_THE_BATTERY_CLOCK = kernel(
    5, 400_000
)  # TIME_ERROR for STA_UNSYNC, and a known error all the same


@pytest.mark.parametrize(
    ("ask", "is_set"),
    [
        (NEVER_SET, False),
        (SET_BY_CHRONY, True),
        (SET_AND_KEPT_FROM_THE_BATTERY_CLOCK, True),
        (FORBIDDEN, False),
    ],
)
def test_the_kernel_knows_whether_any_program_has_set_its_clock(ask, is_set):
    assert clock_is_set(ask) is is_set


def test_this_machines_kernel_can_be_asked():
    assert clock_is_set() in (True, False)


def test_lanes_learn_from_sync_that_the_clock_was_set_in_this_boot(tmp_path, monkeypatch):
    outbox = Outbox.open(tmp_path / FILE_NAME)
    monkeypatch.setattr(clock, "SYNCHRONISED", tmp_path / "no timesyncd")
    box = BoxClock(tmp_path, wall=lambda: TODAY)
    for ask, good in ((NEVER_SET, False), (SET_BY_CHRONY, True), (NEVER_SET, True)):
        keep_clock_set(outbox, ask)
        box.learn()
        assert box.moment() == Moment(TODAY, good)
    (tmp_path / "boot_id").write_text("the next boot\n")
    monkeypatch.setattr(clock, "BOOT_ID", tmp_path / "boot_id")
    after = BoxClock(tmp_path, wall=lambda: TODAY)
    after.learn()
    assert not after.moment().good
    outbox.close()


def test_on_a_machine_that_names_no_boots_nobody_says_that_the_clock_was_set(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "BOOT_ID", tmp_path / "none")
    outbox = Outbox.open(tmp_path / FILE_NAME)
    keep_clock_set(outbox, SET_BY_CHRONY)
    assert outbox.setting(CLOCK_SET) is None
    outbox.close()


def test_every_boot_counts_once_whoever_asks(tmp_path, monkeypatch):
    journal = Journal.open(tmp_path / FILE_NAME)
    counted = []
    for boot in ("one", "one", "two", "two", "three"):
        (tmp_path / "boot_id").write_text(f"{boot}\n")
        monkeypatch.setattr(clock, "BOOT_ID", tmp_path / "boot_id")
        counted.append(count_boot(journal))
    journal.close()
    assert counted == [1, 1, 2, 2, 3]


def test_a_machine_that_names_no_boots_has_a_clock_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "BOOT_ID", tmp_path / "none")
    assert BoxClock(tmp_path, wall=lambda: TODAY).moment().at == TODAY


@pytest.mark.parametrize("good", [True, False])
def test_a_token_says_whether_its_time_was_known(tmp_path: Path, good: bool):
    identity = adopt_key(tmp_path, make_key(tmp_path), RECORD.box_id, "k:1")
    issuer = Issuer(
        lambda: Journal.open(tmp_path / FILE_NAME, clock=lambda: TODAY),
        lane="till-1", identity=identity, clock=lambda: Moment(TODAY, good),
    )  # fmt: skip
    stored = issuer.commit(StoreSale(1, replace(RECORD.reading), 6, None, "print"))
    assert isinstance(stored, SaleStored)
    assert stored.code is not None
    assert bool(decode(stored.code.token).flags & CLOCK_NOT_GOOD) is not good
    assert (stored.code.valid_until is not None) is good
