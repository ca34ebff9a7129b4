"""Every profile's block on the virtual printer of its model, or on the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
import zxingcpp
from nearest_printer import model_for
from paper_tools import height_of_insertion
from PIL import Image

from hardware_sim.printer import VirtualPrinter
from hardware_sim.render import with_margins
from receiptbridge.claim.block import BlockContent, block_millimetres, line_budget, render_block
from receiptbridge.claim.printed_qr import LEAST_MODULE_DOTS
from receiptbridge.claim.qr import modules_per_side
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer, printer_names

URL = "HTTPS://M.EXAMPLE.COM/C/" + "A2B3C4D5E6F7" * 12
CONTENTS = {
    "zh": BlockContent("zh", 6367, "CNY", 6, URL, "D96X-P8X5-6S", "2026-11-29"),
    "en": BlockContent("en", 6367, "CNY", 6, URL, "D96X-P8X5-6S", None),
}
NAMES = [*printer_names(), "_default", "_safe"]
THERMAL = [name for name in NAMES if load_printer(name).print_head == "thermal"]
IMPACT = [name for name in NAMES if load_printer(name).print_head == "impact"]
FAST = [name for name in NAMES if load_printer(name).dialect == "escpos"]  # a code in two seconds at 9600
SLOW_LINE = 9600


@dataclass(frozen=True)
class Register:
    """What one leaves behind, what it sends next, and how it cuts, in one language."""

    before: bytes
    after: bytes
    cut: bytes


EPSON = Register(
    b"\x1b@Total 63.67\n\x1bE\x01\x1ba\x02\x1b!\x10",
    b"Next 12.50\n\x1ba\x00left\n\x1b@plain\n",
    b"\x1dV\x00",
)
STAR = Register(
    b"\x1b@Total 63.67\n\x1bE\x1b\x1da\x02\x1bi\x01\x00\x1bz\x00\x1b-\x01",
    b"Next 12.50\n\x1b\x1da\x00left\n\x1b@plain\n",
    b"\x1bd\x00",
)


def register(name: str) -> Register:
    return STAR if load_printer(name).dialect.startswith("star") else EPSON


def grammar(name: str) -> Grammar:
    printer = load_printer(name)
    return load_grammar(printer.dialect, printer.grammar_profiles)


def block_of(name: str, content: BlockContent, *, before: bytes = b"", max_bytes: int | None = None) -> bytes:
    printer = load_printer(name)
    state = PrinterState(grammar(name), printer)
    state.apply(tokens(name, before))
    return render_block(content, printer, state, cut_feeds=False, max_bytes=max_bytes)


def tokens(name: str, stream: bytes) -> list[bytes]:
    reader = Reader(grammar(name))
    reader.feed(stream)
    found: list[bytes] = []
    while batch := reader.pull():
        found += batch.tokens
    return found


def printed(name: str, stream: bytes) -> VirtualPrinter:
    printer = VirtualPrinter(model_for(load_printer(name)))
    printer.receive(stream)
    return printer


def codes(paper: Image.Image, dpi: int) -> list[zxingcpp.Barcode]:
    return list(zxingcpp.read_barcodes(with_margins(paper, dpi)))


@pytest.mark.parametrize("language", CONTENTS)
@pytest.mark.parametrize("name", THERMAL)
def test_a_camera_reads_the_code_at_its_dots(name: str, language: str) -> None:
    printer = printed(name, block_of(name, CONTENTS[language]))
    (code,) = codes(printer.strip_image(), printer.model.dpi)
    assert code.text == URL
    modules = modules_per_side(URL)
    edge = code.position.top_right.x - code.position.top_left.x
    assert edge >= modules * LEAST_MODULE_DOTS - LEAST_MODULE_DOTS
    assert edge / modules == pytest.approx(round(edge / modules), abs=0.1)


@pytest.mark.parametrize("language", CONTENTS)
@pytest.mark.parametrize("name", [name for name in NAMES if load_printer(name).cutter])
def test_the_whole_block_is_cut_off_with_its_receipt(name: str, language: str) -> None:
    printer = printed(name, block_of(name, CONTENTS[language]) + register(name).cut)
    (at,) = printer.cut_marks
    strip = printer.strip_image()
    rest = strip.crop((0, at, strip.width, strip.height)).convert("L")
    assert rest.height == 0 or rest.getextrema() == (255, 255)


@pytest.mark.parametrize("language", CONTENTS)
@pytest.mark.parametrize("name", NAMES)
def test_the_rest_of_the_paper_is_the_same_to_the_dot(name: str, language: str) -> None:
    said = register(name)
    block = block_of(name, CONTENTS[language], before=said.before)
    without = printed(name, said.before + said.after)
    with_block = printed(name, said.before + block + said.after)
    assert height_of_insertion(without.strip_image(), with_block.strip_image()) > 0


@pytest.mark.parametrize("language", CONTENTS)
@pytest.mark.parametrize("name", NAMES)
def test_the_millimetres_told_to_the_merchant_are_those_on_paper(name: str, language: str) -> None:
    profile = load_printer(name)
    printer = VirtualPrinter(model_for(profile))
    start = printer.head
    printer.receive(block_of(name, CONTENTS[language]))
    told = block_millimetres(CONTENTS[language], profile, grammar(name), cut_feeds=False)
    lines = 12  # whose spacing may differ by a dot's part from model to model
    assert printer.model.mm(printer.head - start) == pytest.approx(told, abs=lines * 0.12)


@pytest.mark.parametrize("name", NAMES)
def test_a_slow_line_gets_a_block_within_its_two_seconds(name: str) -> None:
    budget = line_budget(SLOW_LINE)
    assert budget is not None
    block = block_of(name, CONTENTS["zh"], before=register(name).before, max_bytes=budget)
    assert len(block) <= budget
    if name in THERMAL and name in FAST:
        printer = printed(name, block)
        assert [code.text for code in codes(printer.strip_image(), printer.model.dpi)] == [URL]


@pytest.mark.parametrize("name", IMPACT)
def test_a_coarse_head_prints_the_short_address_and_the_typed_code_and_no_picture(name: str) -> None:
    block = block_of(name, CONTENTS["zh"])
    text = b"".join(token for token in tokens(name, block) if token >= b" ").decode("gb18030")
    assert "m.example.com" in text
    assert "D96X-P8X5-6S" in text
    assert not any(opening in block for opening in (b"\x1d(", b"\x1dv0", b"\x1b*"))
    plain = printed(name, text.encode("gb18030"))
    assert ink(printed(name, block)) >= ink(plain) * 0.95


def ink(printer: VirtualPrinter) -> int:
    return sum(printer.strip_image().convert("L").histogram()[:128])


def test_every_profile_is_tried_on_a_printer_of_its_language_and_head() -> None:
    for name in NAMES:
        profile, model = load_printer(name), model_for(load_printer(name))
        assert (model.dialect == "star") == profile.dialect.startswith("star")
        assert model.is_impact == (profile.print_head == "impact")
        assert (model.two_byte or "none") == profile.two_byte, name


def test_two_blocks_on_one_strip_are_two_receipts() -> None:
    name = "xprinter-xp-80"
    block = block_of(name, CONTENTS["zh"])
    printer = printed(name, (b"Receipt\n" + block + EPSON.cut) * 2)
    assert [[code.text for code in codes(paper, 203)] for paper in printer.papers] == [[URL], [URL]]
    assert all(second > first for first, second in pairwise(printer.cut_marks))
