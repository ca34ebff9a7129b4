"""Law 5 as far as commands go: what a bracket changes, it puts back, exactly."""

from __future__ import annotations

import pytest
from command_streams import read, streams
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.escpos.restore import CannotRestore, bracket, put_back_qr
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

ESCPOS = load_grammar("escpos")
PRINTER = load_printer("generic-80")
PLAIN = {
    "font": 0, "bold": 0, "double_strike": 0, "underline": 0, "width_mag": 1, "height_mag": 1,
    "upside_down": 0, "rotate90": 0, "reverse": 0, "color": 0, "right_spacing": 0, "user_chars_on": 0,
    "encoding": 1, "line_spacing": "default", "left_margin": 0, "print_width": "full", "justify": 1,
    "kanji_mode": 1, "kanji_font": "A", "kanji_print_mode": 0, "kanji_quad": 0, "kanji_underline": 0,
    "kanji_spacing": (0, 0),
}  # fmt: skip

STATE_COMMANDS = [
    b"\x1b!\x38", b"\x1b!\x81", b"\x1bE\x01", b"\x1bG\x01", b"\x1b-\x02", b"\x1bM\x01", b"\x1d!\x11", b"\x1d!\x70",
    b"\x1b{\x01", b"\x1bV\x01", b"\x1dB\x01", b"\x1br\x01", b"\x1b \x03", b"\x1b%\x01", b"\x1b3\x10", b"\x1b2",
    b"\x1ba\x02", b"\x1dL\x20\x00", b"\x1dW\x00\x01", b"\x1c&", b"\x1c.", b"\x1c!\x8c", b"\x1c!\x04", b"\x1cW\x01",
    b"\x1c-\x02", b"\x1cS\x01\x02", b"\x1c(A\x02\x000\x01", b"\x1c(C\x02\x0002", b"\x1dP\xb4\xb4", b"\x1dP\x00\x00",
    b"\x1bt\x10", b"\x1bR\x0f", b"text\n", b"text", b"\x1b@",
]  # fmt: skip


def after(data: bytes) -> PrinterState:
    state = PrinterState(ESCPOS, PRINTER)
    state.apply(read(ESCPOS, [data])[1])
    return state


def settings(state: PrinterState) -> dict:
    values = state.values()
    del values["line_start"]
    return values


@given(st.lists(st.sampled_from(STATE_COMMANDS), max_size=20).map(b"".join))
def test_what_a_bracket_changes_it_puts_back_exactly(stream):
    state = after(stream)
    before, behind = bracket(state, PLAIN)
    printer = after(stream + b"\n" + before)
    assert settings(printer).items() >= PLAIN.items()
    printer.apply(read(ESCPOS, [b"block\n" + behind])[1])
    assert settings(printer) == settings(state)


@given(data=st.data())
def test_a_bracket_is_right_or_refused_after_any_stream(data):
    stream = data.draw(streams(ESCPOS))
    _, tokens, _ = read(ESCPOS, [stream])
    state, printer = PrinterState(ESCPOS, PRINTER), PrinterState(ESCPOS, PRINTER)
    state.apply(tokens)
    try:
        before, behind = bracket(state, PLAIN)
    except CannotRestore:
        return
    if state.why_not_insertable() is None:
        printer.apply([*tokens, b"\n", *read(ESCPOS, [before + behind])[1]])
        assert settings(printer) == settings(state)


@given(st.lists(st.sampled_from(STATE_COMMANDS), max_size=20).map(b"".join))
def test_a_bracket_neither_resets_nor_asks_anything(stream):
    for part in bracket(after(stream), PLAIN):
        for token in read(ESCPOS, [part])[1]:
            entry = ESCPOS.entry(token)
            assert entry.category == "state"
            assert entry.reply is None


def test_what_holds_already_costs_no_bytes():
    assert bracket(after(b"\x1ba\x01"), PLAIN) == (b"", b"")
    assert bracket(after(b""), PLAIN) == (b"\x1ba\x01", b"\x1ba\x00")


def test_a_line_spacing_set_under_other_units_is_put_back_under_those():
    before, behind = bracket(after(b"\x1b3\x10\x1dP\xb4\xb4"), {"line_spacing": "default"})
    assert (before, behind) == (b"\x1b2", b"\x1dP\x00\x00\x1b3\x10\x1dP\xb4\xb4")


def test_what_only_the_model_knows_cannot_be_put_back():
    with pytest.raises(CannotRestore, match="barcode_height"):
        bracket(after(b""), {"barcode_height": 60})
    assert bracket(after(b"\x1dh\x50"), {"barcode_height": 60}) == (b"\x1dh\x3c", b"\x1dh\x50")


@pytest.mark.parametrize("field", ["tab_stops", "asb", "page_mode", "no such field"])
def test_what_no_command_sets_is_refused(field):
    with pytest.raises(CannotRestore, match=field):
        bracket(after(b""), {field: 7})


def test_after_a_qr_symbol_the_registers_own_is_stored_again():
    store = b"\x1d(k\x08\x001P0https"
    behind = put_back_qr(after(b"\x1d(k\x03\x001C\x06" + store))
    assert behind == b"\x1d(k\x04\x001A2\x00" + b"\x1d(k\x03\x001C\x06" + b"\x1d(k\x03\x001E0" + store


def test_after_a_qr_symbol_settings_go_back_to_power_on_where_nothing_was_said():
    assert put_back_qr(after(b"")) == b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x03\x1d(k\x03\x001E0"


def test_a_store_too_long_to_be_kept_forbids_a_native_symbol():
    with pytest.raises(CannotRestore, match="too long"):
        put_back_qr(after(b"\x1d(k\x23\x271P0" + b"x" * 10_016))


# ---- Star, and makers with commands of their own ----

STAR, STAR_PRINTER = load_grammar("star-line"), load_printer("star-tsp650")
STAR_PLAIN = {
    "font": 0, "bold": 0, "underline": 0, "overline": 0, "reverse": 0, "upside_down": 0, "width_mag": 1,
    "height_mag": 1, "right_spacing": 0, "left_margin": 0, "justify": 1, "code_page": 0, "intl": 0, "kanji_mode": 0,
}  # fmt: skip
STAR_COMMANDS = [
    b"\x1bE", b"\x1bF", b"\x1b4", b"\x1b5", b"\x1b-\x01", b"\x1b-0", b"\x1b_\x01", b"\x0f", b"\x12", b"\x0e", b"\x14",
    b"\x1bW1", b"\x1bh\x02", b"\x1b\x0e", b"\x1b\x14", b"\x1bi\x01\x02", b"\x1bi11", b"\x1b \x03", b"\x1bM", b"\x1bP",
    b"\x1b0", b"\x1bz\x01", b"\x1bz\x00", b"\x1b3\x20", b"\x1bl\x04", b"\x1b\x1da\x02", b"\x1b\x1dt\x20", b"\x1bR\x08",
    b"\x1b\x1eF\x01", b"\x1bp", b"\x1bq", b"text\n", b"text", b"\x1b@",
]  # fmt: skip


def star_after(data: bytes) -> PrinterState:
    state = PrinterState(STAR, STAR_PRINTER)
    state.apply(read(STAR, [data])[1])
    return state


@given(st.lists(st.sampled_from(STAR_COMMANDS), max_size=20).map(b"".join))
def test_what_a_star_bracket_changes_it_puts_back_exactly(stream):
    state = star_after(stream)
    before, behind = bracket(state, STAR_PLAIN)
    printer = star_after(stream + b"\n" + before)
    assert settings(printer).items() >= STAR_PLAIN.items()
    printer.apply(read(STAR, [b"block\n" + behind])[1])
    assert settings(printer) == settings(state)


def test_a_star_is_spoken_to_in_its_own_commands():
    before, behind = bracket(star_after(b"\x1bE\x1b4\x0f\x1bi\x01\x01"), STAR_PLAIN)
    assert before == b"\x1b\x1da\x01\x12\x1bF\x1b5\x1bi\x00\x00"
    assert behind == b"\x1b\x1da\x00\x0f\x1bE\x1b4\x1bi\x01\x01"


def test_a_stars_pitch_is_put_back_by_saying_it_again():
    assert bracket(star_after(b"\x1bP"), {"right_spacing": 0}) == (b"\x1b \x00", b"\x1bP")


def test_a_stars_line_spacing_is_put_back_only_where_the_register_chose_it():
    four_millimetres = b"\x1bz\x01"
    assert bracket(star_after(b"\x1b0"), {"line_spacing": four_millimetres}) == (four_millimetres, b"\x1b0")
    with pytest.raises(CannotRestore, match="line_spacing"):
        bracket(star_after(b""), {"line_spacing": four_millimetres})


@pytest.mark.parametrize("vendor", ["bema", "daruma", "diebold"])
def test_where_bold_has_no_argument_none_is_sent(vendor):
    state = PrinterState(load_grammar("escpos", [vendor]), PRINTER)
    state.apply([b"\x1bE"])
    assert bracket(state, {"bold": 0}) == (b"\x1bF", b"\x1bE")


def test_a_command_that_the_maker_gave_another_meaning_is_not_sent():
    other_units = PrinterState(load_grammar("escpos", ["fenix"]), PRINTER)
    other_units.apply([b"\x1b3\x10", b"\x1dP\x01\x00x"])
    assert bracket(other_units, {"line_spacing": "default"}) == (b"\x1b2", b"\x1b3\x10")


def test_what_a_makers_own_command_set_is_not_guessed():
    state = PrinterState(load_grammar("escpos", ["daruma"]), PRINTER)
    state.apply([b"\x1bw\x01"])
    with pytest.raises(CannotRestore, match="maker"):
        bracket(state, {"height_mag": 1, "width_mag": 1})
    assert bracket(state, {"reverse": 1}) == (b"\x1dB\x01", b"\x1dB\x00")


@pytest.mark.parametrize("field", ["panel_buttons", "device", "macro_def", "print_density", "sym2d"])
def test_what_is_not_the_blocks_business_is_refused(field):
    with pytest.raises(CannotRestore, match=field):
        bracket(after(b""), {field: 7})


def test_a_style_is_put_back_as_it_was_said_because_makers_disagree_on_what_it_is_of():
    before, behind = bracket(after(b"\x1d!\x11\x1b!\x10"), {"width_mag": 1, "height_mag": 1})
    assert before == b"\x1d!\x00"
    assert behind == b"\x1b!\x00\x1bG\x00\x1d!\x00\x1c!\x00" + b"\x1d!\x11\x1b!\x10"
