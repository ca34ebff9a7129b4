"""One side of the bypass: read and written without ever blocking, and with its line's flow control."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import socket
import struct
import termios
import time

READ_MOST = 4096  # and what waits for a side that does not take it: about a printer's own buffer
EMPTY_READ_REST = 0.05  # usblp reports an empty packet as ready without end
LINE_WRITE_MOST = 64  # a printer that drops DTR still takes this much
LAST_TRANSFER_MS = 300  # of the second in which systemd wants the bypass gone
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class End:
    """One side: a descriptor that never blocks, and what waits to be written to it."""

    def __init__(self, descriptor: int, *, sock: socket.socket | None = None, dsrdtr: bool = False) -> None:
        self.descriptor, self.socket, self.dsrdtr = descriptor, sock, dsrdtr
        self.waiting = bytearray()
        self.finished = False  # a connection whose other side will send no more
        self.deaf_until = 0.0
        self._ready = True
        os.set_blocking(descriptor, False)

    @property
    def held_up(self) -> bool:
        """Whether the other side of a line asks us to wait: its DTR, our DSR, is down."""
        if not self.dsrdtr:
            return False
        lines = fcntl.ioctl(self.descriptor, termios.TIOCMGET, struct.pack("I", 0))
        return not struct.unpack("I", lines)[0] & termios.TIOCM_DSR

    def say_ready(self, ready: bool) -> None:
        """Ask the other side of a line to wait, or to go on."""
        if self.dsrdtr and ready != self._ready:
            self._ready = ready
            change = termios.TIOCMBIS if ready else termios.TIOCMBIC
            fcntl.ioctl(self.descriptor, change, struct.pack("I", termios.TIOCM_DTR))

    def read(self, *, hung_up: bool) -> bytes:
        """What there is now. Raises OSError when this side is gone."""
        try:
            data = os.read(self.descriptor, READ_MOST)
        except BlockingIOError:
            return b""
        except ConnectionError:  # it broke off: what it sent before is passed on all the same
            data = b""
        if not data and self.socket is not None:
            self.finished = True
        elif not data and hung_up:
            raise OSError("unplugged")
        elif not data:
            self.deaf_until = time.monotonic() + EMPTY_READ_REST
        return data

    def write(self) -> None:
        """As much as it takes now. Raises OSError when this side is gone."""
        most = LINE_WRITE_MOST if self.dsrdtr else READ_MOST
        with contextlib.suppress(BlockingIOError):
            del self.waiting[: os.write(self.descriptor, self.waiting[:most])]

    def still_there(self) -> bool:
        """Whether it was not lost between jobs. What it said meanwhile is nobody's answer."""
        poller = select.poll()
        poller.register(self.descriptor, select.POLLIN)
        try:
            while happened := poller.poll(0):
                if not self.read(hung_up=bool(happened[0][1] & (select.POLLHUP | select.POLLERR))):
                    break
        except OSError:
            return False
        return True

    def let_finish(self) -> None:
        """Until the device has taken the last that was written, within bounds."""
        poller = select.poll()
        poller.register(self.descriptor, select.POLLOUT)
        poller.poll(LAST_TRANSFER_MS)

    def close(self, *, reset: bool = False) -> None:
        with contextlib.suppress(OSError):
            if self.socket is None:
                os.close(self.descriptor)
                return
            if reset:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            self.socket.close()
