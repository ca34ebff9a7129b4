"""The box as a USB printer: what it shows of itself is the real printer's. The real gadget: `make test-appliance`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from receiptbridge.config import parse_config
from receiptbridge.errors import LinkError, ReceiptBridgeError
from receiptbridge.escpos.condition import PrinterCondition
from receiptbridge.gadget_setup import (
    LOST_BY_THE_KERNEL,
    PrinterIdentity,
    down,
    identity_of,
    layout,
    printer_to_copy,
    remembered,
    up,
)
from receiptbridge.links.address import parse_address
from receiptbridge.links.gadget import NO_PAPER, NOT_ERROR, SELECTED, open_gadget, port_status

EPSON = PrinterIdentity(
    "0x04b8", "0x0202", "J1AZ000001", "EPSON", "TM-T88V", "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"
)


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    """As the kernel shows a printer at port 2 of a hub at port 1, and a USB device port."""
    device = tmp_path / "devices" / "usb1" / "1-1" / "1-1.2"
    interface = device / "1-1.2:1.0"
    interface.mkdir(parents=True)
    for name, text in {
        "idVendor": "04b8", "idProduct": "0202", "serial": "J1AZ000001", "manufacturer": "EPSON", "product": "TM-T88V",
    }.items():  # fmt: skip
        (device / name).write_text(text + "\n")
    (interface / "ieee1284_id").write_text(EPSON.device_id + "\n")
    links = {"class/usbmisc/lp0/device": interface, "bus/usb/devices/1-1.2:1.0": interface}
    for name, target in links.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).symlink_to(target)
    (tmp_path / "class" / "udc" / "fe980000.usb").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    "address", ["file:/dev/usb/lp0", "usb:04b8:0202", "usb:04b8:0202:J1AZ000001", "usb-path:1-1.2"]
)
def test_the_identity_is_the_real_printers_however_it_is_reached(sysfs: Path, address: str) -> None:
    assert identity_of(parse_address(address), sysfs) == EPSON


@pytest.mark.parametrize(
    "address", ["file:/dev/usb/lp7", "usb:04b8:0e15", "usb:04b8:0202:OTHER", "tcp://10.0.0.1:9100"]
)
def test_a_printer_that_is_not_there_has_no_identity_to_copy(sysfs: Path, address: str) -> None:
    assert identity_of(parse_address(address), sysfs) is None


def test_the_identity_is_kept_for_the_boots_at_which_the_printer_is_off(tmp_path: Path) -> None:
    assert remembered(None, tmp_path) == PrinterIdentity()
    assert remembered(EPSON, tmp_path) == EPSON
    assert remembered(None, tmp_path) == EPSON


@pytest.mark.parametrize("damage", ["", "[]", '{"vendor": 1, "colour": 2}', "\0"])
def test_a_damaged_memory_of_the_printer_does_not_keep_the_gadget_from_coming_up(
    tmp_path: Path, damage: str
) -> None:
    (tmp_path / "gadget.json").write_text(damage)
    assert remembered(None, tmp_path) == PrinterIdentity()


def test_the_gadget_shows_the_printers_names_and_an_id_that_survives_the_kernels_fault(
    sysfs: Path, tmp_path: Path
) -> None:
    up(EPSON, configfs=tmp_path / "configfs", sysfs=sysfs)
    gadget = tmp_path / "configfs" / "receiptbridge"
    said = {name: (gadget / name).read_text() for name in layout(EPSON)}
    assert (said["idVendor"], said["idProduct"]) == ("0x04b8", "0x0202")
    assert said["strings/0x409/serialnumber"] == "J1AZ000001"
    as_the_host_gets_it = said["functions/printer.0/pnp_string"][: -len(LOST_BY_THE_KERNEL)]
    assert as_the_host_gets_it == EPSON.device_id
    assert (gadget / "UDC").read_text() == "fe980000.usb"
    assert (gadget / "configs/c.1/printer.0").resolve() == (gadget / "functions/printer.0").resolve()


def test_a_machine_without_a_device_port_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ReceiptBridgeError, match="no USB device port"):
        up(EPSON, configfs=tmp_path, sysfs=tmp_path)


def test_taking_down_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    down(configfs=tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_lane_whose_register_comes_by_the_gadget_names_the_printer(tmp_path: Path) -> None:
    text = f"""
        state_dir = {json.dumps(str(tmp_path))}
        [[lane]]
        name = "till-1"
        register = "gadget:/dev/g_printer0"
        printer = "usb:04b8:0202"
    """
    assert str(printer_to_copy(parse_config(text, "test"))) == "usb:04b8:0202"
    other = text.replace("gadget:/dev/g_printer0", "tcp-listen://0.0.0.0:9100")
    assert printer_to_copy(parse_config(other, "test")) is None


def test_a_gadget_that_is_not_there_says_where_to_look() -> None:
    with pytest.raises(LinkError) as refused:
        open_gadget("/dev/g_printer_that_is_not_there")
    assert "systemctl status receiptbridge-gadget" in refused.value.hint


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (PrinterCondition.READY, NOT_ERROR | SELECTED),
        (PrinterCondition.PAPER_LOW, NOT_ERROR | SELECTED),
        (PrinterCondition.UNKNOWN, NOT_ERROR | SELECTED),
        (PrinterCondition.PAPER_OUT, SELECTED | NO_PAPER),
        (PrinterCondition.COVER_OPEN, 0),
        (PrinterCondition.GONE, 0),
    ],
)
def test_the_register_sees_on_the_port_how_the_printer_is(condition: PrinterCondition, status: int) -> None:
    assert port_status(condition) == status
