"""Commits what the core asks for: the sale's row, and in the same transaction its number and its token.

The number is inside the signed token, so the token can only be made once the number is taken, and the row
must not exist without either: hence the key is used here, in the journal's thread, and not in the core.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
import time
from collections.abc import Callable

from receiptbridge.bridge.events import Code, MarkSale, SaleStored, StoreFailed, StoreSale
from receiptbridge.claim.token import CLOCK_NOT_GOOD, JOIN_ONLY, ClaimFields, decode, encode
from receiptbridge.clock import Moment, count_boot, wall_clock
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.identity import Identity
from receiptbridge.journal import Journal, SaleRecord, Stored
from receiptbridge.money import currency
from receiptbridge.receipt.model import ReceiptReading

log = logging.getLogger("receiptbridge.issuer")

# How long a code can be claimed; printed on the paper, kept by the service.
CLAIM_WINDOW = datetime.timedelta(days=7)


class Issuer:
    """The lane's `SaleStore`. Opens the journal when first needed, and again after it failed."""

    def __init__(
        self,
        open_journal: Callable[[], Journal],
        *,
        lane: str,
        identity: Identity | None,
        keep_text: bool = False,
        clock: Callable[[], Moment] = wall_clock,
    ) -> None:
        self._open_journal = open_journal
        self._lane = lane
        self.identity = identity
        self.keep_text = keep_text
        self._clock = clock
        self._journal: Journal | None = None

    def prepare(self) -> None:
        """Open the journal ahead of the first sale, and settle what a crash left open."""
        try:
            journal = self._opened()
            count_boot(journal)
            if interrupted := journal.mark_interrupted(self._lane):
                log.warning("%s: %d receipts were interrupted by the last stop", self._lane, interrupted)
        except ReceiptBridgeError as fault:
            log.error("%s: %s %s", self._lane, fault, fault.hint)

    def commit(self, sale: StoreSale) -> SaleStored | StoreFailed:
        """Commit one receipt; its token is made inside the transaction. Never raises."""
        try:
            clock_good = self._clock().good
            record, mint = self._record(sale, clock_good), self._mint(sale, clock_good)
            stored = self._opened().commit_sale(record, mint)
        except (ReceiptBridgeError, ValueError) as fault:
            log.error("%s: a receipt was not kept: %s", self._lane, fault)
            self._forget_journal()
            return StoreFailed(sale.ticket, str(fault), time.monotonic())
        return SaleStored(sale.ticket, stored.row, self._code(stored), time.monotonic(), stored.why_no_code)

    def mark(self, mark: MarkSale) -> None:
        """Note what became of a code; losing this note loses nothing that was promised."""
        try:
            self._opened().mark(mark.row, mark.outcome, mark.reason)
        except ReceiptBridgeError as fault:
            log.error("%s: row %d could not be marked %s: %s", self._lane, mark.row, mark.outcome, fault)
            self._forget_journal()

    def _opened(self) -> Journal:
        if self._journal is None:
            self._journal = self._open_journal()
        return self._journal

    def _forget_journal(self) -> None:
        journal, self._journal = self._journal, None
        if journal is not None:
            with contextlib.suppress(ReceiptBridgeError):
                journal.close()

    def _record(self, sale: StoreSale, clock_good: bool) -> SaleRecord:
        return SaleRecord(
            lane=self._lane,
            mode=sale.mode,
            reading=sale.reading,
            clock_good=clock_good,
            box_id=self.identity.box_id if self.identity else None,
            points=sale.points,
            why_no_code=sale.why_no_code,
            policy=sale.policy,
            text=_masked_text(sale.reading) if self.keep_text else None,
        )

    def _mint(self, sale: StoreSale, clock_good: bool) -> Callable[[int, int], bytes] | None:
        """What makes the token of this sale, or None where it gets no code."""
        identity, reading = self.identity, sale.reading
        if sale.why_no_code is not None or identity is None:
            return None
        if reading.total is None or reading.currency is None:
            return None
        amount, numeric = reading.total, currency(reading.currency).numeric
        flags = (JOIN_ONLY if sale.policy == "join" else 0) | (0 if clock_good else CLOCK_NOT_GOOD)

        def mint(number: int, issued_at: int) -> bytes:
            fields = ClaimFields(identity.box_id, number, issued_at, amount, numeric, sale.rule, flags)
            return encode(fields, identity.sign)

        return mint

    def _code(self, stored: Stored) -> Code | None:
        if stored.token is None:
            return None
        flags = decode(stored.token).flags
        valid_until = None if flags & CLOCK_NOT_GOOD else _last_day(stored.issued_at)
        return Code(stored.token, None if flags & JOIN_ONLY else stored.points, valid_until)


def _last_day(issued_at: int) -> str:
    """Of the claim window, by local time."""
    return (datetime.datetime.fromtimestamp(issued_at) + CLAIM_WINDOW).date().isoformat()


def _masked_text(reading: ReceiptReading) -> str:
    from receiptbridge.receipt.masking import masked  # only where a merchant wants texts kept

    return "\n".join(masked(reading).text)
