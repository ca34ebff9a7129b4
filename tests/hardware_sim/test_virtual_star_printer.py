"""The virtual printer spoken to in Star's dialects."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hardware_sim.printer import VirtualPrinter

_CORPUS = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"
_MODEL = "star-tsp650-zh"


def _printer(data: bytes) -> VirtualPrinter:
    printer = VirtualPrinter(_MODEL)
    printer.receive(data)
    return printer


def test_escape_d_cuts_and_escape_a_feeds() -> None:
    printer = _printer(b"Total\n\x1ba\x05")
    start = printer.machine.paper.head_to_cutter
    assert printer.head - start == 6 * 32
    printer.receive(b"\x1bd\x03")
    assert printer.cut_marks == [start + 6 * 32]


def test_size_is_height_first() -> None:
    assert _printer(b"\x1bi\x01\x02").settings["scale"] == (3, 2)


@pytest.mark.parametrize("on_off", ["1B45 1B46", "1B34 1B35", "1B2D01 1B2D00", "1B690101 1B690000", "0F 12"])
def test_what_is_switched_on_can_be_switched_off(on_off: str) -> None:
    on, off = (bytes.fromhex(half) for half in on_off.split())
    assert _printer(on).settings != VirtualPrinter(_MODEL).settings
    assert _printer(on + off).settings == VirtualPrinter(_MODEL).settings


def test_raster_rows_print_below_each_other_and_nothing_is_text() -> None:
    printer = _printer(
        b"\x1b*rA" + b"b\x02\x00\xff\x0f" * 3 + b"\x1b*rY5\x00" + b"k\x01\x00\x81" + b"\x1b*rB"
    )
    start = printer.machine.paper.head_to_cutter
    assert printer.head - start == 3 + 5 + 1
    dots = printer.strip_image().crop((0, start, 16, printer.head))
    rows = [b"\xff\x0f"] * 3 + [b"\0\0"] * 5 + [b"\x81\0"]
    assert dots.tobytes() == bytes(255 - byte for byte in b"".join(rows))
    assert printer.receive(b"b\n") == b""
    assert printer.head - start > 9 + 30


def test_a_cut_inside_a_picture_is_picture() -> None:
    assert _printer(b"\n" * 20 + b"\x1bX\x02\x00\x1bd\x03\x1bd\x03\n").cut_marks == []


def test_a_qr_code_reads_as_what_was_stored() -> None:
    data = b"HTTPS://M.EXAMPLE.COM/C/A2345"
    printer = _printer(
        b"\x1b\x1dyS0\x02\x1b\x1dyS1\x01\x1b\x1dyS2\x05\x1b\x1dyD1\x00" + len(data).to_bytes(2, "little") + data
        + b"\x1b\x1dyP\n"
    )  # fmt: skip
    strip = printer.strip_image()
    framed = Image.new("L", (strip.width + 40, strip.height + 80), 255)
    framed.paste(strip, (20, 40))
    assert [code.text for code in zxingcpp.read_barcodes(framed)] == [data.decode()]


@pytest.mark.parametrize("name", ["d0029", "d0035", "d0038", "d0041", "d0064", "d0073", "d0089", "d0131"])
def test_a_star_capture_holds_no_command_that_the_printer_does_not_know(name: str) -> None:
    printer = _printer((_CORPUS / f"{name}.bin").read_bytes())
    assert printer.unknown == 0
    assert printer.papers


def test_the_right_margin_is_where_it_was_set_whichever_margin_is_set_first() -> None:
    margins = {b"\x1bl\x04\x1bQ\x14", b"\x1bQ\x14\x1bl\x04"}
    papers = {_printer(order + b"A" * 40 + b"\n").strip_image().tobytes() for order in margins}
    assert len(papers) == 1
