"""What the session understands of the register's bytes: reader, printer state and receipt, kept together.

Nothing here forwards anything: it only says, by stream offset, where commands end and what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from receiptbridge.bridge.endings import WITHOUT_COMMAND, Ending, LastLine, ending_of, length_of
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.escpos.reader import Batch, Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.receipt.collect import Collector
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

# A stream is not ESC/POS when this share of its bytes is unknown commands, judged from this many bytes on: streams
# of real registers have none, fiscal frames and other languages have a third and more. Bytes are counted and not
# commands: of a text it depends on the reads in how many pieces it comes.
OPAQUE_SHARE = 0.10
OPAQUE_FROM = 256
UNKNOWN_BYTES = 2  # ESC, FS or GS and its letter

# What may have passed and not been read yet: reading it takes about a millisecond, should the cut come next.
UNREAD_MOST = 16 * 1024


# So much of it is read at a time in a quiet moment, 50 microseconds: what arrives meanwhile waits no longer.
QUIET_PIECE = 2048


class Step(NamedTuple):
    """Completed commands in a row, and how they end the receipt if they do."""

    tokens: Sequence[bytes]
    ending: Ending | None


class Understanding:
    """`begins_at`: the stream offset of the first byte that will be fed."""

    def __init__(self, rules: LaneRules, begins_at: int) -> None:
        self._rules = rules
        self._begins_at = begins_at
        self._reader = Reader(rules.grammar)
        self.unread = b""
        """What passed and is still to be read."""
        self._later: Batch | None = None
        self._last_line = LastLine(rules.register)
        self._by_lines = bool(self._last_line)
        self.end = begins_at
        """Stream offset up to which bytes belong to completed commands or to a payload under way."""
        self.state = PrinterState(rules.grammar, rules.printer)
        self._collector = Collector(self.state.prelude())

    def go_by(self, rules: LaneRules) -> None:
        """Read receipts by other rules from now on; of the printer and its grammar they say the same."""
        if rules.register != self._rules.register:
            self._last_line = LastLine(rules.register)
        self._by_lines = bool(self._last_line)
        self._rules = rules

    def may_pass_unread(self, data: bytes) -> bool:
        """Whether these bytes may pass before they are read, since no cut can end in them; they are kept then."""
        unread = self.unread
        if self._by_lines or len(unread) + len(data) > UNREAD_MOST:
            return False
        if not unread and self._reader.in_mid_command:
            return False
        if not self._reader.surely_unmarked(data):
            return False
        self.unread = unread + data
        return True

    def feed_what_passed(self, most: int) -> None:
        """Read so much of `unread` by the next steps."""
        self._reader.feed(self.unread[:most])
        self.unread = self.unread[most:]

    def forget_unread(self) -> None:
        self.unread = b""

    def feed(self, data: bytes) -> None:
        """More bytes; what passed unread must have been read before."""
        self._reader.feed(data)

    def next_step(self) -> Step | None:
        """The next run of completed commands, applied to printer state and receipt."""
        batch = self._later or self._reader.pull()
        self._later = None
        if batch is None:
            return None
        tokens, ending = self._up_to_last_line(batch) if self._by_lines else (batch.tokens, None)
        self.state.apply(tokens)
        self._collector.add(tokens)
        if self._later is None:
            self.end = self._begins_at + batch.end
            ending = ending or (ending_of(batch, self._rules, self.state) if self._cuts_now else None)
        return Step(tokens, ending)

    def _up_to_last_line(self, batch: Batch) -> tuple[Sequence[bytes], Ending | None]:
        """The tokens up to the end of the receipt's last line; the rest of the batch comes later."""
        count = self._last_line.find(batch.tokens)
        behind = None if count is None else length_of(batch.tokens[count:])
        if count is None or behind is None:
            return batch.tokens, None
        if count < len(batch.tokens):
            self._later = Batch(batch.tokens[count:], batch.end, batch.mark)
            self.end = self._begins_at + batch.end - behind
        return batch.tokens[:count], WITHOUT_COMMAND

    @property
    def tail_may_cut(self) -> bool:
        return self._reader.tail_may_mark

    @property
    def in_mid_command(self) -> bool:
        return self._reader.in_mid_command

    @property
    def receipt_has_begun(self) -> bool:
        return self._collector.printed

    @property
    def why_not_insertable(self) -> str | None:
        """Why no block may stand here, before what ended the receipt."""
        if self.state.line_open:
            return "its last line was not ended"
        return self.state.why_not_insertable()

    @property
    def _cuts_now(self) -> bool:
        """Whether a cut is carried out, and not stored in a macro, lost in page mode or meant for a display."""
        state = self.state
        return state.printer_selected and not state.recording_macro and not state.page_mode

    @property
    def is_not_escpos(self) -> bool:
        read = self._reader.end
        return read >= OPAQUE_FROM and self._reader.unknown * UNKNOWN_BYTES > OPAQUE_SHARE * read

    def read_receipt(self) -> ReceiptReading:
        """What the receipt that ends here says; the next one begins."""
        collected = self._collector.take(self.state.prelude())
        rules = self._rules
        return read_receipt(
            collected,
            grammar=rules.grammar,
            printer=rules.printer,
            register=rules.register,
            currency=rules.currency,
            explained=rules.explained,
        )
