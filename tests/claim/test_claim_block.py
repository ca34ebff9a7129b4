"""The block on paper: printed by a virtual printer that shares no code with it, read by a real decoder."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hardware_sim.models import find_model
from hardware_sim.printer import VirtualPrinter
from hardware_sim.render import render, with_margins
from receiptbridge.claim.block import BlockContent, block_millimetres, render_block
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.restore import CannotRestore
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer
from receiptbridge.profiles.model import PrinterProfile

URL = "HTTPS://M.EXAMPLE.COM/C/" + "A2B3C4D5E6F7" * 12
SALE = BlockContent("zh", 6367, "CNY", 6, URL, "D96X-P8X5-6S", "2026-11-29")
ENGLISH_SALE = BlockContent("en", 6367, "CNY", 6, URL, "D96X-P8X5-6S", None)

# (profile that the box is told, model that is really there)
PRINTERS = [
    ("epson-tm-t88v", "epson-tm-t88v"),
    ("epson-tm-t88v-zh", "epson-tm-t88v-zh"),
    ("epson-tm-t20", "epson-tm-t20"),
    ("epson-tm-t82", "epson-tm-t82"),
    ("xprinter-xp-80", "xprinter-xp-80"),
    ("generic-80", "xprinter-xp-80"),
    ("generic-58", "clone-58"),
    ("_default", "clone-80"),
    ("_safe", "clone-58"),
    ("_safe", "clone-80"),
]
WITH_CUTTER = [(profile, model) for profile, model in PRINTERS if find_model(model).cutter]
COLUMN_PICTURES_ONLY = load_printer("_default").but(raster_forms=("esc_star_33",))
IMPACT = load_printer("epson-tm-u220")

# What a register may leave set when it cuts: sizes, styles, spacings, margins, code pages, Chinese mode.
SETTINGS = [
    b"\x1b@", b"\x1b!\x00", b"\x1b!\xb9", b"\x1d!\x11", b"\x1d!\x70", b"\x1bE\x01", b"\x1bG\x01", b"\x1b-\x02",
    b"\x1bM\x01", b"\x1ba\x01", b"\x1ba\x02", b"\x1b3\x10", b"\x1b3\x50", b"\x1b2", b"\x1b \x08",
    b"\x1dB\x01", b"\x1b{\x01", b"\x1bV\x01", b"\x1dL\x40\x00", b"\x1dW\x80\x01", b"\x1dP\xb4\xb4",
    b"\x1bt\x10", b"\x1bR\x03", b"\x1c&", b"\x1c.", b"\x1c!\x00", b"\x1c!\x8c", b"\x1cW\x01", b"\x1c-\x01",
    b"\x1cS\x02\x02",
]  # fmt: skip
STORED = b"\x1d(k\x08\x001P0HELLO"
PRINT_STORED = b"\x1d(k\x03\x001Q0"
FULL_CUT, FEED_AND_CUT = b"\x1dV\x00", b"\x1dVA\x00"


def state_after(stream: bytes, printer: PrinterProfile) -> PrinterState:
    state = PrinterState(load_grammar("escpos"), printer)
    state.apply(tokens(stream))
    return state


def tokens(stream: bytes) -> Iterable[bytes]:
    reader = Reader(load_grammar("escpos"))
    reader.feed(stream)
    while batch := reader.pull():
        yield from batch.tokens


def block_after(
    stream: bytes, profile: str, content: BlockContent = SALE, *, cut_feeds: bool = False
) -> bytes:
    printer = load_printer(profile)
    return render_block(content, printer, state_after(stream, printer), cut_feeds=cut_feeds)


def symbols(paper: Image.Image, dpi: int = 203) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(with_margins(paper, dpi))]


def ink_rows(paper: Image.Image) -> list[bytes]:
    """The rows that are printed on, without the blank paper above and below them."""
    grey = paper.convert("L")
    rows = [grey.crop((0, y, grey.width, y + 1)).tobytes() for y in range(grey.height)]
    inked = [y for y, row in enumerate(rows) if min(row) < 128]
    return rows[inked[0] : inked[-1] + 1] if inked else []


@pytest.mark.parametrize("content", [SALE, ENGLISH_SALE], ids=["zh", "en"])
@pytest.mark.parametrize(("profile", "model"), PRINTERS)
def test_the_printed_symbol_is_the_claims_address(profile: str, model: str, content: BlockContent) -> None:
    paper = render(block_after(b"", profile, content), model)
    assert symbols(paper[0]) == [URL]


def test_column_pictures_are_read_where_there_is_nothing_better() -> None:
    block = render_block(SALE, COLUMN_PICTURES_ONLY, state_after(b"", COLUMN_PICTURES_ONLY), cut_feeds=False)
    assert b"\x1b*\x21" in block
    assert symbols(render(block, "clone-80")[0]) == [URL]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(SETTINGS), max_size=8).map(b"".join),
    st.sampled_from(["epson-tm-t88v-zh", "xprinter-xp-80"]),
)
def test_the_block_looks_the_same_whatever_the_register_had_set(before: bytes, name: str) -> None:
    plain = render(block_after(b"", name), name)[0]
    after_settings = render(before + block_after(before, name), name)[0]
    assert ink_rows(after_settings) == ink_rows(plain)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*SETTINGS, STORED]), max_size=10).map(b"".join),
    st.sampled_from(["generic-80", "epson-tm-t88v-zh"]),
)
def test_the_paper_after_the_block_is_what_it_would_have_been(before: bytes, name: str) -> None:
    """Law 5, on the register's next words: text, Chinese, its own stored symbol."""
    after = b"NEXT 12.50\n\xd6\xd0\xce\xc4\nend\n" + (
        PRINT_STORED if STORED in before.split(b"\x1b@")[-1] else b""
    )
    model = "xprinter-xp-80" if name == "generic-80" else name
    cut = FULL_CUT
    without = render(before + cut + after, model)[-1]
    with_block = render(before + block_after(before, name) + cut + after, model)[-1]
    assert ink_rows(with_block) == ink_rows(without)


@pytest.mark.parametrize(("profile", "model"), WITH_CUTTER)
@pytest.mark.parametrize(
    ("cut", "feeds"), [(FULL_CUT, False), (FEED_AND_CUT, True)], ids=["GS V 0", "GS V 65"]
)
def test_the_whole_block_lies_on_its_receipts_side_of_the_cut(
    profile: str, model: str, cut: bytes, feeds: bool
) -> None:
    block = block_after(b"", profile, cut_feeds=feeds)
    printer = VirtualPrinter(model)
    printer.receive(block + cut)
    assert symbols(printer.papers[0]) == [URL]
    assert ink_rows(printer.papers[0]) == ink_rows(render(block, model)[0])


def test_a_cut_that_feeds_needs_no_feed_of_the_block() -> None:
    assert len(block_after(b"", "generic-80", cut_feeds=True)) < len(block_after(b"", "generic-80"))


@pytest.mark.parametrize(("profile", "model"), PRINTERS)
def test_the_paper_that_a_block_takes_is_known_beforehand(profile: str, model: str) -> None:
    printer = VirtualPrinter(model)
    start = printer.head
    printer.receive(block_after(b"", profile))
    used = (printer.head - start) * 25.4 / printer.model.dpi
    known = block_millimetres(SALE, load_printer(profile), load_grammar("escpos"), cut_feeds=False)
    assert used == pytest.approx(known, abs=1)


# ---- the printer's symbol store -----------------------------------------------------------------------


def test_the_registers_stored_symbol_is_still_printed_after_a_native_one() -> None:
    block = block_after(STORED, "epson-tm-t88v")
    assert b"\x1d(k\x03\x001Q0" in block
    papers = render(STORED + block + FULL_CUT + PRINT_STORED, "epson-tm-t88v")
    assert symbols(papers[0], 180) == [URL]
    assert symbols(papers[1], 180) == ["HELLO"]


def test_a_register_that_prints_from_an_empty_store_is_given_a_picture() -> None:
    """The store cannot be emptied again: its next stray print command must still print nothing."""
    block = block_after(PRINT_STORED, "epson-tm-t88v")
    assert b"\x1d(k" not in block
    printer = VirtualPrinter("epson-tm-t88v")
    printer.receive(PRINT_STORED + block + FULL_CUT + PRINT_STORED)
    assert [symbols(paper, 180) for paper in printer.papers] == [[URL]]
    rest = printer.tear_off()
    assert rest is None or not ink_rows(rest)


# ---- what it says -------------------------------------------------------------------------------------


def printed_text(block: bytes) -> str:
    return b"\n".join(token for token in tokens(block) if token >= b" ").decode("gb18030")


def test_a_chinese_block_on_a_chinese_printer() -> None:
    text = printed_text(block_after(b"", "generic-80"))
    for line in (
        "会员积分",
        "本单 63.67 元  积 6 分",
        "扫码入会领取，2026-11-29 前有效",
        "手工输入 D96X-P8X5-6S",
    ):
        assert line in text


def test_a_block_on_a_printer_without_chinese_is_a_picture_and_english_where_the_line_is_slow() -> None:
    assert "D96X-P8X5-6S" not in printed_text(block_after(b"", "epson-tm-t88v"))
    printer = load_printer("epson-tm-t88v")
    block = render_block(SALE, printer, state_after(b"", printer), cut_feeds=False, max_bytes=1000)
    text = printed_text(block)
    assert "This sale 63.67  earns 6 points" in text
    assert text.isascii()
    assert b"\x1c&" not in block


def test_without_a_good_clock_no_date_is_printed() -> None:
    assert "within 7 days" in printed_text(block_after(b"", "epson-tm-t88v", ENGLISH_SALE))
    assert "7 天内有效" in printed_text(
        block_after(b"", "generic-58", BlockContent("zh", 1, "CNY", 0, URL, "X", None))
    )


def test_one_point_is_not_points() -> None:
    content = BlockContent("en", 1000, "CNY", 1, URL, "D96X-P8X5-6S", None)
    assert "earns 1 point\n" in printed_text(block_after(b"", "generic-80", content)) + "\n"


def test_an_impact_printer_prints_where_to_type_the_code_and_no_symbol() -> None:
    block = render_block(SALE, IMPACT, state_after(b"", IMPACT), cut_feeds=False)
    text = printed_text(block)
    assert "m.example.com" in text
    assert "D96X-P8X5-6S" in text
    assert not any(opening in block for opening in (b"\x1d(k", b"\x1dv0", b"\x1b*"))


def test_no_block_is_made_for_a_printer_whose_language_is_not_known() -> None:
    fiscal = load_printer("generic-80").but(dialect="opaque")
    with pytest.raises(CannotRestore, match="opaque"):
        render_block(SALE, fiscal, state_after(b"", fiscal), cut_feeds=False)
