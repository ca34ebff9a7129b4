"""What a result means, whatever a service says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.cloud.wire import read_result
from receiptbridge.journal import Answer

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["number", "status", "code"]), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ({"number": 7, "status": "stored"}, Answer(7, "stored")),
        ({"number": 7, "status": "stored", "code": None, "message": None}, Answer(7, "stored")),
        ({"number": 7, "status": "duplicate", "later": "key"}, Answer(7, "stored")),
        (
            {"number": 7, "status": "conflict", "code": "other_token"},
            Answer(7, "conflict", "other_token"),
        ),
        (
            {"number": 7, "status": "rejected", "code": "points", "message": "Six."},
            Answer(7, "rejected", "points: Six."),
        ),
        ({"number": 7, "status": "postponed"}, None),
        ({"number": None, "status": "rejected"}, None),
        ({"status": "stored"}, None),
    ],
)
def test_a_result_is_final_or_leaves_the_sale_to_be_sent_again(result, answer):
    assert read_result(result) == answer


@given(ANYTHING)
def test_no_result_whatever_raises(result):
    answer = read_result(result)
    assert answer is None or isinstance(answer, Answer)
