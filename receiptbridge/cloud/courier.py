"""Brings the sales of one box to the service: claim, send, settle.

Rules of this file:
- Nothing in the journal is locked while a request is under way.
- A sale leaves the outbox by a final answer only. One that the service will never take is set aside with the
  reason, and holds up no other.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from typing import Any

from receiptbridge.cloud.client import ContentRefused, ServiceClient
from receiptbridge.cloud.schedule import Pace, backoff
from receiptbridge.cloud.wire import read_result, to_wire
from receiptbridge.identity import BoxKey
from receiptbridge.journal import Answer, DueSale, Outbox

BATCH_SALES = 500  # docs/sync-api.md takes no more

log = logging.getLogger(__name__)


class Courier:
    """Brings the sales of one box id to the service, under that box's key."""

    def __init__(
        self, outbox: Outbox, client: ServiceClient, key: BoxKey, dice: Callable[[], float] = random.random
    ) -> None:
        self.client = client
        self.pace = Pace()
        self.box_id = key.box_id
        self.key_id = key.key_id
        self._outbox = outbox
        self._dice = dice

    def deliver_batch(self) -> int:
        """Claim, send and settle one batch; how many were claimed. Raises `ServiceError`."""
        batch = self._outbox.claim(self.box_id, BATCH_SALES)
        try:
            self._send(batch)
        except BaseException:
            self._outbox.postpone([sale.number for sale in batch], 0)
            raise
        return len(batch)

    def pending(self) -> int:
        return self._outbox.pending(self.box_id)

    def next_due(self) -> int | None:
        return self._outbox.next_due(self.box_id)

    def _send(self, batch: Sequence[DueSale]) -> None:
        if not batch:
            return
        try:
            results = self.client.send_sales([to_wire(sale) for sale in batch])
        except ContentRefused as refusal:
            self._send_in_halves(batch, refusal)
        else:
            self._settle(batch, results)

    def _send_in_halves(self, batch: Sequence[DueSale], refusal: ContentRefused) -> None:
        """Find the item that a whole batch was refused for: ten requests for one in 500."""
        if len(batch) == 1:
            self._keep([Answer(batch[0].number, "rejected", str(refusal))])
            return
        middle = len(batch) // 2
        self._send(batch[:middle])
        self._send(batch[middle:])

    def _settle(self, batch: Sequence[DueSale], results: Sequence[Any]) -> None:
        sent = {sale.number: sale for sale in batch}
        answers = [answer for result in results if (answer := read_result(result)) and answer.number in sent]
        self._keep(answers)
        for number in sent.keys() - {answer.number for answer in answers}:
            self._outbox.postpone([number], backoff(sent[number].tries, self._dice()))

    def _keep(self, answers: Sequence[Answer]) -> None:
        self._outbox.settle(answers, at=int(self.client.service_time()))
        for answer in answers:
            if answer.final != "stored":
                log.warning("sale %d was set aside (%s): %s", answer.number, answer.final, answer.reason)
