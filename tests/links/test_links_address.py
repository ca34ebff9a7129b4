"""Link addresses."""

from __future__ import annotations

import pytest

from receiptbridge.links.address import Address, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp-listen://0.0.0.0:9100", Address("tcp-listen", host="0.0.0.0", port=9100)),
        ("tcp://printer.lan:9100", Address("tcp", host="printer.lan", port=9100)),
        ("tcp://[fe80::1]:9100", Address("tcp", host="fe80::1", port=9100)),
        ("pty:/run/receiptbridge/till-1", Address("pty", path="/run/receiptbridge/till-1")),
        ("file:/dev/usb/lp0", Address("file", path="/dev/usb/lp0")),
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


def test_only_listening_links_and_lines_can_be_a_register():
    assert parse_address("tcp-listen://0.0.0.0:9100").may_be_register
    assert not parse_address("tcp://1.2.3.4:9100").may_be_register
    assert not parse_address("tcp-listen://0.0.0.0:9100").may_be_printer
