"""One guest for all tests: what it is built from, and how it is configured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from appliance.guest import Guest
from appliance.image import CACHE, build, missing, newest_package

CONFIG = """\
state_dir = "/var/lib/receiptbridge"
[service]
url = "https://members.invalid"
claim_prefix = "HTTPS://M.EXAMPLE.COM/C/"
[points]
currency = "CNY"
minor_per_point = 1

[[lane]]
name = "till-v"
mode = "print"
register = "pty:/run/receiptbridge/till-v"
printer = "file:/dev/virtio-ports/printer"
printer_profile = "xprinter-xp-80"

[[lane]]
name = "till-s"
mode = "print"
register = "serial:/dev/serial/by-path/pci-0000:00:03.0-usb-0:1:1.0-port0?baud=115200"
printer = "serial:/dev/serial/by-path/pci-0000:00:03.0-usb-0:2:1.0-port0?baud=115200"
printer_profile = "xprinter-xp-80"

[[lane]]
name = "till-u"
mode = "print"
register = "tcp-listen://127.0.0.1:9101"
printer = "file:/dev/usb/lp0"
printer_profile = "xprinter-xp-80"

[[lane]]
name = "till-l"
mode = "print"
register = "tcp-listen://127.0.0.1:9102"
printer = "usb:04b8:0e15"
printer_profile = "xprinter-xp-80"

[[lane]]
name = "till-g"
mode = "print"
register = "gadget:/dev/g_printer1"
printer = "file:/dev/usb/lp0"
printer_profile = "xprinter-xp-80"
"""


@pytest.fixture(scope="session")
def guest() -> Iterator[Guest]:
    if why := missing():
        pytest.skip(why)
    work = CACHE / "work"
    guest = Guest(build(newest_package(), CONFIG, work), work)
    print(f"\nbooted, and the first command answered, after {guest.boot_seconds:.0f} s")
    try:
        yield guest
    finally:
        guest.stop()
