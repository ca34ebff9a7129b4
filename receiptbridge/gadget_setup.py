"""`python -m receiptbridge.gadget_setup up|down`: make the box a USB printer, by configfs. Runs as root.

It looks to the register like the real printer: vendor, product, serial number and IEEE 1284 id are copied from it,
and kept for the boots at which it is switched off. Standard library and the configuration only.

Kernels up to now lose the last two characters of the IEEE 1284 id: f_printer sends its length without the two bytes
that the length itself takes (IEEE 1284-2000, 7.6). Two blanks at the end are what gets lost.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from receiptbridge.config import Config, load_config
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.links.address import Address, parse_address
from receiptbridge.words import _, why

CONFIGFS: Final = Path("/sys/kernel/config/usb_gadget")
SYSFS: Final = Path("/sys")
NAME: Final = "receiptbridge"
KEPT: Final = "gadget.json"
LOST_BY_THE_KERNEL: Final = "  "
ENGLISH: Final = "strings/0x409"
QUEUE: Final = "10"
"""Requests in flight, the kernel's own default: 8 kB each way at most."""

BUS_POWERED_MA: Final = "2"
"""The box has its own supply."""

ANY_PRINTER: Final = "MFG:receiptbridge;CMD:ESC/POS;MDL:receipt printer;CLS:PRINTER;"


@dataclass(frozen=True, slots=True)
class PrinterIdentity:
    """What a register knows a USB printer by. `vendor` and `product` in hexadecimal, as in sysfs."""

    vendor: str = "0x1d6b"  # Linux Foundation
    product: str = "0x0107"  # its printer gadget
    serial: str = ""
    maker: str = "receiptbridge"
    model: str = "receipt printer"
    device_id: str = ANY_PRINTER


def identity_of(printer: Address, sysfs: Path = SYSFS) -> PrinterIdentity | None:
    """The identity of a printer that is plugged in now; None where it is not, or is not on the USB."""
    for interface in _interfaces(printer, sysfs):
        said = _read(interface / "ieee1284_id")
        device = interface.parent
        vendor, product = _read(device / "idVendor"), _read(device / "idProduct")
        if vendor and product:
            return PrinterIdentity(
                vendor=f"0x{vendor}",
                product=f"0x{product}",
                serial=_read(device / "serial"),
                maker=_read(device / "manufacturer"),
                model=_read(device / "product"),
                device_id=said or ANY_PRINTER,
            )
    return None


def _interfaces(printer: Address, sysfs: Path) -> Iterable[Path]:
    """Folders of USB interfaces in sysfs that may be the printer's."""
    if printer.scheme == "file":
        return [(sysfs / "class" / "usbmisc" / Path(printer.path).name / "device").resolve()]
    if printer.usb is None:
        return []
    devices = sysfs / "bus" / "usb" / "devices"
    if printer.usb.port:
        return sorted(entry.resolve() for entry in devices.glob(f"{printer.usb.port}:*"))
    wanted = f"{printer.usb.vendor:04x}", f"{printer.usb.product:04x}"
    return sorted(
        interface
        for interface in (entry.resolve() for entry in devices.glob("*:*"))
        if (_read(interface.parent / "idVendor"), _read(interface.parent / "idProduct")) == wanted
        and printer.usb.serial in ("", _read(interface.parent / "serial"))
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def remembered(identity: PrinterIdentity | None, state_dir: Path) -> PrinterIdentity:
    """The identity to show: the printer's own, else the one that it had when it was last seen."""
    kept = state_dir / KEPT
    if identity is not None:
        draft = kept.with_suffix(".new")
        draft.write_text(json.dumps(asdict(identity)), encoding="utf-8")
        os.replace(draft, kept)
        return identity
    try:
        return PrinterIdentity(**json.loads(kept.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return PrinterIdentity()


def layout(identity: PrinterIdentity) -> Mapping[str, str]:
    """File in the gadget's folder -> what is written there, in this order."""
    return {
        "idVendor": identity.vendor,
        "idProduct": identity.product,
        f"{ENGLISH}/serialnumber": identity.serial,
        f"{ENGLISH}/manufacturer": identity.maker,
        f"{ENGLISH}/product": identity.model,
        "functions/printer.0/pnp_string": identity.device_id + LOST_BY_THE_KERNEL,
        "functions/printer.0/q_len": QUEUE,
        "configs/c.1/MaxPower": BUS_POWERED_MA,
    }


def up(identity: PrinterIdentity, *, configfs: Path = CONFIGFS, sysfs: Path = SYSFS) -> None:
    """Make the gadget and plug it in. Raises `ReceiptBridgeError`."""
    ports = sorted(entry.name for entry in (sysfs / "class" / "udc").glob("*"))
    if not ports:
        raise ReceiptBridgeError(
            _("this machine has no USB device port"),
            hint=_(
                "A box that is to be a USB printer needs one (a Raspberry Pi 4 has it at its power socket)."
            ),
        )
    gadget = configfs / NAME
    try:
        for name, text in layout(identity).items():
            path = gadget / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (gadget / "configs/c.1/printer.0").symlink_to(gadget / "functions/printer.0")
        (gadget / "UDC").write_text(ports[0], encoding="ascii")
    except OSError as fault:
        down(configfs=configfs)
        raise ReceiptBridgeError(
            _("{gadget}: the gadget cannot be made: {reason} ({filename})").format(
                gadget=gadget, reason=why(fault), filename=fault.filename
            ),
            hint=_("Run as root, with the modules libcomposite and usb_f_printer (modprobe libcomposite)."),
        ) from fault


def down(*, configfs: Path = CONFIGFS) -> None:
    """Unplug the gadget and take it apart, whatever of it is there."""
    gadget = configfs / NAME
    with contextlib.suppress(OSError):
        (gadget / "UDC").write_text("\n", encoding="ascii")
    with contextlib.suppress(OSError):
        (gadget / "configs/c.1/printer.0").unlink()
    for folder in ("configs/c.1", "functions/printer.0", ENGLISH, ""):
        with contextlib.suppress(OSError):
            (gadget / folder).rmdir()


def printer_to_copy(config: Config) -> Address | None:
    """The printer of the lane whose register comes by the gadget."""
    for lane in config.lane:
        if parse_address(lane.register_).scheme == "gadget":
            return parse_address(lane.printer)
    return None


def main() -> None:
    """`up` or `down`; without a lane that has a gadget there is nothing to do."""
    try:
        config = load_config()
        printer = printer_to_copy(config)
        down()
        if printer is not None and sys.argv[1:] != ["down"]:
            up(remembered(identity_of(printer), config.state_dir))
    except ReceiptBridgeError as fault:
        sys.exit(f"receiptbridge: {fault} {fault.hint}")


if __name__ == "__main__":
    main()
