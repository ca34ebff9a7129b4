"""What a disk may be after a power cut, by the log of its writes.

The log is made by qemu's `blklogwrites` driver, in the format of Linux' dm-log-writes
(Documentation/admin-guide/device-mapper/log-writes.rst): a sector that counts the entries, then for each entry a
sector that says where and how much, and the data. Of what was written since the last flush, each 4 kB block is kept or
lost on its own. Not each 512-byte sector, as in `hardware_sim.disk`: SQLite bears that, but ext4's superblock is 1 kB,
and a disk that tears it leaves a file system that only a person gets back (`e2fsck -y`).
"""

from __future__ import annotations

import itertools
import os
import random
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SECTOR = 512
WHOLE = 4096  # written whole or not at all, by flash and by today's disks
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD = 1, 2, 4

_SUPER = struct.Struct("<QQQI")  # magic, version, entries, bytes a sector
_ENTRY = struct.Struct("<QQQQ")  # sector, sectors, flags, bytes of a mark


@dataclass(frozen=True, slots=True)
class Entry:
    """`size` bytes at `offset` of the disk, to be found at `data` in the log; a flush has none."""

    offset: int
    size: int
    flags: int
    data: int


def length(log: Path) -> int:
    """How many entries there are: counted at every flush, before whoever asked for it hears that it is done."""
    with log.open("rb") as file:
        magic, _, entries, sector = _SUPER.unpack(file.read(_SUPER.size))
    assert (magic, sector) == (MAGIC, SECTOR), f"{log} is no log of writes"
    return int(entries)


def read(log: Path) -> list[Entry]:
    """All entries, those after the last count too."""
    entries, at = [], SECTOR
    with log.open("rb") as file:
        while True:
            file.seek(at)
            sector, sectors, flags, _ = _ENTRY.unpack(file.read(_ENTRY.size))
            if not sectors and not flags:  # the file is sparse, and zero from here on
                return entries
            entries.append(Entry(sector * SECTOR, sectors * SECTOR, flags, at + SECTOR))
            at += SECTOR + (0 if flags & DISCARD else sectors * SECTOR)


def last_flush(entries: Sequence[Entry]) -> int:
    """What stands before is safe."""
    return max((at for at, entry in enumerate(entries) if entry.flags & FLUSH), default=0)


def replay(
    before: Path, log: Path, entries: Sequence[Entry], after: Path, dice: random.Random | None = None
) -> None:
    """Make the disk `after` from the disk `before` and what was written to it, as it is when the power goes then.

    `dice` drops of what came after the last flush; without, everything was kept.
    """
    copy(before, after)
    flushed = last_flush(entries)
    keep = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0)) if dice else 1.0
    with log.open("rb") as source, after.open("r+b") as disk:
        for at, entry in enumerate(entries):
            data = _data(source, entry)
            if at < flushed or entry.flags & FUA or dice is None:
                os.pwrite(disk.fileno(), data, entry.offset)
                continue
            for start, end in itertools.pairwise(_edges(entry)):
                if dice.random() < keep:
                    os.pwrite(disk.fileno(), data[start - entry.offset : end - entry.offset], start)


def _edges(entry: Entry) -> list[int]:
    """Where its blocks begin, and its end."""
    end = entry.offset + entry.size
    return [entry.offset, *range((entry.offset // WHOLE + 1) * WHOLE, end, WHOLE), end]


def _data(log: BinaryIO, entry: Entry) -> bytes:
    return bytes(entry.size) if entry.flags & DISCARD else os.pread(log.fileno(), entry.size, entry.data)


def copy(before: Path, after: Path) -> None:
    """A disk, as sparse as it is."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", before, after], check=True)
