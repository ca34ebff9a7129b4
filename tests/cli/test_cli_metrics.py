"""`receiptbridge metrics`: what Prometheus is told is what `status` tells, in a form that its own parser takes."""

from __future__ import annotations

import re
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from box_rig import start_box
from captures import chinese_sale
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.upkeep.metrics import METRICS, as_text, write_whole
from receiptbridge.upkeep.status import take_status

ROOT = Path(__file__).parents[2]
CONFIG = 'state_dir = "{state}"\n[[lane]]\nname = "till-1"\nregister = "pty:/tmp/r"\nprinter = "pty:/tmp/p"\n'


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def typed(folder: Path, *options: str) -> Any:
    return CliRunner().invoke(
        build_app(["metrics"]), ["metrics", "--config", str(folder / "config.toml"), *options]
    )


def test_a_running_boxs_figures_are_those_of_its_status(tmp_path: Path) -> None:
    with start_box(tmp_path, "CNY") as box:
        box.job(chinese_sale())
        while not ((facts := take_status(tmp_path / "config.toml"))["queue"] or {}).get("numbered"):
            pass  # the first commit of a busy machine can come after its paper
    told = samples(as_text(facts))
    lane = facts["lanes"][0]
    till = ("lane", "till-1")
    for event, count in lane["counters"].items():
        assert told["receiptbridge_lane_events_total", frozenset({till, ("event", event)})] == count
    assert told["receiptbridge_receipts_total", frozenset()] == facts["queue"]["numbered"]
    assert told["receiptbridge_lane_up", frozenset({till})] == 1
    assert told["receiptbridge_lane_state", frozenset({till, ("state", lane["state"].lower())})] == 1
    assert (
        told["receiptbridge_info", frozenset({("version", facts["version"]), ("box_id", "0123456789ab")})]
        == 1
    )
    assert (
        sum(value for (name, _), value in told.items() if name == "receiptbridge_lane_printer_condition") == 1
    )


def test_a_box_of_which_little_is_known_tells_that_little(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path))
    told = samples(typed(tmp_path).output)
    assert told["receiptbridge_lane_up", frozenset({("lane", "till-1")})] == 0
    assert told["receiptbridge_well", frozenset()] == 0
    assert ("receiptbridge_receipts_total", frozenset()) not in told


@given(name=st.text(max_size=20), version=st.text(max_size=20))
def test_any_text_in_a_label_is_read_back_as_it_was(name: str, version: str) -> None:
    lane = dict.fromkeys(
        ("running", "on_bypass", "uptime", "bypassed", "opaque", "register_connected", "printer_connected")
    )
    lane |= {"name": name, "counters": None, "line_errors": None, "last_receipt": None}  # type: ignore[dict-item]
    facts = {
        "version": version, "box_id": None, "at": 1, "well": True, "needs": [], "enrolled": None, "queue": None,
        "clock": {"good": True, "drift": -0.5}, "lanes": [lane],
        "service": dict.fromkeys(("sync_runs", "reachable", "heard_at", "delivered_at")),
    }  # fmt: skip
    told = samples(as_text(facts))
    assert told["receiptbridge_lane_up", frozenset({("lane", name)})] == 0
    assert told["receiptbridge_info", frozenset({("version", version), ("box_id", "")})] == 1


def test_names_keep_to_prometheus_advice_and_all_are_documented() -> None:
    documented = re.findall(
        r"^\| `(receiptbridge_\w+)`", (ROOT / "docs/monitoring.md").read_text(), re.MULTILINE
    )
    assert documented == [metric.name for metric in METRICS]
    for metric in METRICS:
        assert re.fullmatch(r"receiptbridge_[a-z_]+", metric.name)
        assert metric.name.endswith("_total") == (metric.kind == "counter")


def test_the_file_is_whole_at_any_moment_and_open_to_the_collector(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path))
    file = tmp_path / "box.prom"
    assert typed(tmp_path, "--write", str(file)).exit_code == 0
    assert samples(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    texts = {"a" * 10_000, "b" * 10_000}
    write_whole(file, "a" * 10_000)
    over = threading.Event()

    def write_on() -> None:
        for turn in range(200):
            write_whole(file, "ab"[turn % 2] * 10_000)
        over.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    while not over.is_set():
        assert file.read_text() in texts
    writer.join()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(("name", "code"), [("box.txt", 2), ("no/such/folder/box.prom", 1)])
def test_a_file_that_would_not_be_read_or_cannot_be_written_is_refused(
    tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path))
    done = typed(tmp_path, "--write", str(tmp_path / name))
    assert done.exception is not None
    assert getattr(done.exception, "exit_code", None) == code
