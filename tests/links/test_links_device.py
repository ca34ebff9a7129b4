"""A printer behind a device file, played by the other end of a terminal."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lane_rig import connect_to, free_port, read_terminal, running

from receiptbridge.errors import LinkError
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import DeviceDoor, register_door


@dataclass
class Printer:
    """`own` is what it hears and speaks by; `path` is the device that the box opens."""

    own: int
    other: int
    path: Path

    def unplug(self) -> None:
        os.close(self.own)
        os.close(self.other)

    def plug_in(self) -> None:
        """Another device by the same name."""
        self.own, self.other = os.openpty()
        tty.setraw(self.other)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self.other))


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[Printer]:
    printer = Printer(-1, -1, tmp_path / "lp0")
    printer.plug_in()
    yield printer
    printer.unplug()


@pytest.fixture
def door(printer: Printer) -> Iterator[DeviceDoor]:
    door = DeviceDoor(parse_address(f"file:{printer.path}"))
    yield door
    door.close()


def test_the_device_stays_open_between_jobs_so_that_the_end_of_a_receipt_is_not_taken_back(door):
    first = asyncio.run(door.connect())
    first.close()
    assert asyncio.run(door.connect()) is first
    assert first.write(b"job") == 3


def test_what_the_printer_said_between_jobs_is_no_answer_to_the_next(printer, door):
    link = asyncio.run(door.connect())
    link.close()
    os.write(printer.own, b"\x12")
    assert asyncio.run(door.connect()).read(16) is None


def test_a_device_that_went_away_between_jobs_is_opened_anew(printer, door):
    link = asyncio.run(door.connect())
    link.close()
    printer.unplug()
    printer.plug_in()
    again = asyncio.run(door.connect())
    assert again is not link
    assert again.write(b"job") == 3
    assert os.read(printer.own, 16) == b"job"


def test_a_device_that_is_not_there_says_what_to_look_at(tmp_path):
    with pytest.raises(LinkError, match="cannot be opened") as raised:
        asyncio.run(DeviceDoor(parse_address(f"file:{tmp_path}/lp9")).connect())
    assert "plugged in" in raised.value.hint


def test_two_jobs_of_a_network_till_reach_the_device_whole(printer, door):
    async def scenario() -> bytes:
        port, got = free_port(), b""
        async with running(register_door(parse_address(f"tcp-listen://127.0.0.1:{port}")), door):
            for job in (b"one", b"two"):
                _, writer = await asyncio.open_connection(sock=await connect_to(port))
                writer.write(job)
                writer.write_eof()
                got += await read_terminal(printer.own, len(job))
                writer.close()
                await writer.wait_closed()
        return got

    assert asyncio.run(scenario()) == b"onetwo"
