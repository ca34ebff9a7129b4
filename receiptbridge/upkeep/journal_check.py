"""Whether the journal holds what it must: read only, a slice at a time, while lanes and sync go on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from receiptbridge.claim.token import decode, signature, signed_bytes
from receiptbridge.errors import ReceiptBridgeError, TokenError
from receiptbridge.identity import Identity
from receiptbridge.journal.looking import Row, look, rows
from receiptbridge.journal.queue import DROPPED
from receiptbridge.money import currency
from receiptbridge.words import N_, _

EXAMPLES: Final = 5
"""Rows that are named of each fault: one tells what is wrong, all of a broken disk's would fill the screen."""

COLUMNS: Final = (
    "number, total, currency, payments, transactions, refers_to, issued_at, box_id, token, outcome, why_no_code,"
    " sync, sync_reason, synced_at, claim, kind, reprint_of"
)
FILE_FAULTS: Final = 20
"""Lines that SQLite says of a damaged file."""


@dataclass(slots=True)
class Check:
    """One thing that must hold. `faults`: rows that break it (or None for the file), and how."""

    name: str
    says: str = ""
    count: int = 0
    faults: list[tuple[int | None, str]] = field(default_factory=list)
    skipped: bool = False

    @property
    def good(self) -> bool:
        return self.count == 0

    def fault(self, number: int | None, what: str) -> None:
        self.count += 1
        if len(self.faults) < EXAMPLES:
            self.faults.append((number, what))


def check_journal(
    path: Path, state_dir: Path, tell: Callable[[int], None] = lambda rows_read: None
) -> list[Check]:
    """All checks, in the order in which they are shown. `tell` hears how many rows were read.

    Raises `JournalError` where the file cannot be read as a journal at all.
    """
    with look(path) as journal:
        keys = _public_keys(state_dir)
        file, numbers = _file(journal), Check(N_("numbers"))
        tokens, outbox, values = Check(N_("tokens")), Check(N_("outbox")), Check(N_("values"))
        dropped = {
            number
            for (number,) in journal.execute("SELECT number FROM intervention WHERE action = 'dropped'")
        }
        read = with_token = 0
        for row in rows(journal, COLUMNS):
            read += 1
            _check_values(row, values)
            _check_outbox(row, outbox, dropped)
            if row["token"] is not None:
                with_token += 1
                _check_token(row, keys, tokens)
            tell(read)
        _check_numbers(journal, numbers, read)
    outbox.says = outbox.says or _("{count} rows").format(count=read)
    values.says = _("{count} rows").format(count=read)
    tokens.skipped = keys is None
    tokens.says = (
        _("{count} tokens, not checked: this user may not read the box's keys").format(count=with_token)
        if keys is None
        else _("{count} tokens verify").format(count=with_token - tokens.count)
    )
    return [file, numbers, values, tokens, outbox]


def _file(journal: sqlite3.Connection) -> Check:
    """SQLite's own check of pages, indexes and constraints."""
    check = Check(N_("file"))
    said = [row[0] for row in journal.execute(f"PRAGMA integrity_check({FILE_FAULTS})")]
    for line in said if said != ["ok"] else ():
        check.fault(None, line)
    version = journal.execute("PRAGMA user_version").fetchone()[0]
    check.says = _("schema {version}").format(version=version)
    return check


def _check_numbers(journal: sqlite3.Connection, check: Check, read: int) -> None:
    """Numbers count up for ever; those that are not there any more were delivered and deleted."""
    [given] = journal.execute("SELECT value FROM counter WHERE name = 'number'").fetchone()
    lowest, highest, distinct = journal.execute(
        "SELECT min(number), max(number), count(DISTINCT number) FROM sale"
    ).fetchone()
    if highest is not None and highest > given:
        check.fault(highest, _("above the counter, which is at {given}").format(given=given))
    if lowest is not None and lowest < 1:
        check.fault(lowest, _("below 1"))
    if distinct < read:
        check.fault(None, _("{count} numbers twice").format(count=read - distinct))
    check.says = _("{given} given out, {kept} kept").format(given=given, kept=distinct)


def _check_values(row: Row, check: Check) -> None:
    for name in ("payments", "transactions", "refers_to"):
        if row[name] is not None and not _is_json(row[name]):
            check.fault(row["number"], _("{name} is not JSON").format(name=name))
    if row["currency"] is not None and not _is_currency(row["currency"]):
        check.fault(row["number"], _("no such currency: {code}").format(code=row["currency"]))


def _check_token(row: Row, keys: Mapping[bytes, Sequence[bytes]] | None, check: Check) -> None:
    token = row["token"]
    try:
        claim = decode(token)
    except TokenError as fault:
        check.fault(row["number"], str(fault))
        return
    numeric = currency(row["currency"]).numeric if _is_currency(row["currency"]) else None
    said = (claim.box_id.hex(), claim.number, claim.time, claim.amount, claim.currency)
    if said != (row["box_id"], row["number"], row["issued_at"], row["total"], numeric):
        check.fault(row["number"], _("its token says something else than its row"))
    elif keys is not None and not any(_verifies(token, key) for key in keys.get(claim.box_id, ())):
        check.fault(row["number"], _("no key of this box signed its token"))


def _check_outbox(row: Row, check: Check, dropped: set[int]) -> None:
    for what in _outbox_faults(row, dropped):
        check.fault(row["number"], what)


def _outbox_faults(row: Row, dropped: set[int]) -> Iterator[str]:
    sync, was_dropped = row["sync"], row["sync"] == "local" and row["sync_reason"] == DROPPED
    if sync == "due" and row["box_id"] is None:
        yield _("due, and the box had no id")
    if row["claim"] is not None and sync != "due":
        yield _("claimed for delivery, and not due")
    if sync in ("stored", "conflict", "rejected") and row["synced_at"] is None:
        yield _("answered, and not when")
    if sync == "due" and row["synced_at"] is not None:
        yield _("due, and answered already")
    if was_dropped and row["number"] not in dropped:
        yield _("dropped, and by nobody")
    if row["outcome"] != "not_printed" and row["token"] is None and row["reprint_of"] is None:
        yield _("printed a code, and has none")
    if row["reprint_of"] is not None and row["reprint_of"] >= row["number"]:
        yield _("a reprint of a later sale")


def _public_keys(state_dir: Path) -> dict[bytes, list[bytes]] | None:
    """The public keys of each box id, None where they may not be read."""
    try:
        identity = Identity.load(state_dir)
    except ReceiptBridgeError:
        return None
    found: dict[bytes, list[bytes]] = {}
    for key in identity.keys if identity else ():
        found.setdefault(key.box_id, []).append(key.public_key)
    return found


def _verifies(token: bytes, public_key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature(token), signed_bytes(token))
    except InvalidSignature:
        return False
    return True


def _is_json(text: Any) -> bool:
    try:
        json.loads(text)
    except (TypeError, ValueError):
        return False
    return True


def _is_currency(code: Any) -> bool:
    try:
        currency(code)
    except (TypeError, ValueError):
        return False
    return True
