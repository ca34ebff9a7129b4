"""What is plugged in is told with its name and its socket; what was unplugged and came back is the one meant."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from printer_rig import printer_at

from hardware_sim.printer import VirtualPrinter
from hardware_sim.usb_bus import UsbBus, UsbPrinter
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.links.address import parse_address
from receiptbridge.upkeep.finding import (
    Found,
    Unplugging,
    gadget_port,
    moved,
    serial_ports,
    usb_lp_printers,
    usb_printers,
)
from receiptbridge.upkeep.scanning import hosts_around, network_printers, own_networks


def port(device: str, **said: object) -> SimpleNamespace:
    silent = dict.fromkeys(("vid", "pid", "serial_number", "manufacturer", "product"))
    plain = {**silent, "description": "n/a", "hwid": "n/a"}
    return SimpleNamespace(device=device, **{**plain, **said})


FTDI = {
    "vid": 0x0403,
    "pid": 0x6001,
    "manufacturer": "FTDI",
    "product": "FT232R",
    "serial_number": "A1",
    "hwid": "USB",
}


def test_an_adapter_is_called_by_its_socket_and_described_by_its_maker(tmp_path: Path):
    device = tmp_path / "ttyUSB0"
    device.touch()
    (tmp_path / "by-path").mkdir()
    (tmp_path / "by-path" / "usb-0:1:1.0-port0").symlink_to(device)
    [found] = serial_ports(tmp_path / "by-path", [port(os.path.realpath(device), **FTDI)])
    assert found.address == f"serial:{tmp_path}/by-path/usb-0:1:1.0-port0"
    assert "FTDI FT232R (0403:6001, serial number A1)" in found.description


def test_ports_of_the_board_are_told_behind_the_adapters_and_those_without_hardware_not_at_all(
    tmp_path: Path,
):
    ports = [
        port("/dev/ttyS0", hwid="PNP0501", description="ttyS0"),
        port("/dev/ttyS7"),
        port("/dev/ttyUSB0", **FTDI),
    ]
    assert [one.address for one in serial_ports(tmp_path, ports)] == [
        "serial:/dev/ttyUSB0",
        "serial:/dev/ttyS0",
    ]


def test_a_printer_of_usblp_is_told_with_what_it_says_of_itself(tmp_path: Path):
    (tmp_path / "dev/usb").mkdir(parents=True)
    (tmp_path / "dev/usb/lp0").touch()
    interface = tmp_path / "sys/devices/1-1/1-1:1.0"
    interface.mkdir(parents=True)
    for name, text in {
        "manufacturer": "EPSON",
        "product": "TM-T88V",
        "idVendor": "04b8",
        "idProduct": "0202",
    }.items():
        (interface.parent / name).write_text(text + "\n")
    (interface / "ieee1284_id").write_text("MFG:EPSON;MDL:TM-T88V;\n")
    (tmp_path / "sys/class/usbmisc/lp0").mkdir(parents=True)
    (tmp_path / "sys/class/usbmisc/lp0/device").symlink_to(interface)
    [found] = usb_lp_printers(tmp_path / "dev", tmp_path / "sys")
    assert found.address == f"file:{tmp_path}/dev/usb/lp0"
    assert (found.description, found.device_id) == ("EPSON TM-T88V (04b8:0202)", "MFG:EPSON;MDL:TM-T88V;")


def test_printers_of_libusb_are_called_by_their_ids_and_two_alike_by_their_sockets():
    one, two, other = (
        UsbPrinter(),
        UsbPrinter(ports=(3,)),
        UsbPrinter(vendor=0x0416, product=0x5011, ports=(4,)),
    )
    assert [found.address for found in usb_printers(UsbBus(one, other))] == ["usb:04b8:0202", "usb:0416:5011"]
    twins = [found.address for found in usb_printers(UsbBus(one, two))]
    assert twins == ["usb-path:1-1.2", "usb-path:1-3"]
    assert all(parse_address(address).may_be_printer for address in twins)


def test_a_printer_that_may_not_be_asked_is_told_without_its_id():
    [found] = usb_printers(UsbBus(UsbPrinter(readable=False)))
    assert found.device_id == ""


def test_a_box_without_a_device_port_offers_no_gadget(tmp_path: Path):
    assert list(gadget_port(tmp_path)) == []
    (tmp_path / "class/udc/fe980000.usb").mkdir(parents=True)
    assert [found.address for found in gadget_port(tmp_path)] == ["gadget:/dev/g_printer0"]


TILL, PRINTER, ELSEWHERE = (
    Found(f"serial:/dev/{name}", "serial", name) for name in ("till", "printer", "elsewhere")
)


@pytest.mark.parametrize("again", [PRINTER, ELSEWHERE])
def test_what_is_unplugged_and_plugged_in_again_is_the_one_that_is_meant(again: Found):
    looks = [[TILL, PRINTER], [TILL, PRINTER], [TILL], [TILL], [TILL, again]]
    which = Unplugging(lambda: looks.pop(0))
    assert which.gone() is None
    assert which.gone() == PRINTER
    assert which.back() is None
    assert which.back() == again


def test_two_that_go_at_once_are_not_guessed_between():
    looks = [[TILL, PRINTER], []]
    which = Unplugging(lambda: looks.pop(0))
    with pytest.raises(ReceiptBridgeError, match="2 went at once"):
        which.gone()


def test_what_moved_is_told_by_its_address():
    assert moved([TILL], [PRINTER]).gone == (TILL,)
    assert moved([TILL], [PRINTER]).come == (PRINTER,)


def test_a_printer_on_the_network_is_found_and_nobody_else():
    with printer_at(VirtualPrinter()) as at:
        found = network_printers(["127.0.0.1", "127.0.0.2"], port=at)
        assert network_printers(["127.0.0.1"], leave_out=["127.0.0.1"], port=at) == []
    assert [one.address for one in found] == [f"tcp://127.0.0.1:{at}"]


def test_only_the_nearest_256_addresses_are_looked_through():
    assert len(hosts_around(ipaddress.IPv4Interface("10.1.2.3/8"))) == 253
    assert hosts_around(ipaddress.IPv4Interface("192.168.1.9/30")) == ["192.168.1.10"]
    assert all(not address.is_loopback for address in own_networks())
