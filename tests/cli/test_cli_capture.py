"""`receiptbridge capture` on a running box, as a technician types it."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from box_rig import Box, start_box
from captures import captures
from typed import typed

from receiptbridge.upkeep.capture_file import Capture, read_capture_file

SALES = [c.data for c in captures() if c.is_text and c.is_escpos and c.truth["kind"] == "sale"
         and c.truth["currency"] == "CNY"][:2]  # fmt: skip


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with start_box(tmp_path_factory.mktemp("box"), "CNY") as box:
        while box.job(SALES[0]) == SALES[0]:
            """Its journal is still being made: no code yet."""
        yield box


def started(box: Box, *words: object) -> subprocess.Popen[str]:
    """The command, once the lane tells it what crosses."""
    command = [sys.executable, "-m", "receiptbridge", "capture", *map(str, words)]
    process = subprocess.Popen(
        [*command, "--config", str(box.state / "config.toml")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=box.state,
    )  # fmt: skip
    assert process.stderr is not None
    assert "Ctrl-C ends it" in process.stderr.readline()
    return process


def ended(process: subprocess.Popen[str]) -> str:
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 0, stderr
    return stdout


def joined(capture: Capture, where: str) -> bytes:
    return b"".join(c.data for c in capture.crossings if c.where == where)


def read(file: Path) -> Capture:
    capture = read_capture_file(file)
    assert capture is not None
    return capture


def test_both_directions_are_in_the_file_and_each_job_in_its_own(box: Box, tmp_path: Path):
    file, folder = tmp_path / "a.capture", tmp_path / "jobs"
    process = started(box, "till-1", "--out", file, "--receipts", 2, "--bin", folder)
    got = [box.job(data) for data in SALES]
    assert "2 receipts" in ended(process)
    capture = read(file)
    assert joined(capture, "from_register") == b"".join(SALES)
    assert joined(capture, "to_printer").startswith(got[0])
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == SALES
    assert (capture.header["lane"], capture.header["currency"]) == ("till-1", "CNY")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (file, *folder.iterdir())} == {0o600}


def test_a_masked_capture_has_no_codes_of_the_box(box: Box, tmp_path: Path):
    process = started(box, "--out", tmp_path / "m.capture", "--masked", "--json")
    got = box.job(SALES[0])
    process.send_signal(signal.SIGINT)
    told = json.loads(ended(process))
    assert (told["why"], told["receipts"]) == ("stopped", 1)
    capture = read(tmp_path / "m.capture")
    [block] = [c for c in capture.crossings if c.block]
    assert (block.data, block.left_out) == (b"", len(got) - len(SALES[0]))
    assert len(joined(capture, "from_register")) == len(SALES[0])
    assert b"HTTPS://M.EXAMPLE.COM" not in joined(capture, "to_printer")


def test_it_ends_at_its_bound_of_bytes_and_at_its_time(box: Box, tmp_path: Path):
    process = started(box, "--out", tmp_path / "b.capture", "--most", 10, "--json")
    box.job(SALES[0])
    assert json.loads(ended(process))["why"] == "bytes"
    process = started(box, "--out", tmp_path / "t.capture", "--minutes", 0.01, "--json")
    assert json.loads(ended(process))["why"] == "time"


def test_what_was_captured_of_a_lane_that_is_killed_is_kept(tmp_path: Path):
    state = tmp_path / "state"
    state.mkdir()
    with start_box(state, "CNY") as box:
        box.job(SALES[0])
        process = started(box, "--out", tmp_path / "k.capture", "--json")
        box.job(SALES[1])
        box.stop(signal.SIGKILL)
        assert json.loads(ended(process))["why"] == "the lane ended"
    assert joined(read(tmp_path / "k.capture"), "from_register") == SALES[1]


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (["till-9"], 2, "Lanes there: till-1"),
        (["--out", "log"], 2, "is there already"),
        (["--out", "/nowhere/a"], 2, "No such file"),
        (["--receipts", "0"], 2, "--receipts"),
        (["--minutes", "-1"], 2, "--minutes"),
        (["--most", "x"], 2, "--most"),
        (["--bin", "keys"], 2, "is not empty"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(
    box: Box, words: list[str], exit_code: int, said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(box.state)
    done = typed("capture", *words, "--config", box.state / "config.toml")
    assert (done.exit_code, said in done.err) == (exit_code, True), done.err


def test_a_lane_that_does_not_run_leaves_no_file(tmp_path: Path, box: Box):
    config = (box.state / "config.toml").read_text().replace(str(box.state), str(tmp_path))
    (tmp_path / "config.toml").write_text(config)
    done = typed("capture", "--out", tmp_path / "none.capture", "--config", tmp_path / "config.toml")
    assert done.exit_code == 1
    assert "till-1 is not running" in done.err
    assert not (tmp_path / "none.capture").exists()
