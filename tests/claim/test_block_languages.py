"""The block in every language, after whatever a register has set: it looks the same, and so does what follows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_tools import height_of_insertion

from hardware_sim.printer import VirtualPrinter
from hardware_sim.render import with_margins
from receiptbridge.claim.block import BlockContent, BlockStyle, render_block
from receiptbridge.claim.texts import TEXTS, Language
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

URL = "HTTPS://M.EXAMPLE.COM/C/" + "A2B3C4D5E6F7" * 12


@dataclass(frozen=True)
class Dialect:
    """Printers that speak one, what a register may set there, and what it prints next."""

    printers: tuple[str, ...]
    settings: tuple[bytes, ...]
    after: bytes


ESCPOS = Dialect(
    ("epson-tm-t88v", "epson-tm-t88v-zh", "epson-tm-t88v-ja", "epson-tm-t88v-ko", "epson-tm-t88v-tw", "generic-58"),
    (
        b"\x1b@", b"\x1b!\xb9", b"\x1d!\x11", b"\x1bE\x01", b"\x1b-\x02", b"\x1bM\x01", b"\x1ba\x02", b"\x1b3\x50",
        b"\x1b \x08", b"\x1dB\x01", b"\x1b{\x01", b"\x1dL\x40\x00", b"\x1dW\x80\x01", b"\x1bt\x10", b"\x1bt\x02",
        b"\x1bR\x03", b"\x1c&", b"\x1c.", b"\x1cC\x01", b"\x1c!\x8c", b"\x1cS\x02\x02",
    ),
    b"NEXT \xe9\xd6\xd0 12.50\nend\n",
)  # fmt: skip
STAR = Dialect(
    ("star-tsp650", "star-tsp650-zh", "star-mc-print2"),
    (
        b"\x1b@", b"\x1bE", b"\x1bF", b"\x1b-\x01", b"\x1b4", b"\x1bi\x01\x01", b"\x0e", b"\x0f", b"\x1b\x1da\x02",
        b"\x1bz\x00", b"\x1b0", b"\x1bl\x04", b"\x1bQ\x14", b"\x1b\x1dt\x20", b"\x1bR\x03", b"\x1bp", b"\x1bq",
        b"\x1b\x1eF\x01",
    ),
    b"NEXT \xe9\xd6\xd0 12.50\nend\n",
)  # fmt: skip


def block_after(before: bytes, name: str, language: Language, style: BlockStyle) -> bytes:
    printer = load_printer(name)
    grammar = load_grammar(printer.dialect)
    state, reader = PrinterState(grammar, printer), Reader(grammar)
    reader.feed(before)
    while batch := reader.pull():
        state.apply(batch.tokens)
    content = BlockContent(language, 6367, "EUR", 6, URL, "D96X-P8X5-6S", "2026-11-29")
    return render_block(content, printer, state, cut_feeds=True, style=style)


def printed(name: str, stream: bytes) -> VirtualPrinter:
    printer = VirtualPrinter(name)
    printer.receive(stream)
    return printer


@pytest.mark.parametrize("name", [*ESCPOS.printers, *STAR.printers])
@pytest.mark.parametrize("language", TEXTS)
def test_every_language_is_printed_with_its_code_by_every_printer(language: Language, name: str) -> None:
    printer = printed(name, block_after(b"", name, language, BlockStyle()))
    codes = zxingcpp.read_barcodes(with_margins(printer.strip_image(), printer.model.dpi))
    assert [code.text for code in codes] == [URL]


def test_japanese_goes_out_in_characters_only_where_their_code_can_be_put_back() -> None:
    unknown = block_after(b"", "epson-tm-t88v-ja", "ja", BlockStyle())
    told = block_after(b"\x1cC\x01", "epson-tm-t88v-ja", "ja", BlockStyle())
    title = TEXTS["ja"].title.encode("cp932")
    assert title not in unknown
    assert title in told


@pytest.mark.parametrize("dialect", [ESCPOS, STAR], ids=["ESC/POS", "Star"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nothing_else_on_the_paper_changes_in_any_language(dialect: Dialect, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(dialect.printers))
    before = b"".join(data.draw(st.lists(st.sampled_from(dialect.settings), max_size=8)))
    language = data.draw(st.sampled_from(sorted(TEXTS)))
    style = data.draw(st.sampled_from([BlockStyle(), BlockStyle("compact")]))
    block = block_after(before, name, language, style)
    without, with_block = printed(name, before + dialect.after), printed(name, before + block + dialect.after)
    assert height_of_insertion(without.strip_image(), with_block.strip_image()) > 0


@pytest.mark.parametrize("dialect", [ESCPOS, STAR], ids=["ESC/POS", "Star"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_block_looks_the_same_after_any_settings(dialect: Dialect, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(dialect.printers))
    before = b"".join(data.draw(st.lists(st.sampled_from(dialect.settings), max_size=8)))
    language = data.draw(st.sampled_from(sorted(TEXTS)))
    fresh = printed(name, block_after(b"", name, language, BlockStyle()))
    after_settings = printed(name, before + block_after(before, name, language, BlockStyle()))
    assert after_settings.strip_image().tobytes() == fresh.strip_image().tobytes()
