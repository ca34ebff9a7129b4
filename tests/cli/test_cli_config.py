"""`receiptbridge config` as a technician types it."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import sys
from pathlib import Path

import pexpect
import pytest
from box_rig import connected, start_box
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.config import parse_config
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Journal, Setting
from receiptbridge.upkeep.lanes import ask
from receiptbridge.upkeep.settings_effect import take_effect

CONFIG = """\
# this shop's
state_dir = "{state}"

[points]
minor_per_point = 1000  # ten yuan

[[lane]]
name = "till.1"
register = "tcp-listen://0.0.0.0:9100"  # as the till has it
printer = "tcp://192.168.1.50:9100"
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(CONFIG.format(state=tmp_path))
    monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", str(file))
    return file


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(build_app(["config", "run"]), ["config", *words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


# ---- show


def test_every_value_is_shown_with_where_it_comes_from(path: Path):
    shown = {line.split()[0]: line.split()[1:] for line in run("show").splitlines()}
    assert shown["points.minor_per_point"] == ["1000", "file"]
    assert shown["lane.till.1.mode"] == ["observe", "default"]


def test_what_the_service_handed_down_counts_and_is_marked(path: Path):
    with contextlib.closing(Journal.open(path.parent / FILE_NAME)) as journal:
        journal.put_setting(SERVICE_SETTINGS, Setting({"earn_rule": {"id": 7, "minor_per_point": 500}}, "1"))
    shown = {row["key"]: (row["value"], row["from"]) for row in json.loads(run("show", "--json"))}
    assert shown["points.minor_per_point"] == (500, "service")
    assert shown["points.rule"] == (7, "service")
    assert shown["points.currency"] == ("CNY", "default")


def test_a_password_in_an_address_is_not_shown(path: Path):
    run("set", "service.url", "https://box:s3cret@members.example.com")
    assert "s3cret" not in run("show") + run("show", "--json")


# ---- check


def test_a_good_file_is_told_and_a_missing_one_is_an_error(path: Path):
    assert run("check").endswith("config.toml: nothing wrong was found\n")
    with pytest.raises(ReceiptBridgeError, match="no configuration there"):
        run("check", "--config", str(path.with_name("none.toml")))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("x = 1", ["lane.1.x = 1: no such key"]),
        ("mode = 'shout'\nblock = 5", ["must be 'print' or 'observe'", "must be 'full' or 'compact'"]),
        ("printer_profile = 'nowhere'", ["lane.till.1.printer_profile: there is no printer profile 'nowhere'"]),
        ("register_profile = 'nowhere'", ["there is no register profile 'nowhere'"]),
        ("[[lane]", ["not valid TOML"]),
        (
            "[[lane]]\nname='b'\nregister='tcp-listen://127.0.0.1:9100'\nprinter='tcp://192.168.1.50:9100'",
            ["port 9100 of the box is named twice: lane.till.1.register, lane.b.register", "50:9100 is named twice"],
        ),
        (
            "relay='/dev/gpiochip0:1'\n[[lane]]\nname='b'\nregister='serial:/dev/a'\nprinter='serial:/dev/a?baud=9600'"
            "\nrelay='/dev/gpiochip0:1:low'",
            ["/dev/a is named twice", "the relay /dev/gpiochip0:1 is named by several lanes: till.1, b"],
        ),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told_at_once(path: Path, more: str, says: list[str]):
    path.write_text(path.read_text() + more)
    told = run("check", code=2)
    assert all(said in told for said in says), told
    assert len(json.loads(run("check", "--json", code=2))["findings"]) == len(says)


def test_a_file_without_a_lane_is_a_finding(path: Path):
    path.write_text("")
    assert "no lane is named" in run("check", code=2)


# ---- set


def test_setting_a_value_leaves_the_comments_and_keeps_the_predecessor(path: Path):
    was = path.read_text()
    run("set", "lane.till.1.mode", "print")
    run("set", "points.minor_per_point", "500")
    assert path.read_text() == was.replace("1000", "500") + 'mode = "print"\n'
    assert (path.parent / "history" / "config.toml.1").read_text() == was


def test_a_value_in_a_section_that_is_not_there_makes_it(path: Path):
    run("set", "journal.keep_days", "30")
    run("set", "points.payments.wechat", "join")
    assert run("show").count("file") == 8
    assert "[journal]\nkeep_days = 30\n" in path.read_text()
    run("unset", "journal.keep_days")
    assert "keep_days" not in path.read_text()


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("lane.till.1.mode", "shout", "must be 'print' or 'observe'"),
        ("lane.till.1.printer_profile", "nowhere", "there is no printer profile"),
        ("lane.till-9.mode", "print", "there is no lane 'till-9'"),
        ("lane.till.1", "print", "there is no lane 'till'"),
        ("lane.mode", "print", "'lane.mode' is no key"),
        ("state_dir.x", "1", "'state_dir.x' is no key"),
        ("points", "1", "points = 1: must be a table"),
        ("points.colour", "1", "points.colour = 1: no such key"),
        ("points.minor_per_point", "many", "must be a whole number"),
        ("", "", "no such key"),
    ],
)
def test_a_value_that_may_not_be_changes_nothing(path: Path, key: str, value: str, says: str):
    was = path.read_text()
    with pytest.raises(ReceiptBridgeError, match=says) as told:
        run("set", key, value)
    assert told.value.exit_code == 2
    assert path.read_text() == was
    assert not (path.parent / "history").exists()


# ---- what running programs are told


def test_a_lane_that_runs_goes_by_the_change_or_it_is_said_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with start_box(tmp_path, "CNY") as box:
        connected(box.register).close()
        box.printer.accept()[0].close()
        monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", str(tmp_path / "config.toml"))
        assert run("set", "lane.till-1.mode", "observe") == "lane till-1 goes by it\n"
        assert ask("till-1", tmp_path, "status")["mode"] == "observe"
        told = run("set", "lane.till-1.printer", "tcp://127.0.0.1:9")
        assert "lane till-1 still runs with what was: sudo systemctl restart receiptbridge@till-1" in told
        assert "lane till-1 still runs" in run("apply", code=1)
        run("rollback")
        assert "lane till-1 goes by it" in run("apply")


def test_without_a_running_lane_there_is_nobody_to_ask(path: Path):
    assert run("set", "points.rule", "2") == ""
    assert "No lane runs." in run("apply")
    assert "try-restart receiptbridge-sync" in run("set", "journal.keep_days", "30")


def test_lanes_that_come_and_go_are_to_be_started_and_stopped(path: Path):
    config = parse_config(path.read_text(), "x")
    told = {step.says: step.type_this for step in take_effect(config, config.but(lane=()))}
    assert told == {"lane till.1 is no longer there": "sudo systemctl disable --now receiptbridge@till.1"}
    told = {step.says: step.type_this for step in take_effect(config.but(lane=()), config)}
    assert told == {"lane till.1 is new": "sudo systemctl enable --now receiptbridge@till.1"}


# ---- history and rollback


def test_a_former_file_is_listed_compared_and_put_back(path: Path):
    was = path.read_text()
    run("set", "points.minor_per_point", "500")
    [row] = run("history").splitlines()[2:]
    assert row.split()[0] == "1"
    assert row.split()[-2:] == ["1", "1"]
    assert "+minor_per_point = 500" in run("history", "1")
    assert "is again as it was written on" in run("rollback")
    assert path.read_text() == was
    run("rollback")
    assert "500" in path.read_text()
    assert [row["number"] for row in json.loads(run("history", "--json"))] == [3, 2, 1]


def test_a_number_that_is_not_kept_is_refused(path: Path):
    with pytest.raises(ReceiptBridgeError, match="no predecessor is kept"):
        run("rollback")


# ---- edit, at a terminal


def editor(tmp_path: Path, *turns: str) -> str:
    """An editor that puts in the place of "observe" first this, then that."""
    script, turn = tmp_path / "editor", tmp_path / "turn"
    script.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\n"
        f"turn, file = pathlib.Path({str(turn)!r}), pathlib.Path(sys.argv[1])\n"
        "now = int(turn.read_text()) if turn.exists() else 0\n"
        f"old, new = {list(turns)!r}[now].split('>')\n"
        "file.write_text(file.read_text().replace(old, new))\nturn.write_text(str(now + 1))\n"
    )
    script.chmod(0o755)
    return shlex.quote(str(script))


def at_a_terminal(path: Path, *turns: str) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable, ["-m", "receiptbridge", "config", "edit"], encoding="utf-8", timeout=60,
        env={**os.environ, "EDITOR": editor(path.parent, *turns), "VISUAL": "", "TMPDIR": str(path.parent)},
    )  # fmt: skip


def test_a_mistake_is_shown_and_mended_before_the_file_is_replaced(path: Path):
    was = path.read_text()
    terminal = at_a_terminal(path, "= 1000>= -5", "= -5>= 700")
    terminal.expect_exact("points.minor_per_point = -5: must be a whole number, at least 1")
    terminal.expect_exact("Go on editing?")
    assert path.read_text() == was
    terminal.sendline("y")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert path.read_text() == was.replace("1000", "700")


def test_who_gives_up_keeps_what_he_wrote_and_the_file_stays(path: Path):
    was = path.read_text()
    terminal = at_a_terminal(path, "= 1000>= -5")
    terminal.expect_exact("Go on editing?")
    terminal.sendline("n")
    terminal.expect("stays as it was; what you wrote is in (.*toml)")
    draft = Path(terminal.match[1])
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 2
    assert (path.read_text(), draft.read_text()) == (was, was.replace("1000", "-5"))


def test_an_editor_that_cannot_be_started_is_told_with_what_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EDITOR", "/nowhere/editor")
    monkeypatch.delenv("VISUAL", raising=False)
    with pytest.raises(ReceiptBridgeError, match="could not be used") as told:
        run("edit")
    assert "EDITOR=nano" in told.value.hint
