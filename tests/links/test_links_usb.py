"""USB printers through pyusb, on a simulated bus that is as strict as a host controller."""

from __future__ import annotations

import asyncio
import contextlib
import select
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from captures import chinese_sale
from lane_rig import PATIENCE, Book, running

from hardware_sim.usb_bus import UsbBus, UsbPrinter
from receiptbridge.errors import LinkError
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import PtyDoor, UsbDoor
from receiptbridge.links.link import Link
from receiptbridge.links.usb_find import PRINTER_CLASS, UsbName
from receiptbridge.links.usb_link import SOCKET_BUFFER, UsbLink, open_usb

NAME = UsbName(0x04B8, 0x0202)
SALE = chinese_sale()
FLOOD = 64 * SOCKET_BUFFER


@contextlib.contextmanager
def opened(*printers: UsbPrinter, name: UsbName = NAME, usb_class: int = PRINTER_CLASS) -> Iterator[UsbLink]:
    link = open_usb(name, usb_class, UsbBus(*printers))
    try:
        yield link
    finally:
        link.give_back()


def heard(link: Link) -> bytes:
    """The next thing that the link says; LinkError where it was lost."""
    assert select.select([link.fileno()], [], [], PATIENCE)[0], "nothing was heard"
    return link.read(4096) or b""


def written_until_full(link: Link, data: bytes) -> int:
    """How many bytes the link takes until it has taken none for longer than a transfer lasts."""
    taken, since = 0, time.monotonic()
    while time.monotonic() - since < 0.5 and taken < len(data):
        if more := link.write(data[taken : taken + 4096]):
            taken, since = taken + more, time.monotonic()
    return taken


def test_what_is_written_is_printed_and_what_the_printer_says_is_read() -> None:
    printer = UsbPrinter()
    with opened(printer) as link:
        assert link.write(SALE) == len(SALE)
        assert printer.wait_for(SALE)
        printer.answer(b"\x12")
        assert heard(link) == b"\x12"


def test_the_printer_says_who_it_is() -> None:
    with opened(UsbPrinter()) as link:
        assert link.device_id == "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"


def test_the_kernels_driver_is_taken_off_and_given_back() -> None:
    printer = UsbPrinter()
    with opened(printer):
        assert (printer.kernel_driver, printer.claimed) == (False, True)
    assert (printer.kernel_driver, printer.claimed) == (True, False)


def test_a_driver_that_was_not_there_is_not_given_back() -> None:
    printer = UsbPrinter(kernel_driver=False)
    with opened(printer):
        pass
    assert not printer.kernel_driver


def test_a_printer_without_paper_holds_the_lane_back_and_loses_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    printer, flood = UsbPrinter(room=100), bytes(range(256)) * (FLOOD // 256)
    with opened(printer) as link:
        taken = written_until_full(link, flood)
        assert taken < 8 * SOCKET_BUFFER
        assert link.unacknowledged() == taken - 100
        printer.give_paper()
        while taken < len(flood):
            select.select([], [link.fileno()], [], PATIENCE)
            taken += link.write(flood[taken : taken + 4096])
        assert printer.wait_for(flood[-64:])
        assert bytes(printer.paper) == flood
        assert link.unacknowledged() == 0


def test_an_unplugged_printer_is_a_lost_link_in_words() -> None:
    printer = UsbPrinter()
    with opened(printer) as link:
        printer.unplug()
        with pytest.raises(LinkError, match="unplugged or switched off"):
            heard(link)
        assert link.broken
        with pytest.raises(LinkError, match="unplugged"):
            link.write(b"x")


def test_a_printer_that_cannot_answer_is_only_written_to() -> None:
    printer = UsbPrinter(protocol=1)
    with opened(printer) as link:
        link.write(SALE)
        assert printer.wait_for(SALE)


def test_two_printers_alike_are_told_apart_by_serial_number_or_port_and_never_guessed() -> None:
    first, second = UsbPrinter(serial="A"), UsbPrinter(serial="B", ports=(1, 3))
    with pytest.raises(LinkError) as refused, opened(first, second):
        pass
    assert refused.value.hint == "Name the one you mean: usb-path:1-1.2, usb-path:1-1.3."
    for name in (UsbName(0x04B8, 0x0202, "B"), UsbName(port="1-1.3")):
        with opened(first, second, name=name) as link:
            link.write(b"hello")
            assert second.wait_for(b"hello")
    assert not first.paper


@pytest.mark.parametrize(
    ("printer", "says", "hint"),
    [
        (UsbPrinter(product=0x0E15), "no such device", "usb:04b8:0e15"),
        (UsbPrinter(readable=False), "this user may not", "group lp"),
        (UsbPrinter(interface_class=255), "no interface that prints", "usb_interface_class"),
        (UsbPrinter(protocol=3), "no interface that prints", "usb_interface_class"),
    ],
)
def test_a_printer_that_cannot_be_had_says_why_and_what_to_do(
    printer: UsbPrinter, says: str, hint: str
) -> None:
    with pytest.raises(LinkError, match=says) as refused, opened(printer):
        pass
    assert hint in refused.value.hint


def test_a_printer_with_its_makers_own_interface_is_had_by_its_profile() -> None:
    printer = UsbPrinter(interface_class=255, protocol=0)
    with opened(printer, usb_class=255) as link:
        link.write(b"hello")
        assert printer.wait_for(b"hello")


def test_a_printer_that_nobody_has_configured_yet_is_configured() -> None:
    printer = UsbPrinter(configured=False)
    with opened(printer) as link:
        link.write(b"hello")
        assert printer.wait_for(b"hello")


@pytest.mark.parametrize(
    "text", ["usb:04b8", "usb:04b8:", "usb:printer:1", "usb-path:one", "usb-path:1", "usb:"]
)
def test_a_name_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="as in usb"):
        parse_address(text)


@pytest.mark.parametrize("text", ["usb:04b8:0202", "usb:04b8:0202:J1AZ:1", "usb-path:1-1.2"])
def test_an_address_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_address(text)) == text


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.01)


def test_a_receipt_whose_printer_is_unplugged_in_its_middle_goes_on_when_it_is_back(tmp_path: Path) -> None:
    printer, book = UsbPrinter(), Book()
    door = UsbDoor(NAME, PRINTER_CLASS, UsbBus(printer))
    till = tmp_path / "till"

    async def play() -> None:
        loop = asyncio.get_running_loop()
        async with running(PtyDoor(parse_address(f"pty:{till}")), door, book=book) as lane:
            while not till.exists():
                await asyncio.sleep(0.01)
            with till.open("r+b", buffering=0) as register:
                register.write(b"\x1b@first half\n")
                assert await loop.run_in_executor(None, printer.wait_for, b"first half\n")
                printer.unplug()
                await until(lambda: not lane.connected[1])
                register.write(b"second half\n")
                printer.plug_in()
                await until(lambda: lane.connected[1])
                register.write(b"the end\n")
                assert await loop.run_in_executor(None, printer.wait_for, b"the end\n")

    asyncio.run(play())
    assert bytes(printer.paper).count(b"first half") == 1
    assert not printer.claimed
