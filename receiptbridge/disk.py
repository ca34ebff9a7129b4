"""One thread beside a lane for whatever waits for the disk, in order: the loop goes on forwarding meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from receiptbridge.bridge.events import MarkSale, SaleStored, StoreFailed, StoreSale
from receiptbridge.bridge.store import SaleStore

log = logging.getLogger("receiptbridge.lane")


class Disk:
    """Commits and marks for one lane; what came of a commit is told in the loop."""

    def __init__(self, lane: str, store: SaleStore, loop: asyncio.AbstractEventLoop) -> None:
        self._lane = lane
        self._store = store
        self._loop = loop
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"journal-{lane}")

    def do(self, work: Callable[[], None]) -> None:
        """Have something else done there, in order with the commits."""
        self._thread.submit(work)

    def commit(self, sale: StoreSale, tell: Callable[[SaleStored | StoreFailed], None]) -> None:
        self._thread.submit(self._commit, sale, tell)

    def mark(self, mark: MarkSale) -> None:
        with contextlib.suppress(RuntimeError):  # a commit's answer may come when the lane has stopped
            self._thread.submit(self._mark, mark)

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()

    def _commit(self, sale: StoreSale, tell: Callable[[SaleStored | StoreFailed], None]) -> None:
        outcome: SaleStored | StoreFailed
        try:
            outcome = self._store.commit(sale)
        except Exception as fault:
            # A thread's exception would vanish, and the cut would wait for its whole bound.
            log.exception("%s: committing a sale failed", self._lane)
            outcome = StoreFailed(sale.ticket, f"{type(fault).__name__}: {fault}", self._loop.time())
        with contextlib.suppress(RuntimeError):  # the loop may have been closed meanwhile
            self._loop.call_soon_threadsafe(tell, outcome)

    def _mark(self, mark: MarkSale) -> None:
        try:
            self._store.mark(mark)
        except Exception:
            log.exception("%s: marking row %d as %s failed", self._lane, mark.row, mark.outcome)
