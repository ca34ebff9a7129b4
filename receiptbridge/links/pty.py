"""A pseudo-terminal that the box makes, with a link to it at a path of fixed name.

For a register program on the same machine that wants a serial port, and for tests of lines without
connections. The terminal is raw: no byte is echoed, doubled or translated (termios(3), cfmakeraw).
"""

from __future__ import annotations

import contextlib
import os
import tty
from pathlib import Path

from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link


class PtyLink(Link):
    """The box's end. Keeps the other end open too, so that nobody there is silence and not an error."""

    def __init__(self, path: Path) -> None:
        own, self._other = os.openpty()
        tty.setraw(self._other)
        self._path = path
        super().__init__(own, f"pty {path}")
        try:
            _point(path, os.ttyname(self._other))
        except OSError as fault:
            self.close()
            raise LinkError(f"{path}: cannot make the pty's name there: {fault.strerror}") from fault

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
