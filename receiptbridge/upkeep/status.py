"""How the box is, in one answer: what lanes say of themselves, and what is found without them where they do not run.

The keys of `take_status` are documented in docs/monitoring.md and stay. Nothing here changes anything, and nothing
that is out of order keeps the rest from being told.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from receiptbridge import __version__
from receiptbridge.clock import BoxClock
from receiptbridge.config import LAST_GOOD, Config, LaneConfig, config_path, load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.identity import Identity
from receiptbridge.journal import FILE_NAME
from receiptbridge.journal.contact import peek_contact
from receiptbridge.journal.figures import last_receipt, queue_figures
from receiptbridge.journal.looking import look
from receiptbridge.receipt.record import decimal
from receiptbridge.upkeep.checks.place import run_command
from receiptbridge.upkeep.lanes import LaneNotRunning, ask
from receiptbridge.upkeep.needs import needs_of
from receiptbridge.words import _

Facts = dict[str, Any]

SYSTEMD_RUNS: Final = Path("/run/systemd/system")
"""sd_booted(3): there where systemd runs the machine."""

SYNC_SILENT: Final = 1200
"""Seconds after which sync, which notes something every 300, does not run any more."""

_LANE_SAYS: Final = (
    "uptime", "state", "bypassed", "opaque", "register_connected", "printer_connected", "line_errors", "counters",
)  # fmt: skip


def bypass_runs(lane: str) -> bool | None:
    """Whether a program that only copies bytes stands in for the lane; None where no systemd could tell."""
    if not SYSTEMD_RUNS.is_dir():
        return None
    return run_command(["systemctl", "is-active", f"receiptbridge-bypass@{lane}"]) == "active\n"


def take_status(
    given: Path | None = None,
    lane: str | None = None,
    *,
    now: Callable[[], float] = time.time,
    on_bypass: Callable[[str], bool | None] = bypass_runs,
) -> Facts:
    """All facts; `lane`: of this lane only. Raises `ConfigError` for a lane that a good configuration has not."""
    config, fault = found_config(given)
    lanes = config.lane
    if lane is not None and not fault:
        lanes = (config.find_lane(lane),)
    elif lane is not None:
        lanes = tuple(one for one in config.lane if one.name == lane)
    clock = BoxClock(config.state_dir, wall=now)
    clock.learn()
    facts: Facts = {
        "at": int(clock.now()),
        "version": __version__,
        "config": {"file": str(config_path(given)), "fault": fault, "state_dir": str(config.state_dir)},
        **_identity(config.state_dir),
        "clock": _clock(clock, now),
        "service": _service(config, clock),
        **_journal(config.state_dir / FILE_NAME, lanes, clock),
    }
    last = facts.pop("_last")
    facts["lanes"] = [_lane(one, config.state_dir, last.get(one.name), on_bypass) for one in lanes]
    facts["needs"] = needs_of(facts)
    facts["well"] = not facts["needs"]
    return facts


def found_config(given: Path | None) -> tuple[Config, Facts | None]:
    """The configuration, or where it is wrong the last good one, as far as there is one, and what is wrong."""
    try:
        return load_config(given), None
    except ConfigError as fault:
        state_dir = _state_dir_of(config_path(given))
        wrong = {"what": str(fault), "hint": fault.hint}
    try:
        return load_config(state_dir / LAST_GOOD), wrong
    except ConfigError:
        return Config(state_dir=state_dir), wrong


def _state_dir_of(file: Path) -> Path:
    """What a file that is wrong elsewhere says of it."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8")).get("state_dir")
    except (OSError, ValueError):
        said = None
    return Path(said) if isinstance(said, str) else Config().state_dir


def _identity(state_dir: Path) -> Facts:
    try:
        identity = Identity.load(state_dir)
    except ReceiptBridgeError as fault:
        return {
            "enrolled": None,
            "box_id": None,
            "key_id": None,
            "identity_fault": {"what": str(fault), "hint": fault.hint},
        }
    known = identity is not None
    return {
        "enrolled": known,
        "box_id": identity.box_id.hex() if identity else None,
        "key_id": identity.current.key_id if identity else None,
        "identity_fault": None,
    }


def _clock(clock: BoxClock, wall: Callable[[], float]) -> Facts:
    moment = clock.moment()
    return {"good": moment.good, "source": clock.source, "drift": round(wall() - moment.at, 1)}


def _service(config: Config, clock: BoxClock) -> Facts:
    contact = peek_contact(config.state_dir / FILE_NAME)
    facts: Facts = {
        "url": config.service.url or None, "sync_runs": None, "reachable": None, "noted_at": None,
        "heard_at": None, "delivered_at": None, "fault": None, "hint": None, "failing_since": None,
    }  # fmt: skip
    if contact is None:
        return facts
    facts |= asdict(contact) | {"fault": contact.fault or None, "hint": contact.hint or None}
    facts["sync_runs"] = abs(clock.now() - contact.noted_at) < SYNC_SILENT
    if facts["sync_runs"]:
        facts["reachable"] = not contact.fault
    return facts


def _journal(path: Path, lanes: tuple[LaneConfig, ...], clock: BoxClock) -> Facts:
    """The queue, and by lane the last row (`_last`)."""
    try:
        path.stat()
        with look(path) as connection:
            queue = asdict(queue_figures(connection))
            last = {lane.name: last_receipt(connection, lane.name) for lane in lanes}
    except FileNotFoundError:
        return {"queue": None, "journal_fault": None, "_last": {}}
    except PermissionError:
        forbidden = {
            "what": _("you may not look at {file}").format(file=path),
            "hint": _("Try again with sudo."),
        }
        return {"queue": None, "journal_fault": forbidden, "_last": {}}
    except ReceiptBridgeError as fault:
        return {"queue": None, "journal_fault": {"what": str(fault), "hint": fault.hint}, "_last": {}}
    oldest = queue["oldest_due_at"]
    queue["oldest_due_age"] = None if oldest is None else max(0, int(clock.now()) - oldest)
    return {"queue": queue, "journal_fault": None, "_last": last}


def _lane(
    lane: LaneConfig, state_dir: Path, last: Facts | None, on_bypass: Callable[[str], bool | None]
) -> Facts:
    facts: Facts = {
        "name": lane.name, "mode": lane.mode, "register": lane.register_, "printer": lane.printer,
        "running": False, "on_bypass": False, "fault": None, "printer_condition": None, **dict.fromkeys(_LANE_SAYS),
        "last_receipt": _from_row(last),
    }  # fmt: skip
    try:
        said = ask(lane.name, state_dir, "status")
    except LaneNotRunning:
        return facts | {"on_bypass": on_bypass(lane.name)}
    except ReceiptBridgeError as fault:
        return facts | {"running": None, "fault": {"what": str(fault), "hint": fault.hint}}
    facts |= {key: said[key] for key in _LANE_SAYS}
    facts |= {"running": True, "mode": said["mode"], "printer_condition": said["printer"]}
    if said["last_receipt"] is not None:
        facts["last_receipt"] = _from_lane(said)
    return facts


def _from_lane(said: Facts) -> Facts:
    told = said["last_receipt"]
    keys = ("kind", "total", "currency", "receipt_no", "points", "why_no_code")
    return {"at": int(time.time()) - said.get("last_receipt_age", 0), **{key: told[key] for key in keys}}


def _from_row(row: Facts | None) -> Facts | None:
    if row is None:
        return None
    total = decimal(row["total"], row["currency"])
    keys = ("kind", "currency", "receipt_no", "points", "why_no_code")
    return {"at": row["issued_at"], "total": total, **{key: row[key] for key in keys}}
