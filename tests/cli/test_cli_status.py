"""`receiptbridge status`, typed beside a box that runs, and beside one that is out of order."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from box_rig import Box, start_box
from captures import chinese_sale
from cloud_rig import enrolled, running_service
from lane_rig import PATIENCE

from receiptbridge.cloud.sync import Sync
from receiptbridge.config import Config
from receiptbridge.journal import FILE_NAME, Journal
from receiptbridge.journal.contact import CONTACT, Contact, peek_contact
from receiptbridge.upkeep import needs as needs_room
from receiptbridge.upkeep.checks import Place, all_findings
from receiptbridge.upkeep.lanes import runs
from receiptbridge.upkeep.needs import UNREACHABLE_FOR
from receiptbridge.upkeep.status import take_status
from receiptbridge.upkeep.when import age

CONFIG = """
state_dir = "{state}"
[service]
url = "https://members.example.com"
[[lane]]
name = "till-1"
mode = "{mode}"
register = "tcp-listen://127.0.0.1:9100"
printer = "tcp://127.0.0.1:9101"
"""


def typed(state: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "receiptbridge",
        "status",
        "--config",
        str(state / "config.toml"),
        *options,
    ]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin", "COLUMNS": "100"})


def told(state: Path, *options: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(typed(state, "--json", *options).stdout)
    return facts


def codes(facts: dict[str, Any]) -> list[str]:
    return [need["code"] for need in facts["needs"]]


def note(state: Path, **facts: Any) -> None:
    journal = Journal.open(state / FILE_NAME)
    journal.put_setting(CONTACT, Contact(noted_at=int(time.time()), **facts).as_setting())
    journal.close()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with start_box(tmp_path, "CNY") as started:
        started.job(chinese_sale())
        until = time.monotonic() + PATIENCE
        while not (runs("till-1", tmp_path) and (told(tmp_path)["queue"] or {}).get("numbered")):
            assert time.monotonic() < until  # the first commit of a busy machine can come after its paper
        yield started


def test_a_box_that_is_well_says_so_at_a_glance_and_ends_with_0(box: Box) -> None:
    note(box.state, heard_at=int(time.time()) - 3600)
    done = typed(box.state)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all is well" in done.stdout
    assert re.search(
        r"till-1 +print +waits +not connected +\S.* sale 63\.67 CNY, 6367 points, \d+ (s|min) ago",
        done.stdout,
    )
    assert re.search("heard 1 h ago", done.stdout)
    assert "1 in all" in done.stdout
    assert "0123456789ab:1" in done.stdout
    facts = told(box.state)
    assert (facts["well"], facts["service"]["reachable"], facts["queue"]["numbered"]) == (True, True, 1)
    assert facts["lanes"][0]["counters"]["receipt_read"] == 1


def test_what_needs_a_person_is_named_with_what_to_do_and_ends_with_1(box: Box) -> None:
    now = int(time.time())
    note(box.state, fault="no answer", hint="Look at the network.", failing_since=now - UNREACHABLE_FOR - 60)
    box.stop(signal.SIGTERM)
    done = typed(box.state)
    assert done.returncode == 1
    assert "needs a person" in done.stdout
    assert "sudo systemctl start receiptbridge@till-1" in done.stdout
    assert "Look at the network." in done.stdout
    facts = told(box.state)
    assert codes(facts) == ["service", "lane_stopped"]
    assert facts["lanes"][0]["last_receipt"]["total"] == "63.67"  # which the journal knows


def test_status_while_it_is_watched_is_drawn_anew_until_ctrl_c(box: Box) -> None:
    note(box.state, heard_at=int(time.time()))
    command = [
        sys.executable,
        "-m",
        "receiptbridge",
        "status",
        "--config",
        str(box.state / "config.toml"),
        "--watch",
    ]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert watching.stdout is not None
    seen = b""
    while b"till-1" not in seen:
        seen += watching.stdout.read1()
    watching.send_signal(signal.SIGINT)
    assert watching.wait(PATIENCE) == 130
    watching.stdout.close()


@pytest.mark.parametrize(
    ("mode", "expected"), [("print", ["not_enrolled", "lane_stopped"]), ("observe", ["lane_stopped"])]
)
def test_a_box_fresh_from_the_carton_says_what_is_missing(
    tmp_path: Path, mode: str, expected: list[str]
) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path, mode=mode))
    facts = told(tmp_path)
    assert codes(facts) == expected
    assert (facts["queue"], facts["enrolled"], facts["lanes"][0]["running"]) == (None, False, False)


def test_a_lane_whose_bypass_stands_in_for_it_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path, mode="observe"))
    facts = take_status(tmp_path / "config.toml", on_bypass=lambda lane: True)
    assert [(need["code"], need["hint"]) for need in facts["needs"]] == [
        ("on_bypass", "sudo receiptbridge bypass off till-1")
    ]


def test_a_wrong_configuration_is_told_and_the_rest_too(tmp_path: Path) -> None:
    text = CONFIG.format(state=tmp_path, mode="observe")
    (tmp_path / "last-good.toml").write_text(text)
    (tmp_path / "config.toml").write_text(text.replace("observe", "dream"))
    facts = told(tmp_path)
    assert codes(facts) == ["config", "lane_stopped"]
    assert "mode" in facts["config"]["fault"]["what"]
    (tmp_path / "config.toml").write_text("this is no TOML")
    assert codes(told(tmp_path)) == ["config"]
    done = typed(tmp_path)
    assert (done.returncode, done.stderr) == (1, "")


def test_an_unreadable_journal_and_lanes_of_another_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path, mode="observe"))
    (tmp_path / FILE_NAME).write_bytes(b"this is no journal" * 100)
    assert codes(told(tmp_path)) == ["journal", "lane_stopped"]
    done = typed(tmp_path, "--lane", "till-7")
    assert done.returncode == 2
    assert "till-1" in done.stderr
    assert [lane["name"] for lane in told(tmp_path, "--lane", "till-1")["lanes"]] == ["till-1"]


def test_what_sync_notes_is_what_status_tells(tmp_path: Path) -> None:
    enrolled(tmp_path)
    with running_service() as service:
        well = Sync(tmp_path, service.url)
        well._turn()
        well.close()
    heard = peek_contact(tmp_path / FILE_NAME)
    assert heard is not None
    assert heard.heard_at is not None
    assert not heard.fault
    alone = Sync(tmp_path, "http://127.0.0.1:9")
    alone._turn()
    alone.close()
    failing = peek_contact(tmp_path / FILE_NAME)
    assert failing is not None
    assert failing.fault
    assert failing.failing_since is not None
    assert failing.heard_at == heard.heard_at


def test_every_key_and_every_need_is_documented(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/monitoring.md").read_text()
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path, mode="print"))
    Journal.open(tmp_path / FILE_NAME).close()
    facts = take_status(tmp_path / "config.toml")
    parts = (
        facts,
        facts["clock"],
        facts["config"],
        facts["service"],
        facts["queue"],
        *facts["lanes"],
        *facts["needs"],
    )
    keys = {key for part in parts for key in part}
    needs = re.findall(r"_need\(\s*\"(\w+)\"", Path(needs_room.__file__).read_text())
    assert len(needs) > 5
    assert [word for word in sorted({*keys, *needs}) if f"`{word}`" not in guide] == []


@pytest.mark.parametrize(
    ("seconds", "words"), [(-3, "0 s"), (59, "59 s"), (60, "1 min"), (7200, "2 h"), (200_000, "2 d")]
)
def test_a_duration_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    assert age(seconds) == words


def test_in_a_terminal_the_screen_is_drawn_in_place_and_given_back(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path, mode="observe"))
    arguments = ["-m", "receiptbridge", "status", "--config", str(tmp_path / "config.toml"), "--watch"]
    terminal = pexpect.spawn(sys.executable, arguments, dimensions=(24, 80), timeout=PATIENCE * 3)
    terminal.expect_exact("\x1b[?1049h")  # the other screen
    terminal.expect("till-1.*stopped")
    terminal.sendintr()
    terminal.expect_exact("\x1b[?1049l")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_somebody_who_may_not_look_is_told_so_and_what_to_do(tmp_path: Path) -> None:
    """As a user outside the group on a box of the package, whose state folder is closed to others."""
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path / "state", mode="observe"))
    (tmp_path / "state").mkdir(mode=0o700)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    take_status(tmp_path / "config.toml")  # whatever it imports may be closed to others as well
    os.seteuid(65534)
    try:
        facts = take_status(tmp_path / "config.toml")
        findings = dict(all_findings(Place(config=Config(state_dir=tmp_path / "state"))))
    finally:
        os.seteuid(0)
    assert set(codes(facts)) == {"journal", "identity", "lane_silent"}
    assert all(need["hint"] for need in facts["needs"])
    assert {findings[code].verdict for code in ("state", "keys", "journal", "queue")} == {"unknown"}
    assert "sudo" in findings["journal"].hint
