"""A lane's port, before the network is up."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lane_rig import free_port

from receiptbridge.errors import LinkError
from receiptbridge.links.address import parse_address
from receiptbridge.links.tcp import connect, listen
from receiptbridge_bypass import opening


@pytest.mark.parametrize("host", ["192.0.2.7", "[2001:db8::7]", "127.0.0.1"])
def test_lane_and_bypass_listen_at_an_address_that_the_machine_does_not_have_yet(host: str):
    """RFC 5737 and RFC 3849 keep these for documents."""
    if "::" in host and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    address = f"tcp-listen://{host}:{free_port()}"
    asyncio.run(listen(parse_address(address))).close()
    opening.listen(address).close()


def test_a_port_that_is_taken_is_told():
    address = parse_address(f"tcp-listen://127.0.0.1:{free_port()}")
    first = asyncio.run(listen(address))
    with pytest.raises(LinkError, match="cannot listen there"):
        asyncio.run(listen(address))
    first.close()


@pytest.mark.parametrize("host", ["no-such-printer.invalid", "127.0.0.1"])
def test_a_printer_that_cannot_be_reached_is_told_in_the_systems_words_with_what_to_look_at(host: str):
    with pytest.raises(LinkError) as refused:
        asyncio.run(connect(parse_address(f"tcp://{host}:1")))
    assert "nknown error" not in str(refused.value)
    assert "Connect call" not in str(refused.value)
    assert "Is the printer on" in refused.value.hint
