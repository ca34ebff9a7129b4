"""What a disk may be after a power cut, by the log of its writes.

The log is made by qemu's `blklogwrites` driver, in the format of Linux' dm-log-writes
(Documentation/admin-guide/device-mapper/log-writes.rst): a sector that counts the entries, then for each entry a
sector that says where and how much, and the data. What a disk may lose is what it may lose by
`hardware_sim.disk` too: each 512-byte sector written since the last flush is kept or lost on its own.
"""

from __future__ import annotations

import os
import random
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SECTOR = 512
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
            for start in range(0, entry.size, SECTOR):
                if dice.random() < keep:
                    os.pwrite(disk.fileno(), data[start : start + SECTOR], entry.offset + start)


def _data(log: BinaryIO, entry: Entry) -> bytes:
    return bytes(entry.size) if entry.flags & DISCARD else os.pread(log.fileno(), entry.size, entry.data)


def copy(before: Path, after: Path) -> None:
    """A disk, as sparse as it is."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", before, after], check=True)
