"""What is known of the printer from what it says, without asking it."""

from __future__ import annotations

from collections.abc import Iterable

from receiptbridge.escpos.questions import Dialect
from receiptbridge.escpos.replies import PrinterCondition, ReplyReader

# Answers are a few bytes each; this much is a printer that sends status by itself all the time.
UNHEARD_MOST = 1024


class PrinterSide:
    """One lane's printer. What it says passes elsewhere; here it is only listened to.

    `switched_on`: it said so among the things that were listened to last; its settings are then those of power-on.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect: Dialect = dialect
        self.reached()

    def reached(self) -> None:
        """A new connection: what was known before is void."""
        self.condition = PrinterCondition.UNKNOWN
        self.switched_on = False
        self._replies = ReplyReader(self._dialect)
        self._unheard = b""

    def lost(self) -> None:
        self.condition = PrinterCondition.GONE

    def asked(self, tokens: Iterable[bytes]) -> None:
        """Commands of the register on their way: the questions among them say what the answers mean."""
        self._replies.asked(tokens)

    def said(self, data: bytes) -> bool:
        """The printer says something. Whether that can wait for a quiet moment: answers before questions can."""
        self._unheard += data
        return len(self._unheard) <= UNHEARD_MOST

    @property
    def unheard(self) -> bool:
        return bool(self._unheard)

    def listen(self) -> bool:
        """Understand what was said since the last time; whether the condition is another now."""
        data, self._unheard = self._unheard, b""
        before, heard = self.condition, self._replies.hear(data)
        self.condition = heard.condition
        self.switched_on = heard.switched_on
        return self.condition is not before
