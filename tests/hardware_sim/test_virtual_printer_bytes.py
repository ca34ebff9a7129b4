"""How the virtual printer takes bytes off its line: framing, chunking, garbage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim import star_lengths
from hardware_sim.commands import TOO_LARGE, Command, Framer, compile_table, escpos, opening
from hardware_sim.printer import VirtualPrinter

_CORPUS = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"
_CAPTURES = sorted(_CORPUS.glob("*.bin"))
_STAR = compile_table(star_lengths.FIXED, star_lengths.VARIABLE)
_OPENINGS = sorted({*escpos(clone=True).openings, *_STAR.openings})

_commands = st.builds(
    lambda parts: b"".join(a + b for a, b in parts),
    st.lists(st.tuples(st.sampled_from(_OPENINGS), st.binary(max_size=8)), max_size=20),
)
_streams = st.one_of(st.binary(max_size=200), _commands)


def _commands_of(data: bytes) -> list[Command]:
    framer = Framer(escpos())
    framer.feed(data)
    return list(iter(framer.next, None))


def _outcome(printer: VirtualPrinter) -> tuple[object, ...]:
    return printer.settings, printer.cut_marks, printer.head, [piece.tobytes() for piece in printer.papers]


_models = st.sampled_from(["xprinter-xp-80", "epson-tm-u220", "star-tsp650-zh"])


@given(_streams, st.lists(st.integers(1, 9), min_size=1), _models)
@settings(max_examples=200, deadline=None)
def test_any_way_of_cutting_the_stream_gives_the_same_paper_and_replies(
    data: bytes, sizes: list[int], model: str
) -> None:
    whole, pieces = VirtualPrinter(model), VirtualPrinter(model)
    answers, at, turn = b"", 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        answers += pieces.receive(data[at : at + size])
        at, turn = at + size, turn + 1
    assert whole.receive(data) == answers
    assert _outcome(whole) == _outcome(pieces)


@pytest.mark.parametrize("capture", _CAPTURES, ids=lambda path: path.stem)
def test_a_capture_prints_the_same_whatever_the_reads(capture: Path) -> None:
    data = capture.read_bytes()
    whole, pieces = VirtualPrinter("xprinter-xp-80"), VirtualPrinter("xprinter-xp-80")
    answers = whole.receive(data)
    assert b"".join(pieces.receive(data[i : i + 61]) for i in range(0, len(data), 61)) == answers
    assert _outcome(whole) == _outcome(pieces)


def test_an_opening_is_spelled_as_the_manuals_name_it() -> None:
    assert opening("GS ( k") == bytes.fromhex("1D286B")
    assert opening("ESC SP") == bytes.fromhex("1B20")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("1B2A21 0200 010203040506", "ESC *"),
        ("1D7630 00 0200 0100 1B69", "GS v"),
        ("1D284C 0400 30 32 1D56", "GS ( L"),
        ("1D384C 04000000 30 32 1B69", "GS 8"),
        ("1D6B04 414243 00", "GS k"),
        ("1D6B49 04 7B421B69", "GS k"),
        ("1D5642 00", "GS V"),
        ("1D5631", "GS V"),
        ("1B44 08 10 00", "ESC D"),
        ("1B26 03 2021 02 010203040506 01 010203", "ESC &"),
        ("1C7101 0100 0100 1B6900000000001B", "FS q"),
        ("1D2A0101 1B69000000000000", "GS *"),
        ("1C6731 00 00000000 0200 1B69", "FS g 1"),
        ("1D433B 3031 3B 3032 3B 3B 3B 3B", "GS C ;"),
        ("101408 01031401060208", "DLE"),
    ],
)
def test_a_payload_is_counted_to_its_last_byte(command: str, name: str) -> None:
    """Followed by a cut, so that one byte too few or too many shows."""
    found = _commands_of(bytes.fromhex(command + "1B69"))
    assert [each.name for each in found] == [name, "ESC i"]


def test_tab_stops_end_where_they_stop_rising() -> None:
    found = _commands_of(bytes.fromhex("1B44 0810 0A"))
    assert [each.name for each in found] == ["ESC D", "LF"]


def test_an_unknown_command_is_taken_as_two_bytes() -> None:
    printer = VirtualPrinter()
    printer.receive(b"\x1b5Total\n")
    assert printer.unknown == 1
    assert printer.head > printer.machine.paper.head_to_cutter


def test_a_payload_beyond_the_memory_is_counted_off_without_being_kept() -> None:
    framer = Framer(escpos())
    framer.feed(b"\x1d8L" + (0xFFFFFFFF).to_bytes(4, "little"))
    assert framer.next() == Command(TOO_LARGE, b"", b"\x1d8L\xff\xff\xff\xff")
    framer.feed(b"\x1bi" * 500_000)
    assert framer.next() is None
    assert len(framer) == 0
