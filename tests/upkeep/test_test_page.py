"""The self-test page: on every profile one that a lane may print, and what it shows is true."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
import zxingcpp
from lane_driver import rules
from msgspec import structs
from nearest_printer import model_for
from paper_tools import print_on
from PIL import Image

from receiptbridge.bridge.own_page import render_page
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer, printer_names
from receiptbridge.profiles.model import PrinterProfile
from receiptbridge.upkeep import test_page
from receiptbridge.upkeep.replaying import SAMPLE_PREFIX
from receiptbridge.upkeep.test_page import COMMANDS, Asked, render

NAMES = [name for name in (*printer_names(), "_default") if load_printer(name).dialect != "opaque"]
ASKED = Asked([("Software", "receiptbridge 0.1.0"), ("Printer", "tcp://192.168.1.50:9100")])
UNDERLINED = 0.58  # of a row is ink: more than in a rule of dashes, fewer than in a line of underscores
CHINESE = {
    "RECEIPTBRIDGE SELF-TEST": "自检页",
    "{dots} dots a module, {mm:.0f} mm:": "每点 {dots}，{mm:.0f} 毫米：",
}


def profile(name: str) -> tuple[PrinterProfile, Grammar]:
    printer = load_printer(name)
    dialect = "star" if printer.dialect.startswith("star") else "escpos"
    return printer, load_grammar(dialect, printer.grammar_profiles, printer.unknown_commands)


@pytest.mark.parametrize("name", NAMES)
def test_a_running_lane_may_print_it_and_no_line_is_wider_than_the_paper(name: str):
    printer, grammar = profile(name)
    page = render(replace(ASKED, drawer=True), printer, grammar)
    lane = replace(rules(), printer=printer, grammar=grammar)
    for one in (page, render(ASKED.with_pictures(), printer, grammar)):
        assert one in render_page(one, lane, PrinterState(grammar, printer))
    words = render(replace(ASKED, native_symbols=False), structs.replace(printer, raster_forms=()), grammar)
    assert max(map(len, words.split(b"\n"))) <= printer.columns + len(COMMANDS["star"].code_page) + 1 + 8


@pytest.mark.parametrize("name", ["xprinter-xp-80", "epson-tm-t88v", "star-tsp650", "generic-58"])
@pytest.mark.parametrize("asked", [ASKED, ASKED.with_pictures()], ids=["native", "pictures"])
def test_the_codes_of_all_sizes_that_fit_are_read_and_are_samples(name: str, asked: Asked):
    printer, grammar = profile(name)
    drawn = print_on(model_for(printer), render(asked, printer, grammar))
    rest = drawn.tear_off()
    pieces = [*drawn.papers, *([rest] if rest else [])]
    codes = [code.text for piece in pieces for code in zxingcpp.read_barcodes(piece.convert("L"))]
    assert codes == [SAMPLE_PREFIX + "SAMPLE" * 24] * 3


@pytest.mark.parametrize("name", ["xprinter-xp-80", "epson-tm-t88v", "star-tsp650"])
def test_the_rulers_last_whole_line_says_how_far_the_cutter_is(name: str):
    printer, grammar = profile(name)
    model = model_for(printer)
    first, *_ = print_on(model, render(ASKED, printer, grammar)).papers
    whole = _underlined_lines(first)
    spacing, height = printer.line_spacing_mm, 24 * 25.4 / printer.dpi
    lines = math.ceil(test_page.RULER_MM / spacing) - (whole - 1)
    told = (lines + 1) * spacing - height
    assert told - spacing < model.head_to_cutter_mm <= told + 0.5


def _underlined_lines(piece: Image.Image) -> int:
    """Rows of ink from edge to edge, each of which ends a line of the ruler."""
    ink = piece.convert("L").point(lambda level: level < 128 and 255)
    filled = [sum(ink.crop((0, y, piece.width, y + 1)).histogram()[255:]) for y in range(piece.height)]
    full = [count > piece.width * UNDERLINED for count in filled]
    return sum(now and not before for before, now in pairwise([False, *full]))


def test_the_drawer_opens_only_where_it_was_asked_for():
    printer, grammar = profile("xprinter-xp-80")
    assert COMMANDS["escpos"].drawer not in render(ASKED, printer, grammar)
    opened = print_on("xprinter-xp-80", render(replace(ASKED, drawer=True), printer, grammar))
    assert len(opened.machine.drawer_pulses) == 1


def test_every_character_table_of_the_profile_has_its_row():
    printer, grammar = profile("epson-tm-t88v")
    page = render(ASKED, printer, grammar)
    for number in map(int, filter(str.isdigit, grammar.tables["codepages"]["epson_tm_t88v"])):
        assert COMMANDS["escpos"].code_page + bytes([number]) + f"{number:>3} ".encode() in page


def test_words_are_chinese_where_the_printer_has_them_and_english_where_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(test_page, "_", lambda text: CHINESE.get(text, text))
    printer, grammar = profile("xprinter-xp-80")
    chinese = render(ASKED, printer, grammar)
    assert "自检页".encode("gb18030") in chinese
    assert chinese.startswith(b"\x1c&")
    printer, grammar = profile("_default")
    assert b"RECEIPTBRIDGE SELF-TEST" in render(ASKED, printer, grammar)


def test_an_impact_printer_is_told_to_print_no_codes():
    name = next(name for name in NAMES if load_printer(name).print_head == "impact")
    printer, grammar = profile(name)
    assert b"typed code only" in render(ASKED, printer, grammar).replace(b"\n", b" ")


def test_on_a_slow_line_codes_are_left_out_until_the_page_keeps_to_it_and_said_so():
    printer, grammar = profile("_default")
    whole = render(ASKED.with_pictures(), printer, grammar)
    short = render(ASKED.with_pictures(), printer, grammar, most=len(whole) - 1)
    assert len(short) < len(whole)
    assert b"6 dots a module take too long on this line." in short.replace(b"\n", b" ")
    assert len(render(ASKED.with_pictures(), printer, grammar, most=1)) < 6000
