"""The journal's sales for other programs: a row each, no tokens and no keys, for whoever has them has points."""

from __future__ import annotations

import csv
import datetime
import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, TextIO

from receiptbridge.journal.looking import Row, Wanted, rows
from receiptbridge.receipt.record import decimal

Format = Literal["csv", "jsonl"]

COLUMNS: Final = (
    "number", "lane", "mode", "kind", "total", "currency", "payments", "receipt_no", "printed_at", "tax", "refers_to",
    "transactions", "cashier", "confidence", "reason", "why_no_code", "points", "policy", "issued_at", "clock_good",
    "box_id", "reprint_of", "outcome", "outcome_reason", "outcome_at", "sync", "sync_reason", "tries", "synced_at",
)  # fmt: skip
"""All but the token, sync's own notes, and the text, which is the merchant's to keep to himself."""

_TIMES: Final = frozenset({"issued_at", "outcome_at", "synced_at"})
_AMOUNTS: Final = frozenset({"total", "tax"})
_JSON: Final = frozenset({"payments", "transactions", "refers_to"})
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes what begins so for a formula, and what stands on a receipt is anybody's text."""


def export(
    journal: sqlite3.Connection, out: TextIO, form: Format, wanted: Wanted,
    tell: Callable[[int], None] = lambda written: None,
) -> int:  # fmt: skip
    """Write the wanted rows; how many they were. `tell` hears how many so far."""
    write = _csv_writer(out) if form == "csv" else _jsonl_writer(out)
    count = 0
    for count, record in enumerate(_records(journal, wanted), start=1):
        write(record)
        tell(count)
    return count


def _records(journal: sqlite3.Connection, wanted: Wanted) -> Iterator[dict[str, Any]]:
    for row in rows(journal, ", ".join(COLUMNS), wanted):
        yield {name: _value(name, row) for name in COLUMNS}


def _value(name: str, row: Row) -> Any:
    """Amounts as plain decimals, times in ISO 8601 with their offset, JSON as what it says."""
    value = row[name]
    if value is None:
        return None
    if name in _AMOUNTS:
        return decimal(value, row["currency"])
    if name in _TIMES:
        return datetime.datetime.fromtimestamp(value).astimezone().isoformat()
    if name == "clock_good":
        return bool(value)
    return _with_decimals(json.loads(value), row["currency"]) if name in _JSON else value


def _with_decimals(value: Any, currency: str | None) -> Any:
    if isinstance(value, list):
        return [_with_decimals(item, currency) for item in value]
    if isinstance(value, dict):
        return {
            key: decimal(item, currency) if key in ("amount", "total") else item
            for key, item in value.items()
        }
    return value


def _csv_writer(out: TextIO) -> Callable[[dict[str, Any]], object]:
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    return lambda record: writer.writerow({name: _cell(name, value) for name, value in record.items()})


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and name not in _AMOUNTS and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _jsonl_writer(out: TextIO) -> Callable[[dict[str, Any]], object]:
    return lambda record: out.write(json.dumps(record, ensure_ascii=False) + "\n")
