"""What the printer's state is after commands; each rule of the state has its case."""

from __future__ import annotations

import pytest
from command_streams import read, streams
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.escpos.macro import MACRO_BYTES
from receiptbridge.escpos.quirks import CR_IS_LF
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

ESCPOS, STAR = load_grammar("escpos"), load_grammar("star-line")
PRINTER, CHINESE, IMPACT = (load_printer(name) for name in ("epson-tm-t88v", "generic-80", "epson-tm-u220"))


def after(data: bytes, printer=PRINTER, grammar=ESCPOS) -> PrinterState:
    state = PrinterState(grammar, printer)
    state.apply(read(grammar, [data])[1])
    return state


def settings(state: PrinterState) -> dict:
    values = state.values()
    del values["line_start"]
    return values


@pytest.mark.parametrize("grammar", [ESCPOS, STAR], ids=["escpos", "star"])
@given(data=st.data())
def test_a_fresh_printer_that_hears_the_prelude_has_the_same_state(grammar, data):
    state = after(data.draw(streams(grammar)), grammar=grammar)
    again = PrinterState(grammar, PRINTER)
    again.apply(state.prelude())
    if state.printer_selected and not state.star_raster:
        assert settings(again) == settings(state)


@given(data=st.data())
def test_state_does_not_depend_on_how_tokens_are_grouped(data):
    _, tokens, _ = read(ESCPOS, [data.draw(streams(ESCPOS))])
    at_once, one_by_one = PrinterState(ESCPOS, PRINTER), PrinterState(ESCPOS, PRINTER)
    at_once.apply(tokens)
    for token in tokens:
        one_by_one.apply([token])
    assert one_by_one.values() == at_once.values()
    assert one_by_one.prelude() == at_once.prelude()


@given(data=st.data())
def test_a_copy_goes_its_own_way(data):
    state = after(data.draw(streams(ESCPOS)))
    begun = state.values(), state.prelude()
    state.copy().apply([b"\x1b@", b"\x1bE\x01", b"text"])
    assert (state.values(), state.prelude()) == begun


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (b"\x1bE\x01", {"bold": 1}),
        (b"\x1bE\x01\x1b@", {"bold": 0}),
        (b"\x1b!\x38", {"bold": 1, "width_mag": 2, "height_mag": 2, "font": 0, "underline": 0}),
        (b"\x1bE\x01\x1b!\x00", {"bold": 0}),
        (b"\x1b!\x08\x1bE\x00", {"bold": 0}),
        (b"\x1d!\x11\x1b!\x00", {"width_mag": 1, "height_mag": 1}),
        (b"\x1b!\x30\x1d!\x21", {"width_mag": 3, "height_mag": 2}),
        (b"\x1c!\x8c", {"kanji_print_mode": 0x8C, "kanji_quad": 1, "kanji_underline": 1}),
        (b"\x1cW\x01\x1c!\x00", {"kanji_print_mode": 0, "kanji_quad": 0}),
        (b"\x1c!\x8c\x1cW\x00", {"kanji_print_mode": 0x80, "kanji_quad": 0}),
        (b"\x1b3\x20", {"line_spacing": 0x20}),
        (b"\x1b3\x20\x1b2", {"line_spacing": "default"}),
        (b"\x1ba1", {"justify": 1}),
        (b"\x1ba\x01\x1ba\x07", {"justify": 1}),
        (b"\x1bt\x10", {"code_page": 16}),
        (b"\x1c&", {"kanji_mode": 1}),
        (b"\x1c&\x1c.", {"kanji_mode": 0}),
        (b"\x1cS\x01\x02", {"kanji_spacing": (1, 2)}),
        (b"\x1c(A\x02\x000\x01", {"kanji_font": "B"}),
        (b"\x1c(C\x02\x0002", {"encoding": 2}),
        (b"\x1dL\x10\x00\x1dW\x00\x01", {"left_margin": 16, "print_width": 256}),
        (b"\x1dW\xff\xff", {"print_width": "full"}),
        (b"\x1bD\x08\x10\x00", {"tab_stops": (8, 16, 0)}),
        (b"\x1da\x0f", {"asb": 15}),
        (b"\x1bc5\x01", {"panel_buttons": 1}),
        (b"\x1dh\x50\x1dw\x03\x1dH\x02\x1df\x01", {"barcode_height": 80, "barcode_width": 3, "hri_pos": 2}),
    ],
)
def test_a_command_sets_its_fields(data, values):
    assert after(data).values().items() >= values.items()


def test_what_only_the_model_knows_is_not_invented():
    assert after(b"").values().items() >= {"barcode_height": "model", "line_spacing": "default"}.items()
    assert after(b"", CHINESE).values()["kanji_mode"] == 1


@pytest.mark.parametrize("command", [b"\x1ba\x01", b"\x1b{\x01", b"\x1dL\x10\x00", b"\x1dW\x00\x01"])
def test_what_works_at_a_line_start_only_is_not_recorded_in_mid_line(command):
    assert settings(after(b"text" + command)) == settings(after(b""))
    assert settings(after(b"text\n" + command)) != settings(after(b""))


@pytest.mark.parametrize("closing", [b"\n", b"\x1bd\x01", b"\x1bJ\x00", b"\x1dT\x01", b"\x1b@"])
def test_a_line_ends_with(closing):
    assert not after(b"text" + closing).line_open


@pytest.mark.parametrize(
    "opening", [b"text", b"\t", b"\x1b$\x10\x00", b"\x1b\\\x10\x00", b"\x1b*\x00\x01\x00\xff"]
)
def test_a_line_begins_with(opening):
    assert after(b"\n" + opening).line_open


@pytest.mark.parametrize(
    "other", [b"\x1bE\x01", b"\x1dv0\x00\x01\x00\x01\x00\xff", b"\x1dk\x04A\x00", b"\x1dV\x00"]
)
def test_a_line_is_neither_begun_nor_ended_by(other):
    assert not after(other).line_open
    assert after(b"text" + other).line_open


def test_a_return_ends_the_line_where_the_printer_says_so():
    assert after(b"text\r").line_open
    assert not after(b"text\r", IMPACT).line_open
    assert not after(b"text\r", PRINTER.but(quirks=(CR_IS_LF,))).line_open


def test_a_length_keeps_the_units_that_it_was_set_under():
    state = after(b"\x1b3\x10\x1dP\xb4\xb4")
    assert state.values()["line_spacing"] == 16
    assert after(b"\x1dP\xb4\xb4\x1b3\x10").values()["line_spacing"] == (16, 0xB4, 0xB4)
    assert state.prelude() == [b"\x1dP\x00\x00", b"\x1b3\x10", b"\x1dP\xb4\xb4"]


def test_in_page_mode_nothing_is_inserted():
    assert after(b"\x1bL").why_not_insertable() == "page mode"
    assert after(b"\x1bLtext\x0c").why_not_insertable() is None
    assert after(b"\x1bLtext\x1bS").why_not_insertable() is None
    assert not after(b"\x1bLtext\x0c").line_open


def test_page_mode_has_spacings_of_its_own():
    assert (
        after(b"\x1b3\x20\x1bL\x1b3\x40\x1b \x05\x0c").values().items()
        >= {
            "line_spacing": 0x20,
            "right_spacing": 0,
        }.items()
    )


def test_a_macro_is_stored_and_not_executed():
    state = after(b"\x1d:\x1bE\x01text")
    assert state.why_not_insertable() == "a macro is being recorded"
    assert (state.values()["bold"], state.line_open) == (0, False)
    assert after(b"\x1d:\x1bE\x01\x1d:").values()["bold"] == 0


def test_a_macro_that_is_run_sets_state():
    assert after(b"\x1d:\x1bE\x01\x1d:\x1d^\x01\x00\x00").values()["bold"] == 1
    assert after(b"\x1d:\x1bE\x01\x1d:\x1b@\x1d^\x01\x00\x00").values()["bold"] == 1
    assert after(b"\x1d:\x1bE\x01\x1d:\x1d^\x00\x00\x00").values()["bold"] == 0


def test_running_a_macro_while_it_is_recorded_discards_it():
    state = after(b"\x1d:\x1bE\x01\x1d^\x01\x00\x00\x1d^\x01\x00\x00")
    assert (state.recording_macro, state.values()["bold"]) == (False, 0)


def test_a_macro_is_kept_to_its_bound():
    state = after(b"\x1d:" + b"\x1bE\x01" * MACRO_BYTES)
    assert sum(map(len, state.prelude())) <= MACRO_BYTES + 2


def test_a_deselected_printer_ignores_everything_but_being_selected():
    state = after(b"\x1b=\x02\x1bE\x01text\x1b@\x11")
    assert state.why_not_insertable() == "the printer is deselected"
    assert (state.values()["bold"], state.line_open) == (0, False)
    assert (
        after(b"\x1b=\x02\x1bE\x01\x1b=\x01\x1bG\x01").values().items()
        >= {
            "bold": 0,
            "double_strike": 1,
        }.items()
    )


@pytest.mark.parametrize("clearing", [b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", b"\x10\x05\x02"])
def test_cleared_buffers_leave_the_state_unknown_until_a_reset(clearing):
    state = after(b"\x1bL" + clearing)
    assert "unknown" in (state.why_not_insertable() or "")
    state.apply([b"\x1b@"])
    assert state.why_not_insertable() is None


@pytest.mark.parametrize("reset", [b"\x1b@", b"\x1cq\x00", b"\x1d(A\x02\x000\x01", b"\x1d(E\x04\x00\x02OUT"])
def test_a_reset_brings_everything_back_to_power_on(reset):
    state = after(b"\x1bE\x01\x1c.\x1b3\x10\x1d(k\x04\x001P0x" + reset)
    assert state.values() == after(b"").values()
    assert state.prelude() == []


def test_nothing_is_inserted_while_user_settings_are_changed():
    assert after(b"\x1d(E\x03\x00\x01IN").why_not_insertable() == "user settings are being changed"


def test_symbol_settings_and_store_are_remembered_by_kind():
    state = after(b"\x1d(k\x04\x001A2\x00\x1d(k\x04\x001P0x\x1d(k\x03\x000C\x03\x1d(k\x04\x001P0y")
    assert state.said(b"\x1d(k1P") == b"\x1d(k\x04\x001P0y"
    assert state.said(b"\x1d(k0C") == b"\x1d(k\x03\x000C\x03"


def test_a_symbol_printed_from_an_empty_store_is_noticed():
    print_symbol = b"\x1d(k\x03\x001Q0"
    assert after(print_symbol).symbol_printed_unstored
    assert not after(b"\x1d(k\x04\x001P0x" + print_symbol).symbol_printed_unstored


def test_star_says_the_same_with_other_letters():
    values = after(b"\x1bE\x1b4\x1b\x1da\x01\x1bi\x01\x02\x1b\x1dt\x20", grammar=STAR).values()
    expected = {"bold": 1, "reverse": 1, "justify": 1, "height_mag": 2, "width_mag": 3, "code_page": 32}
    assert values.items() >= expected.items()
    assert after(b"\x1bE\x1bF", grammar=STAR).values()["bold"] == 0


def test_star_modes_forbid_insertion():
    assert after(b"\x1b*rA", grammar=STAR).why_not_insertable() == "Star raster mode"
    assert after(b"\x1b*rAb\x02\x00ab\x1b*rB", grammar=STAR).why_not_insertable() is None
    assert not after(b"\x1b*rAb\x02\x00ab\x1b*rB", grammar=STAR).line_open
    assert after(b"\x1b\x1dP0", grammar=STAR).why_not_insertable() == "page mode"
    assert after(b"\x13", grammar=STAR).why_not_insertable() == "the printer is deselected"


# ---- where makers disagree ----


@pytest.mark.parametrize(
    "harmless", [b"", b"text\n", b"\x1bE\x01text\x1bE\x00\n\x1bE\x00", b"\x1dk\x04A\x00"]
)
def test_a_macro_that_makes_no_difference_while_it_is_recorded_leaves_no_doubt(harmless):
    assert after(b"\x1bE\x00\x1d:" + harmless + b"\x1d:").why_not_insertable() is None


@pytest.mark.parametrize("harmful", [b"\x1bE\x01", b"text", b"\x1bL", b"\n" * (MACRO_BYTES + 1)])
@pytest.mark.parametrize("ending", [b"\x1d:", b"\x1d^\x01\x00\x00"])
def test_a_macro_that_some_printers_execute_while_recording_leaves_a_doubt_until_a_reset(harmful, ending):
    state = after(b"\x1d:" + harmful + ending)
    assert "macro" in (state.why_not_insertable() or "")
    state.apply([b"\x1b@"])
    assert state.why_not_insertable() is None


def test_a_macro_that_is_run_twice_begins_its_second_run_where_the_first_ended():
    macro = b"\x1d:\x1ba\x01text\x1d:\x1b@"
    assert after(macro + b"\x1ba\x02\x1d^\x02\x00\x00").values()["justify"] == 1
    assert after(macro + b"\x1d^\x01\x00\x00").line_open


def test_page_mode_begun_in_mid_line_leaves_a_doubt_for_some_printers_ignore_it():
    state = after(b"text\x1bL\x1b3\x40\x0c\n")
    assert "page mode" in (state.why_not_insertable() or "")
    assert after(b"\n\x1bL\x1b3\x40\x0c\n").why_not_insertable() is None


def test_bold_without_an_argument_is_followed_where_the_maker_has_it():
    bematech = load_grammar("escpos", ["bema"])
    assert after(b"\x1bE", grammar=bematech).values()["bold"] == 1
    assert after(b"\x1bE\x1bF", grammar=bematech).values()["bold"] == 0


def test_tab_stops_and_automatic_status_are_known():
    assert after(b"\x1bD\x04\x08\x00\x1da\x04").values().items() >= {"tab_stops": (4, 8, 0), "asb": 4}.items()


@pytest.mark.parametrize("writing", [b"\x1b\x1d+\x01\x01\x01\x00a", b"\x1b\x1d*W", b"\x1b\x1d/C"])
def test_a_star_that_writes_its_memory_resets_itself(writing):
    state = after(b"\x1bE" + writing, grammar=STAR)
    assert state.prelude() == []
    assert read(STAR, [writing])[2][0][2] == "clear"


def test_a_stars_page_mode_has_spacings_of_its_own():
    page = b"\x1b\x1dP0\x1bz\x00\x1b \x05\x1bD\x04\x00\x1bE\x1b\x1dP1"
    values = after(b"\x1bz\x01" + page, grammar=STAR).values()
    assert values.items() >= {"line_spacing": b"\x1bz\x01", "right_spacing": 0, "bold": 1}.items()
    assert "page mode" in (after(b"text" + page, grammar=STAR).why_not_insertable() or "")


@pytest.mark.parametrize("out_of_range", [b"\x1d!\xff", b"\x1b-\x07", b"\x1bM\x09", b"\x1dh\x00"])
def test_an_argument_out_of_range_changes_nothing(out_of_range):
    assert after(out_of_range).values() == after(b"").values()


@pytest.mark.parametrize("out_of_range", [b"\x1bW\x09", b"\x1bi\x00\x80", b"\x1b\x1da\x07", b"\x1b_\x05"])
def test_an_argument_out_of_a_stars_range_changes_nothing(out_of_range):
    assert after(out_of_range, grammar=STAR).values() == after(b"", grammar=STAR).values()


def test_a_move_by_nothing_leaves_a_lines_start_a_lines_start():
    assert not after(b"\x1b$\x00\x00").line_open
    assert after(b"\x1b$\x00\x00\x1ba\x01").values()["justify"] == 1
    assert after(b"text\x1b$\x00\x00").line_open
