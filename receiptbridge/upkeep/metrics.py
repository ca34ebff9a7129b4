"""The box's status as Prometheus' text format, version 0.0.4: the same figures as `status --json`, one by one.

Names follow Prometheus' own advice: base units, `_total` for what only goes up, times as Unix seconds.
https://prometheus.io/docs/instrumenting/exposition_formats/, https://prometheus.io/docs/practices/naming/
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.words import _

Facts = dict[str, Any]
Labels = Mapping[str, str]
Sample = tuple[Labels, float | int | bool | None]

PUBLIC_MODE: Final = 0o644
"""node_exporter reads it as another user; there is nothing personal in figures."""

CONDITIONS: Final = ("UNKNOWN", "READY", "PAPER_LOW", "PAPER_OUT", "COVER_OPEN", "OFFLINE", "GONE")
STATES: Final = ("IDLE", "RECEIPT", "HOLDING_CUT", "PASSTHROUGH")


class Metric(NamedTuple):
    """`of`: its samples in a status; a value that is None (not known) is left out."""

    name: str
    kind: Literal["gauge", "counter"]
    says: str
    of: Callable[[Facts], Iterable[Sample]]


def _box(*keys: str) -> Callable[[Facts], Iterable[Sample]]:
    def samples(facts: Facts) -> Iterator[Sample]:
        value: Any = facts
        for key in keys:
            value = None if value is None else value[key]
        yield {}, value

    return samples


def _lane(key: str) -> Callable[[Facts], Iterable[Sample]]:
    return lambda facts: [({"lane": lane["name"]}, lane[key]) for lane in facts["lanes"]]


def _lane_running(facts: Facts) -> Iterable[Sample]:
    return [({"lane": lane["name"]}, bool(lane["running"])) for lane in facts["lanes"]]


def _lane_is(label: str, key: str, values: Sequence[str]) -> Callable[[Facts], Iterable[Sample]]:
    """One sample for each value that there can be, 1 for the one that is so."""

    def samples(facts: Facts) -> Iterator[Sample]:
        for lane in facts["lanes"]:
            for value in values if lane["running"] else ():
                yield {"lane": lane["name"], label: value.lower()}, lane[key] == value

    return samples


def _events(facts: Facts) -> Iterator[Sample]:
    for lane in facts["lanes"]:
        for event, count in sorted((lane["counters"] or {}).items()):
            yield {"lane": lane["name"], "event": event}, count


def _line_errors(facts: Facts) -> Iterator[Sample]:
    for lane in facts["lanes"]:
        for side, errors in sorted((lane["line_errors"] or {}).items()):
            for kind, count in sorted(errors.items()):
                yield {"lane": lane["name"], "side": side, "kind": kind}, count


def _last_receipts(facts: Facts) -> Iterator[Sample]:
    for lane in facts["lanes"]:
        last = lane["last_receipt"]
        yield {"lane": lane["name"]}, None if last is None else last["at"]


def _needs(facts: Facts) -> Iterator[Sample]:
    for need in facts["needs"]:
        yield {"code": need["code"], "lane": need["lane"] or ""}, 1


def _info(facts: Facts) -> Iterator[Sample]:
    yield {"version": facts["version"], "box_id": facts["box_id"] or ""}, 1


METRICS: Final = (
    Metric("receiptbridge_info", "gauge", "Which software, on which box.", _info),
    Metric("receiptbridge_status_timestamp_seconds", "gauge", "When these figures were taken.", _box("at")),
    Metric("receiptbridge_well", "gauge", "1 where nothing needs a person.", _box("well")),
    Metric("receiptbridge_need", "gauge", "1 for everything that needs a person.", _needs),
    Metric("receiptbridge_enrolled", "gauge", "1 where the box has a key.", _box("enrolled")),
    Metric("receiptbridge_clock_good", "gauge", "1 where the time is known.", _box("clock", "good")),
    Metric(
        "receiptbridge_clock_drift_seconds", "gauge", "How far the machine's clock is ahead.", _box("clock", "drift")
    ),
    Metric("receiptbridge_sync_running", "gauge", "1 where sync runs.", _box("service", "sync_runs")),
    Metric("receiptbridge_service_reachable", "gauge", "1 where the service answers.", _box("service", "reachable")),
    Metric(
        "receiptbridge_service_heard_timestamp_seconds", "gauge", "Its last good answer.", _box("service", "heard_at")
    ),
    Metric(
        "receiptbridge_service_delivered_timestamp_seconds",
        "gauge",
        "When it last took sales.",
        _box("service", "delivered_at"),
    ),
    Metric("receiptbridge_receipts_total", "counter", "Receipts kept since ever.", _box("queue", "numbered")),
    Metric("receiptbridge_queue_due", "gauge", "Sales on their way to the service.", _box("queue", "due")),
    Metric(
        "receiptbridge_queue_oldest_due_seconds", "gauge", "Age of the oldest of them.", _box("queue", "oldest_due_age")
    ),
    Metric("receiptbridge_queue_refused", "gauge", "Sales that the service would not take.", _box("queue", "refused")),
    Metric("receiptbridge_queue_stored", "gauge", "Delivered sales that are still kept.", _box("queue", "stored")),
    Metric("receiptbridge_lane_up", "gauge", "1 where the lane runs and answers.", _lane_running),
    Metric("receiptbridge_lane_uptime_seconds", "gauge", "Since it was started.", _lane("uptime")),
    Metric("receiptbridge_lane_on_bypass", "gauge", "1 where a program stands in for it.", _lane("on_bypass")),
    Metric("receiptbridge_lane_bypassed", "gauge", "1 where its bypass is on.", _lane("bypassed")),
    Metric("receiptbridge_lane_opaque", "gauge", "1 where its stream cannot be read.", _lane("opaque")),
    Metric("receiptbridge_lane_register_connected", "gauge", "1 with a register.", _lane("register_connected")),
    Metric("receiptbridge_lane_printer_connected", "gauge", "1 with a printer.", _lane("printer_connected")),
    Metric(
        "receiptbridge_lane_state", "gauge", "1 for the state it is in.", _lane_is("state", "state", STATES)
    ),
    Metric(
        "receiptbridge_lane_printer_condition",
        "gauge",
        "1 for what the printer last said.",
        _lane_is("condition", "printer_condition", CONDITIONS),
    ),
    Metric("receiptbridge_lane_events_total", "counter", "What happened since the lane's start.", _events),
    Metric("receiptbridge_lane_line_errors_total", "counter", "What serial lines got wrong.", _line_errors),
    Metric("receiptbridge_lane_last_receipt_timestamp_seconds", "gauge", "Its last receipt.", _last_receipts),
)  # fmt: skip


def as_text(status: Facts) -> str:
    """The status in Prometheus' text format."""
    return "".join(_told(metric, status) for metric in METRICS)


def _told(metric: Metric, status: Facts) -> str:
    known = [(labels, value) for labels, value in metric.of(status) if value is not None]
    if not known:
        return ""
    lines = [f"# HELP {metric.name} {metric.says}", f"# TYPE {metric.name} {metric.kind}"]
    lines += [f"{metric.name}{_as_labels(labels)} {float(value):.15g}" for labels, value in known]
    return "\n".join(lines) + "\n"


def _as_labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def write_whole(file: Path, text: str) -> None:
    """Put `text` there whole or not at all, for whoever reads it at any moment. Raises `ReceiptBridgeError`."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")  # node_exporter reads only what ends in .prom
    try:
        draft.write_text(text, encoding="utf-8")
        draft.chmod(PUBLIC_MODE)
        draft.replace(file)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise ReceiptBridgeError(
            _("{file} cannot be written: {why}").format(file=file, why=_(fault.strerror or str(fault))),
            hint=_("Is its folder there, and yours?"),
        ) from None
