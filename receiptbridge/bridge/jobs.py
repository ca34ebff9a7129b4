"""Where a job begins on a line without connections (serial, pty), as far as one can tell from outside."""

from __future__ import annotations

from receiptbridge.bridge.events import FromRegister
from receiptbridge.escpos.replies import PrinterCondition

# Registers send a receipt in one go; a pause this long between two of their writes is one between two receipts.
QUIET_BEFORE_JOB = 1.0

ESC_AT = b"\x1b@"

# A printer that is not ready makes the register pause in the middle of a receipt.
NOT_READY = frozenset(
    {
        PrinterCondition.PAPER_OUT,
        PrinterCondition.COVER_OPEN,
        PrinterCondition.OFFLINE,
        PrinterCondition.GONE,
    }
)


def job_begins(event: FromRegister, quiet: float, condition: PrinterCondition) -> bool:
    """Whether these bytes, after `quiet` seconds of none, begin a job: ESC @ after a pause of the register's own."""
    paused = quiet >= QUIET_BEFORE_JOB and not event.held_back
    return paused and condition not in NOT_READY and event.data.startswith(ESC_AT)
