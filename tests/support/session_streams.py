"""What a register may send, as generated input for the laws of the core."""

from __future__ import annotations

from captures import chinese_sale
from hypothesis import strategies as st
from lane_driver import Driver

from receiptbridge.bridge.holding import CUT_HOLD, TAIL_HOLD

# Bytes that look like a receipt often enough to reach every state: pieces of commands, text and sales.
PIECES = st.sampled_from(
    [
        b"\x1b@", b"\x1b", b"\x1d", b"\x1dV", b"\x1dV\x00", b"\x1dVA\x03", b"\x1bi", b"\x1bm", b"\x1dVa\x10",
        b"\x1ba\x01", b"\x1bE\x01", b"\x1d!\x11", b"\x1d:", b"\x1d^\x01\x00\x00", b"\x1bL", b"\x0c",
        b"\x1b=\x02", b"\x1b=\x01", b"\n", b"TOTAL 12.00\n", b"\x10\x04\x01",
        b"\x1dv0\x00\x02\x00\x02\x00\x1dV\x00\x0a", b"\x1d(k\x03\x00\x31\x51\x30",
        b"\x1d8L\xff\xff\xff\xff0p", b"\x1b*\x21\x05\x00", chinese_sale(), chinese_sale("8.00", "77"),
    ]
)  # fmt: skip
STREAMS = st.one_of(
    st.binary(max_size=400), st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=14).map(b"".join)
)
ANSWERS = st.sampled_from(["at once", "when asked", "never", "failure"])
CUTS = st.lists(st.integers(0, 10_000), max_size=12)


def settle(driver: Driver) -> None:
    """Let all bounds pass: what waited behind one cut may end in another."""
    while driver.session.held:
        driver.wait(CUT_HOLD + TAIL_HOLD)
