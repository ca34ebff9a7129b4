"""Checks of the machine itself: time, room, wear, heat. All of it is what the kernel tells in /sys and /proc."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Final

from receiptbridge.clock import BoxClock
from receiptbridge.upkeep.checks.place import Finding, Place, bad, good, unknown, warning
from receiptbridge.words import _

ROOM_LEAST: Final = 100
"""MB free where the journal is: a busy quarter's sales."""

ROOM_LITTLE: Final = 500
"""MB: somebody should look before it is less."""

MEMORY_LEAST: Final = 64
"""MB available: what one lane takes."""

WORN: Final = 0x0B
WORN_SOON: Final = 0x08
"""Of an eMMC's life_time (JEDEC JESD84-B51, DEVICE_LIFE_TIME_EST_TYP_A, B): tenths of its life used, 0x0B: over."""

PRE_END: Final = 2
"""Of its pre_eol_info: 2: 80 % of the reserved blocks are used, 3: 90 %."""

HOT: Final = 80.0
"""Degrees Celsius: boards slow themselves down from here on."""

DRIFT_MOST: Final = 60.0
"""Seconds that the machine's clock may differ from the service's before somebody should know."""

LOGS_MOST: Final = 200
"""MB of logs on flash."""

MB: Final = 1024 * 1024

# Raspberry Pi firmware, get_throttled: what is so now, and (16 bits higher) what was since the start.
_UNDER_VOLTAGE: Final = 1 << 0
_THROTTLED: Final = (1 << 1) | (1 << 2) | (1 << 3)
_SINCE_START: Final = 16


def clock(place: Place) -> Iterator[Finding]:
    box = BoxClock(place.state_dir)
    box.learn()
    moment = box.moment()
    drift = box.wall() - moment.at
    if not moment.good:
        what = _("what time it is is not known: codes are printed without a date")
        yield warning(what, _("Give the box a network; then: timedatectl, receiptbridge status"))
    elif abs(drift) > DRIFT_MOST:
        what = _("the machine's clock differs from the service's by {seconds:.0f} s").format(seconds=drift)
        yield warning(what, "sudo timedatectl set-ntp true")
    else:
        yield good(_("known, differs by {seconds:.1f} s").format(seconds=abs(drift)))


def disk_space(place: Place) -> Iterator[Finding]:
    if not place.state_dir.is_dir():
        yield unknown(_("{folder} is not there").format(folder=place.state_dir))
        return
    room = os.statvfs(place.state_dir)
    free = room.f_bavail * room.f_frsize // MB
    what = _("{free} MB free in {folder}").format(free=free, folder=place.state_dir)
    if free < ROOM_LEAST or (room.f_files and not room.f_favail):
        yield bad(what, _("Free some: sudo journalctl --vacuum-size=50M; sudo apt clean"))
    elif free < ROOM_LITTLE:
        yield warning(what, _("Free some: sudo journalctl --vacuum-size=50M; sudo apt clean"))
    else:
        yield good(what)


def flash_wear(place: Place) -> Iterator[Finding]:
    """Of eMMC, which tells; an SD card does not."""
    told = False
    for life in sorted(place.at("/sys/block").glob("mmcblk*/device/life_time")):
        name = life.parent.parent.name
        used = max((int(part, 16) for part in place.text(life).split()), default=0)
        before_end = place.number(life.with_name("pre_eol_info")) or 0
        if not used:
            continue
        told = True
        what = _("{name}: {percent} % of its life is used").format(name=name, percent=min(used, 10) * 10)
        if used >= WORN or before_end > PRE_END:
            yield bad(what, _("Replace the card or the board now; enrol the new one as its replacement."))
        elif used > WORN_SOON or before_end == PRE_END:
            yield warning(what, _("Plan its replacement within the year."))
        else:
            yield good(what)
    if not told:
        yield unknown(_("nothing here tells of it (SD cards do not)"))


def file_systems(place: Place) -> Iterator[Finding]:
    counts = sorted(place.at("/sys/fs/ext4").glob("*/errors_count"))
    for file in counts:
        if errors := place.number(file):
            what = _("{name}: {errors} errors").format(name=file.parent.name, errors=errors)
            yield bad(what, _("Look at dmesg; have it checked at the next start: sudo touch /forcefsck"))
    if counts:
        yield good(", ".join(file.parent.name for file in counts))
    else:
        yield unknown(_("no ext4 here"))


def memory(place: Place) -> Iterator[Finding]:
    found = re.search(r"^MemAvailable:\s+(\d+) kB", place.text(place.at("/proc/meminfo")), re.MULTILINE)
    if found is None:
        yield unknown(_("the kernel does not tell"))
        return
    free = int(found[1]) // 1024
    what = _("{free} MB available").format(free=free)
    yield good(what) if free >= MEMORY_LEAST else bad(what, _("See what takes it: top -o %MEM"))


def heat_and_power(place: Place) -> Iterator[Finding]:
    zones = [place.number(zone) for zone in place.at("/sys/class/thermal").glob("thermal_zone*/temp")]
    degrees = max((zone / 1000 for zone in zones if zone is not None), default=None)
    if degrees is not None and degrees > HOT:
        what = _("{degrees:.0f} degrees").format(degrees=degrees)
        yield bad(what, _("Give the box air, and take it away from the printer's power supply."))
    elif degrees is not None:
        yield good(_("{degrees:.0f} degrees").format(degrees=degrees))
    else:
        yield unknown(_("nothing here tells of it"))
    for file in place.at("/sys/devices/platform").glob("soc*/*firmware/get_throttled"):
        bits = int(place.text(file) or "0", 16)
        ever = bits | bits >> _SINCE_START
        if ever & _UNDER_VOLTAGE:
            yield bad(
                _("the power was too weak since the start"), _("Use the power supply of the board's maker.")
            )
        elif ever & _THROTTLED:
            yield warning(_("the processor was slowed down since the start"), _("Give the box air."))


def logs(place: Place) -> Iterator[Finding]:
    kept = place.at("/var/log/journal")
    if not kept.is_dir():
        yield good(_("in memory"))
        return
    size = sum(file.stat().st_size for file in kept.rglob("*") if file.is_file()) // MB
    what = _("{size} MB on the disk").format(size=size)
    if size > LOGS_MOST and any(place.at("/sys/block").glob("mmcblk*")):
        yield warning(what, _("Put Storage=volatile or SystemMaxUse=50M into /etc/systemd/journald.conf."))
    else:
        yield good(what)
