"""Settings that the service hands down: kept as it sent them, beside the ETag to ask for them again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from receiptbridge.journal.port import Connection

SERVICE_SETTINGS = "service"


@dataclass(frozen=True, slots=True)
class Setting:
    """`value` is decoded JSON; `etag` is the service's name for this version of it (RFC 9110, 8.8.3)."""

    value: Any
    etag: str | None


def read_setting(connection: Connection, key: str) -> Setting | None:
    found = connection.execute("SELECT value, etag FROM setting WHERE key = ?", (key,)).fetchone()
    return None if found is None else Setting(json.loads(found[0]), found[1])


def peek_setting(path: Path, key: str) -> Setting | None:
    """A setting read without making, locking or bringing forward the file; None where that does not work."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return read_setting(connection, key)
    except sqlite3.Error:
        return None


def write_setting(connection: Connection, key: str, setting: Setting, now: int) -> None:
    connection.execute(
        "INSERT INTO setting (key, value, etag, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO"
        " UPDATE SET value = excluded.value, etag = excluded.etag, updated_at = excluded.updated_at",
        (key, json.dumps(setting.value, ensure_ascii=False), setting.etag, now),
    )
