"""`receiptbridge replay` as a technician types it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from box_rig import CONFIG, Box, start_box
from lane_driver import PREFIX
from PIL import Image
from typed import Typed, typed

from receiptbridge.upkeep.capture_file import Crossing, header_line

SALE = "店\n单号 A1\n蛋 63.67\n合计 63.67\n现金 70.00\n找零 6.33\n".encode("gb18030") + b"\x1dV\x00"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Of a box whose printer is on port 2: nobody's."""
    path = tmp_path / "config.toml"
    path.write_text(
        CONFIG.format(
            state=tmp_path, prefix=PREFIX, currency="CNY", register=1, printer=2, profile="xprinter-xp-80"
        )
    )
    return path


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "a.capture"
    header = {
        "lane": "till-1",
        "printer_profile": "xprinter-xp-80",
        "register_profile": "generic",
        "currency": "CNY",
    }
    path.write_bytes(
        header_line(header) + Crossing(0.1, "from_register", SALE).line() + b'{"at": 1, "end": {}}\n'
    )
    return path


def replay(*words: object) -> Typed:
    return typed("replay", *words)


def test_a_capture_is_read_as_its_lane_reads_today(capture: Path, config: Path):
    done = replay(capture, "--config", config)
    assert "63.67 CNY" in done.out
    assert "6367 points; a block of" in done.out
    assert "not enrolled: today it prints none" in done.out
    config.write_text(config.read_text().replace("minor_per_point = 1\n", "minor_per_point = 1000\n"))
    [receipt] = json.loads(replay(capture, "--config", config, "--json").out)["receipts"]
    assert (receipt["total"], receipt["points"], receipt["why_no_code"]) == ("63.67", 6, None)


def test_it_works_on_a_machine_without_a_box(capture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", str(tmp_path / "none.toml"))
    assert "6 points" in replay(capture).out
    (tmp_path / "sale.bin").write_bytes(SALE)
    assert "63.67 CNY" in replay(tmp_path / "sale.bin").out


def test_neither_journal_nor_keys_are_made_or_touched(capture: Path, config: Path, tmp_path: Path):
    before = sorted(tmp_path.rglob("*"))
    replay(capture, "--config", config)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_drawn_paper_has_a_banner_above_that_says_sample(capture: Path, config: Path, tmp_path: Path):
    assert replay(capture, "--config", config, "--png", tmp_path / "p.png").exit_code == 0
    with Image.open(tmp_path / "p.png") as drawn:
        assert drawn.crop((0, 0, 100, 60)).getextrema() == (0, 0)
        assert drawn.crop((100, 0, drawn.width - 100, 64)).getextrema()[1] > 200


def test_it_is_printed_on_a_printer_that_no_lane_has(capture: Path, config: Path):
    with socket.create_server(("127.0.0.1", 0)) as printer:
        got: list[bytes] = []
        thread = threading.Thread(target=lambda: got.append(_received(printer)))
        thread.start()
        link = f"tcp://127.0.0.1:{printer.getsockname()[1]}"
        done = replay(capture, "--config", config, "--to", link, "--speed", "1000")
        thread.join(10)
    assert "bytes printed" in done.err
    assert got[0].startswith(b"*** SAMPLE")
    assert SALE[:-3] in got[0]
    assert PREFIX.encode() + b"SAMPLE" in got[0] or b"\x1dv0" in got[0]


def _received(listener: socket.socket) -> bytes:
    listener.settimeout(10)
    connection, _ = listener.accept()
    with connection:
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with start_box(tmp_path_factory.mktemp("box"), "CNY") as box:
        box.job(SALE)
        yield box


def test_a_printer_that_a_running_lane_has_is_left_to_it(box: Box, capture: Path):
    port = box.printer.getsockname()[1]
    done = replay(capture, "--config", box.state / "config.toml", "--to", f"tcp://127.0.0.1:{port}")
    assert (done.exit_code, "lane till-1 has this printer" in done.err) == (1, True)
    assert "systemctl stop" in done.err


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (["none.capture"], 2, "No such file"),
        (["a.capture", "--lane", "till-9"], 2, "Lanes there"),
        (["a.capture", "--speed", "2"], 2, "--to"),
        (["a.capture", "--speed", "0", "--to", "tcp://127.0.0.1:2"], 2, "--speed"),
        (["a.capture", "--to", "nonsense"], 2, "tcp://"),
        (["a.capture", "--to", "tcp-listen://0.0.0.0:1"], 2, "no address of a printer"),
        (["a.capture", "--to", "file:/nowhere"], 1, "cannot be opened"),
        (["a.capture", "--png", "/nowhere/x.png"], 1, "No such file"),
        (["later.capture"], 1, "version 2"),
        (["damaged.capture"], 1, "damaged"),
        (["empty.bin"], 1, "empty"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(
    capture: Path, config: Path, words: list[str], exit_code: int, said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(capture.parent)
    Path("later.capture").write_text('{"receiptbridge_capture": 2}\n')
    Path("damaged.capture").write_bytes(header_line({}) + b'{"where": "from_register", "data": "?"}\n')
    Path("empty.bin").write_bytes(b"")
    done = replay(*words, "--config", config)
    assert (done.exit_code, said in done.err) == (exit_code, True), done.err
