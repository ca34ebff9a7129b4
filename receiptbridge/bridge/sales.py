"""Receipts on their way into the journal, and codes on their way onto the paper."""

from __future__ import annotations

from receiptbridge.bridge.events import MarkSale, StoreSale
from receiptbridge.bridge.rules import LaneRules, due
from receiptbridge.receipt.model import ReceiptReading


class Sales:
    """Numbers the receipts that are to be stored, and remembers the rows whose blocks are being written."""

    def __init__(self) -> None:
        self._tickets = 0
        self.being_written: list[int] = []

    def store(self, reading: ReceiptReading, rules: LaneRules, why_not_here: str | None) -> StoreSale:
        """The wish to store a receipt; `why_not_here` counts where the receipt itself would get a code."""
        self._tickets += 1
        points, why_no_code, policy = due(reading, rules)
        why = why_no_code or why_not_here
        return StoreSale(self._tickets, reading, points, why, rules.mode, rules.rule, policy)

    def releasing(self, row: int) -> MarkSale:
        self.being_written.append(row)
        return MarkSale(row, "releasing")

    def released(self) -> list[MarkSale]:
        """The printer has all that was written."""
        return [MarkSale(row, "released") for row in self._taken()]

    def lost(self) -> list[MarkSale]:
        """The printer is gone; how much of the blocks it printed nobody knows."""
        return [MarkSale(row, "unknown", "the printer was lost") for row in self._taken()]

    def _taken(self) -> list[int]:
        rows, self.being_written = self.being_written, []
        return rows
