"""The block within what line and printer allow: bytes, picture forms, templates, a logo."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hardware_sim.render import render, with_margins
from receiptbridge.claim.bitmap import Bitmap, from_packed, stacked
from receiptbridge.claim.block import (
    LOGO_ROWS_MOST,
    BlockContent,
    BlockStyle,
    block_millimetres,
    line_budget,
    render_block,
)
from receiptbridge.claim.pictures import FORMS, encode, encoded_size, forms
from receiptbridge.claim.printed_qr import printed_symbols
from receiptbridge.claim.texts import TEXTS, Language
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer, printer_names
from receiptbridge.profiles.model import PrinterProfile, RasterForm

URL = "HTTPS://M.EXAMPLE.COM/C/" + "A2B3C4D5E6F7" * 12
CODE = "D96X-P8X5-6S"
MODEL: dict[RasterForm, str] = {
    "gs_v_0": "xprinter-xp-80", "gs_paren_l": "epson-tm-t20", "esc_star_33": "clone-80",
    "esc_gs_s": "star-tsp650", "star_raster": "star-tsp650",
}  # fmt: skip
PAPER_DOTS = 576
LOGO = Bitmap(64, tuple((1 << 64) - 1 if row % 8 else 1 for row in range(48)))

FULL = BlockStyle()

bitmaps = st.integers(1, 200).flatmap(
    lambda width: st.lists(st.integers(0, (1 << width) - 1), min_size=1, max_size=60).map(
        lambda rows: Bitmap(width, tuple(rows))
    )
)


def sale(language: Language = "zh") -> BlockContent:
    return BlockContent(language, 6367, "CNY", 6, URL, CODE, "2026-11-29")


def block(
    printer: PrinterProfile, content: BlockContent, max_bytes: int | None, style: BlockStyle = FULL
) -> bytes:
    state = PrinterState(load_grammar(printer.dialect), printer)
    return render_block(content, printer, state, cut_feeds=False, max_bytes=max_bytes, style=style)


def codes(papers: Sequence[Image.Image]) -> list[str]:
    return [code.text for paper in papers for code in zxingcpp.read_barcodes(with_margins(paper, 203))]


def words(printer: PrinterProfile, commands: bytes) -> str:
    reader = Reader(load_grammar(printer.dialect))
    reader.feed(commands)
    found: list[bytes] = []
    while batch := reader.pull():
        found += [token for token in batch.tokens if token >= b" "]
    return b"\n".join(found).decode("gb18030", "replace")


# ---- pictures -----------------------------------------------------------------------------------------


@given(bitmaps, st.sampled_from(list(FORMS)), st.sampled_from([1, 2]))
def test_the_size_of_a_picture_is_known_before_it_is_made(
    bitmap: Bitmap, name: RasterForm, times: int
) -> None:
    form = FORMS[name]
    times = times if form.doubles else 1
    commands = encode(form, bitmap, PAPER_DOTS, times)
    assert len(commands) == encoded_size(form, bitmap.width, bitmap.height, PAPER_DOTS, times)


@settings(max_examples=25, deadline=None)
@given(bitmaps, st.sampled_from([1, 2]))
@pytest.mark.parametrize("name", FORMS)
def test_every_form_prints_the_same_dots(name: RasterForm, bitmap: Bitmap, times: int) -> None:
    form = FORMS[name]
    times = times if form.doubles else 1
    solid = stacked([Bitmap(bitmap.width, ((1 << bitmap.width) - 1,)), bitmap])  # a row to find it by
    paper = render(encode(form, solid, PAPER_DOTS, times), MODEL[name])[0]
    left, top, right, _ = Image.eval(paper.convert("L"), lambda level: 255 - level).getbbox() or (0, 0, 0, 0)
    assert right - left == solid.width * times
    printed = paper.crop((left, top, right, top + solid.height * times)).resize(
        (solid.width, solid.height), Image.Resampling.NEAREST
    )
    ink = Image.eval(printed.convert("L"), lambda level: 255 - level).convert("1")
    assert from_packed(solid.width, ink.tobytes()) == solid


@given(bitmaps)
def test_packing_and_unpacking_a_picture_gives_it_back(bitmap: Bitmap) -> None:
    assert from_packed(bitmap.width, bitmap.packed()) == bitmap


def test_bytes_that_are_no_rows_are_refused() -> None:
    for width, data in ((0, b""), (9, b"abc")):
        with pytest.raises(ValueError, match="not whole rows"):
            from_packed(width, data)


def only(name: RasterForm) -> PrinterProfile:
    base = load_printer("star-tsp650" if MODEL[name].startswith("star") else "_default")
    return base.but(raster_forms=(name,), native_qr=False)


@pytest.mark.parametrize("name", FORMS)
def test_a_camera_reads_the_symbol_in_every_form(name: RasterForm) -> None:
    assert codes(render(block(only(name), sale("en"), None), MODEL[name])) == [URL]


@pytest.mark.parametrize("name", ["star-tsp650", "star-mc-print2"])
def test_star_printers_make_the_symbol_themselves_when_their_store_is_free(name: str) -> None:
    printer = load_printer(name)
    best = next(printed_symbols(URL, printer, store_is_free=True, module_dots=(5, 6)))
    assert best.overwrites_store
    assert len(best.commands()) == best.size
    assert codes(render(best.commands(), name)) == [URL]


def test_a_printer_that_swallows_a_line_feed_behind_pictures_gets_one_to_swallow() -> None:
    eater = load_printer("netum-nt-5890k")
    (form,) = forms(eater)[:1]
    assert encode(form, LOGO, 384) == encode(FORMS["gs_v_0"], LOGO, 384) + b"\n"
    plain = eater.but(quirks=())
    papers = [
        render(block(p, sale(), None), m)[0] for p, m in ((eater, "netum-nt-5890k"), (plain, "generic-58"))
    ]
    assert papers[0].tobytes() == papers[1].tobytes()


# ---- bytes --------------------------------------------------------------------------------------------

ESCPOS = [name for name in printer_names() if load_printer(name).dialect == "escpos"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(printer_names()),
    st.sampled_from(list(TEXTS)),
    st.integers(0, 12_000),
    st.sampled_from([BlockStyle(), BlockStyle("compact"), BlockStyle(logo=LOGO)]),
)
def test_a_block_keeps_to_its_bytes_or_is_the_least_there_is(
    name: str, language: Language, budget: int, style: BlockStyle
) -> None:
    printer = load_printer(name)
    least = block(printer, sale(language), 0, style)
    made = block(printer, sale(language), budget, style)
    assert len(made) <= max(budget, len(least))
    assert CODE in words(printer, least)
    assert "m.example.com" in words(printer, least)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["epson-tm-t88v", "xprinter-xp-80", "generic-58"]), st.integers(300, 9000))
def test_more_bytes_never_cost_the_symbol(name: str, budget: int) -> None:
    printer = load_printer(name)
    if codes(render(block(printer, sale(), budget), name)):
        assert codes(render(block(printer, sale(), budget * 2), name)) == [URL]


def test_the_symbol_is_kept_and_the_drawn_words_go_first() -> None:
    printer = load_printer("epson-tm-t88v")
    rich, poor = block(printer, sale(), None), block(printer, sale(), line_budget(9600))
    assert CODE not in words(printer, rich)
    assert CODE in words(printer, poor)
    assert codes(render(poor, "epson-tm-t88v")) == [URL]


@pytest.mark.parametrize(("baud", "budget"), [(None, None), (9600, 1920), (115200, 23040)])
def test_two_seconds_of_a_serial_line_are_a_fifth_of_its_bits(baud: int | None, budget: int | None) -> None:
    assert line_budget(baud) == budget


# ---- templates and logo -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en", "th"])
@pytest.mark.parametrize("name", ESCPOS)
def test_the_compact_template_takes_less_paper(name: str, language: Language) -> None:
    printer, grammar = load_printer(name), load_grammar("escpos")
    full, compact = (
        block_millimetres(sale(language), printer, grammar, cut_feeds=True, style=BlockStyle(template))
        for template in ("full", "compact")
    )
    assert compact < full - printer.line_spacing_mm


@pytest.mark.parametrize("name", ["epson-tm-t88v", "xprinter-xp-80", "generic-58"])
def test_the_compact_symbol_is_still_read(name: str) -> None:
    made = block(load_printer(name), sale(), None, BlockStyle("compact"))
    assert codes(render(made, name)) == [URL]


def test_a_logo_stands_above_the_block_and_the_rest_is_as_without() -> None:
    printer = load_printer("xprinter-xp-80")
    without, with_logo = (
        render(block(printer, sale(), None, BlockStyle(logo=logo)), printer.name)[0] for logo in (None, LOGO)
    )
    assert with_logo.height == without.height + LOGO.height
    assert ink(with_logo) == ink(without) + sum(row.bit_count() for row in LOGO.rows)
    assert lower(with_logo, BLOCK_DOTS) == lower(without, BLOCK_DOTS)


BLOCK_DOTS = 500  # the block without the paper between head and cutter above it


def lower(paper: Image.Image, dots: int) -> bytes:
    return paper.convert("L").crop((0, paper.height - dots, paper.width, paper.height)).tobytes()


def ink(paper: Image.Image) -> int:
    return sum(paper.convert("L").histogram()[:128])


def test_a_logo_goes_first_where_the_line_is_slow() -> None:
    printer = load_printer("xprinter-xp-80")
    bare = block(printer, sale(), None)
    assert block(printer, sale(), len(bare), BlockStyle(logo=LOGO)) == bare


def test_a_logo_wider_than_the_paper_is_left_out_and_one_too_high_refused() -> None:
    printer = load_printer("generic-58")
    wide = Bitmap(printer.dots_per_line + 1, (1,) * 8)
    assert block(printer, sale(), None, BlockStyle(logo=wide)) == block(printer, sale(), None)
    with pytest.raises(ValueError, match="at most"):
        BlockStyle(logo=Bitmap(8, (0,) * (LOGO_ROWS_MOST + 1)))
