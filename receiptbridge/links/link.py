"""What every link can do: read and write without ever blocking, and say plainly when it is gone."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import termios
from collections.abc import Mapping

from receiptbridge.errors import LinkError
from receiptbridge.escpos.condition import PrinterCondition
from receiptbridge.words import _, why


class Link:
    """A file descriptor in non-blocking mode. Owns it: `close` closes it."""

    write_pause = 0.0
    """Seconds after which a write that was not taken whole is tried again; 0: the descriptor says when."""

    answer_most = 1.0
    """Seconds that an answer may still take after a job's last byte, where nobody closes a line behind a job."""

    def __init__(self, descriptor: int, name: str) -> None:
        self._descriptor = descriptor
        self.name = name
        os.set_blocking(descriptor, False)

    def fileno(self) -> int:
        return self._descriptor

    def read(self, most: int) -> bytes | None:
        """Up to `most` bytes; None when there are none now; b"" when the other side has finished.

        Raises `LinkError` when the link is broken.
        """
        try:
            return os.read(self._descriptor, most)
        except BlockingIOError:
            return None
        except OSError as fault:
            raise LinkError(
                _("{name}: reading failed: {reason}").format(name=self.name, reason=why(fault))
            ) from fault

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write what fits now; returns how many bytes were taken. Raises `LinkError`."""
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0
        except OSError as fault:
            raise LinkError(
                _("{name}: writing failed: {reason}").format(name=self.name, reason=why(fault))
            ) from fault

    def unacknowledged(self) -> int | None:
        """Bytes that were written and are not known to have arrived; None where the kernel cannot tell.

        Of a TCP connection (also one that has just broken) what the peer has not acknowledged, of a serial line
        what the port has not sent (SIOCOUTQ and TIOCOUTQ, which are one number: tcp(7), ioctl_tty(2)).
        """
        try:
            [count] = struct.unpack("i", fcntl.ioctl(self._descriptor, termios.TIOCOUTQ, bytes(4)))
        except OSError:
            return None
        return int(count)

    def silent(self) -> bool:
        """Whether the other side has answered nothing for so long that it must be gone."""
        return False

    def line_errors(self) -> Mapping[str, int]:
        """What the line got wrong since it was opened (`framing`, `parity`, `break`, ...), where it counts."""
        return {}

    def hold_back(self, wanted: bool) -> None:
        """Have the other side stop sending, or go on, where the link has a way to say so besides not reading."""

    def show(self, condition: PrinterCondition) -> None:
        """Tell a register how the printer is, where the link has lines for that besides the printer's answers."""

    def finish_writing(self) -> None:
        """Tell the other side that nothing more will come, where the link can say so."""

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._descriptor)

    def reset(self) -> None:
        """Close in a way that the other side sees as a failure, where the link can say so."""
        self.close()
