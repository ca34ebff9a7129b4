"""`receiptbridge setup` as a technician types it: refusals, answers given beforehand, and a real terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
from box_rig import Box, start_box
from captures import chinese_sale
from printer_rig import printer_at
from technician import picture
from typed import typed

from hardware_sim.printer import VirtualPrinter
from receiptbridge.cli.setup import QUESTIONS, STEPS
from receiptbridge.config import load_config
from receiptbridge.upkeep.settings_file import history

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 80, 24


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "state").mkdir()
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    file = tmp_path / "config.toml"
    file.write_text(f'# ours\nstate_dir = "{tmp_path}/state"\n')
    monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", str(file))
    return file


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    with start_box(tmp_path, "CNY") as started:
        monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", str(tmp_path / "config.toml"))
        started.job(chinese_sale())
        yield started


# ---- wrong calls


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--step", "wires"], "there is no step 'wires'"),
        (["--skip", "wires"], "there is no step 'wires'"),
        (["--lane", "../x"], "no name of a lane"),
        (["--answer", "proof.drawer"], "no KEY=VALUE"),
        (["--answer", "proof.door=yes"], "there is no question 'proof.door'"),
        (["--answers", "/nowhere.toml"], "/nowhere.toml"),
        (["--step", "ports", "--answer", "ports.register=com1", "--plain"], "no link address"),
        (["--step", "ports", "--answer", "ports.register=tcp://1.2.3.4:9100"], "no till can be there"),
        (["--step", "line", "--answer", "ports.register=x"], "that is not known yet"),
    ],
)
def test_a_wrong_call_is_refused_with_what_is_right(config: Path, words: list[str], says: str):
    told = typed("setup", *words)
    assert told.exit_code in (1, 2)
    assert says in told.out + told.err


def test_an_answer_that_is_none_names_those_there_are(config: Path):
    told = typed("setup", "--step", "observe", "--answer", "observe.content=perhaps", "--plain")
    assert told.exit_code != 0


def test_without_a_terminal_what_nobody_answers_is_named(config: Path):
    told = typed("setup", keys="")
    assert told.exit_code == 2
    assert "nobody answers ports.register" in told.err
    assert "--answer ports.register=..." in told.err


def test_every_question_is_in_the_guide_and_the_guide_has_no_other(config: Path):
    page = (ROOT / "docs" / "technician.md").read_text("utf-8")
    table = page.partition("| question | answers |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`([a-z]+\.[a-z0-9.-]+)`", "".join(re.findall(r"^\| (.*?) \|", table, re.M))))
    assert named | {"learn.total.2"} == set(QUESTIONS)
    asked = "".join(path.read_text() for path in (ROOT / "receiptbridge/upkeep/installing").glob("*.py"))
    answered = {key for key in QUESTIONS if f'"{key}"' in asked}
    assert {key.partition(".")[0] for key in set(QUESTIONS) - answered} <= {"proof", "learn"}


# ---- by answers


def test_steps_are_answered_beforehand_kept_and_taken_up_again(config: Path):
    with printer_at(VirtualPrinter("epson-tm-t88v-zh")) as port:
        words = [
            "--answer",
            "ports.register=tcp-listen://127.0.0.1:0",
            "--answer",
            f"ports.printer=tcp://127.0.0.1:{port}",
        ]
        told = typed(
            "setup", "--step", "ports", "--step", "line", "--step", "printer", "--step", "handshake", *words
        )
    assert told.exit_code == 0, told.err
    assert "it calls itself EPSON TM-T88V" in told.out
    assert "Still to do: lane, proof" in told.out
    kept = json.loads(typed("setup", "--json").out)
    assert kept["facts"]["printer_profile"] == "epson-tm-t88v-zh"
    assert [name for name in STEPS if kept["steps"][name] == "done"] == [
        "ports",
        "line",
        "printer",
        "handshake",
    ]
    assert (config.parent / "state/setup/till-1.json").stat().st_mode & 0o777 == 0o600


def test_a_step_that_is_left_out_is_told_as_such(config: Path):
    listed = typed("setup", "--skip", "proof", "--list").out
    assert re.search("proof .* skipped", listed)
    assert re.search("ports .* open", listed)


def test_answers_come_from_a_file_as_well(config: Path, tmp_path: Path):
    (tmp_path / "till.toml").write_text(
        '[ports]\nregister = "tcp-listen://0.0.0.0:9100"\nprinter = "file:/dev/usb/lp0"\n'
    )
    assert typed("setup", "--step", "ports", "--answers", tmp_path / "till.toml").exit_code == 0
    assert json.loads(typed("setup", "--json").out)["facts"]["printer"] == "file:/dev/usb/lp0"


# ---- where the lane runs, it is asked


def test_a_running_lane_is_asked_and_its_configuration_changed_with_its_predecessor_kept(box: Box):
    before = (box.state / "config.toml").read_text()
    told = typed("setup", "--step", "observe", "--answer", "observe.content=yes")
    assert told.exit_code == 0, told.err
    assert "1 receipts read since it runs" in told.out
    typed("setup", "--step", "ports", "--answer", f"ports.register=tcp-listen://127.0.0.1:{box.register}",
          "--answer", f"ports.printer=tcp://127.0.0.1:{box.printer.getsockname()[1]}")  # fmt: skip
    named = typed("setup", "--step", "printer", "--answer", "printer.profile=xprinter-xp-n160ii")
    assert "Lane till-1 is running: the printer is not asked." in named.out
    assert typed("setup", "--step", "lane").exit_code == 0
    assert load_config().find_lane("till-1").printer_profile == "xprinter-xp-n160ii"
    assert history(box.state / "config.toml")[0].path.read_text() == before


def test_the_ports_of_a_running_lane_are_left_alone(box: Box, tmp_path: Path):
    facts = {"register": "serial:/dev/ttyS9?baud=9600", "printer": "serial:/dev/ttyS8?baud=9600"}
    (box.state / "setup").mkdir()
    (box.state / "setup/till-1.json").write_text(json.dumps({"facts": facts, "steps": {}}))
    told = typed("setup", "--step", "handshake")
    assert told.exit_code == 1
    assert "lane till-1 is running and has the ports" in told.out
    assert "systemctl stop receiptbridge@till-1" in told.out


def test_a_till_that_sends_pictures_is_told_and_may_be_left_so(box: Box):
    receipts = box.state / "setup/till-1"
    receipts.mkdir(parents=True)
    (receipts / "0001.bin").write_bytes(
        b"\x1b@" + picture(["CORNER SHOP", "TOTAL 12.00", "Thank you"]) + b"\x1dV\x00"
    )
    told = typed("setup", "--step", "learn", "--answer", "learn.pictures=leave")
    assert told.exit_code == 0, told.err
    assert "sends its receipts as pictures" in told.out
    stopped = typed("setup", "--step", "observe")
    assert stopped.exit_code == 1
    assert "no code can be printed" in stopped.out


# ---- in a real terminal


class Screen:
    """A terminal of 80 by 24, and what stands on it."""

    def __init__(self, *words: str) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self._screen)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "receiptbridge", "setup", *words], dimensions=(ROWS, COLUMNS),
            encoding="utf-8", timeout=30,
        )  # fmt: skip

    def shows(self, text: str) -> str:
        """The screen once it shows that. Terminals are asked where their cursor is, and answer."""
        while text not in (seen := "\n".join(row.rstrip() for row in self._screen.display)):
            piece = self.child.read_nonblocking(4096, timeout=30)
            if "\x1b[6n" in piece:
                self.child.send(f"\x1b[{self._screen.cursor.y + 1};{self._screen.cursor.x + 1}R")
            self._stream.feed(piece)
        return seen


def test_at_a_terminal_it_asks_one_thing_at_a_time_by_arrow_keys(config: Path):
    screen = Screen("--step", "ports", "--answer", "ports.printer=tcp://127.0.0.1:9")
    shown = screen.shows("something else")
    assert "? Where is the till plugged in?" in shown
    assert "Step 1 of 10, ports" in shown
    assert max(map(len, shown.splitlines())) <= COLUMNS
    screen.child.send("\x1b[B\r")  # down, Enter: something else
    screen.shows("plugged in? something else")
    screen.child.send("serial:/dev/ttyS0\r")
    screen.shows("Still to do")
    screen.child.expect(pexpect.EOF)
    screen.child.close()
    assert screen.child.exitstatus == 0
    assert json.loads(typed("setup", "--json").out)["facts"]["register"] == "serial:/dev/ttyS0"


def test_ctrl_c_ends_it_quietly_and_it_goes_on_where_it_was(config: Path):
    screen = Screen()
    screen.shows("Where is the till plugged in?")
    screen.child.send("\x03")
    screen.shows("What was found is kept")
    screen.child.expect(pexpect.EOF)
    screen.child.close()
    assert screen.child.exitstatus == 130
