"""Printer state against a printer that was written by itself, without this room's reader or tables."""

from __future__ import annotations

import pytest
from command_streams import read
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.printer import VirtualPrinter
from receiptbridge.escpos.restore import bracket
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

SMALL = st.sampled_from([0, 1, 2, 3, 7, 16, 48, 49, 50, 128, 255])


def with_arguments(opening: bytes, count: int = 1) -> st.SearchStrategy[bytes]:
    return st.lists(SMALL, min_size=count, max_size=count).map(lambda args: opening + bytes(args))


ESCPOS = st.one_of(
    *map(
        with_arguments,
        [
            b"\x1b!", b"\x1bE", b"\x1bG", b"\x1b-", b"\x1bM", b"\x1d!", b"\x1b{", b"\x1bV", b"\x1dB", b"\x1b ",
            b"\x1b3", b"\x1ba", b"\x1bt", b"\x1bR", b"\x1b%", b"\x1dH", b"\x1df", b"\x1dh", b"\x1dw", b"\x1db",
            b"\x1c!", b"\x1c-", b"\x1cW", b"\x1b=",
        ],
    ),
    *(with_arguments(opening, 2) for opening in (b"\x1dL", b"\x1dW", b"\x1dP", b"\x1cS")),
    st.sampled_from(
        [
            b"\x1b2", b"\x1c&", b"\x1c.", b"\x1b@", b"text", b"text\n", "合计".encode("gb18030"), b"\n", b"\x1bd\x01",
            b"\x1dV\x00", b"\x1bD\x04\x08\x00", b"\x1c(C\x02\x0002", b"\x1c(C\x02\x0001", b"\x1d(k\x03\x001C\x05",
            b"\x1d(k\x04\x001P0x", b"\x1d:", b"\x1d^\x01\x00\x00", b"\x1da\x00", b"\x1b$\x10\x00", b"\x1b$\x00\x00",
            b"\x1dv0\x00\x01\x00\x01\x00\xff",
        ]
    ),
)  # fmt: skip
STAR_SWITCHES = [b"\x1b-", b"\x1b_", b"\x1bW", b"\x1bh", b"\x1b\x1da"]
STAR = st.one_of(
    *map(with_arguments, [b"\x1b ", b"\x1bl", b"\x1b\x1dt"]),
    *(st.sampled_from([0, 1, 48, 49]).map(lambda n, c=command: c + bytes([n])) for command in STAR_SWITCHES),
    st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda sizes: b"\x1bi" + bytes(sizes)),
    st.sampled_from(
        [
            b"\x1bE", b"\x1bF", b"\x1b4", b"\x1b5", b"\x0e", b"\x14", b"\x0f", b"\x12", b"\x1b@", b"text", b"text\n",
            b"\x1bd\x01", b"\x1b0", b"\x1bz1", b"\x1b\x1eF\x01", b"\x1b\x1eF\x00",
        ]
    ),
)  # fmt: skip

LANES = {
    "escpos": ("epson-tm-t88v", ESCPOS), "clone": ("generic-80", ESCPOS), "star": ("star-tsp650", STAR),
}  # fmt: skip
each_lane = pytest.mark.parametrize(("model", "commands"), LANES.values(), ids=LANES)

PLAIN = {
    "font": 0, "bold": 0, "underline": 0, "width_mag": 1, "height_mag": 1, "reverse": 0, "upside_down": 0,
    "right_spacing": 0, "left_margin": 0, "justify": 1,
}  # fmt: skip
PLAIN_ESCPOS = PLAIN | {
    "double_strike": 0, "rotate90": 0, "line_spacing": "default", "print_width": "full", "kanji_print_mode": 0,
    "kanji_quad": 0, "kanji_underline": 0, "kanji_spacing": (0, 0), "user_chars_on": 0, "encoding": 1,
}  # fmt: skip
LOOKED_AT = {
    "bold": "bold", "double_strike": "double_strike", "reverse": "reverse", "upside_down": "upside_down",
    "justify": "justify", "code_page": "code_page", "user_chars_on": "user_characters", "hri_pos": "hri",
}  # fmt: skip


def lane(model: str) -> tuple[PrinterState, VirtualPrinter]:
    profile = load_printer(model)
    return PrinterState(load_grammar(profile.dialect), profile), VirtualPrinter(model)


@each_lane
@given(data=st.data())
def test_a_bracket_leaves_the_printer_as_it_was(model, commands, data):
    stream = data.draw(st.lists(commands, max_size=16).map(b"".join))
    state, printer = lane(model)
    state.apply(read(state.grammar, [stream])[1])
    if state.why_not_insertable() is not None:
        return
    before, after = bracket(state, PLAIN if model.startswith("star") else PLAIN_ESCPOS)
    printer.receive(stream + b"\n")
    begun = printer.settings
    printer.receive(before + b"block\n" + after)
    assert printer.settings == begun


@each_lane
@given(data=st.data())
def test_the_printer_is_as_it_is_thought_to_be(model, commands, data):
    stream = data.draw(st.lists(commands, max_size=16).map(b"".join))
    state, printer = lane(model)
    state.apply(read(state.grammar, [stream])[1])
    if state.why_not_insertable() is not None:
        return
    printer.receive(stream)
    values, settings = state.values(), printer.settings
    seen = {name: values[name] for name in LOOKED_AT if name in values}
    assert seen == {name: int(settings[LOOKED_AT[name]]) for name in seen}
    assert (values["width_mag"], values["height_mag"]) == settings["scale"]
    assert state.line_open or not settings["line_open"]
