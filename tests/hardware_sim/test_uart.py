"""The simulated line: right settings read every byte, wrong ones what real ports make of it."""

from __future__ import annotations

import termios

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.uart import Frame, NullModem, Received, Wave, data_of, receive

FRAMES = st.builds(
    Frame,
    baud=st.sampled_from([1200, 9600, 115200]),
    bits=st.sampled_from([7, 8]),
    parity=st.sampled_from("NEOMS"),
    stop=st.sampled_from([1, 2]),
)
ASCII = b"TOTAL 63.67 CASH\r\n" * 3


def heard(data: bytes, sent: Frame, listening: Frame) -> list[Received]:
    return [one for _, one in receive(Wave().idle(1).send(data, sent).idle(1), listening)]


@settings(deadline=None)
@given(st.binary(max_size=60), FRAMES)
def test_the_same_settings_at_both_ends_bring_every_byte_without_errors(data: bytes, frame: Frame):
    received = heard(data, frame, frame)
    assert data_of(received) == bytes(byte & ((1 << frame.bits) - 1) for byte in data)
    assert not any(one.flawed for one in received)


@settings(deadline=None)
@given(st.binary(max_size=60), FRAMES, FRAMES)
def test_any_settings_read_something_and_end(data: bytes, sent: Frame, listening: Frame):
    times = [at for at, _ in receive(Wave().idle(1).send(data, sent).idle(1), listening)]
    assert times == sorted(times)


def test_seven_bits_with_mark_parity_read_as_eight_show_c1_for_41():
    assert data_of(heard(b"A", Frame(bits=7, parity="M"), Frame())) == b"\xc1"


def test_seven_bits_with_even_parity_read_as_eight_show_the_parity_above_the_character():
    assert data_of(heard(b"AC", Frame(bits=7, parity="E"), Frame())) == b"A\xc3"


def test_the_wrong_parity_brings_the_right_bytes_all_marked():
    received = heard(ASCII, Frame(parity="O"), Frame(parity="E"))
    assert data_of(received) == ASCII
    assert all(one.parity and not one.framing for one in received)


@pytest.mark.parametrize("speed", [2400, 4800, 19200, 38400, 115200])
def test_a_wrong_speed_brings_garbage_with_framing_errors(speed: int):
    received = heard(ASCII, Frame(9600), Frame(speed))
    assert any(one.framing for one in received)
    assert b"TOTAL" not in data_of(received)


def test_a_held_line_is_one_break():
    wave = Wave().idle(1).hold_break(0.25).idle(0.1).send(b"x", Frame())
    assert [one for _, one in receive(wave.idle(1), Frame())] == [
        Received(0, framing=True, is_break=True),
        Received(ord("x")),
    ]


def test_a_spike_shorter_than_half_a_bit_is_no_start_bit():
    assert heard(b"", Frame(), Frame()) == []
    wave = Wave().idle(0.1).hold_break(0.3 / 9600).idle(0.1)
    assert list(receive(wave, Frame())) == []


def test_what_one_end_raises_the_other_sees():
    cable = NullModem()
    assert cable.b.raised(termios.TIOCM_DSR)
    cable.a.put(termios.TIOCM_DTR, False)
    assert not cable.b.raised(termios.TIOCM_DSR)
    assert cable.b.raised(termios.TIOCM_CTS)
    assert cable.a.changes == [(termios.TIOCM_DTR, False)]
