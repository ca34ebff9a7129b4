from __future__ import annotations

from receiptbridge.profiles.load import load_grammar, load_printer
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.page import MOST_LINES, read_page


def lines(page):
    return [line.text for line in page.lines]


def test_text_that_a_command_interrupts_stays_on_its_line(page_of):
    assert lines(page_of(b"TOTAL \x1bE\x0163.67\x1bE\x00\n")) == ["TOTAL 63.67"]


def test_an_amount_placed_in_dots_stands_apart_from_its_label(page_of):
    assert lines(page_of(b"TOTAL\x1b$\x20\x0163.67\n")) == ["TOTAL" + " " * 19 + "63.67"]


def test_an_amount_that_is_sent_before_its_label_stands_behind_it_on_paper(page_of):
    assert lines(page_of(b"\x1b$\x20\x0163.67\x1b$\x00\x00TOTAL\n"))[0].startswith("TOTAL  ")


def test_tabs_go_to_the_stops_that_were_set(page_of):
    assert lines(page_of(b"\x1bD\x0a\x14\x00a\tb\tc\n")) == ["a" + " " * 9 + "b" + " " * 9 + "c"]


def test_tabs_go_to_every_eighth_column_from_power_on(page_of):
    assert lines(page_of(b"a\tb\n")) == ["a" + " " * 7 + "b"]


def test_chinese_text_is_decoded_by_the_mode_that_the_prelude_left_on(page_of):
    assert lines(page_of("合计 63.67\n".encode("gb18030"))) == ["合计 63.67"]


def test_double_size_is_large_and_only_on_its_line(page_of):
    page = page_of(b"\x1d!\x11TOTAL\x1d!\x00\nnext\n")
    assert [line.large for line in page.lines] == [True, False]


def test_what_goes_to_the_customer_display_is_not_on_the_paper(page_of):
    assert lines(page_of(b"\x1b=\x02TOTAL 9.99\x1b=\x01paper\n")) == ["paper"]


def test_pictures_are_counted_and_their_bytes_are_no_text(page_of):
    page = page_of(b"\x1dv0\x00\x01\x00\x04\x00TEXT" + b"below\n")
    assert (lines(page), page.pictures) == (["below"], 1)


def test_a_paper_without_end_is_cut_short_and_says_so(page_of):
    page = page_of(b"x\n" * (MOST_LINES + 5))
    assert page.truncated
    assert len(page.lines) == MOST_LINES


def test_a_carriage_return_alone_ends_lines_where_nothing_else_does(page_of):
    assert lines(page_of(b"one\rtwo\r\x1bd\x01")) == ["one", "two"]


def test_star_commands_place_text_by_their_own_letters():
    star, printer = load_grammar("star"), load_printer("star-tsp650")
    data = b"\x1b@\x1bi\x01\x01TOTAL\x1bi\x00\x00\x1b\x1dA\x20\x015.00\n\x1bd\x02"
    page = read_page(next(split(data, star, printer)), star, printer)
    assert page.lines[0].text.split() == ["TOTAL", "5.00"]
    assert page.lines[0].large


def test_page_mode_lines_are_read_by_their_places_not_by_their_bytes(page_of):
    data = (
        b"\x1bL\x1bW\x00\x00\x00\x00\x40\x02\x00\x02"
        b"\x1d$\x60\x00\x1b$\x20\x0163.67"  # the amount comes first
        b"\x1d$\x20\x00\x1b$\x00\x00SHOP"
        b"\x1d$\x60\x00\x1b$\x00\x00TOTAL"
        b"\x1d$\x90\x00\x1b$\x00\x00CASH 63.67\x0c"
    )
    assert lines(page_of(data)) == ["SHOP", "TOTAL" + " " * 19 + "63.67", "CASH 63.67"]


def test_a_page_moves_down_from_where_it_stands(page_of):
    assert lines(page_of(b"\x1bL\x1d$\x60\x00below\x1d\\\xc0\xffabove\x0c")) == ["     above", "below"]


def test_areas_of_a_page_are_read_from_the_upper_one(page_of):
    lower = b"\x1bW\x00\x00\xc8\x00\x40\x02\x60\x00\x1bT\x02TOTAL 5.00\n"  # upside down
    upper = b"\x1bW\x00\x00\x00\x00\x40\x02\x60\x00\x1bT\x00SHOP\n"
    assert lines(page_of(b"\x1bL" + lower + upper + b"\x1b\x0c\x1bS")) == ["SHOP", "TOTAL 5.00"]


def test_a_page_that_is_cancelled_is_not_on_the_paper(page_of):
    assert lines(page_of(b"\x1bLTOTAL 9.99\n\x18Shown\n\x0cafter\n")) == ["Shown", "after"]
    assert lines(page_of(b"\x1bLTOTAL 9.99\n\x1bSafter\n")) == ["after"]


def test_blanks_between_large_glyphs_spread_no_word(read_text):
    assert read_text("店\n茶 12.00\n合    计   12.00\n现  金   12.00").total == 1200


def test_white_on_black_and_upside_down_text_is_text(page_of):
    assert lines(page_of(b"\x1dB\x01TOTAL 5.00\x1dB\x00\n\x1b{\x01CASH 5.00\x1b{\x00\n")) == [
        "TOTAL 5.00",
        "CASH 5.00",
    ]


def test_full_width_digits_are_digits(read_text):
    assert read_text("店\n茶　１２．００\n合計　１２．００\n現金　１２．００").total == 1200


def test_a_total_that_the_driver_wrapped_is_read(read_text):
    text = (
        "SHOP\nTea 12.00\nGrand total amount payable incl. GST:\n                         12.00\nCASH 12.00"
    )
    assert read_text(text).total == 1200
