"""The log of a disk's writes, and what the disk may be when its power goes: what was flushed is there."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from appliance import write_log
from appliance.write_log import DISCARD, FLUSH, SECTOR

SECTORS = 12
writes = st.tuples(st.integers(0, SECTORS - 2), st.integers(1, 2), st.integers(1, 255))
steps = st.lists(st.one_of(writes, st.just("flush"), st.integers(0, SECTORS - 1)), max_size=12)


def log_of(steps, folder: Path) -> Path:
    """As qemu writes it: a write is (sector, sectors, what each byte is), a number is a sector that is discarded."""
    entries, counted = b"", 0
    for count, step in enumerate(steps, start=1):
        match step:
            case "flush":
                entries, counted = entries + struct.pack("<QQQQ", 0, 0, FLUSH, 0).ljust(SECTOR, b"\0"), count
            case (sector, sectors, byte):
                entries += struct.pack("<QQQQ", sector, sectors, 0, 0).ljust(SECTOR, b"\0")
                entries += bytes([byte]) * SECTOR * sectors
            case sector:
                entries += struct.pack("<QQQQ", sector, 1, DISCARD, 0).ljust(SECTOR, b"\0")
    path = folder / "log"
    start = struct.pack("<QQQI", write_log.MAGIC, 1, counted, SECTOR).ljust(SECTOR, b"\0")
    path.write_bytes(start + entries + bytes(SECTOR))
    return path


def after(steps) -> bytes:
    disk = bytearray(SECTORS * SECTOR)
    for step in steps:
        match step:
            case (sector, sectors, byte):
                disk[sector * SECTOR : (sector + sectors) * SECTOR] = bytes([byte]) * SECTOR * sectors
            case int(sector):
                disk[sector * SECTOR : (sector + 1) * SECTOR] = bytes(SECTOR)
    return bytes(disk)


def replayed(steps, folder: Path, dice: random.Random | None) -> bytes:
    (folder / "before").write_bytes(bytes(SECTORS * SECTOR))
    log = log_of(steps, folder)
    write_log.replay(folder / "before", log, write_log.read(log), folder / "after", dice)
    return (folder / "after").read_bytes()


@given(steps)
def test_the_whole_log_makes_the_disk_that_was_written(tmp_path_factory, steps):
    assert replayed(steps, tmp_path_factory.mktemp("log"), None) == after(steps)


@given(steps, st.integers())
def test_what_was_flushed_survives_whatever_the_dice_drop(tmp_path_factory, steps, seed):
    steps = [*steps, "flush"]
    assert replayed(steps, tmp_path_factory.mktemp("log"), random.Random(seed)) == after(steps)


@given(writes, writes, st.integers())
def test_each_sector_that_was_not_flushed_is_kept_or_lost_on_its_own(tmp_path_factory, first, second, seed):
    found = replayed([first, "flush", second], tmp_path_factory.mktemp("log"), random.Random(seed))
    old, new = after([first]), after([first, second])
    for at in range(0, len(found), SECTOR):
        assert found[at : at + SECTOR] in (old[at : at + SECTOR], new[at : at + SECTOR])


def test_the_log_counts_its_entries_at_every_flush(tmp_path):
    log = log_of([(0, 1, 7), "flush", (1, 1, 8)], tmp_path)
    assert write_log.length(log) == 2
    assert len(write_log.read(log)) == 3
