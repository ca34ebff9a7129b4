"""The port behind `StoreSale` and `MarkSale`: where receipts are committed and their outcome is kept."""

from __future__ import annotations

from typing import Protocol

from receiptbridge.bridge.events import MarkSale, SaleStored, StoreFailed, StoreSale


class SaleStore(Protocol):
    """Called in a thread of its own; blocks as long as the disk does."""

    def commit(self, sale: StoreSale) -> SaleStored | StoreFailed: ...

    def mark(self, mark: MarkSale) -> None: ...
