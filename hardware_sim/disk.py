"""A disk whose power may fail: a file layer under SQLite that keeps unflushed writes aside, and loses some.

What a disk may do to writes that were not flushed when the power went, and this one does: each 512-byte
sector of each write is kept or lost on its own, in any order; a change of size may be lost; a new file that was
never flushed may be gone, and a deleted one be there again. What was flushed stays. (A sector itself is written
whole, or not at all: what the makers of disks and cards promise, and SQLite relies on.)

For SQLite by way of apsw, in memory; a connection needs `PRAGMA locking_mode = EXCLUSIVE`, because there is no
shared memory here.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

import apsw

SECTOR = 512

_names = itertools.count()


class PowerFailed(Exception):
    """Raised by every access from the moment of the cut on."""


@dataclass(slots=True)
class Stored:
    """One file: what a reader sees, what surely survives, and the changes between the two."""

    seen: bytearray = field(default_factory=bytearray)
    safe: bytearray | None = None  # None: never flushed, its name may be gone with its bytes
    unsafe: list[tuple[int, bytes] | int] = field(default_factory=list)  # (offset, data), or a new size

    @classmethod
    def of(cls, data: bytes | bytearray) -> Stored:
        """A file that is safe on the disk."""
        return cls(bytearray(data), bytearray(data))

    def write(self, data: bytes, offset: int) -> None:
        _put(self.seen, data, offset)
        self.unsafe.append((offset, data))

    def truncate(self, size: int) -> None:
        _resize(self.seen, size)
        self.unsafe.append(size)

    def flush(self) -> None:
        self.safe = bytearray() if self.safe is None else self.safe
        for change in self.unsafe:
            _apply(self.safe, change)
        self.unsafe.clear()

    def after_the_cut(self, dice: random.Random) -> Stored | None:
        """What is found when the power is back; None where not even the name is."""
        keep = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0))  # from nothing to everything, and torn in between
        if self.safe is None and dice.random() >= keep:
            return None
        found = bytearray(self.safe or b"")
        for change in self.unsafe:
            for part in _sectors(change):
                if dice.random() < keep:
                    _apply(found, part)
        return Stored.of(found)


class Disk:
    """Files by name, and how many changes the power lasts for."""

    def __init__(self, files: dict[str, Stored] | None = None) -> None:
        self.files = files or {}
        self.unlinked: dict[str, Stored] = {}  # deleted, and the folder not flushed since
        self.powered = True
        self.changes_left: int | None = None  # until the cut; None: no cut is coming
        self.bytes_written = 0
        self.flushes = 0
        self._layer = _Layer(f"disk-{next(_names)}", self)

    def connect(self, name: str) -> apsw.Connection:
        connection = apsw.Connection(name, vfs=self._layer.name)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        return connection

    def after_the_cut(self, dice: random.Random) -> Disk:
        """The power goes; the disk that is there when it is back.

        This one lives on for connections that are still to be closed, and nobody will see what they write.
        """
        self.powered, self.changes_left = True, None
        back = {name: stored for name, stored in self.unlinked.items() if dice.random() < 0.5}
        found = {name: stored.after_the_cut(dice) for name, stored in (back | self.files).items()}
        return Disk({name: stored for name, stored in found.items() if stored is not None})

    def flush(self, stored: Stored) -> None:
        """A file's first flush brings its name to the disk, and with it the whole folder."""
        self.about_to_change()
        self.flushes += 1
        if stored.safe is None:
            self.unlinked.clear()
        stored.flush()

    def about_to_change(self) -> None:
        """Before every write, flush, resize and deletion. Raises `PowerFailed` from the cut on."""
        self.check()
        if self.changes_left is not None:
            self.powered = self.changes_left > 0
            self.changes_left -= 1
            self.check()

    def check(self) -> None:
        if not self.powered:
            raise PowerFailed


class _Layer(apsw.VFS):
    """SQLite's view of the disk. Time, randomness and the like are the machine's."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.name = name
        self._disk = disk
        super().__init__(name, base="")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _OpenFile:  # type: ignore[override]
        self._disk.check()
        wanted = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return _OpenFile(self._disk, self._disk.files.setdefault(wanted, Stored()))

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.about_to_change()
        if (gone := self._disk.files.pop(filename, None)) is not None:
            self._disk.unlinked[filename] = gone

    def xAccess(self, pathname: str, flags: int) -> bool:
        self._disk.check()
        return pathname in self._disk.files

    def xFullPathname(self, name: str) -> str:
        return name


class _OpenFile:
    """What apsw asks of a file; locks are always had, there is one connection."""

    def __init__(self, disk: Disk, stored: Stored) -> None:
        self._disk = disk
        self._stored = stored

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.check()
        return bytes(self._stored.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.about_to_change()
        self._disk.bytes_written += len(data)
        self._stored.write(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.about_to_change()
        self._stored.truncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.flush(self._stored)

    def xFileSize(self) -> int:
        return len(self._stored.seen)

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xCheckReservedLock(self) -> bool:
        return False

    def xLock(self, level: int) -> None:
        """Always had."""

    def xUnlock(self, level: int) -> None:
        """Nobody waits."""

    def xClose(self) -> None:
        """Nothing is kept open."""


def _put(held: bytearray, data: bytes, offset: int) -> None:
    if len(held) < offset:
        held.extend(bytes(offset - len(held)))
    held[offset : offset + len(data)] = data


def _resize(held: bytearray, size: int) -> None:
    del held[size:]
    held.extend(bytes(size - len(held)))


def _apply(held: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        _resize(held, change)
    else:
        _put(held, change[1], change[0])


def _sectors(change: tuple[int, bytes] | int) -> list[tuple[int, bytes] | int]:
    """A change in the parts that may be kept or lost one by one."""
    if isinstance(change, int):
        return [change]
    offset, data = change
    edges = [
        offset,
        *range(offset - offset % SECTOR + SECTOR, offset + len(data), SECTOR),
        offset + len(data),
    ]
    return [(start, data[start - offset : end - offset]) for start, end in itertools.pairwise(edges)]
