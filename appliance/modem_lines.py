"""In the guest: the box's own serial code on a 16550 whose outputs are its inputs (MCR loopback: RTS is CTS, DTR is
DSR, what is sent is received). Says as JSON what the kernel's driver makes of it; breaks come from the other end."""

import fcntl
import json
import struct
import sys
import termios
import time

from receiptbridge.links.handshake import KernelLines
from receiptbridge.links.line import LineSettings
from receiptbridge.links.serial_port import SerialLink, open_serial

TIOCM_LOOP = 0x8000  # asm-generic/termios.h
BREAK_MOST = 60.0
port = sys.argv[1]


def looped(flow: str, side: str) -> SerialLink:
    link = open_serial(port, LineSettings(baud=115200, flow=flow), side)
    fcntl.ioctl(link.fileno(), termios.TIOCMBIS, struct.pack("I", TIOCM_LOOP))
    return link


def received(link: SerialLink, count: int) -> bytes:
    got, until = b"", time.monotonic() + 10
    while len(got) < count and time.monotonic() < until:
        got += link.read(4096) or b""
        time.sleep(0.01)
    return got


def follows(flow: str, line: int) -> list[bool]:
    """Whether the other side's line is up: held back, let go, held back, let go."""
    link = looped(flow, "register")
    lines, seen = KernelLines(link.fileno()), []
    for held in (True, False, True, False):
        link.hold_back(held)
        seen.append(lines.raised(line))
    link.give_back()
    return seen


def writes_by_dsr() -> dict[str, object]:
    """What goes into the port with DSR down, and with it up; and what of it comes back."""
    link = looped("dsrdtr", "printer")
    lines = KernelLines(link.fileno())
    lines.put(termios.TIOCM_DTR, False)
    down = link.write(bytes(range(200)))
    lines.put(termios.TIOCM_DTR, True)
    up = link.write(bytes(range(200)))
    back = received(link, up)
    link.give_back()
    return {"down": down, "up": up, "unchanged": back == bytes(range(up))}


def breaks() -> dict[str, int]:
    """Counted while the test sends one."""
    link = open_serial(port, LineSettings(baud=115200), "register")
    print("listening", file=sys.stderr, flush=True)
    until = time.monotonic() + BREAK_MOST
    while not link.line_errors().get("break") and time.monotonic() < until:
        time.sleep(0.05)
    heard = link.read(16)
    errors = dict(link.line_errors())
    link.give_back()
    return {**errors, "bytes": len(heard or b"")}


print(
    json.dumps(
        {
            "rtscts": follows("rtscts", termios.TIOCM_CTS),
            "dsrdtr": follows("dsrdtr", termios.TIOCM_DSR),
            "dsr": writes_by_dsr(),
            "breaks": breaks(),
        }
    )
)
