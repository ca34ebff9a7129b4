"""`receiptbridge bypass` as a technician types it; systemctl is a script that writes down what it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.cli import bypass as command
from receiptbridge.errors import ReceiptBridgeError

CONFIG = """
[[lane]]
name = "till-1"
register = "tcp-listen://0.0.0.0:9100"
printer = "tcp://127.0.0.1:9100"
[[lane]]
name = "till-2"
register = "tcp-listen://0.0.0.0:9101"
printer = "tcp://127.0.0.1:9101"
"""


def run(*words: str) -> str:
    done = CliRunner().invoke(build_app(["bypass", "run"]), ["bypass", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What systemctl was asked, a line each."""
    script, said = tmp_path / "systemctl", tmp_path / "asked"
    script.write_text(
        f'#!/bin/sh\necho "$*" >>{said}\ncase "$*" in *till-9*) echo Access denied >&2; exit 1; esac\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(command, "SYSTEMD_RUNS", tmp_path)
    return said


def test_on_starts_the_bypass_which_stops_the_lane(asked: Path):
    assert run("on", "till-1") == "till-1: bypass on\n"
    assert asked.read_text() == "--no-ask-password start receiptbridge-bypass@till-1.service\n"


def test_off_forgets_the_failures_before_it_starts_the_lane(asked: Path):
    run("off", "till-1")
    assert asked.read_text().splitlines() == [
        "--no-ask-password reset-failed receiptbridge@till-1.service",
        "--no-ask-password start receiptbridge@till-1.service",
    ]


def test_without_a_name_all_lanes_are_switched(asked: Path, tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    assert run("on", "--config", str(tmp_path / "config.toml")) == "till-1: bypass on\ntill-2: bypass on\n"


def test_a_wrong_configuration_does_not_matter_where_the_lane_is_named(asked: Path, tmp_path: Path):
    (tmp_path / "config.toml").write_text("[[lane]")
    wrong = ("--config", str(tmp_path / "config.toml"))
    assert run("on", "till-1", *wrong) == "till-1: bypass on\n"
    with pytest.raises(ReceiptBridgeError) as told:
        run("on", *wrong)
    assert "name one: bypass on LANE" in told.value.hint


def test_a_refusal_is_told_with_what_to_do(asked: Path):
    with pytest.raises(ReceiptBridgeError, match="did not start: Access denied") as told:
        run("on", "till-9")
    assert "sudo" in told.value.hint


def test_without_systemd_it_says_what_to_stop_and_what_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(command, "SYSTEMD_RUNS", tmp_path / "none")
    with pytest.raises(ReceiptBridgeError, match="no systemd") as told:
        run("on", "till-1")
    assert (
        told.value.hint == "Stop `receiptbridge run --lane till-1`, and start `receiptbridge-bypass till-1`."
    )
    with pytest.raises(ReceiptBridgeError, match="no systemd") as told:
        run("off", "till-1")
    assert (
        told.value.hint == "Stop `receiptbridge-bypass till-1`, and start `receiptbridge run --lane till-1`."
    )
