"""Streams that encoders of others make now: python-escpos, and three from npm where there is a node."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from command_streams import joined, read
from escpos.printer import Dummy
from PIL import Image

from receiptbridge.escpos.grammar import INSERTION_MARKS
from receiptbridge.escpos.lengths import LONGEST_HEADER
from receiptbridge.escpos.reader import HEAD_BYTES, Reader
from receiptbridge.escpos.restore import bracket
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

NPM_PACKAGES = ("receiptline", "@point-of-sale/receipt-printer-encoder", "node-thermal-printer")
INSTALL_SECONDS = 100
SCRIPT = Path(__file__).parent / "encoders" / "streams.cjs"
GRAMMARS = {
    "escpos": load_grammar("escpos"),
    "daruma": load_grammar("escpos", ["daruma"]),
    "star": load_grammar("star"),
}
PRINTERS = {"escpos": "generic-80", "daruma": "generic-80", "star": "star-tsp650"}
PULSE_WITHOUT_ITS_TIMES = {f"node-thermal-printer {make} drawer" for make in ("EPSON", "TANCA", "CUSTOM")}
"""ESC p m ESC p m: the printer takes the second as times, and the last byte is left over."""

Streams = dict[str, tuple[str, bytes]]


@cache
def python_escpos() -> Streams:
    picture = Image.new("1", (64, 48), 1)
    picture.paste(0, (8, 8, 40, 40))
    parts = {
        "text": lambda p: (
            p.set(bold=True, double_height=True),
            p.textln("TOTAL 16.30"),
            p.set_with_default(),
        ),
        "charsets": lambda p: p.textln("Ünïcode ΣΥΝΟΛΟ ИТОГО"),
        "layout": lambda p: (p.set(align="center", font="b", underline=2, invert=True), p.textln("x")),
        "lines": lambda p: (
            p.line_spacing(40),
            p.textln("a"),
            p.line_spacing(),
            p.ln(3),
            p.print_and_feed(2),
        ),
        "barcode A": lambda p: p.barcode("4901234567894", "EAN13", function_type="A"),
        "barcode B": lambda p: p.barcode("{B012ABCDabcd", "CODE128", function_type="B"),
        "qr": lambda p: p.qr("https://example.com/r/42", native=True, size=6),
        "qr picture": lambda p: p.qr("https://example.com/r/42", size=4),
        "raster": lambda p: p.image(picture, impl="bitImageRaster"),
        "graphics": lambda p: p.image(picture, impl="graphics"),
        "columns": lambda p: p.image(picture, impl="bitImageColumn"),
        "drawer": lambda p: p.cashdraw(2),
        "buzzer": lambda p: p.buzzer(2, 3),
        "display": lambda p: p.linedisplay("TOTAL 16.30"),
        "panel": lambda p: (p.panel_buttons(False), p.control("HT")),
        "cut": lambda p: (p.textln("end"), p.cut(), p.cut(mode="PART", feed=False)),
    }
    streams: Streams = {}
    for profile in ("default", "TM-T88V", "TM-T20II"):
        for part, build in parts.items():
            printer = Dummy(profile=profile)
            printer.hw("INIT")
            build(printer)
            streams[f"python-escpos {profile} {part}"] = ("escpos", printer.output)
    return streams


@pytest.fixture(scope="session")
def npm(request: pytest.FixtureRequest) -> Streams:
    """Streams of the npm encoders, installed once into pytest's cache folder."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("there is no node here: the encoders from npm are not tried")
    folder = request.config.cache.mkdir("npm-encoders")
    if not (folder / "node_modules" / "receiptline").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", str(folder)]
        done = subprocess.run(
            [*command, *NPM_PACKAGES], capture_output=True, timeout=INSTALL_SECONDS, check=False
        )
        if done.returncode != 0:
            pytest.skip(f"npm could not install the encoders: {done.stderr.decode()[:200]}")
    printed = subprocess.run(
        ["node", str(SCRIPT)], env={"NODE_PATH": str(folder / "node_modules")}, capture_output=True, check=True,
        executable=shutil.which("node"),
    )  # fmt: skip
    return {name: (s["dialect"], bytes.fromhex(s["hex"])) for name, s in json.loads(printed.stdout).items()}


@pytest.fixture(params=["python-escpos", "npm"])
def streams(request: pytest.FixtureRequest) -> Streams:
    return python_escpos() if request.param == "python-escpos" else request.getfixturevalue("npm")


def test_every_stream_is_read_to_its_end_without_an_unknown_command(streams):
    for name, (dialect, data) in streams.items():
        reader, tokens, _ = read(GRAMMARS[dialect], [data])
        assert reader.end == len(data), name
        assert reader.unknown == (name in PULSE_WITHOUT_ITS_TIMES), name
        if max(map(len, tokens)) < HEAD_BYTES:
            assert b"".join(tokens) == data, name


def test_every_stream_reads_the_same_byte_by_byte(streams):
    for name, (dialect, data) in streams.items():
        whole, bytewise = (
            read(GRAMMARS[dialect], pieces) for pieces in ([data], [bytes([byte]) for byte in data])
        )
        assert bytewise[1:] == whole[1:], name


def test_every_stream_cut_off_at_every_byte_reads_as_far_as_it_goes(streams):
    for name, (dialect, data) in streams.items():
        whole = b"".join(read(GRAMMARS[dialect], [data])[1])
        reader, tokens = Reader(GRAMMARS[dialect]), []
        for end in range(len(data)):
            reader.feed(data[end : end + 1])
            while (batch := reader.pull()) is not None:
                tokens += batch.tokens
            assert reader.received - reader.end <= LONGEST_HEADER, name
        assert b"".join(joined(tokens)) == whole, name


def test_after_every_stream_the_state_can_be_changed_and_put_back(streams):
    wanted = {"bold": 0, "justify": 1, "width_mag": 1, "height_mag": 1, "reverse": 0, "upside_down": 0}
    for name, (dialect, data) in streams.items():
        state = PrinterState(GRAMMARS[dialect], load_printer(PRINTERS[dialect]))
        state.apply(read(GRAMMARS[dialect], [data])[1])
        if state.why_not_insertable() or state.undecoded & wanted.keys():
            continue
        begun = {**state.values(), "line_start": 1}
        before, after = bracket(state, wanted)
        state.apply([b"\n", *read(GRAMMARS[dialect], [before + b"block\n" + after])[1]])
        assert state.values() == begun, name


def test_the_places_to_cut_are_found(streams):
    # Star's raster mode cuts by ESC FF.
    cutting = [name for name in streams if name.endswith((" cut", " cutting"))]
    assert cutting
    for name in cutting:
        dialect, data = streams[name]
        assert [mark for _, _, mark in read(GRAMMARS[dialect], [data])[2] if mark in INSERTION_MARKS], name
