"""The first law's own bookkeeping."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.bridge.flow import Flow

STEPS = st.lists(st.one_of(st.binary(max_size=9), st.integers(0, 120)), max_size=30)


@given(STEPS)
def test_whatever_is_released_when_all_bytes_pass_once_and_in_order(steps):
    flow, fed, passed = Flow(), b"", b""
    for step in steps:
        if isinstance(step, bytes):
            flow.append(step)
            fed += step
        else:
            passed += flow.release(step)
        assert passed == fed[: flow.passed]
        assert flow.received == len(fed)
    assert passed + flow.release(flow.received) == fed
    assert flow.held == 0
