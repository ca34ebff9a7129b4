"""Link addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.links.address import Address, parse_address
from receiptbridge.links.line import SPEEDS, LineSettings


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp-listen://0.0.0.0:9100", Address("tcp-listen", host="0.0.0.0", port=9100)),
        ("tcp://printer.lan:9100", Address("tcp", host="printer.lan", port=9100)),
        ("tcp://[fe80::1]:9100", Address("tcp", host="fe80::1", port=9100)),
        ("pty:/run/receiptbridge/till-1", Address("pty", path="/run/receiptbridge/till-1")),
        ("file:/dev/usb/lp0", Address("file", path="/dev/usb/lp0")),
        (
            "serial:/dev/ttyS0",
            Address("serial", path="/dev/ttyS0", line=LineSettings(9600, 8, "N", 1, "none")),
        ),
        (
            "serial:/dev/ttyS0?baud=38400&bits=7&parity=E&stop=2&flow=dsrdtr",
            Address("serial", path="/dev/ttyS0", line=LineSettings(38400, 7, "E", 2, "dsrdtr")),
        ),
        (
            "tcp-listen://0.0.0.0:9100?interface=eth0&allow=192.168.1.0/24,10.0.0.7",
            Address(
                "tcp-listen",
                host="0.0.0.0",
                port=9100,
                interface="eth0",
                allow=("192.168.1.0/24", "10.0.0.7"),
            ),
        ),
    ],
)
def test_the_documented_addresses_are_understood(text: str, address: Address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "9100", "tcp:1.2.3.4:9100", "tcp://:9100", "tcp://h:99999", "tcp://h:x", "pty:till", "udp://h:1"],
)
def test_anything_else_is_refused_with_an_example(text: str):
    with pytest.raises(ValueError, match=r"HOST:PORT|/run/"):
        parse_address(text)


@pytest.mark.parametrize(
    "host", ["a" * 64, f"{'a.' * 127}b", "two words", "müller.lan", "a..b", "1.2.3.4/24"]
)
def test_what_no_resolver_takes_for_a_name_is_refused_before_it_is_asked(host: str):
    with pytest.raises(ValueError, match="neither an address nor the name of a machine"):
        parse_address(f"tcp://{host}:9100")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("serial:ttyS0", "give the whole path, as in serial:/dev/serial/by-path/X"),
        ("serial:/dev/ttyS0?baud=9601", "baud=9601: allowed are 1200, 2400"),
        ("serial:/dev/ttyS0?parity=even", "parity=even: allowed are N, E, O, M, S"),
        ("serial:/dev/ttyS0?speed=9600", "'speed' is nothing that a serial line has"),
        ("serial:/dev/ttyS0?baud=9600&baud=19200", "'baud' is said twice"),
        ("tcp://h:9100?baud=9600", "'baud' has no meaning for tcp"),
        ("tcp-listen://h:9100?net=eth0", "'net' has no meaning for tcp-listen; known are interface, allow"),
        ("tcp-listen://h:9100?allow=printer", "'printer' does not appear to be an IPv4 or IPv6 network"),
        ("tcp-listen://h:9100?allow=", "allow= names nobody"),
        ("tcp-listen://h:9100?interface=a-name-much-too-long", "no name of a network interface"),
    ],
)
def test_what_stands_behind_the_question_mark_is_checked(text: str, says: str):
    with pytest.raises(ValueError, match=re.escape(says)):
        parse_address(text)


@given(
    st.sampled_from(SPEEDS), st.sampled_from([7, 8]), st.sampled_from("NEOMS"), st.sampled_from([1, 2]),
    st.sampled_from(["none", "xonxoff", "rtscts", "dsrdtr"]),
)  # fmt: skip
def test_settings_are_read_back_as_they_are_written(baud, bits, parity, stop, flow):
    settings = LineSettings(baud, bits, parity, stop, flow)
    assert parse_address(f"serial:/dev/ttyS0?{settings.query}").line == settings


def test_only_listening_links_and_lines_can_be_a_register():
    assert parse_address("tcp-listen://0.0.0.0:9100").may_be_register
    assert not parse_address("tcp://1.2.3.4:9100").may_be_register
    assert not parse_address("tcp-listen://0.0.0.0:9100").may_be_printer
