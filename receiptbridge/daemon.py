"""A lane: how its two links are come by, kept and given up. What passes between them is `junction`'s.

A register with connections is served one job after the other, as a printer would; on a line without connections
there is one register and one printer for good, and either may come and go.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from receiptbridge.bridge.events import RegisterConnected, Stopping
from receiptbridge.bridge.session import Session
from receiptbridge.bridge.store import SaleStore
from receiptbridge.errors import LinkError
from receiptbridge.junction import Junction
from receiptbridge.links.doors import PrinterDoor, RegisterDoor, reached
from receiptbridge.links.link import Link

log = logging.getLogger("receiptbridge.lane")

# When the lane is stopped, what is still with the box is given this long to reach the printer.
FAREWELL_MOST = 0.5


class Lane(Junction):
    """One register and its printer. Made and run in one event loop."""

    def __init__(
        self, name: str, session: Session, register: RegisterDoor, printer: PrinterDoor, store: SaleStore
    ) -> None:
        super().__init__(name, session, store, has_connections=register.has_connections)
        self._register_door = register
        self._printer_door = printer

    async def run(self) -> None:
        """Serve until cancelled."""
        try:
            if self._has_connections:
                await self._serve_connections()
            else:
                await self._serve_lines()
        finally:
            await self._farewell()
            self._register_door.close()
            self._printer_door.close()
            self.disk.close()

    async def _farewell(self) -> None:
        """Nothing that the register has sent stays behind in the box."""
        self._register_door.shut()
        self.handle(Stopping(self._now()))
        self._drained.clear()
        if self._printer is not None and self._printer.waiting:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._drained.wait(), FAREWELL_MOST)
        self._close_wires()

    # ---- a register with connections: one job after the other ----

    async def _serve_connections(self) -> None:
        while True:
            register = await self._register_door.accept()
            try:
                printer = await self._printer_door.connect()
            except LinkError as fault:
                log.warning("%s: %s", self.name, fault)
                self._register_door.shut()  # first: who is reset and comes again at once is refused
                register.reset()
                (await reached(self._printer_door.connect, self.name)).close()
                continue
            except asyncio.CancelledError:
                register.close()
                raise
            await self._job(register, printer)

    async def _job(self, register: Link, printer: Link) -> None:
        """From the register's connection to its end, as a printer would see it."""
        self._over.clear()
        self._hung_up = self._printer_told = False
        self._wire_printer(printer)
        self.handle(RegisterConnected(self._now()))
        self._wire_register(register)
        await self._over.wait()
        self._close_wires()

    # ---- a line without connections: one register and one printer for good, either may come and go ----

    async def _serve_lines(self) -> None:
        async with asyncio.TaskGroup() as sides:
            sides.create_task(self._keep_register())
            sides.create_task(self._keep_printer())

    async def _keep_register(self) -> None:
        self._wire_register(await reached(self._register_door.accept, self.name))
        while True:
            await self._register_lost.wait()
            self._register_lost.clear()
            if self._register is not None:
                self._register.close(reset=True)
                self._register = None
            self._wire_register(await reached(self._register_door.accept, self.name))
            self.handle(RegisterConnected(self._now(), in_mid_stream=True))

    async def _keep_printer(self) -> None:
        while True:
            self._wire_printer(await reached(self._printer_door.connect, self.name))
            self._over.clear()
            self._balance()
            await self._over.wait()
            if self._printer is not None:
                self._printer.close(reset=True)
                self._printer = None
            self._balance()
