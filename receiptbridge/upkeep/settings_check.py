"""What is wrong with a configuration, all of it, each finding in words. Nothing is opened but files.

The configuration itself finds what one value may not be; here is what several of them may not be together, and what
they name that is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from receiptbridge.config import Config, parse_config
from receiptbridge.errors import ConfigError
from receiptbridge.links.address import Address, parse_address
from receiptbridge.profiles.load import load_printer, load_register
from receiptbridge.words import _


def findings(text: str, path: Path) -> list[str]:
    """Everything that is wrong with a configuration text; empty where a lane can run with it."""
    try:
        config = parse_config(text, str(path))
    except ConfigError as fault:
        return list(fault.faults)
    if not config.lane:
        return [_("no lane is named: add a [[lane]] section, or let do it: receiptbridge setup")]
    return [*_profiles(config), *_taken_twice(config), *_relays(config)]


def _profiles(config: Config) -> Iterator[str]:
    for lane in config.lane:
        for key, load, name in (
            ("printer_profile", load_printer, lane.printer_profile),
            ("register_profile", load_register, lane.register_profile),
        ):
            try:
                load(name)
            except ConfigError as fault:
                yield f"lane.{lane.name}.{key}: {fault}"


def _taken_twice(config: Config) -> Iterator[str]:
    """One device or port that two links name: whoever comes second cannot open it."""
    users: dict[str, list[str]] = defaultdict(list)
    for lane in config.lane:
        for key, text in (("register", lane.register_), ("printer", lane.printer)):
            users[_place(parse_address(text))].append(f"lane.{lane.name}.{key}")
    for place, keys in users.items():
        if len(keys) > 1:
            yield _("{place} is named twice: {keys}").format(place=place, keys=", ".join(keys))


def _place(address: Address) -> str:
    """What only one can have. Listening on all addresses of the box takes the port from every one of them."""
    if address.usb is not None or address.scheme == "tcp":
        return str(address)
    return _("port {port} of the box").format(port=address.port) if address.port else address.path


def _relays(config: Config) -> Iterator[str]:
    users: dict[str, list[str]] = defaultdict(list)
    for lane in config.lane:
        if lane.relay is not None:
            users[lane.relay.removesuffix(":low")].append(lane.name)
    for relay, lanes in users.items():
        if len(lanes) > 1:
            yield _("the relay {relay} is named by several lanes: {lanes}").format(
                relay=relay, lanes=", ".join(lanes)
            )
