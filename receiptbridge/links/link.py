"""What every link can do: read and write without ever blocking, and say plainly when it is gone."""

from __future__ import annotations

import contextlib
import os

from receiptbridge.errors import LinkError


class Link:
    """A file descriptor in non-blocking mode. Owns it: `close` closes it."""

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
            raise LinkError(f"{self.name}: reading failed: {fault.strerror}") from fault

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write what fits now; returns how many bytes were taken. Raises `LinkError`."""
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0
        except OSError as fault:
            raise LinkError(f"{self.name}: writing failed: {fault.strerror}") from fault

    def finish_writing(self) -> None:
        """Tell the other side that nothing more will come, where the link can say so."""

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._descriptor)

    def reset(self) -> None:
        """Close in a way that the other side sees as a failure, where the link can say so."""
        self.close()
