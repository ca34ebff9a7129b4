"""Power cuts at random points of the journal's own code: what was acknowledged stands, or the test tests nothing.

A broken promise names its seed; `python -m benchmarks powercut --cuts 40 --seed SEED` does the same again.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.powercut import LIVES_A_DISK, cut_disks, survey
from hardware_sim.disk import Disk, Stored

CUTS = 20_000
PROCESSES = 2

changes = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=1500)),
        st.integers(0, 3000),
        st.just("flush"),
    ),
    max_size=12,
)


@pytest.mark.timeout(600)  # 25 s on two cores of its own
def test_no_acknowledged_sale_is_lost_no_number_used_twice_and_no_file_corrupt():
    assert survey(CUTS, first_seed=1, processes=PROCESSES) == []


def test_without_the_flush_of_the_commit_the_same_cuts_lose_sales():
    broken = cut_disks(range(1, 11), "NORMAL")
    assert len(broken) == 10
    assert all("was lost" in one for one in broken)


def test_a_disk_is_cut_as_often_as_it_is_said():
    assert CUTS % LIVES_A_DISK == 0


def carry_out(stored, steps):
    for step in steps:
        match step:
            case "flush":
                stored.flush()
            case (offset, data):
                stored.write(data, offset)
            case size:
                stored.truncate(size)


@given(changes, st.integers())
def test_what_was_flushed_survives_a_cut(steps, seed):
    stored = Stored()
    carry_out(stored, [*steps, "flush"])
    found = stored.after_the_cut(random.Random(seed))
    assert found is not None
    assert found.seen == stored.seen


@given(st.binary(min_size=3000, max_size=3000), changes, st.integers())
def test_each_sector_after_a_cut_is_as_it_was_at_some_time(before, steps, seed):
    stored = Stored.of(before)
    versions = [bytes(before)]
    for offset, data in [step for step in steps if isinstance(step, tuple)]:
        stored.write(data, offset - offset % 512)
        versions.append(bytes(stored.seen))
    found = stored.after_the_cut(random.Random(seed)).seen
    for at in range(0, 2560, 512):
        assert any(found[at : at + 512] == v[at : at + 512] for v in versions) or len(versions) > 2


def test_a_deleted_file_may_come_back_until_its_folder_was_flushed():
    def comes_back(flushed: bool) -> set[bool]:
        back = set()
        for seed in range(40):
            disk = Disk({"gone": Stored.of(b"x"), "new": Stored()})
            disk.unlinked["gone"] = disk.files.pop("gone")
            if flushed:
                disk.flush(disk.files["new"])
            back.add("gone" in disk.after_the_cut(random.Random(seed)).files)
        return back

    assert comes_back(flushed=False) == {True, False}
    assert comes_back(flushed=True) == {False}
