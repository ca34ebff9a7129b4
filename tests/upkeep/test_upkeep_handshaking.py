"""Which handshake a printer and a till have is found on lines that lose what nobody has room for."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from counter_rig import SerialPrinter, SerialTill
from serial_rig import Cable, cable

from hardware_sim.printer import VirtualPrinter
from hardware_sim.uart import Frame
from receiptbridge.links.line import Flow, LineSettings
from receiptbridge.upkeep.handshaking import (
    LINES,
    Busy,
    LongPrint,
    Obeyed,
    flows_to_try,
    port_without_handshake,
    try_to_stop,
)
from receiptbridge.upkeep.talking import Talk

SLOW = LineSettings(
    9600
)  # what a printer keeps free for a late listener lasts 130 ms: a busy machine is not later
BUFFER = 1024


@pytest.fixture(autouse=True)
def small_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer of 1 kB is full after a second at that speed."""
    monkeypatch.setattr("hardware_sim.printer.RECEIVE_BUFFER", BUFFER)


def long_print(line: Cable, printer: SerialPrinter, most: int = 4000) -> tuple[Busy, bool]:
    printer.open_cover()
    with printer.running(), port_without_handshake(str(line.path), SLOW, line.box_lines) as (link, lines):
        job = LongPrint(Talk(link), lines, most)
        busy = job.fill(SLOW)
        printer.close_cover()
        return busy, job.finish(SLOW, 20)


def lines_on(printer: VirtualPrinter) -> int:
    """Rows of text on the strip, told by the empty rows between them."""
    strip = printer.strip_image()
    rows = [strip.crop((0, y, strip.width, y + 1)).getextrema()[0] == 0 for y in range(strip.height)]
    return sum(ink and not above for above, ink in zip([False, *rows], rows, strict=False))


@pytest.mark.parametrize("flow", ["xonxoff", "rtscts", "dsrdtr"])
def test_a_printer_that_says_that_it_is_busy_is_heard_and_nothing_is_lost(tmp_path: Path, flow: Flow):
    with cable(tmp_path / "printer") as line:
        printer = SerialPrinter(line, VirtualPrinter(xonxoff=flow == "xonxoff"), flow)
        busy, whole = long_print(line, printer)
    assert (busy.flow, busy.has_wires) == (flow, True)
    assert BUFFER // 2 < busy.after <= BUFFER
    assert whole
    assert printer.printer.overrun == 0
    assert lines_on(printer.printer) == LINES


def test_a_printer_that_says_nothing_loses_bytes_and_is_told_from_one_that_does(tmp_path: Path):
    with cable(tmp_path / "printer") as line:
        printer = SerialPrinter(line, VirtualPrinter())
        busy, _ = long_print(line, printer)
    assert busy.flow is None
    assert printer.printer.overrun > 0
    assert lines_on(printer.printer) < LINES


def test_a_port_without_wires_hears_xoff_and_says_that_it_has_no_wires(tmp_path: Path):
    with cable(tmp_path / "printer") as line:
        printer = SerialPrinter(line, VirtualPrinter(xonxoff=True))
        printer.open_cover()
        with printer.running(), port_without_handshake(str(line.path), SLOW) as (link, lines):
            busy = LongPrint(Talk(link), lines, 4000).fill(SLOW)
    assert (busy.flow, busy.has_wires) == ("xonxoff", False)


def tried(line: Cable, till: SerialTill, flow: Flow) -> Obeyed:
    printing = threading.Thread(target=till.print, args=(b"An item of some length  12.50\n" * 130,))
    with port_without_handshake(str(line.path), LineSettings(38400), line.box_lines) as (link, lines):
        talk = Talk(link)
        printing.start()
        talk.hear(5, lambda heard: len(heard) > 50)
        verdict = try_to_stop(talk, lines, flow)
        talk.hear(0.05)
        printing.join()
    return verdict


@pytest.mark.parametrize("flow", ["xonxoff", "rtscts", "dsrdtr"])
def test_a_till_that_stops_when_it_is_told_to_obeys(tmp_path: Path, flow: Flow):
    with cable(tmp_path / "till") as line:
        till = SerialTill(line, Frame(38400), flow)
        assert tried(line, till, flow) == Obeyed(flow, "obeys")


@pytest.mark.parametrize(
    ("set_to", "told"), [("none", "xonxoff"), ("dsrdtr", "xonxoff"), ("xonxoff", "rtscts")]
)
def test_a_till_that_goes_on_ignores_it(tmp_path: Path, set_to: str, told: Flow):
    with cable(tmp_path / "till") as line:
        assert tried(line, SerialTill(line, Frame(38400), set_to), told) == Obeyed(told, "ignores")


def test_a_till_that_prints_nothing_proves_nothing(tmp_path: Path):
    with (
        cable(tmp_path / "till") as line,
        port_without_handshake(str(line.path), SLOW, line.box_lines) as (link, lines),
    ):
        assert try_to_stop(Talk(link), lines, "xonxoff").verdict == "unclear"


def test_the_printers_own_handshake_is_tried_first():
    assert list(flows_to_try("dsrdtr")) == ["dsrdtr", "xonxoff", "rtscts"]
    assert list(flows_to_try(None)) == ["xonxoff", "rtscts", "dsrdtr"]
