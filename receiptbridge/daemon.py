"""A lane: how its two links are come by, kept and given up. What passes between them is `junction`'s.

A register with connections is served one job after the other, as a printer would; on a line without connections
there is one register and one printer for good, and either may come and go.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from receiptbridge.bridge.events import Action, AnswerPage, Event, PageAsked, RegisterConnected, Stopping
from receiptbridge.bridge.session import Session
from receiptbridge.bridge.store import SaleStore
from receiptbridge.errors import LinkError, ReceiptBridgeError
from receiptbridge.junction import Junction
from receiptbridge.links.doors import PrinterDoor, RegisterDoor, reached
from receiptbridge.links.link import Link
from receiptbridge.links.wire import Wire

log = logging.getLogger("receiptbridge.lane")

# When the lane is stopped, what is still with the box is given this long to reach the printer.
FAREWELL_MOST = 0.5

# A receipt is printed within a few seconds; who waits for its end longer is told that it cannot be now.
IDLE_WAIT_MOST = 20.0
PAGE_LOOK_EVERY = 0.1

# A page takes `own_page.PAGE_BLOCKS` at most, 20 s; a printer that has not taken it by then has stopped.
PAGE_PRINT_MOST = 40.0


_AGAIN = "Try again when the register prints nothing."

_T = TypeVar("_T")


class LaneBusy(ReceiptBridgeError):
    """What was asked for must wait, and has waited long enough."""


class PageRefused(ReceiptBridgeError):
    """A page of the box's own was not printed, or not whole."""


class Lane(Junction):
    """One register and its printer. Made and run in one event loop."""

    def __init__(
        self, name: str, session: Session, register: RegisterDoor, printer: PrinterDoor, store: SaleStore
    ) -> None:
        super().__init__(name, session, store, has_connections=register.has_connections)
        self._register_door = register
        self._printer_door = printer
        self._turn = (
            asyncio.Lock()
        )  # of whoever opens the connections: a register's job, or a page of the box's own
        self._page: asyncio.Task[AnswerPage] | None = None

    async def run(self) -> None:
        """Serve until cancelled."""
        try:
            if self._has_connections:
                await self._serve_connections()
            else:
                await self._serve_lines()
        finally:
            await self._farewell()
            if self._page is not None:
                self._page.cancel()
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
                await self._turn.acquire()
            except asyncio.CancelledError:
                register.close()
                raise
            try:
                await self._serve(register)
            finally:
                self._turn.release()

    async def _serve(self, register: Link) -> None:
        try:
            printer = await self._printer_door.connect()
        except LinkError as fault:
            log.warning("%s: %s", self.name, fault)
            self._register_door.shut()  # first: who is reset and comes again at once is refused
            register.reset()
            (await reached(self._printer_door.connect, self.name)).close()
        except asyncio.CancelledError:
            register.close()
            raise
        else:
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

    # ---- between receipts ----

    async def between_receipts(self) -> None:
        """Until none is under way. Raises `LaneBusy` after `IDLE_WAIT_MOST`."""
        something = asyncio.Event()

        def observer(_event: Event, _actions: Sequence[Action]) -> None:
            something.set()

        self.observers.append(observer)
        try:
            async with asyncio.timeout(IDLE_WAIT_MOST):
                while self.session.receipt_under_way or self.session.behind:
                    something.clear()
                    await something.wait()
        except TimeoutError:
            raise LaneBusy("a receipt is under way", hint=_AGAIN) from None
        finally:
            self.observers.remove(observer)

    async def print_page(self, page: bytes, *, anyway: bool = False) -> None:
        """Print a page between the register's receipts: docs/control.md says what may stand in it.

        Waits `IDLE_WAIT_MOST` for its moment. Raises `LaneBusy`, `PageRefused`, and `LinkError` where the printer
        cannot be reached.
        """
        until = self._now() + IDLE_WAIT_MOST
        while (answer := await self._try_page(page, anyway)).why_not is not None:
            if not answer.for_now:
                raise PageRefused(answer.why_not)
            if self._now() >= until:
                raise LaneBusy(answer.why_not, hint=_AGAIN)
            await asyncio.sleep(PAGE_LOOK_EVERY)

    async def _try_page(self, page: bytes, anyway: bool) -> AnswerPage:
        if self._has_connections and not self._turn.locked():
            return await self._alone(page)
        if self._printer is None:
            return AnswerPage("the printer is out of reach", for_now=True)
        answer = self._ask_core(PageAsked(page, self._now(), anyway=anyway))
        if answer.why_not is None:
            await _in_time(self._until_printed(self._printer))
        return answer

    async def _alone(self, page: bytes) -> AnswerPage:
        """A connection for a page. Once begun it is printed to its end, whether or not anybody waits for it: half a
        picture would swallow the next receipt. A register that comes meanwhile waits its turn."""
        await self._turn.acquire()
        self._page = asyncio.create_task(self._page_job(page))
        self._page.add_done_callback(_heard)
        answer = await _in_time(asyncio.shield(self._page))
        return answer._replace(for_now=False)  # with nobody else there it is not worth waiting

    async def _page_job(self, page: bytes) -> AnswerPage:
        try:
            self._over.clear()
            self._hung_up = self._printer_told = False
            self._wire_printer(await self._printer_door.connect())
            answer = self._ask_core(PageAsked(page, self._now(), alone=True))
            if answer.why_not is None and self._printer is not None:
                await self._until_printed(self._printer)
                self._hung_up = True
                self._finish_job()
                await self._over.wait()
            return answer
        finally:
            self._close_wires()
            self._turn.release()

    def _ask_core(self, asked: PageAsked) -> AnswerPage:
        self._page_answer = None
        self.handle(asked)
        return self._page_answer or AnswerPage("a fault in the core: its log says which")

    async def _until_printed(self, printer: Wire) -> None:
        self._drained.clear()
        if printer.waiting:
            await self._drained.wait()
        if printer.waiting or self._printer is not printer:
            raise PageRefused("the printer was lost in the middle of it")

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


async def _in_time(printed: Awaitable[_T]) -> _T:
    try:
        return await asyncio.wait_for(printed, PAGE_PRINT_MOST)
    except TimeoutError:
        raise PageRefused(
            "the printer stopped in the middle of it; it prints the rest when it goes on"
        ) from None


def _heard(page: asyncio.Task[AnswerPage]) -> None:
    """What came of it is known, also where nobody waits for it any more."""
    if not page.cancelled():
        page.exception()
