"""Serial lines: every byte as it is, flow control both ways, and names that stay what they are."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lane_rig import PATIENCE, Book, running
from serial_rig import Cable, cable

from receiptbridge.config import LaneConfig
from receiptbridge.errors import LinkError
from receiptbridge.kept_terms import block_bytes
from receiptbridge.links.doors import SerialDoor
from receiptbridge.links.handshake import IN_FLIGHT_MOST, Side
from receiptbridge.links.line import Flow, LineSettings
from receiptbridge.links.ports import Adapter, why_ambiguous
from receiptbridge.links.serial_port import SerialLink, open_serial
from receiptbridge.links.wire import READ_MOST, WRITE_HIGH_WATER

ALL_BYTES = bytes(range(256)) + b"\r\n\n\r\xff\xff\x00\x11\x13\x7f"
XON, XOFF = b"\x11", b"\x13"
QUICK = 115200


def opened(line: Cable, side: Side, flow: Flow = "none") -> SerialLink:
    return open_serial(str(line.path), LineSettings(QUICK, flow=flow), side, line.box_lines)


def door(line: Cable, side: Side, flow: Flow) -> SerialDoor:
    return SerialDoor(str(line.path), LineSettings(QUICK, flow=flow), side, line.box_lines)


@asynccontextmanager
async def lane(till: Cable, printer: Cable, flow: Flow, book: Book | None = None) -> AsyncIterator[None]:
    async with running(door(till, "register", flow), door(printer, "printer", flow), book=book):
        await till.opened()
        await printer.opened()
        yield


@pytest.mark.parametrize("flow", ["none", "xonxoff", "rtscts", "dsrdtr"])
def test_every_byte_of_the_register_reaches_the_printer_as_it_is(tmp_path: Path, flow: Flow):
    async def scenario(till: Cable, printer: Cable) -> bytes:
        async with lane(till, printer, flow):
            till.write(ALL_BYTES * 4)
            return await printer.read(len(ALL_BYTES) * 4)

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        assert asyncio.run(scenario(till, printer)) == ALL_BYTES * 4


def test_every_byte_of_the_printer_reaches_the_register_as_it_is(tmp_path: Path):
    async def scenario(till: Cable, printer: Cable) -> bytes:
        async with lane(till, printer, "none"):
            printer.write(ALL_BYTES)
            return await till.read(len(ALL_BYTES))

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        assert asyncio.run(scenario(till, printer)) == ALL_BYTES


def test_the_printers_xoff_is_obeyed_and_reaches_the_register_when_the_box_is_full(tmp_path: Path):
    async def scenario(till: Cable, printer: Cable) -> tuple[int, bytes]:
        async with lane(till, printer, "xonxoff"):
            till.write(b"\x1b@")
            assert await printer.read(2) == b"\x1b@"
            printer.write(XOFF)
            pushed = await push(till, until=lambda: till.taken() == XOFF)
            assert printer.taken() == b""
            printer.write(XON)
            got = await printer.read(pushed)
            assert await till.read(1) == XON
            return pushed, got

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        pushed, got = asyncio.run(scenario(till, printer))
    assert got == b"x" * pushed
    assert pushed <= WRITE_HIGH_WATER + 2 * READ_MOST


async def push(line: Cable, until: Callable[[], bool]) -> int:
    """Send 64 bytes at a time, ten times as fast as any till, until the box says stop; how many went."""
    pushed = 0
    while not until():
        line.write(b"x" * 64)
        pushed += 64
        await asyncio.sleep(0.0005)
    return pushed


def test_dtr_falls_before_the_box_is_full_and_rises_when_there_is_room(tmp_path: Path):
    async def scenario(till: Cable, printer: Cable) -> tuple[int, bytes]:
        async with lane(till, printer, "dsrdtr"):
            till.write(b"\x1b@")
            assert await printer.read(2) == b"\x1b@"
            printer.lines.put(termios.TIOCM_DTR, False)
            pushed = await push(till, until=lambda: not till.lines.raised(termios.TIOCM_DSR))
            printer.lines.put(termios.TIOCM_DTR, True)
            got = await printer.read(pushed)
            assert till.lines.raised(termios.TIOCM_DSR)
            return pushed, got

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        pushed, got = asyncio.run(scenario(till, printer))
    assert got == b"x" * pushed
    assert pushed <= WRITE_HIGH_WATER + 2 * READ_MOST


def test_rts_falls_while_the_register_is_held_back(tmp_path: Path):
    with cable(tmp_path / "till") as till:
        link = opened(till, "register", "rtscts")
        link.hold_back(True)
        assert not till.lines.raised(termios.TIOCM_CTS)
        link.hold_back(False)
        assert till.lines.raised(termios.TIOCM_CTS)
        link.give_back()


class BusyPrinter:
    """Drops DTR when `LEFT` bytes of its buffer are left, raises it at twice that; loses what comes when it is full."""

    SIZE, LEFT = 512, 128

    def __init__(self, line: Cable) -> None:
        self._line = line
        self.buffer = b""
        self.printed = b""
        self.lost = 0

    def take(self) -> None:
        self.buffer += self._line.taken()
        self.lost += max(0, len(self.buffer) - self.SIZE)
        self.buffer = self.buffer[: self.SIZE]
        self._say()

    def print_some(self) -> None:
        self.printed += self.buffer[:12]
        self.buffer = self.buffer[12:]
        self._say()

    def _say(self) -> None:
        room = self.SIZE - len(self.buffer)
        if room <= self.LEFT or room >= 2 * self.LEFT:
            self._line.lines.put(termios.TIOCM_DTR, room > self.LEFT)


def test_a_printer_with_a_small_buffer_and_dtr_loses_nothing(tmp_path: Path):
    job = bytes(range(256)) * 24

    async def scenario(till: Cable, line: Cable) -> BusyPrinter:
        printer = BusyPrinter(line)
        async with lane(till, line, "dsrdtr"):
            left = job
            while len(printer.printed) < len(job):
                if left and till.lines.raised(termios.TIOCM_DSR):
                    till.write(left[:64])
                    left = left[64:]
                printer.take()
                printer.print_some()
                await asyncio.sleep(0.0005)
        return printer

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as line:
        printer = asyncio.run(scenario(till, line))
    assert printer.lost == 0
    assert printer.printed == job
    assert (termios.TIOCM_DTR, False) in line.lines.changes
    assert line.box_lines.changes == []


def test_no_more_is_on_its_way_than_a_printer_has_room_for_when_it_drops_dtr(tmp_path: Path):
    with cable(tmp_path / "printer") as printer:
        link = opened(printer, "printer", "dsrdtr")
        assert link.write(b"x" * 500) == IN_FLIGHT_MOST
        printer.lines.put(termios.TIOCM_DTR, False)
        assert link.write(b"x" * 500) == 0
        assert link.write_pause > 0
        link.give_back()


def test_the_lines_stay_as_they_are_when_the_box_restarts(tmp_path: Path):
    with cable(tmp_path / "till") as till:
        link = opened(till, "register")
        flags = termios.tcgetattr(link.fileno())
        link.give_back()
    assert not flags[2] & termios.HUPCL
    assert till.lines.raised(termios.TIOCM_DSR)
    assert till.lines.raised(termios.TIOCM_CTS)


@pytest.mark.parametrize("flow", ["rtscts", "dsrdtr"])
def test_a_port_without_modem_lines_is_refused_with_what_to_use_instead(tmp_path: Path, flow: Flow):
    with (
        cable(tmp_path / "till") as till,
        pytest.raises(LinkError, match=f"no lines for flow={flow}") as refused,
    ):
        open_serial(str(till.path), LineSettings(flow=flow), "register")
    assert "xonxoff" in refused.value.hint


def test_a_port_that_refuses_a_parity_says_so(tmp_path: Path):
    """Pseudo-terminals have eight bits without parity, as some adapters do."""
    seven = LineSettings(9600, 7, "E")
    with (
        cable(tmp_path / "till") as till,
        pytest.raises(LinkError, match="this port cannot be set to 9600 7E1") as refused,
    ):
        open_serial(str(till.path), seven, "register")
    assert "adapter" in refused.value.hint


def test_a_port_serves_one_program_only(tmp_path: Path):
    with cable(tmp_path / "till") as till:
        link = opened(till, "register")
        with pytest.raises(LinkError, match="another program has it") as refused:
            opened(till, "register")
        link.give_back()
        opened(till, "register").give_back()
    assert "fuser" in refused.value.hint


def test_a_port_that_is_not_there_is_named():
    with pytest.raises(LinkError, match="/dev/nowhere: cannot be opened: there is no such port"):
        open_serial("/dev/nowhere", LineSettings(), "printer")


def test_a_terminal_counts_no_errors_and_says_so_by_silence(tmp_path: Path):
    with cable(tmp_path / "till") as till:
        link = opened(till, "register")
        assert link.line_errors() == {}
        link.give_back()


def test_an_adapter_that_was_unplugged_serves_again_and_reads_from_the_next_job_on(tmp_path: Path):
    async def scenario(till: Cable, printer: Cable) -> bytes:
        async with lane(till, printer, "none"):
            till.write(b"\x1b@half a rec")
            got = await printer.read(12)
            till.unplug()
            till.plug_in()
            await till.opened()
            till.write(b"eipt\n\x1b@\x1dV\x00")
            return got + await printer.read(10)

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        assert asyncio.run(scenario(till, printer)) == b"\x1b@half a receipt\n\x1b@\x1dV\x00"


def test_a_printers_adapter_that_was_unplugged_serves_again(tmp_path: Path):
    async def scenario(till: Cable, printer: Cable) -> bytes:
        async with lane(till, printer, "none"):
            till.write(b"first")
            got = await printer.read(5)
            printer.unplug()
            printer.plug_in()
            await printer.opened()
            till.write(b"second")
            return got + await printer.read(6)

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        assert asyncio.run(scenario(till, printer)) == b"firstsecond"


def test_a_lane_waits_for_a_port_that_is_not_there_yet(tmp_path: Path):
    async def scenario(till: Cable, printer: Cable) -> bytes:
        till.unplug()
        asyncio.get_running_loop().call_later(0.05, till.plug_in)
        async with running(door(till, "register", "none"), door(printer, "printer", "none")):
            await printer.opened()
            while not till.path.exists():
                await asyncio.sleep(0.01)
            await till.opened()
            till.write(b"here")
            return await printer.read(4)

    with cable(tmp_path / "till") as till, cable(tmp_path / "printer") as printer:
        assert asyncio.run(scenario(till, printer)) == b"here"


SAME = "0403:6001 A50285BI"
TWINS = [
    Adapter("/dev/ttyUSB0", SAME, "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0"),
    Adapter("/dev/ttyUSB1", SAME, "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0"),
]


def test_a_numbered_port_among_several_adapters_is_refused_with_the_names_to_use():
    why = why_ambiguous("/dev/ttyUSB0", TWINS)
    assert why is not None
    assert all(adapter.by_path in why and adapter.device in why for adapter in TWINS)


def test_a_number_is_good_enough_for_the_only_adapter():
    assert why_ambiguous("/dev/ttyUSB0", TWINS[:1]) is None


@pytest.mark.parametrize("name", [TWINS[0].by_path, "/dev/ttyS0", "/dev/till", "/dev/pts/3"])
def test_names_of_sockets_and_of_a_technicians_own_are_never_refused(name: str):
    assert why_ambiguous(name, TWINS) is None


def test_a_name_by_serial_number_is_refused_where_two_adapters_have_it(monkeypatch: pytest.MonkeyPatch):
    name = "/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0"
    monkeypatch.setattr("os.path.realpath", lambda path: "/dev/ttyUSB1" if path == name else path)
    assert "call themselves that" in (why_ambiguous(name, TWINS) or "")
    other = Adapter("/dev/ttyUSB0", "0403:6001 B1", TWINS[0].by_path)
    assert why_ambiguous(name, [other, TWINS[1]]) is None


@pytest.mark.parametrize(
    ("printer", "budget"),
    [
        ("serial:/dev/ttyS0?baud=9600", 1920),
        ("serial:/dev/ttyS0?baud=9600&parity=E", 1745),
        ("tcp://10.0.0.2:9100", None),
    ],
)
def test_the_blocks_time_on_the_line_follows_from_the_printers_address(printer: str, budget: int | None):
    lane = LaneConfig(name="t", register_="tcp-listen://0.0.0.0:9100", printer=printer)
    assert block_bytes(lane) == budget


def test_a_lane_without_serial_lines_does_not_know_pyserial():
    program = "import sys, receiptbridge.assemble; sys.exit('serial' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=PATIENCE * 3).returncode == 0
