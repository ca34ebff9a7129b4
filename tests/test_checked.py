"""Whatever a table holds, it becomes a record or a list of what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.checked import WrongData, read, table_of
from receiptbridge.config import Config, LaneConfig
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile

RECORDS = (Config, LaneConfig, PrinterProfile, RegisterProfile)
KEYS = sorted(
    {key for record in RECORDS for key in record.__struct_encode_fields__} | {"total", "cash", "url"}
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(KEYS)
)
TABLES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@pytest.mark.parametrize("record", RECORDS)
@given(table=TABLES)
def test_any_table_is_taken_or_refused_with_what_is_wrong(record: Any, table: object) -> None:
    try:
        taken, refused = read(record, table), None
    except WrongData as wrong:
        taken, refused = None, wrong.faults
    assert isinstance(taken, record) or (refused and all(fault.says for fault in refused))


def test_a_fault_names_its_place_its_value_and_what_is_allowed() -> None:
    lane = {"name": "till-1", "register": "tcp-listen://0.0.0.0:9100", "printer": "tcp-listen://1.2.3.4:1"}
    with pytest.raises(WrongData) as refused:
        read(Config, {"lane": [lane], "points": {"payments": {"barter": "print", "cash": "maybe"}}})
    faults = {fault.path: (fault.value, fault.says) for fault in refused.value.faults}
    assert faults["lane", 0, "printer"] == (
        "tcp-listen://1.2.3.4:1", "is no address of a printer (tcp://, serial:, file:, pty:)",
    )  # fmt: skip
    assert faults["points", "payments", "cash"] == ("maybe", "must be 'print', 'join' or 'none'")
    assert faults["points", "payments", "barter"][1].startswith("must be 'cash', 'card'")


def test_a_record_states_the_table_it_was_made_from() -> None:
    given = {"name": "x", "columns": 42, "raster_forms": ["gs_v_0"], "sources": {"columns": "manual"}}
    stated = table_of(read(PrinterProfile, given))
    assert {key: stated[key] for key in given} == {**given, "raster_forms": ("gs_v_0",)}
    assert isinstance(read(Config, {}).state_dir, Path)
