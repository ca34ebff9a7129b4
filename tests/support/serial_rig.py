"""Serial cables without hardware: a pseudo-terminal for the bytes, the simulated wires for the modem lines."""

from __future__ import annotations

import asyncio
import contextlib
import os
import termios
import tty
from collections.abc import Iterator
from pathlib import Path

from hardware_sim.uart import Frame, ModemEnd, NullModem, Received, Wave, receive
from receiptbridge.links.legible import Heard
from receiptbridge.links.line import LineSettings


class Cable:
    """`path` is the box's end; the test plays the device on `descriptor` and on `lines`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.modem = NullModem()
        self.descriptor = -1
        self._box_end = -1
        self.plug_in()

    @property
    def lines(self) -> ModemEnd:
        return self.modem.b

    @property
    def box_lines(self) -> ModemEnd:
        return self.modem.a

    def plug_in(self) -> None:
        self.descriptor, self._box_end = os.openpty()
        tty.setraw(self._box_end)
        os.set_blocking(self.descriptor, False)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._box_end))

    def unplug(self) -> None:
        """The device is gone as an adapter is: whoever has the port gets an error."""
        self.path.unlink(missing_ok=True)
        for descriptor in (self.descriptor, self._box_end):
            with contextlib.suppress(OSError):
                os.close(descriptor)

    async def opened(self) -> None:
        """Until the box has the port: what came before, it throws away (its settings may have been others)."""
        await self._has(termios.IGNBRK)

    async def listened_to(self) -> None:
        """Until detection listens: it has errors marked."""
        await self._has(termios.PARMRK)

    async def _has(self, flag: int) -> None:
        while not termios.tcgetattr(self._box_end)[0] & flag:
            await asyncio.sleep(0.01)

    def write(self, data: bytes) -> None:
        assert os.write(self.descriptor, data) == len(data)

    def taken(self) -> bytes:
        """What has arrived by now."""
        with contextlib.suppress(BlockingIOError):
            return os.read(self.descriptor, 1 << 16)
        return b""

    async def read(self, count: int) -> bytes:
        """Exactly that many bytes."""
        data = b""
        while len(data) < count:
            await readable(self.descriptor)
            data += os.read(self.descriptor, count - len(data))
        return data


@contextlib.contextmanager
def cable(path: Path) -> Iterator[Cable]:
    made = Cable(path)
    try:
        yield made
    finally:
        made.unplug()


async def readable(descriptor: int) -> None:
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, came.set)
    try:
        await came.wait()
    finally:
        loop.remove_reader(descriptor)


class UartEar:
    """Listens on a simulated wire on which a till prints a receipt again and again, with pauses between."""

    SILENCE = 0.25

    def __init__(self, receipt: bytes, till: Frame, *, receipts: int = 25, spikes: int = 0) -> None:
        self._wave = Wave().idle(0.1).send(receipt, till).idle(0.3).repeat(receipts)
        self._wave.noise(7, spikes, till.bit)
        self._now = 0.05

    @property
    def over(self) -> bool:
        return self._wave.falls(self._now) is None

    def listen(self, settings: LineSettings, most: int) -> Heard:
        frame = Frame(settings.baud, settings.bits, settings.parity, settings.stop)
        got: list[Received] = []
        for at, received in receive(self._wave, frame, self._now):
            if len(got) == most or (got and at - self._now > self.SILENCE):
                break
            got.append(received)
            self._now = at
        return Heard(settings, bytes(one.byte for one in got), bytes(one.flawed for one in got))
