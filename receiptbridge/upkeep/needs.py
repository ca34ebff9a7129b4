"""What of the box's status needs a person: for the exit code of `status`, and for who reads it.

A need has a `code` that stays (docs/monitoring.md), the `lane` that it is of or None, and says `what` and `hint` in
the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from receiptbridge.words import N_, _

Facts = dict[str, Any]

UNREACHABLE_FOR: Final = 3600
"""Seconds: shops lose their network for minutes every day, and sales wait meanwhile."""

DUE_FOR: Final = 6 * 3600
"""Seconds that a sale may wait for the service: its claim window is days, and somebody can look the same day."""

PRINTER_WORDS: Final = {
    "UNKNOWN": N_("says nothing"),
    "READY": N_("ready"),
    "PAPER_LOW": N_("paper low"),
    "PAPER_OUT": N_("out of paper"),
    "COVER_OPEN": N_("cover open"),
    "OFFLINE": N_("offline"),
    "GONE": N_("gone"),
}

_AT_THE_PRINTER: Final = {
    "PAPER_OUT": N_("Put paper in."),
    "COVER_OPEN": N_("Close the cover."),
    "OFFLINE": N_("Look at its lamps; switch it off and on."),
    "GONE": N_("Is it switched on, and its cable plugged in? receiptbridge doctor looks closer."),
}


def needs_of(status: Facts) -> list[Facts]:
    """What somebody must do about this status, the gravest first."""
    return [*_of_the_box(status), *(need for lane in status["lanes"] for need in _of_a_lane(lane, status))]


def _need(code: str, what: str, hint: str, lane: str | None = None) -> Facts:
    return {"code": code, "lane": lane, "what": what, "hint": hint}


def _of_the_box(status: Facts) -> Iterator[Facts]:
    for code, fault in (
        ("config", status["config"]["fault"]),
        ("journal", status["journal_fault"]),
        ("identity", status["identity_fault"]),
    ):
        if fault:
            yield _need(code, fault["what"], fault["hint"])
    prints = any(lane["mode"] == "print" for lane in status["lanes"])
    if prints and status["enrolled"] is False:
        yield _need(
            "not_enrolled", _("the box is not enrolled, so it prints no codes"), "sudo receiptbridge enrol"
        )
    if not status["lanes"] and not status["config"]["fault"]:
        yield _need("no_lane", _("the configuration has no lane"), "sudo receiptbridge setup")
    if status["enrolled"]:
        yield from _of_the_service(status["service"], status["at"])
    yield from _of_the_queue(status["queue"] or {})


def _of_the_service(service: Facts, now: int) -> Iterator[Facts]:
    if service["url"] and not service["sync_runs"]:
        yield _need("sync_silent", _("sync does not run"), "sudo systemctl enable --now receiptbridge-sync")
    elif service["fault"] and now - service["failing_since"] > UNREACHABLE_FOR:
        yield _need("service", service["fault"], service["hint"] or "receiptbridge doctor")


def _of_the_queue(queue: Facts) -> Iterator[Facts]:
    if queue.get("refused"):
        what = _("the service refused {count} sales").format(count=queue["refused"])
        yield _need("refused", what, "receiptbridge queue list")
    if (queue.get("oldest_due_age") or 0) > DUE_FOR:
        hours = queue["oldest_due_age"] // 3600
        what = _("sales wait for the service for {hours} h").format(hours=hours)
        yield _need("queue_old", what, "receiptbridge doctor")


def _of_a_lane(lane: Facts, status: Facts) -> Iterator[Facts]:
    name = lane["name"]
    if lane["fault"]:
        yield _need("lane_silent", lane["fault"]["what"], lane["fault"]["hint"], name)
        return
    if lane["on_bypass"]:
        what = _("a bypass stands in for lane {lane}: it prints without codes").format(lane=name)
        yield _need("on_bypass", what, f"sudo receiptbridge bypass off {name}", name)
        return
    if not lane["running"]:
        yield _need(
            "lane_stopped",
            _("lane {lane} is not running").format(lane=name),
            f"sudo systemctl start receiptbridge@{name}",
            name,
        )
        return
    if lane["bypassed"]:
        what = _("lane {lane} only forwards: its bypass is on").format(lane=name)
        yield _need("bypassed", what, f"sudo receiptbridge bypass off {name}", name)
    if lane["opaque"]:
        what = _("what the register of {lane} sends cannot be read").format(lane=name)
        yield _need("opaque", what, f"receiptbridge capture {name}", name)
    condition = lane["printer_condition"]
    if condition in _AT_THE_PRINTER:
        words = _(PRINTER_WORDS[condition])
        what = _("the printer of {lane}: {condition}").format(lane=name, condition=words)
        yield _need("printer", what, _(_AT_THE_PRINTER[condition]), name)
