"""What is known of the printer: from what it says, and, where its profile allows it, by asking while all is idle.

An answer to a question of the box's own reaches no register. So that it can be taken for nothing else, the box asks
when nobody else's answer is out, and counts on an answer for `ANSWER_WITHIN` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from receiptbridge.bridge.events import WakeAt
from receiptbridge.escpos.questions import Dialect
from receiptbridge.escpos.replies import PrinterCondition, ReplyReader
from receiptbridge.profiles.model import PrinterProfile

# Answers are a few bytes each; this much is a printer that sends status by itself all the time.
UNHEARD_MOST = 1024

# A register that was silent for this long is not in the middle of anything.
ASK_AFTER = 10.0
ASK_EVERY = 30.0

# Printers answer these at once, also when they are busy; at 9600 baud the answer takes 2 ms.
ANSWER_WITHIN = 0.5

# DLE EOT 1 and 4: printer and paper; Star's ESC ACK SOH: everything.
_QUESTIONS: Mapping[Dialect, Sequence[bytes]] = {
    "escpos": (b"\x10\x04\x01", b"\x10\x04\x04"),
    "star": (b"\x1b\x06\x01",),
}


class PrinterSide:
    """One lane's printer. `switched_on`: it said so among the things that were listened to last. `crowded`: so much was
    said that it must be listened to now."""

    def __init__(self, printer: PrinterProfile, dialect: Dialect) -> None:
        self._may_be_asked = printer.ask_when_idle
        self._dialect: Dialect = dialect
        self.reached()

    def go_by(self, printer: PrinterProfile) -> None:
        """Another profile of the same dialect."""
        self._may_be_asked = printer.ask_when_idle

    def reached(self) -> None:
        """A new connection: what was known before is void."""
        self.condition = self._told = PrinterCondition.UNKNOWN
        self.switched_on = False
        self._replies = ReplyReader(self._dialect)
        self._unheard = b""
        self.crowded = False
        self._asked_at: float | None = None
        self._ask_again = self._look_at = 0.0

    def lost(self) -> None:
        self.condition = self._told = PrinterCondition.GONE

    def asked(self, tokens: Iterable[bytes]) -> None:
        """Commands of the register on their way: the questions among them say what the answers mean."""
        self._replies.asked(tokens)

    def look(self, now: float) -> list[WakeAt]:
        """When to look next whether the printer may be asked; empty while that time has not come."""
        if not self._may_be_asked or now < self._look_at:
            return []
        self._look_at = now + ASK_AFTER
        return [WakeAt(self._look_at)]

    def question(self, quiet: float, now: float) -> bytes:
        """What the box asks after `quiet` seconds without the register, b"" where it may not ask now."""
        if not self._may_be_asked or quiet < ASK_AFTER or now < self._ask_again:
            return b""
        self._replies.give_up()
        self._asked_at, self._ask_again = now, now + ASK_EVERY
        self._replies.box_asked(_QUESTIONS[self._dialect])
        return b"".join(_QUESTIONS[self._dialect])

    def said(self, data: bytes, now: float) -> bytes:
        """The printer says something; what of it is for the register. It is listened to in a quiet moment."""
        if self._asked_at is not None and now - self._asked_at > ANSWER_WITHIN:
            self._replies.give_up()
            self._asked_at = None
        if self._asked_at is None:
            self._unheard += data
            self.crowded = len(self._unheard) > UNHEARD_MOST
            return data
        try:
            return self._hear(data)
        except Exception:
            self._asked_at = None
            return data  # whatever is wrong in here, the printer's bytes go on

    @property
    def unheard(self) -> bool:
        return bool(self._unheard) or self.condition is not self._told

    def listen(self) -> bool:
        """Understand what was said since the last time; whether the condition is another than was told."""
        data, self._unheard, self.crowded = self._unheard, b"", False
        if data:
            self._hear(data)
        before, self._told = self._told, self.condition
        return self.condition is not before

    def _hear(self, data: bytes) -> bytes:
        heard = self._replies.hear(data)
        self.condition, self.switched_on = heard.condition, heard.switched_on
        if self._replies.may_ask:
            self._asked_at = None
        return heard.to_register
