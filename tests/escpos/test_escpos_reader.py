"""Commands of every form of length, each whole, byte by byte, and with something behind it."""

from __future__ import annotations

import pytest
from command_streams import read

from receiptbridge.escpos.reader import HEAD_BYTES, Reader
from receiptbridge.profiles.load import load_grammar

ESCPOS, STAR = load_grammar("escpos"), load_grammar("star-line")
BEHIND = b"\x1bE\x01text\n"
TOKENS_BEHIND = [b"\x1bE\x01", b"text", b"\n"]


def commands(data: bytes, grammar=ESCPOS) -> list[bytes]:
    return read(grammar, [data])[1]


def marks(data: bytes, grammar=ESCPOS) -> list[str]:
    return [mark for _, _, mark in read(grammar, [data])[2]]


COMMANDS = {
    "fixed": b"\x1ba\x01",
    "no argument": b"\x1b2",
    "peeked argument": b"\x1b4\x01",
    "computed": b"\x1d(k\x04\x001A2\x00",
    "product": b"\x1dv0\x00\x02\x00\x03\x00\xff\x00\xff\x00\xff\x00",
    "32 bits": b"\x1d8L\x03\x00\x00\x00\x30\x70\x1b",
    "bmp": b"\x1dD\x30\x43\x30\x20\x20\x30\x31BM\x10\x00\x00\x00" + b"\x1b" * 10,
    "until": b"\x1dk\x04CODE39\x00",
    "counted barcode": b"\x1dkI\x04{B12",
    "until the fifth": b"\x1dC;1;9;1;1;5;",
    "rising list": b"\x1bD\x08\x10\x18\x00",
    "items": b"\x1b&\x03AB\x01\x1b\x1b\x1b\x02\x1b\x1b\x1b\x1b\x1b\x1b",
    "items of two words": b"\x1cq\x02\x01\x00\x01\x00" + b"\x1b" * 8 + b"\x01\x00\x02\x00" + b"\x00" * 16,
    "kanji of 24 dots": b"\x1c2\xfe\xa1" + b"\x1b" * 72,
    "switch of many": b"\x10\x14\x01\x00\x01",
    "clear buffers": b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    "cut with feed": b"\x1dVB\x30",
    "cut by function": b"\x1d(V\x02\x000\x00",
}
STAR_COMMANDS = {
    "image row": b"\x1bX\x02\x00\x1b\x1b\x1b\x1b\x1b\x1b",
    "24 rows": b"\x1bk\x01\x00" + b"\x1b" * 24,
    "barcode until RS": b"\x1bb\x06\x02\x02\x50ABC\x1e",
    "decimal count": b"\x1b\x1d*0\x30\x30\x33\x1b\x1b\x1b",
    "discarded": b"\x1b*rN5\x00\x1b@\x1b@\x1b",
    "raster setting": b"\x1b*rP0\x00",
    "raster without argument": b"\x1b*rC",
    "list of symbols": b"\x1b\x1dyD2\x02\x01\x02\x00ab\x01\x01\x00c",
    "logos": b"\x1b\x1cq\x01\x01\x00\x01\x00" + b"\x1b" * 8,
}


@pytest.mark.parametrize("raw", COMMANDS.values(), ids=COMMANDS)
def test_a_command_is_as_long_as_its_rule_says(raw):
    assert commands(raw + BEHIND) == [raw, *TOKENS_BEHIND]


@pytest.mark.parametrize("raw", STAR_COMMANDS.values(), ids=STAR_COMMANDS)
def test_a_star_command_is_as_long_as_its_rule_says(raw):
    assert commands(raw + b"\x1bEtext\n", STAR) == [raw, b"\x1bE", b"text", b"\n"]


@pytest.mark.parametrize("raw", COMMANDS.values(), ids=COMMANDS)
def test_a_command_is_the_same_byte_by_byte(raw):
    stream = raw + BEHIND
    assert read(ESCPOS, [bytes([byte]) for byte in stream])[1] == commands(stream)


@pytest.mark.parametrize("raw", COMMANDS.values(), ids=COMMANDS)
def test_a_command_cut_off_is_no_token(raw):
    for end in range(1, len(raw)):
        reader, tokens, _ = read(ESCPOS, [raw[:end]])
        assert raw not in tokens
        assert reader.in_mid_command


def test_a_list_of_tab_stops_ends_before_a_value_that_does_not_rise():
    assert commands(b"\x1bD\x08\x10\x0a") == [b"\x1bD\x08\x10", b"\n"]


def test_a_list_of_32_tab_stops_takes_its_nul():
    stops = bytes(range(1, 33))
    assert commands(b"\x1bD" + stops + b"\x00\n") == [b"\x1bD" + stops + b"\x00", b"\n"]
    assert commands(b"\x1bD" + stops + b"\x21\n") == [b"\x1bD" + stops, b"!", b"\n"]


def test_without_its_argument_escape_5_is_two_bytes():
    assert commands(b"\x1b5\x1bE\x01") == [b"\x1b5", b"\x1bE\x01"]


def test_a_kanji_definition_is_as_long_as_the_font_says_that_was_chosen():
    small = b"\x1c(A\x02\x000\x02"
    assert commands(small + b"\x1c2\xfe\xa1" + b"\x1b" * 32 + b"\n")[-1] == b"\n"
    assert commands(small + b"\x1b@\x1c2\xfe\xa1" + b"\x1b" * 72 + b"\n")[-1] == b"\n"


def test_an_unknown_command_takes_two_bytes_and_is_counted():
    reader, tokens, _ = read(ESCPOS, [b"\x1b\xffab\x1dZ"])
    assert tokens == [b"\x1b\xff", b"ab"]
    assert reader.unknown == 1


def test_an_unlisted_control_byte_is_a_command_of_its_own():
    reader, tokens, _ = read(ESCPOS, [b"a\x01b"])
    assert (tokens, reader.unknown) == ([b"a", b"\x01", b"b"], 1)


def test_a_query_between_commands_is_a_command_and_in_a_payload_is_payload():
    image = b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01"
    assert commands(image + b"\x10\x04\x01") == [image, b"\x10\x04\x01"]


def test_a_query_in_the_middle_of_a_command_is_eaten_as_the_printer_eats_it():
    assert commands(b"\x1ba\x10\x04\x01\n") == [b"\x1ba\x10", b"\x04", b"\x01", b"\n"]


def test_a_till_that_asks_before_it_prints_is_read_at_once():
    assert commands(b"\x1b@\x1b=\x01\x10\x04\x01") == [b"\x1b@", b"\x1b=\x01", b"\x10\x04\x01"]


def test_a_drawer_pulse_without_its_times_swallows_two_bytes_as_in_the_printer():
    assert commands(b"\x1bp\x00\x1b@\n") == [b"\x1bp\x00\x1b@", b"\n"]


def test_a_long_payload_comes_as_its_head():
    data = bytes(100) * 1000
    raw = b"\x1dv0\x00\x64\x00\xe8\x03" + data
    assert commands(raw + b"\n") == [raw[:HEAD_BYTES], b"\n"]


def test_a_payload_under_way_may_pass():
    reader = Reader(ESCPOS)
    reader.feed(b"\x1dv0\x00\x64\x00\xe8\x03" + bytes(10))
    batch = reader.pull()
    assert batch is not None
    assert (batch.tokens, batch.end, reader.end) == ([], 18, 18)
    assert not reader.tail_may_mark


@pytest.mark.parametrize(
    ("raw", "mark"),
    [
        (b"\x1bi", "cut"),
        (b"\x1bm", "cut"),
        (b"\x1dV\x00", "cut"),
        (b"\x1dVA\x10", "cut"),
        (b"\x1dVa\x10", "cut-reserved"),
        (b"\x1d(V\x02\x000\x00", "cut"),
        (b"\x0c", "form-feed"),
        (b"\x1d:", "macro"),
        (b"\x1d^\x01\x00\x00", "macro-run"),
        (b"\x1bL", "page-mode"),
        (b"\x1b=\x01", "device"),
        (b"\x1b@", "reset"),
        (b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", "clear"),
        (b"\x10\x05\x02", "clear"),
        (b"\x1cq\x00", "clear"),
    ],
)
def test_a_command_that_matters_ends_its_batch(raw, mark):
    reader = Reader(ESCPOS)
    reader.feed(b"a" + raw + b"b")
    batch = reader.pull()
    assert batch is not None
    assert (batch.tokens, batch.end, batch.mark) == ([b"a", raw], 1 + len(raw), mark)


@pytest.mark.parametrize(
    "raw", [b"\x1bd\x03", b"\x10\x05\x01", b"\x10\x04\x01", b"\x1bS", b"\x1dv0\x00" + bytes(4)]
)
def test_other_commands_end_nothing(raw):
    assert marks(raw) == []


@pytest.mark.parametrize(
    ("tail", "may"),
    [
        (b"\x1b", True),
        (b"\x1d", True),
        (b"\x1dV", True),
        (b"\x1dVA", True),
        (b"\x1d(", True),
        (b"\x1d(V\x02\x000", True),
        (b"\x1bE", False),
        (b"\x1d(k", False),
        (b"\x1dVa", True),
        (b"\x1d^", True),
        (b"\x10", False),
        (b"\x1c", False),
        (b"\x1dk", False),
        (b"", False),
    ],
)
def test_a_tail_is_held_only_when_it_may_become_a_cut(tail, may):
    assert read(ESCPOS, [b"text" + tail])[0].tail_may_mark is may


def test_a_cut_byte_in_a_payload_is_no_mark():
    assert marks(b"\x1dv0\x00\x03\x00\x01\x00\x1dV\x00") == []
    assert marks(b"\x1dkI\x03{\x1bi") == []


def test_a_cut_for_the_display_is_no_cut():
    assert marks(b"\x1b=\x02\x1bi\x1dV\x00\x1b=\x01\x1bi") == ["device", "device", "cut"]


def test_the_display_has_commands_of_its_own():
    stream = b"\x1b=\x02\x1fB\x1f$\x01\x02\x1bW\x01\x31abcd\x1b=\x01\x1fB"
    assert commands(stream)[1:4] == [b"\x1fB", b"\x1f$\x01\x02", b"\x1bW\x01\x31abcd"]
    assert commands(stream)[4:] == [b"\x1b=\x01", b"\x1f", b"B"]


def test_a_vendors_command_stands_in_for_the_base_one():
    assert commands(b"\x1bE\x1bF", load_grammar("escpos", ["daruma"])) == [b"\x1bE", b"\x1bF"]
    assert marks(b"\x1bw", load_grammar("escpos", ["diebold"])) == ["cut"]


def test_star_letters_are_other_commands():
    assert marks(b"\x1bd\x02\x1bi\x01\x01\x1ba\x03", STAR) == ["cut"]
    assert commands(b"\x1c\x19\x1a\x07", STAR) == [b"\x1c", b"\x19", b"\x1a", b"\x07"]


def test_letters_are_image_rows_in_star_raster_mode_only():
    row = b"b\x03\x00\x1b@\x0a"
    stream = b"bk\x1b*rA" + row + b"k\x01\x00\x0c" + b"\x1b*rB" + b"bk"
    reader = Reader(STAR)
    reader.feed(stream)
    batch = reader.pull()
    assert batch is not None
    assert batch.tokens == [b"bk", b"\x1b*rA", row, b"k\x01\x00\x0c", b"\x1b*rB", b"bk"]


def test_commands_are_counted():
    assert read(ESCPOS, [BEHIND])[0].commands == 3


@pytest.mark.parametrize(
    ("raw", "mnemonic", "category"),
    [(b"\x1bE\x01", "ESC E n", "state"), (b"text", "text", "text"), (b"\x1d(k\x03", "GS ( k", "barcode")],
)
def test_a_token_leads_to_its_entry_in_the_grammar(raw, mnemonic, category):
    entry = ESCPOS.entry(raw)
    assert (entry.mnemonic, entry.category) == (mnemonic, category)
