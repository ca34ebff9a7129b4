"""The journal: one SQLite file that the lanes write and `receiptbridge sync` empties.

`connection` opens the file and says whose fault an error is; `schema` and `migrations` bring its tables
forward; `sales` is the lanes' side (commit a sale, mark what became of it), and `reprints` finds the sale that is
printed once more; `outbox` is sync's side (claim what is due, settle the answers); `settings` is how the service's
settings come back to the lanes, `contact` how sync and the service get on; `looking` and `figures` are for people
and monitors.
"""

from receiptbridge.journal.outbox import Answer, DueSale, Outbox
from receiptbridge.journal.sales import Journal, Outcome, SaleRecord, Stored
from receiptbridge.journal.schema import bring_forward_apart
from receiptbridge.journal.settings import SERVICE_SETTINGS, Setting, peek_setting

FILE_NAME = "journal.db"

__all__ = [
    "FILE_NAME",
    "SERVICE_SETTINGS",
    "Answer",
    "DueSale",
    "Journal",
    "Outbox",
    "Outcome",
    "SaleRecord",
    "Setting",
    "Stored",
    "bring_forward_apart",
    "peek_setting",
]
