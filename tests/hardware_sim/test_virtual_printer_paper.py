"""What comes out of the virtual printer: cells, lines, pictures, symbols, and where the cutter cuts."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hardware_sim.models import MODELS
from hardware_sim.printer import VirtualPrinter
from hardware_sim.render import render

_CLONE = "clone-80"
_INK = 0


def _ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything black."""
    box = image.point([255, *[0] * 255], "1").getbbox()
    assert box is not None
    return box


def _torn(data: bytes, model: str = _CLONE) -> Image.Image:
    pieces = render(data, model)
    assert len(pieces) == 1
    return pieces[0]


def _codes(image: Image.Image) -> list[str]:
    framed = Image.new("L", (image.width + 40, image.height + 80), 255)
    framed.paste(image, (20, 40))
    return [code.text for code in zxingcpp.read_barcodes(framed)]


def _symbol(function: int, parameters: bytes) -> bytes:
    return b"\x1d(k" + (len(parameters) + 2).to_bytes(2, "little") + bytes([49, function]) + parameters


# -- text ---------------------------------------------------------------------------------------------------


def test_a_line_takes_exactly_the_columns_of_the_paper() -> None:
    for model, columns in (("epson-tm-t88v", 42), ("clone-80", 48), ("clone-58", 32)):
        one, two = VirtualPrinter(model), VirtualPrinter(model)
        one.receive(b"8" * columns + b"\n")
        two.receive(b"8" * (columns + 1) + b"\n")
        assert two.head - one.head == one.settings["line_spacing"], model


def test_chinese_is_two_columns_wide_and_only_in_two_byte_mode() -> None:
    wide = _torn("合".encode("gbk") + b"\n", "xprinter-xp-80")
    assert wide.tobytes() == _torn(b"\x1c&" + "合".encode("gbk") + b"\n", "xprinter-xp-80").tobytes()
    assert wide.tobytes() != _torn(b"\x1c." + "合".encode("gbk") + b"\n", "xprinter-xp-80").tobytes()
    printer = VirtualPrinter("xprinter-xp-80")
    printer.receive("合计".encode("gbk"))
    assert printer.settings["x"] == 48


@pytest.mark.parametrize(
    ("model", "select", "codec", "text"),
    [
        ("clone-80", "1B7410", "cp1252", "Größe"),
        ("clone-80", "1B7411", "cp866", "ИТОГ"),
        ("clone-80-ja", "", "cp932", "合計ﾄｳｷｮｳ"),
        ("clone-80-ko", "", "cp949", "합계"),
        ("clone-80-tw", "", "big5", "總計"),
        ("xprinter-xp-80", "", "gb18030", "合计㐀"),
    ],
)
def test_text_prints_the_same_glyphs_in_its_code_page_and_in_utf8(
    model: str, select: str, codec: str, text: str
) -> None:
    utf8 = bytes.fromhex("1C2843 0200 30 02")
    by_page = _torn(bytes.fromhex(select) + text.encode(codec) + b"\n", model)
    by_utf8 = _torn(utf8 + text.encode() + b"\n", model)
    assert by_page.tobytes() == by_utf8.tobytes()


def test_a_thai_vowel_sits_on_the_letter_before_it() -> None:
    printer = VirtualPrinter(_CLONE)
    printer.receive(b"\x1bt\x15" + "ร้าน".encode("cp874"))
    assert printer.settings["x"] == 3 * 12


def test_the_national_set_replaces_its_twelve_characters_and_no_other() -> None:
    dollar = _torn(b"$\n")
    assert _torn(b"\x1bR\x03#\n").tobytes() != _torn(b"#\n").tobytes()
    assert _torn(b"\x1bR\x03$\n").tobytes() == dollar.tobytes()


@pytest.mark.parametrize(
    ("on", "off"),
    [
        ("1B4501", "1B4500"), ("1B4701", "1B4700"), ("1B2D01", "1B2D00"), ("1D4201", "1D4200"),
        ("1D2111", "1D2100"), ("1B2138", "1B2100"), ("1B4D01", "1B4D00"), ("1B5601", "1B5600"),
        ("1B2008", "1B2000"), ("1B6101", "1B6100"), ("1B7B01", "1B7B00"), ("1D4C1000", "1D4C0000"),
    ],
)  # fmt: skip
def test_a_style_shows_while_it_is_on_and_leaves_no_trace(on: str, off: str) -> None:
    plain, styled = _torn(b"Total 8\n"), _torn(bytes.fromhex(on) + b"Total 8\n")
    undone = _torn(bytes.fromhex(on + off) + b"Total 8\n")
    assert _ink(plain) != _ink(styled) or plain.tobytes() != styled.tobytes()
    assert plain.tobytes() == undone.tobytes()


@pytest.mark.parametrize("command", ["1B6101", "1B7B01", "1D4C1000", "1D570001"])
def test_what_works_at_a_line_start_only_is_ignored_within_a_line(command: str) -> None:
    printer = VirtualPrinter()
    before = printer.settings
    printer.receive(b"A" + bytes.fromhex(command) + b"\n")
    assert printer.settings == before


def test_skipped_room_opens_the_line_as_characters_do() -> None:
    printer = VirtualPrinter()
    printer.receive(b"\x1b$\x10\x00\x1ba\x01")
    assert printer.settings["line_open"]
    assert printer.settings["justify"] == 0


def test_a_line_feeds_by_its_height_when_that_is_more_than_the_spacing() -> None:
    printer = VirtualPrinter(_CLONE)
    start = printer.head
    printer.receive(b"\x1b3\x00\x1d!\x11Total\n")
    assert printer.head - start == 48


def test_initialise_throws_the_open_line_away_and_resets_the_look() -> None:
    printer = VirtualPrinter()
    before = printer.settings
    printer.receive(b"\x1bE\x01\x1d!\x33\x1ba\x02\x1d(k\x05\x001P0AAunfinished\x1b@")
    assert printer.settings == before
    assert printer.tear_off() is None


# -- pictures and symbols -----------------------------------------------------------------------------------


@given(st.binary(min_size=6 * 16, max_size=6 * 16))
def test_every_way_of_sending_a_picture_prints_the_same_dots(picture: bytes) -> None:
    """48 x 16 dots, row by row; GS v 0, GS ( L and GS 8 L, and by columns as GS *."""
    sent = Image.frombytes("1", (48, 16), picture)
    by_column = sent.transpose(Image.Transpose.TRANSPOSE).tobytes()
    stored = bytes([48, 112, 48, 1, 1, 49, 48, 0, 16, 0]) + picture
    count = len(stored)
    ways = [
        b"\x1dv0\x00\x06\x00\x10\x00" + picture,
        b"\x1d(L" + count.to_bytes(2, "little") + stored + b"\x1d(L\x02\x0002",
        b"\x1d8L" + count.to_bytes(4, "little") + stored + b"\x1d(L\x02\x0002",
        b"\x1d*\x06\x02" + by_column + b"\x1d/\x00",
    ]
    printed = []
    for way in ways:
        printer = VirtualPrinter(_CLONE)
        printer.receive(way)
        top = printer.machine.paper.head_to_cutter
        printed.append(printer.strip_image().crop((0, top, 48, top + 16)).point(lambda dot: not dot))
    assert all(each.tobytes() == sent.tobytes() for each in printed)


def test_a_column_picture_stands_in_the_line() -> None:
    image = _torn(b"\x1b*\x21\x08\x00" + b"\xff" * 24 + b"\n")
    top = VirtualPrinter(_CLONE).machine.paper.head_to_cutter
    assert _ink(image) == (0, top, 8, top + 24)


def test_a_picture_in_an_open_line_is_ignored_by_epson_and_ends_the_line_on_a_clone() -> None:
    data = b"A\x1dv0\x00\x01\x00\x08\x00" + b"\xff" * 8 + b"\n"
    epson, clone = VirtualPrinter("epson-tm-t88v"), VirtualPrinter(_CLONE)
    epson.receive(data)
    clone.receive(data)
    assert epson.head - epson.machine.paper.head_to_cutter == 30
    assert clone.head - clone.machine.paper.head_to_cutter == 24 + 8 + 30


@pytest.mark.parametrize("text", ["HTTPS://M.EXAMPLE.COM/C/" + "A2345" * 28, "会员 member", "12345"])
def test_a_native_qr_code_reads_as_what_was_stored(text: str) -> None:
    data = text.encode()
    printed = _torn(
        _symbol(67, b"\x04") + _symbol(69, b"1") + _symbol(80, b"0" + data) + _symbol(81, b"0") + b"\n"
    )
    assert _codes(printed) == [text]


def test_a_symbol_wider_than_the_print_area_is_not_printed() -> None:
    printer = VirtualPrinter("clone-58")
    printer.receive(_symbol(67, b"\x10") + _symbol(80, b"0" + b"A" * 200) + _symbol(81, b"0"))
    assert printer.tear_off() is None


def test_initialise_empties_the_symbol_store() -> None:
    printer = VirtualPrinter()
    printer.receive(_symbol(80, b"0hello") + b"\x1b@" + _symbol(81, b"0"))
    assert printer.tear_off() is None


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        (65, b"01234567890", "0012345678905"), (67, b"690123456789", "6901234567892"), (68, b"1234567", "12345670"),
        (69, b"ABC-12", "ABC-12"), (71, b"A12345B", "A12345B"), (72, b"CODE93", "CODE93"),
        (73, b"{BHello123", "Hello123"), (73, b"{C\x0c\x22\x38", "123456"),
    ],
)  # fmt: skip
def test_a_bar_code_reads_as_what_was_sent(kind: int, data: bytes, text: str) -> None:
    printed = _torn(b"\x1dh\x50\x1dw\x02\x1dk" + bytes([kind, len(data)]) + data + b"\n")
    assert _codes(printed) == [text]


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_model_prints_and_none_prints_beyond_its_paper(model: str) -> None:
    piece = _torn(b"Total 63.67\n", model)
    assert piece.width == MODELS[model].dots
    assert _ink(piece)[2] <= 11 * 12


def test_a_printer_that_lacks_a_command_prints_its_payload_as_text() -> None:
    printer = VirtualPrinter("epson-tm-u220")
    printer.receive(b"\x1dv0\x00\x01\x00\x01\x00A")
    assert printer.settings["x"] == len("0A") * 12


# -- the cutter ---------------------------------------------------------------------------------------------


def test_what_was_printed_less_than_the_head_to_cutter_distance_ago_stays_for_the_next_piece() -> None:
    printer = VirtualPrinter(_CLONE)
    to_cutter = printer.machine.paper.head_to_cutter
    printer.receive(b"8\n" * 20 + b"\x1bm")
    assert printer.papers[0].height == 20 * 30
    printer.receive(b"\x1dVA\x00")
    assert printer.papers[1].height == to_cutter
    assert _ink(printer.papers[1])[3] > to_cutter - 30


def test_a_cut_in_an_open_line_is_ignored() -> None:
    printer = VirtualPrinter()
    printer.receive(b"8\n" * 20 + b"open\x1dV\x00\x1bi\x1bm\x1dVB\x00")
    assert printer.papers == []


def test_cutting_twice_at_one_place_cuts_once() -> None:
    printer = VirtualPrinter()
    printer.receive(b"8\n" * 20 + b"\x1bi\x1bi\x1dV\x00")
    assert len(printer.papers) == 1


def test_a_reserved_cut_falls_where_the_paper_was_when_it_was_reserved() -> None:
    printer = VirtualPrinter(_CLONE)
    here = printer.head
    printer.receive(b"\x1bd\x05\x1dVa\x00")
    assert printer.papers == []
    printer.receive(b"8\n" * 20)
    assert printer.cut_marks == [here + 5 * 30]


def test_the_pieces_are_the_strip_cut_at_the_marks() -> None:
    printer = VirtualPrinter()
    for n in range(3):
        printer.receive(b"Receipt %d\n" % n * 7 + b"\x1dVB\x10")
    strip, start = printer.strip_image(), 0
    for piece, end in zip(printer.papers, printer.cut_marks, strict=True):
        assert strip.crop((0, start, strip.width, end)).tobytes() == piece.tobytes()
        start = end


def test_a_printer_without_cutter_leaves_the_paper_whole() -> None:
    printer = VirtualPrinter("clone-58")
    printer.receive(b"8\n" * 20 + b"\x1dV\x00")
    assert printer.papers == []
    assert printer.tear_off() is not None


# -- page mode and macros -----------------------------------------------------------------------------------


def test_page_mode_prints_nothing_until_its_form_feed() -> None:
    printer = VirtualPrinter(_CLONE)
    area = b"\x1bW" + bytes.fromhex("0000 0000 4002 6400")
    printer.receive(b"\x1bL" + area + b"Seite\n")
    assert printer.tear_off() is None
    before = printer.head
    printer.receive(b"\x0c")
    assert printer.head - before == 100
    assert not printer.settings["page_mode"]


def test_a_direction_turns_what_page_mode_prints() -> None:
    area = b"\x1bW" + bytes.fromhex("0000 0000 C800 C800")
    upright, *turned = (_torn(b"\x1bL" + area + b"\x1bT" + bytes([n]) + b"Seite\n\x0c") for n in range(4))
    top = VirtualPrinter(_CLONE).machine.paper.head_to_cutter
    sheet = upright.crop((0, top, 200, top + 200))
    for image, quarter in zip(turned, (90, 180, 270), strict=True):
        assert image.crop((0, top, 200, top + 200)).tobytes() == sheet.rotate(quarter).tobytes()


def test_a_macro_prints_while_it_is_defined_and_again_when_it_runs() -> None:
    once, twice = VirtualPrinter(), VirtualPrinter()
    once.receive(b"\x1d:Macro\n\x1d:")
    twice.receive(b"\x1d:Macro\n\x1d:\x1b@\x1d^\x02\x00\x00")
    first = once.head - once.machine.paper.head_to_cutter
    assert twice.head - twice.machine.paper.head_to_cutter == 3 * first
