"""Notes how sync and the service get on, where `status` finds it, and seldom: flash has few writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.journal.contact import CONTACT, Contact, as_contact
from receiptbridge.journal.outbox import Outbox

NOTE_SECONDS: Final = 300
"""What only says that all is well still is written this seldom: one page of the log, 288 times a day."""


class ContactNotes:
    """`clock`: Unix seconds. A fault, and its end, is noted at once."""

    def __init__(self, outbox: Outbox, clock: Callable[[], float]) -> None:
        self._outbox = outbox
        self._clock = clock
        self._written = as_contact(outbox.setting(CONTACT)) or Contact(noted_at=0)
        self._now = self._written

    def heard(self) -> None:
        """The service has answered well."""
        self._note(heard_at=self._at(), fault="", hint="", failing_since=None)

    def delivered(self) -> None:
        """It has taken sales."""
        self._note(heard_at=self._at(), delivered_at=self._at(), fault="", hint="", failing_since=None)

    def failed(self, fault: ReceiptBridgeError) -> None:
        since = self._now.failing_since or self._at()
        self._note(fault=str(fault), hint=fault.hint, failing_since=since)

    def _at(self) -> int:
        return int(self._clock())

    def _note(self, **known: object) -> None:
        at = self._at()
        self._now = replace(self._now, noted_at=at, **known)  # type: ignore[arg-type]
        news = self._now.fault != self._written.fault
        if news or abs(at - self._written.noted_at) >= NOTE_SECONDS:
            self._outbox.put_setting(CONTACT, self._now.as_setting())
            self._written = self._now
