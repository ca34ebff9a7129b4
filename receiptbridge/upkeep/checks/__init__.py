"""What `doctor` looks at: each check is a function that takes a `Place` and gives findings. It changes nothing.

`place` is what they look at (a machine, or a folder that plays one in tests); `installed`, `machine`, `devices`,
`network` and `stored` are the checks by subject; `all_findings` runs them in the order of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.upkeep.checks import devices, installed, machine, network, stored
from receiptbridge.upkeep.checks.place import Finding, Place, bad, unknown
from receiptbridge.words import N_, _

__all__ = ["CHECKS", "Finding", "Place", "all_findings"]

Check = Callable[[Place], Iterator[Finding]]

CHECKS: Final[Mapping[str, tuple[str, Check]]] = {
    "config": (N_("Configuration"), installed.configuration),
    "state": (N_("State folder"), installed.state_folder),
    "keys": (N_("Keys"), installed.keys),
    "user": (N_("User and groups"), installed.user_and_groups),
    "units": (N_("Services of the box"), installed.units),
    "version": (N_("Versions"), installed.versions),
    "ports": (N_("Serial ports"), devices.serial_ports),
    "adapters": (N_("USB adapters"), devices.adapters),
    "usb": (N_("USB printers and gadget"), devices.usb),
    "held": (N_("Who holds the devices"), devices.holders),
    "printer": (N_("Printers"), network.printers),
    "service": (N_("Member service"), network.service),
    "clock": (N_("Clock"), machine.clock),
    "journal": (N_("Journal"), stored.journal),
    "queue": (N_("Queue"), stored.queue),
    "disk": (N_("Disk space"), machine.disk_space),
    "flash": (N_("Flash wear"), machine.flash_wear),
    "ext4": (N_("File system"), machine.file_systems),
    "memory": (N_("Memory"), machine.memory),
    "heat": (N_("Temperature and power"), machine.heat_and_power),
    "logs": (N_("Logs"), machine.logs),
}
"""By code, which stays: the heading, and the check."""


def all_findings(
    place: Place, tell: Callable[[str], None] = lambda code: None
) -> Iterator[tuple[str, Finding]]:
    """Every check's findings, with the check's code. A check that cannot be made says so, and the next one comes."""
    for code, (_heading, check) in CHECKS.items():
        tell(code)
        try:
            for finding in check(place):
                yield code, finding
        except ReceiptBridgeError as fault:
            yield code, bad(str(fault), fault.hint)
        except OSError as fault:
            why = _("cannot be looked at: {why}").format(why=_(fault.strerror or str(fault)))
            yield code, unknown(why, _("Try again with sudo."))
