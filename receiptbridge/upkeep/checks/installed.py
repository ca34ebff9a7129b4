"""Checks of what was installed and configured: files, rights, users, units, versions."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import stat
import sys
from collections.abc import Iterator
from typing import Final

from receiptbridge import __version__
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.identity import KEYS_FOLDER, OTHERS, Identity, identity_path
from receiptbridge.links.address import parse_address
from receiptbridge.profiles.load import load_printer, load_register
from receiptbridge.upkeep.checks.place import Finding, Place, bad, good, unknown, warning
from receiptbridge.words import _

USER: Final = "receiptbridge"
_GROUPS: Final = {"serial": "dialout", "file": "lp", "gadget": "lp", "usb": "lp", "usb-path": "lp"}
"""Debian's groups of the devices that a link opens."""

_WORLD: Final = 0o007


def configuration(place: Place) -> Iterator[Finding]:
    if place.fault:
        what, hint = place.fault
        yield bad(what, hint or _("Mend it: sudo receiptbridge config edit"))
        return
    for lane in place.lanes:
        load_printer(lane.printer_profile)
        load_register(lane.register_profile)
        if lane.printer_profile == "_default":
            what = _("no printer profile is named, so the block is plain")
            yield warning(what, _("Find it: receiptbridge profiles list"), lane.name)
    if not place.lanes:
        yield bad(_("it names no lane"), "sudo receiptbridge setup")
        return
    yield good(
        _("{file}, lanes: {lanes}").format(
            file=place.config_file, lanes=", ".join(n.name for n in place.lanes)
        )
    )


def state_folder(place: Place) -> Iterator[Finding]:
    folder = place.state_dir
    if not folder.is_dir():
        yield bad(
            _("{folder} is not there").format(folder=folder),
            _("The package makes it: sudo systemd-tmpfiles --create"),
        )
        return
    facts = folder.stat()
    owner = _name_of(facts.st_uid)
    mode = stat.S_IMODE(facts.st_mode)
    if mode & _WORLD:
        what = _("{folder} is open to everybody (mode {mode:o})").format(folder=folder, mode=mode)
        yield bad(what, f"sudo chmod o-rwx {folder}")
    wrong = [file for file in folder.iterdir() if file.lstat().st_uid != facts.st_uid]
    if wrong:
        what = _("{file} does not belong to {owner}").format(file=wrong[0], owner=owner)
        yield bad(what, f"sudo chown -R {owner}: {folder}")
    if not os.access(folder, os.W_OK) and os.geteuid() in (0, facts.st_uid):
        yield bad(
            _("{folder} cannot be written").format(folder=folder),
            _("Is it mounted read-only? findmnt -T {folder}").format(folder=folder),
        )
    yield good(_("{folder}, of {owner}").format(folder=folder, owner=owner))


def keys(place: Place) -> Iterator[Finding]:
    folder = place.state_dir / KEYS_FOLDER
    with contextlib.suppress(FileNotFoundError):
        identity_path(place.state_dir).stat()  # OSError, where it is not ours to look at
    try:
        identity = Identity.load(place.state_dir)
    except ReceiptBridgeError as fault:
        yield bad(str(fault), fault.hint)
        return
    if identity is None:
        yield warning(_("the box is not enrolled, so it prints no codes"), "sudo receiptbridge enrol")
        return
    for file in (folder, *folder.glob("*.pem")):
        if stat.S_IMODE(file.stat().st_mode) & OTHERS:
            what = _("{file} can be read by others, who could print points with it").format(file=file)
            yield bad(what, f"sudo chmod go-rwx {file}; sudo receiptbridge keys rotate")
    yield good(_("signs as {key}").format(key=identity.current.key_id))


def user_and_groups(place: Place) -> Iterator[Finding]:
    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        yield unknown(_("there is no user {user}: not installed by the package").format(user=USER))
        return
    links = {parse_address(text).scheme for lane in place.lanes for text in (lane.register_, lane.printer)}
    for name in sorted({_GROUPS[scheme] for scheme in links if scheme in _GROUPS}):
        try:
            group = grp.getgrnam(name)
        except KeyError:
            yield bad(_("there is no group {group}").format(group=name), f"sudo groupadd --system {name}")
            continue
        unit = place.text(place.at("/usr/lib/systemd/system/receiptbridge@.service"))
        if USER not in group.gr_mem and group.gr_gid != user.pw_gid and name not in unit:
            what = _("{user} is not in the group {group}, which the devices belong to").format(
                user=USER, group=name
            )
            yield bad(what, f"sudo usermod -aG {name} {USER}")
    yield good(_("user {user}").format(user=USER))


def units(place: Place) -> Iterator[Finding]:
    if not place.at("/run/systemd/system").is_dir():
        yield unknown(_("no systemd runs here, so nobody starts the lanes again"))
        return
    for lane in place.lanes:
        yield from _unit(place, f"receiptbridge@{lane.name}", lane.name)
        if place.run(["systemctl", "is-active", f"receiptbridge-bypass@{lane.name}"]) == "active\n":
            what = _("its bypass stands in for it")
            yield bad(what, f"sudo receiptbridge bypass off {lane.name}", lane.name)
    if place.config.service.url:
        yield from _unit(place, "receiptbridge-sync", None)


def _unit(place: Place, unit: str, lane: str | None) -> Iterator[Finding]:
    active = (place.run(["systemctl", "is-active", unit]) or "unknown").strip()
    enabled = (place.run(["systemctl", "is-enabled", unit]) or "unknown").strip()
    if active not in ("active", "activating"):
        what = _("{unit} is {state}").format(unit=unit, state=active)
        yield bad(what, f"sudo systemctl start {unit}; journalctl -u {unit} -n 20", lane)
    elif enabled not in ("enabled", "enabled-runtime", "static"):
        what = _("{unit} runs, and will not after the next start of the box").format(unit=unit)
        yield bad(what, f"sudo systemctl enable {unit}", lane)
    else:
        yield good(_("{unit} runs").format(unit=unit), lane)


def versions(place: Place) -> Iterator[Finding]:
    for lane in place.lanes:
        said = place.lane_says(lane.name)
        if said and said["version"] != __version__:
            what = _("it runs version {old}, {new} is installed").format(old=said["version"], new=__version__)
            yield warning(what, f"sudo systemctl restart receiptbridge@{lane.name}", lane.name)
    kernel = place.text(place.at("/proc/sys/kernel/osrelease")) or "?"
    python = ".".join(map(str, sys.version_info[:3]))
    yield good(
        _("receiptbridge {version}, Python {python}, Linux {kernel}").format(
            version=__version__, python=python, kernel=kernel
        )
    )


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
