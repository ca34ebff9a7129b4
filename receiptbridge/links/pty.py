"""A pseudo-terminal that the box makes, with a link to it at a path of fixed name.

For a register program on the same machine that wants a serial port, and for tests of lines without
connections. The terminal is raw: no byte is echoed, doubled or translated (termios(3), cfmakeraw). Under systemd
it outlives the process: a register program that has it open does not notice when a lane is started again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import tty
from pathlib import Path

from receiptbridge import systemd
from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link
from receiptbridge.words import _, why

TIOCGPTN = 0x80045430  # ioctl_tty(2): the number of the other end; as it is on x86, ARM and RISC-V


class PtyLink(Link):
    """The box's end. Keeps the other end open too, so that nobody there is silence and not an error."""

    def __init__(self, path: Path) -> None:
        own, self._other = _kept_or_new(str(path))
        tty.setraw(self._other)
        self._path = path
        super().__init__(own, f"pty {path}")
        try:
            _point(path, os.ttyname(self._other))
        except OSError as fault:
            self.close()
            raise LinkError(
                _("{path}: cannot make the pty's name there: {reason}").format(path=path, reason=why(fault))
            ) from fault

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink()
        with contextlib.suppress(OSError):
            os.close(self._other)
        super().close()


def _point(path: Path, terminal: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()
    path.symlink_to(terminal)


def _kept_or_new(name: str) -> tuple[int, int]:
    """The box's end and the other."""
    own = systemd.kept(name)
    if own is not None:
        try:
            return own, _other_end(own)
        except OSError:  # what was kept is no terminal
            os.close(own)
    own, other = os.openpty()
    systemd.keep(name, own)
    return own, other


def _other_end(own: int) -> int:
    """Opened by its name: TIOCGPTPEER wants the mount namespace that the box's end was opened in, and that is gone."""
    (number,) = struct.unpack("I", fcntl.ioctl(own, TIOCGPTN, bytes(4)))
    return os.open(f"/dev/pts/{number}", os.O_RDWR | os.O_NOCTTY)
