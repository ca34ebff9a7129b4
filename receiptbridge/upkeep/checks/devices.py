"""Checks of what is plugged in. Nothing is opened: a lane may be in the middle of a receipt."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from receiptbridge.config import LaneConfig
from receiptbridge.links.address import Address, parse_address
from receiptbridge.links.ports import usb_adapters, why_ambiguous
from receiptbridge.upkeep.checks.place import Finding, Place, bad, good, unknown, warning
from receiptbridge.words import _

LATENCY_MOST: Final = 4
"""Milliseconds that an FTDI adapter may keep bytes together; 16 is its default, and costs every question that long."""

_DEVICES: Final = ("serial", "file", "gadget")
_PROBES_PORTS: Final = ("ModemManager", "brltty")
"""Programs that talk to serial adapters by themselves, and are heard by the printer."""


def serial_ports(place: Place) -> Iterator[Finding]:
    links = [(lane, address) for lane, address in _addresses(place) if address.scheme == "serial"]
    if not links:
        yield unknown(_("no lane has one"))
        return
    known = usb_adapters()
    for lane, address in links:
        device = place.at(address.path)
        if not device.exists():
            what = _("{device} is not there").format(device=address.path)
            yield bad(
                what, _("Is the adapter plugged into the same socket? ls -l /dev/serial/by-path"), lane.name
            )
        elif why := why_ambiguous(address.path, known):
            yield bad(why, _("Change the lane's address: sudo receiptbridge config edit"), lane.name)
        else:
            yield good(f"{address.path} -> {os.path.realpath(device)}", lane.name)
    running = {place.text(comm) for comm in place.at("/proc").glob("[0-9]*/comm")}
    for name in sorted(running.intersection(_PROBES_PORTS)):
        what = _("{name} runs, which asks serial adapters what they are").format(name=name)
        yield warning(what, f"sudo systemctl disable --now {name}")


def adapters(place: Place) -> Iterator[Finding]:
    """Driver, firmware and latency timer of each USB adapter."""
    found = False
    for port in sorted(place.at("/sys/class/tty").glob("tty[UA][SC][BM]*")):
        found = True
        device = (port / "device").resolve()
        driver = (device / "driver").resolve().name if (device / "driver").exists() else "?"
        usb = next((up for up in device.parents if (up / "idVendor").exists()), None)
        ids = "" if usb is None else f"{place.text(usb / 'idVendor')}:{place.text(usb / 'idProduct')}"
        firmware = "" if usb is None else place.text(usb / "bcdDevice")
        what = _("{port}: {ids}, driver {driver}, firmware {firmware}").format(
            port=port.name, ids=ids, driver=driver, firmware=firmware or "?"
        )
        latency = place.number(device / "latency_timer")
        if latency is not None and latency > LATENCY_MOST:
            late = _("{what}, keeps bytes for {latency} ms").format(what=what, latency=latency)
            yield warning(late, f"echo 1 | sudo tee /sys/class/tty/{port.name}/device/latency_timer")
        else:
            yield good(what)
    if not found:
        yield unknown(_("none is plugged in"))


def usb(place: Place) -> Iterator[Finding]:
    asked = False
    for lane, address in _addresses(place):
        if address.usb is not None:
            asked = True
            yield _usb_printer(place, lane, address)
        elif address.scheme in ("file", "gadget"):
            asked = True
            yield from _device_file(place, lane, address)
    if not asked:
        yield unknown(_("no lane has one"))


def _usb_printer(place: Place, lane: LaneConfig, address: Address) -> Finding:
    name = address.usb
    assert name is not None
    for device in place.at("/sys/bus/usb/devices").glob("*/idVendor"):
        ids = (place.number_hex(device), place.number_hex(device.with_name("idProduct")))
        if device.parent.name == name.port or (not name.port and ids == (name.vendor, name.product)):
            return good(_("{address} is plugged in").format(address=address), lane.name)
    what = _("{address} is not plugged in").format(address=address)
    return bad(what, _("Is it switched on? receiptbridge setup shows what is plugged in: lsusb"), lane.name)


def _device_file(place: Place, lane: LaneConfig, address: Address) -> Iterator[Finding]:
    device = place.at(address.path)
    if not device.exists():
        hint = (
            "sudo systemctl enable --now receiptbridge-gadget"
            if address.scheme == "gadget"
            else _("Is the printer switched on, and its cable plugged in?")
        )
        yield bad(_("{device} is not there").format(device=address.path), hint, lane.name)
        return
    if address.scheme == "gadget" and not any(place.at("/sys/class/udc").glob("*")):
        what = _("this board has no USB port that can be a device")
        yield bad(what, _("Use a board with an OTG port, or another wire to the till."), lane.name)
        return
    yield good(address.path, lane.name)


def holders(place: Place) -> Iterator[Finding]:
    """A link is opened by one process only: the lane, where it runs."""
    wanted = {
        os.path.realpath(place.at(address.path)): lane
        for lane, address in _addresses(place)
        if address.scheme in _DEVICES and place.at(address.path).exists()
    }
    if not wanted:
        yield unknown(_("no lane has a device of its own"))
        return
    held = dict.fromkeys(wanted, 0)
    for process, path in _open_files(place, set(wanted)):
        lane = wanted[path]
        said = place.lane_says(lane.name)
        held[path] += 1
        if said is None or said["pid"] != process:
            name = place.text(place.at(f"/proc/{process}/comm")) or "?"
            what = _("{device} is held by {name} (process {process})").format(
                device=path, name=name, process=process
            )
            yield bad(what, _("End it: sudo kill {process}").format(process=process), lane.name)
    for path, count in held.items():
        if not count:
            yield good(_("{device} is free").format(device=path), wanted[path].name)
        else:
            mode = stat.S_IMODE(os.stat(path).st_mode)
            yield good(
                _("{device} is open (mode {mode:o})").format(device=path, mode=mode), wanted[path].name
            )


def _open_files(place: Place, wanted: set[str]) -> Iterator[tuple[int, str]]:
    for link in place.at("/proc").glob("[0-9]*/fd/*"):
        try:
            target = os.path.realpath(link) if place.root == Path("/") else os.readlink(link)
        except OSError:  # the process has ended, or is not ours to look at
            continue
        if target in wanted:
            yield int(link.parent.parent.name), target


def _addresses(place: Place) -> Iterator[tuple[LaneConfig, Address]]:
    for lane in place.lanes:
        for text in (lane.register_, lane.printer):
            yield lane, parse_address(text)
