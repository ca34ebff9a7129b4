"""Capture files: what goes in comes out, masked ones keep every length, and jobs are parted where they end."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from captures import captures
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed import typed

from receiptbridge.config import LaneConfig, parse_config
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.upkeep.capture_file import (
    WHERE,
    Capture,
    Crossing,
    header_line,
    read_capture_file,
)
from receiptbridge.upkeep.capturing import Taken, job_bytes, mask

CROSSINGS = st.lists(
    st.builds(
        Crossing, at=st.floats(0, 1e6), where=st.sampled_from(sorted(WHERE)), data=st.binary(max_size=40),
        block=st.booleans(), left_out=st.integers(0, 9), missed=st.integers(0, 9),
    )
)  # fmt: skip
SALE = b"Shop\nTotal 9.99\n\x1dV\0"


def lane(printer: str = "xprinter-xp-80") -> LaneConfig:
    text = '[[lane]]\nname = "a"\nregister = "tcp-listen://127.0.0.1:1"\nprinter = "tcp://127.0.0.1:2"\n'
    return parse_config(f'{text}printer_profile = "{printer}"\n', "test").lane[0]


@given(crossings=CROSSINGS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_again(crossings: list[Crossing], tmp_path: Path):
    file = tmp_path / "a.capture"
    file.write_bytes(
        header_line({"lane": "店"}) + b"".join(c.line() for c in crossings) + b'{"at": 1, "end": {}}\n'
    )
    found = read_capture_file(file)
    assert found is not None
    assert (found.header["lane"], found.crossings) == ("店", tuple(crossings))


@given(data=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_makes_it_fall_over(data: bytes, tmp_path: Path):
    for begin in (b"", header_line({})):
        (tmp_path / "a").write_bytes(begin + data)
        with suppress(ReceiptBridgeError):
            read_capture_file(tmp_path / "a")


@given(crossings=CROSSINGS)
def test_masking_changes_no_length_but_of_the_boxs_own_blocks(crossings: list[Crossing]):
    masked = mask(crossings, lane(), "CNY", Taken())
    for before, after in zip(crossings, masked, strict=True):
        if before.block:
            assert (after.data, after.left_out) == (b"", len(before.data))
        else:
            assert (len(after.data), after.where, after.at) == (len(before.data), before.where, before.at)


def test_a_receipt_that_came_in_pieces_is_masked_as_the_whole_that_it_is():
    data = "会员姓名：张小明\n手机：13812345678\n合计 63.67\n".encode("gb18030") + b"\x1dV\0"
    crossings = [Crossing(at, "from_register", data[at : at + 3]) for at in range(0, len(data), 3)]
    taken = Taken()
    together = b"".join(one.data for one in mask(crossings, lane(), "CNY", taken))
    assert "张小明".encode("gb18030") not in together
    assert b"13812345678" not in together
    assert "合计 63.67".encode("gb18030") in together
    assert taken.masked["characters"] == 14


def test_jobs_are_connections_and_on_a_line_without_any_receipts():
    header = {"printer_profile": "_default", "register_profile": "generic"}
    connections = [
        Crossing(0, "register_came"), Crossing(0, "from_register", SALE[:9]),
        Crossing(1, "from_register", SALE[9:] + SALE),
        Crossing(2, "register_left"), Crossing(3, "register_came"), Crossing(3, "from_register", SALE),
    ]  # fmt: skip
    assert job_bytes(Capture({**header, "connections": True}, connections)) == [SALE + SALE, SALE]
    line = [Crossing(0, "from_register", SALE[:9]), Crossing(1, "from_register", SALE[9:] + SALE)]
    assert job_bytes(Capture({**header, "connections": False}, line)) == [SALE, SALE]


def test_inspect_reads_a_capture_as_what_the_register_sent(tmp_path: Path):
    data = next(c.data for c in captures() if c.is_text and c.truth["kind"] == "sale")
    (tmp_path / "a.bin").write_bytes(data)
    pieces = [Crossing(0, "from_register", data[:99]), Crossing(0, "to_register", b"x"),
              Crossing(1, "from_register", data[99:])]  # fmt: skip
    (tmp_path / "b.capture").write_bytes(header_line({}) + b"".join(piece.line() for piece in pieces))
    one, other = map(
        json.loads, typed("inspect", "--json", tmp_path / "a.bin", tmp_path / "b.capture").out.splitlines()
    )
    assert {**one, "id": "b"} == other


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_capture_of_another_version_is_refused(version: object, tmp_path: Path):
    (tmp_path / "a").write_text(json.dumps({"receiptbridge_capture": version}) + "\n")
    with pytest.raises(ReceiptBridgeError, match="version"):
        read_capture_file(tmp_path / "a")
