"""One file for whoever helps: what runs here, how it is set, what it did and what went wrong. No secrets.

Rules of this file:
- Nothing is taken that is worth points or lets somebody in: no keys, no tokens, no codes, no credentials. What is
  text goes through `scrubbing`; of the journal only chosen columns are taken.
- What cannot be had is left out and said so in the manifest: a box that needs help is one where things fail.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, BinaryIO, Final

from receiptbridge import __version__
from receiptbridge.config import Config, config_path
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.journal import FILE_NAME
from receiptbridge.journal.looking import look
from receiptbridge.journal.queue import counted, listed
from receiptbridge.upkeep.journal_check import check_journal
from receiptbridge.upkeep.lanes import ask
from receiptbridge.upkeep.scrubbing import scrubbed, scrubbed_data
from receiptbridge.words import _

SYSTEMD_RUNS: Final = Path("/run/systemd/system")
LOG_LINES: Final = 500
"""Of each unit: some hundred receipts, or the start that failed."""

COMMAND_MOST: Final = 60.0
"""Seconds for a command that is asked; a log on a slow card takes some."""

LAST_ROWS: Final = 50
NOT_IN_IT: Final = (
    "private keys", "claim tokens and codes", "one-time codes", "passwords in addresses", "texts of receipts",
    "numbers of receipts and payments", "pictures",
)  # fmt: skip
"""What is never taken; the manifest says so."""

_ROWS: Final = (
    "SELECT number, lane, mode, kind, total, currency, confidence, reason, why_no_code, points, policy, issued_at,"
    " clock_good, box_id, token IS NOT NULL AS has_token, reprint_of, outcome, outcome_reason, outcome_at, sync,"
    " sync_reason, tries, due_at, synced_at FROM sale ORDER BY number DESC LIMIT ?"
)


@dataclass(slots=True)
class Bundle:
    """Files by name with what they are, and what could not be had."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, what: str, content: str | bytes) -> None:
        self.files[name] = (what, content.encode("utf-8", "replace") if isinstance(content, str) else content)

    def take(self, name: str, what: str, make: Callable[[], Any], *, personal: bool = True) -> None:
        """Add what `make` returns (text, or data for JSON); where it fails, say why it is missing.

        `personal`: in text of others there may be something of a person, which is masked.
        """
        try:
            made = make()
        except (ReceiptBridgeError, OSError, sqlite3.Error, subprocess.SubprocessError, ValueError) as fault:
            self.left_out[name] = scrubbed(str(fault))
            return
        self.add(
            name,
            what,
            scrubbed(made, personal=personal) if isinstance(made, str) else _json(scrubbed_data(made)),
        )


def collect_state(bundle: Bundle, settings: Config) -> None:
    """What is asked of lanes and of the journal: as the user whom they belong to."""
    for lane in settings.lane:
        what = _("what lane {lane} says of itself").format(lane=lane.name)
        bundle.take(f"status/{lane.name}.json", what, partial(_status, lane.name, settings.state_dir))
    journal = settings.state_dir / FILE_NAME
    bundle.take(
        "journal.json", _("counts, and the last sales without their numbers"), partial(_sales, journal)
    )
    check = partial(_check, journal, settings.state_dir)
    bundle.take("journal-check.json", _("whether the journal is whole"), check)
    bundle.take("state-dir.txt", _("files of the state directory"), partial(_listing, settings.state_dir))


def collect_system(bundle: Bundle, settings: Config | None, config: Path | None) -> None:
    """What runs here and how it is set. `settings` is None where the configuration is wrong."""
    bundle.take("versions.json", _("software, system and libraries"), _versions)
    bundle.take("config.json", _("the configuration, without credentials"), partial(_config, config))
    for unit in _units(settings):
        what = _("state and last log lines of {unit}").format(unit=unit)
        bundle.take(f"log/{unit}.txt", what, partial(_log, unit))


def write(bundle: Bundle, out: BinaryIO) -> list[dict[str, Any]]:
    """The bundle as tar and gzip, its manifest first; what the manifest lists."""
    listed_files = [
        {"name": name, "what": what, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, (what, content) in bundle.files.items()
    ]
    manifest = {
        "made": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "files": listed_files, "left_out": bundle.left_out,
        "never_in_it": list(NOT_IN_IT),
    }  # fmt: skip
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        _put(archive, "MANIFEST.json", _json(manifest).encode())
        for name, (_what, content) in bundle.files.items():
            _put(archive, name, content)
    return listed_files


def _put(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(f"receiptbridge-bundle/{name}")
    entry.size, entry.mtime, entry.mode = len(content), int(time.time()), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"


# ---- what is taken


def _versions() -> dict[str, Any]:
    system = Path("/etc/os-release")
    return {
        "receiptbridge": __version__,
        "python": sys.version,
        "sqlite": sqlite3.sqlite_version,
        "system": [*os.uname()[2:], platform.libc_ver()[1]],
        "os_release": system.read_text().splitlines() if system.exists() else [],
        "up_seconds": float(Path("/proc/uptime").read_text().split()[0]),
        "packages": dict(sorted((str(one.name), one.version) for one in distributions() if one.name)),
    }


def _config(config: Path | None) -> Any:
    """As its file says, comments left out: they may say anything."""
    with config_path(config).open("rb") as file:
        return scrubbed_data(tomllib.load(file), settings=True)


def _status(lane: str, state_dir: Path) -> dict[str, Any]:
    status = ask(lane, state_dir, "status")
    if status.get("last_receipt"):
        for name in ("receipt_no", "transactions", "refers_to", "datetime"):
            status["last_receipt"].pop(name, None)
    return status


def _sales(path: Path) -> dict[str, Any]:
    with look(path) as journal:
        now = int(time.time())
        by_state = journal.execute("SELECT sync, outcome, count(*) FROM sale GROUP BY 1, 2").fetchall()
        settings = journal.execute("SELECT key, updated_at FROM setting").fetchall()
        aside = [
            sale for state in ("rejected", "conflict") for sale in listed(journal, now, state, LAST_ROWS)
        ]
        return {
            "counters": dict(journal.execute("SELECT name, value FROM counter").fetchall()),
            "rows": [{"sync": sync, "outcome": outcome, "count": count} for sync, outcome, count in by_state],
            "queue": counted(journal, now),
            "set_aside": [{"number": one.number, "state": one.state, "reason": one.reason} for one in aside],
            "settings": dict(settings),
            "last": [dict(row) for row in journal.execute(_ROWS, (LAST_ROWS,))],
            "bytes": {file.name: file.stat().st_size for file in path.parent.glob(f"{path.name}*")},
        }


def _check(path: Path, state_dir: Path) -> list[dict[str, Any]]:
    return [
        {"name": check.name, "says": check.says, "faults": check.count, "examples": check.faults}
        for check in check_journal(path, state_dir)
    ]


def _listing(folder: Path) -> str:
    """Names, modes, owners and sizes; no contents."""
    lines = []
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        name = path.relative_to(folder)
        lines.append(f"{state.st_mode:o} {state.st_uid}:{state.st_gid} {state.st_size:>10} {name}")
    usage = shutil.disk_usage(folder)
    return "\n".join([*lines, f"disk: {usage.free} of {usage.total} bytes free", ""])


def _units(settings: Config | None) -> list[str]:
    if not SYSTEMD_RUNS.is_dir() or shutil.which("journalctl") is None:
        return []
    lanes = [lane.name for lane in settings.lane] if settings else []
    return [
        *(f"{kind}@{lane}.service" for lane in lanes for kind in ("receiptbridge", "receiptbridge-bypass")),
        "receiptbridge-sync.service",
        "receiptbridge-gadget.service",
    ]


def _log(unit: str) -> str:
    state = _said("systemctl", "status", "--no-pager", "--lines=0", unit)
    lines = _said("journalctl", "--no-pager", "--output=short-iso", f"--lines={LOG_LINES}", f"--unit={unit}")
    return f"{state}\n{lines}"


def _said(*command: str) -> str:
    """What a command says, good or bad: of a unit that failed, `systemctl status` fails too."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=COMMAND_MOST)
    return done.stdout + done.stderr
