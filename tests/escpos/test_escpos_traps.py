"""The field's known traps, one by one: each has taken in a reader that looked right."""

from __future__ import annotations

import pytest
from command_streams import read

from receiptbridge.escpos.quirks import EATS_LF_AFTER_RASTER, IGNORES_ESC_J
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.replies import PrinterCondition, ReplyReader
from receiptbridge.escpos.restore import CannotRestore, bracket, put_back_qr
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

ESCPOS, STAR = load_grammar("escpos"), load_grammar("star-line")
PRINTER = load_printer("epson-tm-t88v")
NT_5890K = PRINTER.but(quirks=(EATS_LF_AFTER_RASTER, IGNORES_ESC_J))
RASTER = b"\x1dv0\x00\x03\x00\x01\x00"


def commands(data: bytes, grammar=ESCPOS) -> list[bytes]:
    return read(grammar, [data])[1]


def marks(data: bytes, grammar=ESCPOS) -> list[str]:
    return [mark for _, _, mark in read(grammar, [data])[2]]


def after(data: bytes, grammar=ESCPOS, printer=PRINTER) -> PrinterState:
    state = PrinterState(grammar, printer)
    state.apply(commands(data, grammar))
    return state


@pytest.mark.parametrize("hidden", [b"\x10\x04\x01", b"\x10\x05\x02", b"\x1dV\x00", b"\x1b@\x1b"])
def test_trap_1_what_looks_like_a_command_inside_a_payload_is_payload(hidden):
    assert commands(RASTER + hidden + b"\n") == [RASTER + hidden, b"\n"]
    assert marks(RASTER + hidden) == []


def test_trap_1_an_answer_to_a_query_in_a_payload_is_believed_only_when_all_is_well():
    assert ReplyReader().feed(b"\x1a") is PrinterCondition.UNKNOWN


def test_trap_2_inside_a_command_nothing_may_be_sent():
    for end in range(1, len(RASTER) + 3):
        assert read(ESCPOS, [(RASTER + b"abc")[:end]])[0].in_mid_command
    assert not read(ESCPOS, [RASTER + b"abc"])[0].in_mid_command


@pytest.mark.parametrize(
    ("raw", "category"),
    [
        (b"\x1bd\x02", "cut"), (b"\x1ba\x03", "print-feed"), (b"\x1bi\x01\x01", "state"), (b"\x1bp", "state"),
        (b"\x1bK\x02\x00ab", "graphics"), (b"\x1bL\x02\x00ab", "graphics"), (b"\x1bk\x01\x00" + b"x" * 24, "graphics"),
        (b"\x1bX\x01\x00abc", "graphics"), (b"\x1c", "drawer"), (b"\x19", "drawer"), (b"\x1a", "drawer"),
        (b"\x07", "drawer"),
    ],
)  # fmt: skip
def test_trap_3_star_means_other_things_by_the_same_letters(raw, category):
    assert commands(raw + b"\x1bEtext", STAR) == [raw, b"\x1bE", b"text"]
    assert STAR.entry(raw).category == category


def test_trap_4_in_star_raster_mode_letters_start_payloads():
    reader = Reader(STAR)
    reader.feed(b"\x1b*rAb\x02\x00\x1bdk\x01\x00\x0c\x1b*rB" + b"bk")
    batch = reader.pull()
    assert batch is not None
    assert batch.tokens == [b"\x1b*rA", b"b\x02\x00\x1bd", b"k\x01\x00\x0c", b"\x1b*rB", b"bk"]
    assert batch.mark is None


def test_trap_4_what_star_is_told_to_discard_is_no_command():
    discarded = b"\x1b*rN4\x00\x1bd\x02\x18"
    assert commands(discarded + b"text", STAR) == [discarded, b"text"]
    assert marks(discarded, STAR) == []


@pytest.mark.parametrize(("font", "size"), [(None, 72), (0, 72), (1, 60), (2, 32), (49, 60), (50, 32)])
def test_trap_5_a_kanji_pattern_is_as_long_as_the_font_in_force(font, size):
    chosen = b"" if font is None else b"\x1c(A\x02\x000" + bytes([font])
    assert commands(chosen + b"\x1c2\xfe\xa1" + b"\x1b" * size + b"\x1bE\x01")[-1] == b"\x1bE\x01"


@pytest.mark.parametrize(
    "barcode",
    [
        b"\x1dk\x04CODE39\x00",
        b"\x1dkI\x04{B\x1b\x1d",
        b"\x1dk\x20\x05\x01https\x00",
        b"\x1dk\x61\x05\x01\x04\x00\x1bi\x1dV",
        b"\x1dk\x51\x03\x08\x08\x01\x04\x00\x1bi\x1dV",
        b"\x1dk\x80\x03\x08\x08\x01\x02\x00\x1bi",
    ],
    ids=["until NUL", "counted", "v r NUL", "v r nL nH", "Bematech QR", "Bematech PDF417"],
)
def test_trap_6_a_barcode_has_one_of_several_layouts(barcode):
    assert commands(barcode + b"\x1bE\x01") == [barcode, b"\x1bE\x01"]


def test_trap_7_a_reserved_cut_is_told_from_one_that_happens_now_and_in_a_macro_nothing_is_inserted():
    assert marks(b"\x1dVa\x10\x1dVb\x10") == ["cut-reserved", "cut-reserved"]
    assert after(b"\x1d:\x1dV\x00").why_not_insertable() == "a macro is being recorded"
    assert after(b"\x1bL").why_not_insertable() == "page mode"


def test_trap_8_a_symbol_that_the_register_stored_is_stored_again_after_the_boxs_own():
    store = b"\x1d(k\x08\x001P0https"
    assert put_back_qr(after(store)).endswith(store)
    assert after(b"\x1d(k\x03\x001Q0").symbol_printed_unstored


def test_trap_8_a_register_that_uses_symbols_once_is_known_for_it_through_resets():
    assert not after(b"\x1b@").symbols_used
    for use in (b"\x1d(k\x08\x001P0https", b"\x1d(k\x03\x001Q0", b"\x1d(k\x03\x001C\x06"):
        assert after(use + b"\x1b@").symbols_used
        assert after(use + b"\x1b@").copy().symbols_used


@pytest.mark.parametrize("command", [b"\x1ba\x01", b"\x1b{\x01", b"\x1dL\x10\x00", b"\x1dW\x00\x01"])
def test_trap_9_in_mid_line_some_settings_are_ignored(command):
    state = after(b"text" + command)
    state.apply([b"\n"])
    assert state.values() == after(b"").values()


def test_trap_10_no_bracket_touches_automatic_status():
    state = after(b"\x1da\xff\x1ba\x02\x1bE\x01")
    assert b"\x1da" not in b"".join(bracket(state, {"justify": 1, "bold": 0}))
    with pytest.raises(CannotRestore, match="asb"):
        bracket(state, {"asb": 0})


def test_trap_10_flow_control_may_stand_inside_a_status_that_looks_like_answers():
    reader = ReplyReader()
    reader.asked([b"\x1dr\x01"])
    assert reader.feed(b"\x10\x00\x13\x0c\x11\x00") is PrinterCondition.PAPER_OUT
    assert reader.feed(b"\x00") is PrinterCondition.READY


@pytest.mark.parametrize(
    ("reset", "mark"),
    [
        (b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", "clear"), (b"\x1d(E\x04\x00\x02OUT", "clear"),
        (b"\x1cq\x00", "clear"), (b"\x1d(A\x02\x000\x01", "clear"), (b"\x1b@", "reset"),
    ],
)  # fmt: skip
def test_trap_11_what_empties_the_printer_voids_what_was_known_of_it(reset, mark):
    assert marks(b"\x1bE\x01" + reset) == [mark]
    state = after(b"\x1bE\x01" + reset)
    assert state.doubtful or state.values()["bold"] == 0


def test_trap_12_faulty_registers_are_counted_as_the_printer_counts():
    assert commands(b"\x1bp\x00\x1b@text") == [b"\x1bp\x00\x1b@", b"text"]


def test_trap_12_where_a_length_is_unsure_no_escape_is_swallowed():
    assert commands(b"\x1b\xfe\x1b@") == [b"\x1b\xfe", b"\x1b@"]
    assert commands(b"\x1b5\x1b@") == [b"\x1b5", b"\x1b@"]


def test_trap_13_a_register_that_asks_before_it_prints_is_not_kept_waiting():
    reader, tokens, _ = read(ESCPOS, [b"\x1b@\x1b=\x01\x10\x04\x01"])
    assert tokens == [b"\x1b@", b"\x1b=\x01", b"\x10\x04\x01"]
    assert reader.end == reader.received


def test_trap_14_a_clone_eats_the_line_feed_behind_a_picture():
    picture = RASTER + b"abc"
    assert not after(b"text" + picture + b"\n").line_open
    assert after(b"text" + picture + b"\n", printer=NT_5890K).line_open
    assert not after(b"text" + picture + b"\n\n", printer=NT_5890K).line_open


def test_trap_14_a_clone_ignores_a_feed_in_dots():
    assert not after(b"text\x1bJ\x10").line_open
    assert after(b"text\x1bJ\x10", printer=NT_5890K).line_open


def test_trap_14_what_was_eaten_does_not_depend_on_how_tokens_are_grouped():
    state = PrinterState(ESCPOS, NT_5890K)
    for token in commands(b"text" + RASTER + b"abc\n"):
        state.apply([token])
    assert state.line_open


def test_trap_15_a_line_that_was_not_ended_is_noticed_before_the_cut():
    assert after(b"text\x1dV\x00").line_open
    assert not after(b"text\n\x1dV\x00").line_open


@pytest.mark.parametrize(
    ("stream", "swallowing", "printing"),
    [
        (b"\x1b\xffab", [b"\x1b\xff", b"ab"], [b"\x1b", b"\xffab"]),
        (b"\x1d\x7eab", [b"\x1d\x7e", b"ab"], [b"\x1d", b"\x7eab"]),
        (b"\x1c\x7fab", [b"\x1c\x7f", b"ab"], [b"\x1c", b"\x7fab"]),
    ],
)
def test_an_unknown_command_swallows_its_letter_or_not_as_the_printers_profile_says(
    stream, swallowing, printing
):
    taking_one = load_grammar("escpos", unknown_commands="take-one")
    assert commands(stream) == swallowing
    assert commands(stream, taking_one) == printing
    assert read(taking_one, [stream])[0].unknown == 1
