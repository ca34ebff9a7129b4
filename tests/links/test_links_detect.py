"""Detection on a line that garbles as hardware does: whatever the till is set to is found while it prints."""

from __future__ import annotations

import asyncio
import json
import termios
import threading
import time
from pathlib import Path

import pytest
from captures import captures, chinese_sale
from serial_rig import Cable, UartEar, cable
from typer.testing import CliRunner

from hardware_sim.uart import Frame
from receiptbridge.cli import build_app
from receiptbridge.links.address import parse_address
from receiptbridge.links.detect import Finding, Try, detect
from receiptbridge.links.legible import READABLE_SHARE, Heard, judge, readable_share, symptoms
from receiptbridge.links.line import SPEEDS, LineSettings
from receiptbridge.links.serial_ear import SerialEar, unmarked
from receiptbridge.profiles.load import load_grammar

GRAMMAR = load_grammar("escpos")
CHINESE = chinese_sale()
ENGLISH = next(c for c in captures() if c.is_text and c.is_escpos and c.truth["lang"].startswith("en")).data


def found(receipt: bytes, till: Frame, **line: int) -> tuple[Finding, list[Try]]:
    tries: list[Try] = []
    return detect(UartEar(receipt, till, **line), GRAMMAR, tries.append), tries


@pytest.mark.parametrize(
    ("receipt", "speed"), [(CHINESE, speed) for speed in SPEEDS] + [(ENGLISH, 1200), (ENGLISH, 115200)]
)
def test_every_speed_of_receipt_printers_is_found(receipt: bytes, speed: int):
    finding, _ = found(receipt, Frame(speed))
    assert finding.settings == LineSettings(speed)


@pytest.mark.parametrize(
    ("bits", "parity"), [(8, "N"), (8, "E"), (8, "O"), (7, "E"), (7, "O"), (7, "M"), (7, "N")]
)
@pytest.mark.parametrize("speed", [9600, 38400])
def test_bits_and_parity_are_found_with_the_speed(speed: int, bits: int, parity: str):
    finding, _ = found(ENGLISH, Frame(speed, bits, parity))
    assert finding.settings is not None
    assert (finding.settings.baud, finding.settings.bits, finding.settings.parity) == (speed, bits, parity)


def test_a_line_with_noise_is_found_all_the_same():
    finding, _ = found(CHINESE, Frame(19200), spikes=60)
    assert finding.settings == LineSettings(19200)


def test_the_white_of_a_picture_does_not_hide_seven_bits():
    """A till with a driver that sends pictures, mostly white: its noughts look alike with and without a parity."""
    band = b"\x1dv0\x00\x0c\x00\x18\x00" + bytes(200) + ENGLISH[:88]
    finding, _ = found(b"\x1b@" + band * 8, Frame(38400, 7, "E"))
    assert finding.settings == LineSettings(38400, 7, "E")


def test_two_stop_bits_are_heard_as_well_as_one():
    finding, _ = found(CHINESE, Frame(9600, stop=2))
    assert finding.settings == LineSettings(9600)


def test_a_till_that_prints_nothing_leaves_what_to_look_at():
    finding, _ = found(b"", Frame())
    assert finding.settings is None
    assert "nothing was heard" in finding.why[0]
    assert any("DSR" in why for why in finding.why)


def test_a_till_that_speaks_something_else_is_not_forced_into_a_setting():
    noise = bytes((i * 197 + (i >> 3) * 31) & 0xFF for i in range(700))
    finding, tries = found(noise, Frame(9600), receipts=12)
    assert finding.settings is None
    assert "closest was" in finding.why[0]
    assert len(tries) > 10


def heard(sent: Frame, settings: LineSettings, receipt: bytes = ENGLISH) -> Heard:
    return UartEar(receipt, sent, receipts=2).listen(settings, 300)


@pytest.mark.parametrize(
    ("till", "box", "sees"),
    [
        (Frame(9600), LineSettings(19200), "framing errors"),
        (Frame(19200), LineSettings(9600), "framing errors"),
        (Frame(2400), LineSettings(115200), "the sender is slower"),
        (Frame(9600, 8, "E"), LineSettings(9600), "there is a parity bit"),
        (Frame(9600, 8, "O"), LineSettings(9600, 8, "E"), "fail the parity"),
        (Frame(9600, 7, "M"), LineSettings(9600), "0xC1 where 0x41"),
        (Frame(9600, 7, "E"), LineSettings(9600), "the eighth bit is the parity"),
    ],
)
def test_wrong_settings_are_explained_by_what_is_seen(till: Frame, box: LineSettings, sees: str):
    assert any(sees in words for words in symptoms(heard(till, box)))


def test_all_at_signs_are_parity_or_bits():
    assert any("'@'" in words for words in symptoms(Heard(LineSettings(), b"@" * 100)))


def test_good_settings_have_no_symptoms():
    assert symptoms(heard(Frame(9600), LineSettings(9600))) == []
    assert judge(heard(Frame(9600), LineSettings(9600), CHINESE), GRAMMAR).good


@pytest.mark.parametrize("capture", [c for c in captures() if c.is_text and c.is_escpos], ids=lambda c: c.id)
def test_every_text_capture_reads_as_escpos(capture):
    assert readable_share(capture.data, GRAMMAR) >= READABLE_SHARE


def test_the_command_finds_the_address_of_a_till_that_prints(tmp_path: Path):
    with cable(tmp_path / "till") as till:
        printing = threading.Thread(target=print_when_opened, args=(till,))
        printing.start()
        result = CliRunner().invoke(
            build_app(["detect"]), ["detect", str(till.path), "--json", "--seconds", "20"]
        )
        printing.join()
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert parse_address(answer["address"]).line == LineSettings(9600)
    assert "read as ESC/POS" in answer["why"][0]


def print_when_opened(till: Cable) -> None:
    asyncio.run(till.listened_to())
    till.write(CHINESE * 2)


def test_the_command_says_what_to_look_at_where_nothing_comes(tmp_path: Path):
    with cable(tmp_path / "till") as till:
        result = CliRunner().invoke(build_app(["detect"]), ["detect", str(till.path), "--seconds", "0.1"])
    assert result.exit_code == 1
    assert "nothing was heard" in result.stdout


def test_marked_errors_are_told_from_bytes():
    assert unmarked(b"A\xff\xffB\xff\x00C\xff\x00\x00") == (b"A\xffBC\x00", b"\0\0\0\1\1")


def test_settings_that_the_port_refuses_are_passed_over_and_the_others_are_heard(tmp_path: Path):
    """Pseudo-terminals have eight bits without parity, as some adapters do."""
    with cable(tmp_path / "till") as till, SerialEar(str(till.path), 20) as ear:
        for refused in (LineSettings(19200, 8, "E"), LineSettings(19200, 8, "E"), LineSettings(19200, 7)):
            assert ear.listen(refused, 64).data == b""
        printing = threading.Thread(target=print_at, args=(till, termios.B38400))
        printing.start()
        assert ear.listen(LineSettings(38400), 64).data.startswith(CHINESE[:64])
        printing.join()


def print_at(till: Cable, speed: int) -> None:
    """As soon as the port is set to that speed."""
    while termios.tcgetattr(till.descriptor)[4] != speed:
        time.sleep(0.01)
    time.sleep(0.05)  # what came before the port's buffers were emptied would be lost
    till.write(CHINESE * 2)
