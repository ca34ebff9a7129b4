"""Sends bytes to a printer that no lane holds: a replay, a test page.

A link is opened by one process only: where a running lane has it, this refuses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from receiptbridge.config import Config, LaneConfig
from receiptbridge.errors import LinkError, ReceiptBridgeError, UsageError
from receiptbridge.links.address import Address, parse_address
from receiptbridge.links.doors import printer_door
from receiptbridge.links.link import Link
from receiptbridge.upkeep.lanes import runs
from receiptbridge.words import _

CHUNK: Final = 4096
STALL_MOST: Final = 60.0
"""Seconds in which a printer takes nothing: its cover is open, or nobody is there."""

LOOK_EVERY: Final = 0.01
TALK_MOST: Final = 2.0
"""Seconds for its last answers, once it has everything: one that reports its state all the time never ends."""

QUIET: Final = 1.0
"""Seconds without an answer after the last byte; longer, and the printer has nothing to say."""

Pieces = Sequence[tuple[float, bytes]]
"""What is sent, and when, in seconds from the start."""


def printer_address(text: str) -> Address:
    """The address of a printer. Raises `UsageError`."""
    try:
        address = parse_address(text)
    except ValueError as fault:
        raise UsageError(str(fault), hint=_("Such as tcp://192.168.1.50:9100 or file:/dev/usb/lp0")) from None
    if not address.may_be_printer:
        raise UsageError(
            _("{link} is no address of a printer").format(link=text),
            hint=_("Such as tcp://192.168.1.50:9100 or file:/dev/usb/lp0"),
        )
    return address


def holder(config: Config, address: Address) -> LaneConfig | None:
    """The running lane whose printer is at that address."""
    for lane in config.lane:
        if _same(parse_address(lane.printer), address) and runs(lane.name, config.state_dir):
            return lane
    return None


def _same(one: Address, other: Address) -> bool:
    return (one.scheme, one.host, one.port, one.path, one.usb) == (
        other.scheme, other.host, other.port, other.path, other.usb,
    )  # fmt: skip


def send(address: Address, usb_class: int, pieces: Pieces) -> int:
    """Send it all, each piece not before its time; how many bytes that were.

    Raises `LinkError` where the printer is not there, or takes nothing for `STALL_MOST`.
    """
    return asyncio.run(_send(address, usb_class, pieces))


async def _send(address: Address, usb_class: int, pieces: Pieces) -> int:
    loop = asyncio.get_running_loop()
    door = printer_door(address, usb_class)
    try:
        link = await door.connect()
        begun = loop.time()
        for at, data in pieces:
            await asyncio.sleep(max(0.0, begun + at - loop.time()))
            await _write(link, data, address)
        await _finish(link)
        link.close()
    finally:
        door.close()
    return sum(len(data) for _, data in pieces)


async def _write(link: Link, data: bytes, address: Address) -> None:
    loop = asyncio.get_running_loop()
    rest, moved = memoryview(data), loop.time()
    while rest:
        if taken := link.write(rest[:CHUNK]):
            rest, moved = rest[taken:], loop.time()
        else:
            if loop.time() - moved > STALL_MOST:
                raise LinkError(
                    _("{link}: the printer takes nothing").format(link=address),
                    hint=_("Is its cover shut, is there paper, is flow control right?"),
                )
            await asyncio.sleep(LOOK_EVERY)
        link.read(CHUNK)  # its answers are for nobody; left unread they would close the connection hard


async def _finish(link: Link) -> None:
    """Wait until what was written has arrived and the printer says no more."""
    loop = asyncio.get_running_loop()
    link.finish_writing()
    heard = arrived = loop.time()
    while loop.time() - heard < QUIET or link.unacknowledged():
        if link.unacknowledged():
            arrived = loop.time()
        elif loop.time() - arrived > TALK_MOST:
            return
        answer = link.read(CHUNK)
        if answer == b"":
            return
        if answer:
            heard = loop.time()
        if loop.time() - heard > STALL_MOST:
            raise ReceiptBridgeError(_("the printer has not printed all of it"))
        await asyncio.sleep(LOOK_EVERY)
