"""The journal's tables, as numbered steps that only run forwards. A step that has shipped never changes."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("receiptbridge.journal")


@MIGRATIONS(name="0001_sales_outbox_settings")
def sales_outbox_settings(db: Database) -> None:
    """Sales with their way to the service, the counter of their numbers, and the service's settings.

    Times are Unix seconds, money is minor units. Two partial indexes, both as small as the work that is
    left: the rows that are due, and the rows whose outcome is open.
    """
    db.execute("CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("INSERT INTO counter (name, value) VALUES ('number', 0)")
    db.execute(
        """
        CREATE TABLE setting (
            key TEXT PRIMARY KEY, value TEXT NOT NULL, etag TEXT, updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE sale (
            number INTEGER PRIMARY KEY,
            lane TEXT NOT NULL,
            mode TEXT NOT NULL CHECK (mode IN ('print', 'observe')),
            kind TEXT NOT NULL,
            total INTEGER,
            currency TEXT,
            payments TEXT NOT NULL,
            receipt_no TEXT,
            printed_at TEXT,
            tax INTEGER,
            refers_to TEXT,
            confidence REAL NOT NULL,
            reason TEXT,
            why_no_code TEXT,
            points INTEGER,
            issued_at INTEGER NOT NULL,
            clock_good INTEGER NOT NULL,
            box_id TEXT,
            token BLOB CHECK (length(token) = 90),
            outcome TEXT NOT NULL
                CHECK (outcome IN ('committed', 'releasing', 'released', 'not_printed', 'unknown')),
            outcome_reason TEXT,
            outcome_at INTEGER NOT NULL,
            sync TEXT NOT NULL CHECK (sync IN ('local', 'due', 'stored', 'conflict', 'rejected')),
            due_at INTEGER NOT NULL,
            claim TEXT,
            tries INTEGER NOT NULL DEFAULT 0,
            sync_reason TEXT,
            synced_at INTEGER
        ) STRICT
        """
    )
    db.execute("CREATE INDEX sale_due ON sale (box_id, due_at) WHERE sync = 'due'")
    db.execute("CREATE INDEX sale_open ON sale (lane) WHERE outcome IN ('committed', 'releasing')")


@MIGRATIONS(name="0002_reprints_and_transactions")
def reprints_and_transactions(db: Database) -> None:
    """The sale that a reprint is of, the payment platforms' transaction numbers, and the policy of the payment.

    `transactions` is JSON like `payments`. The index finds a sale by what its receipt prints.
    """
    db.execute("ALTER TABLE sale ADD COLUMN reprint_of INTEGER")
    db.execute("ALTER TABLE sale ADD COLUMN transactions TEXT NOT NULL DEFAULT '[]'")
    db.execute(
        "ALTER TABLE sale ADD COLUMN policy TEXT NOT NULL DEFAULT 'print'"
        " CHECK (policy IN ('print', 'join', 'none'))"
    )
    db.execute(
        "CREATE INDEX sale_printed ON sale (lane, receipt_no, total, printed_at)"
        " WHERE kind = 'sale' AND receipt_no IS NOT NULL AND total IS NOT NULL"
    )


@MIGRATIONS(name="0003_slips_and_retention")
def slips_and_retention(db: Database) -> None:
    """Slips that the box prints on its own behalf, and the way to the oldest sales that may be deleted.

    A slip's `content` is JSON, as its `kind` has it; `outcome` goes the way of a sale's.
    """
    db.execute(
        """
        CREATE TABLE slip (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            lane TEXT NOT NULL,
            kind TEXT NOT NULL,
            content TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            outcome TEXT NOT NULL DEFAULT 'waiting'
                CHECK (outcome IN ('waiting', 'releasing', 'released', 'not_printed', 'unknown')),
            outcome_reason TEXT,
            outcome_at INTEGER
        ) STRICT
        """
    )
    db.execute("CREATE INDEX slip_open ON slip (lane) WHERE outcome IN ('waiting', 'releasing')")
    db.execute("CREATE INDEX sale_stored ON sale (synced_at) WHERE sync = 'stored'")


@MIGRATIONS(name="0004_text")
def text(db: Database) -> None:
    """The receipt's text, masked, where the configuration has it kept: lines, parted by line feeds."""
    db.execute("ALTER TABLE sale ADD COLUMN text TEXT")


@MIGRATIONS(name="0005_cashier")
def cashier(db: Database) -> None:
    """Who stood at the register: a number or id as printed, of a name its first letter."""
    db.execute("ALTER TABLE sale ADD COLUMN cashier TEXT")


@MIGRATIONS(name="0006_interventions")
def interventions(db: Database) -> None:
    """What people did about sales on their way to the service: who, when, why. Rows are only added."""
    db.execute(
        """
        CREATE TABLE intervention (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number INTEGER NOT NULL,
            action TEXT NOT NULL CHECK (action IN ('retried', 'dropped')),
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX intervention_number ON intervention (number)")


@MIGRATIONS(name="0007_refused")
def refused(db: Database) -> None:
    """The way to the sales that the service would not take: they are few, and are counted every minute."""
    db.execute("CREATE INDEX sale_refused ON sale (sync) WHERE sync IN ('conflict', 'rejected')")
