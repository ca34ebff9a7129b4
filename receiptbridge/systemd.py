"""What a lane tells systemd, and what systemd keeps for it: sd_notify(3), sd_listen_fds(3), sd-daemon(3).

Without systemd all of this does nothing. Own code, because the packages for it cannot hand over descriptors.
"""

from __future__ import annotations

import array
import asyncio
import contextlib
import os
import socket
from collections.abc import Callable, Sequence

# Four signs of life in the time after which systemd takes a lane for hung: one may come late.
SIGNS_OF_LIFE = 4
# How often `systemctl status` learns the lane's state where nothing else sets the pace.
STATUS_SECONDS = 1.0

_FIRST_KEPT = 3  # SD_LISTEN_FDS_START


def notify(*lines: str, descriptors: Sequence[int] = ()) -> None:
    """Send `KEY=value` lines to the service manager, and descriptors for it to keep."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.setblocking(False)  # a manager that is busy must not hold up a lane
        channel.connect(address)
        handed = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))
        channel.sendmsg(["\n".join(lines).encode()], [handed] if descriptors else [])


async def keep_told(status: Callable[[], str]) -> None:
    """From the event loop: that it is up, and then that it turns, until cancelled."""
    notify("READY=1", f"STATUS={status()}")
    while "NOTIFY_SOCKET" in os.environ:
        await asyncio.sleep(_pace())
        notify("WATCHDOG=1", f"STATUS={status()}")


def _pace() -> float:
    watched = os.environ.get("WATCHDOG_USEC", "")
    for_us = os.environ.get("WATCHDOG_PID") in (None, str(os.getpid()))
    if not watched.isdecimal() or not for_us:
        return STATUS_SECONDS
    return min(STATUS_SECONDS, int(watched) / 1_000_000 / SIGNS_OF_LIFE)


def keep(name: str, descriptor: int) -> None:
    """Have a descriptor kept open over a restart, under a name by which `kept` finds it again."""
    # Unpolled: a terminal that nobody has open for a moment counts as hung up, and would be dropped.
    notify("FDSTORE=1", "FDPOLL=0", f"FDNAME={_as_name(name)}", descriptors=(descriptor,))


def kept(name: str) -> int | None:
    """A descriptor that was kept under this name over the last restart; it is the caller's now.

    They come back in any order, so that only the name tells them apart. An entry is given out once.
    """
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return None
    names = os.environ.get("LISTEN_FDNAMES", "").split(":")
    if _as_name(name) not in names:
        return None
    at = names.index(_as_name(name))
    names[at] = ""
    os.environ["LISTEN_FDNAMES"] = ":".join(names)
    os.set_inheritable(_FIRST_KEPT + at, False)
    return _FIRST_KEPT + at


def _as_name(name: str) -> str:
    return name.replace(":", "-")
