"""`receiptbridge test-print` as a technician types it: through a running lane, straight to a printer, as a picture."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from box_rig import PRINTER, Box, start_box
from captures import captures
from PIL import Image
from typed import Typed, typed

from receiptbridge.upkeep.test_page import RESET

SALE = next(c.data for c in captures() if c.is_text and c.is_escpos and c.truth["currency"] == "CNY")
DRAWER = b"\x1bp\x00\x19\xfa"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with start_box(tmp_path_factory.mktemp("box"), "CNY") as box:
        box.job(SALE)
        yield box


def test_print(box: Box, *words: object) -> Typed:
    return typed("test-print", *words, "--config", box.state / "config.toml")


test_print.__test__ = False  # type: ignore[attr-defined]


class Printer:
    """Takes one connection and all that comes on it."""

    def __init__(self, listener: socket.socket) -> None:
        self.got = b""
        self._listener = listener
        self._thread = threading.Thread(target=self._take)
        self._thread.start()

    def _take(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            self.got = b"".join(iter(lambda: connection.recv(65536), b""))

    def all(self) -> bytes:
        self._thread.join(20)
        return self.got


def test_a_running_lane_prints_it_and_the_next_receipt_is_as_ever(box: Box):
    printer = Printer(box.printer)
    done = test_print(box, "till-1", "--drawer")
    assert done.exit_code == 0, done.err
    assert "printed by lane till-1" in done.out
    page = printer.all()
    assert b"SELF-TEST" in page
    assert DRAWER in page
    assert b"Printer: tcp://127.0.0.1" in page
    assert SALE[:40] in box.job(SALE)


def test_a_printers_own_address_goes_through_the_lane_that_has_it(box: Box):
    printer = Printer(box.printer)
    done = test_print(box, "--to", f"tcp://127.0.0.1:{box.printer.getsockname()[1]}")
    assert "printed by lane till-1" in done.out
    assert DRAWER not in printer.all()


def test_a_printer_that_no_lane_has_gets_it_straight(box: Box):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        printer = Printer(listener)
        link = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        done = test_print(box, "--to", link, "--printer-profile", "epson-tm-t88v")
        assert "printed: " in done.out
        page = printer.all()
    assert page.startswith(RESET)
    assert b"epson-tm-t88v" in page


def test_it_can_be_drawn_instead(box: Box, tmp_path: Path):
    assert test_print(box, "--png", tmp_path / "page.png").exit_code == 0
    with Image.open(tmp_path / "page.png") as drawn:
        assert drawn.height > 2000


def test_a_lane_that_does_not_run_leaves_the_printer_to_the_command(box: Box, tmp_path: Path):
    config = (box.state / "config.toml").read_text().replace(str(box.state), str(tmp_path))
    (tmp_path / "config.toml").write_text(config)
    printer = Printer(box.printer)
    done = typed("test-print", "till-1", "--config", tmp_path / "config.toml")
    assert "printed: " in done.out
    assert PRINTER.encode() in printer.all()


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (["till-9"], 2, "Lanes there"),
        (["--to", "nonsense"], 2, "tcp://"),
        (["--to", "tcp://127.0.0.1:1"], 1, "127.0.0.1:1"),
        (["--to", "pty:/nowhere"], 1, "its lane runs"),
        (["--printer-profile", "nonsense"], 2, "nonsense"),
        (["--png", "/nowhere/x.png"], 1, "No such file"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(
    box: Box, words: list[str], exit_code: int, said: str
):
    done = test_print(box, *words)
    assert (done.exit_code, said in done.err) == (exit_code, True), done.err
    assert json.dumps(done.out) == '""'


def test_a_printer_that_never_stops_talking_is_waited_for_no_longer_than_for_its_answers():
    said = typed("test-print", "--to", "file:/dev/zero")
    assert said.exit_code == 0
    assert "printed" in said.out
