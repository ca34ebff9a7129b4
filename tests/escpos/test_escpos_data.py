"""The grammars' data: every fact has its source, or says that it has none."""

from __future__ import annotations

import pytest
from command_streams import read

from receiptbridge.profiles.load import data_root, load_grammar

DIALECTS = ["escpos", "star"]
ROWS = [(dialect, row) for dialect in DIALECTS for row in load_grammar(dialect).tables["command"]]
each_row = pytest.mark.parametrize(
    ("dialect", "row"),
    ROWS,
    ids=[f"{dialect}: {row['mnemonic']} ({row['profile']})" for dialect, row in ROWS],
)


@each_row
def test_an_entry_names_who_described_it_or_is_marked(dialect, row):
    described = bool(row["sources"]) and row["confidence"] > 0
    assert described is not row.get("unconfirmed", False)


@each_row
def test_an_entrys_sources_are_known_by_name(dialect, row):
    assert set(row["sources"]) <= load_grammar(dialect).tables["meta"]["sources"].keys()
    assert row["confidence"] <= len(row["sources"])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_source_is_used_and_says_what_it_is(dialect):
    used = {tag for row in load_grammar(dialect).tables["command"] for tag in row["sources"]}
    assert used == load_grammar(dialect).tables["meta"]["sources"].keys()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_two_entries_claim_the_same_opening(dialect):
    openings = [(row["profile"], row["open"]) for row in load_grammar(dialect).tables["command"]]
    assert len(set(openings)) == len(openings)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_file_explains_its_marks(dialect):
    text = (data_root() / "dialects" / f"{dialect}.toml").read_text("utf-8")
    head = text.partition("[meta]")[0]
    assert "unconfirmed" in head


@pytest.mark.parametrize(
    "raw",
    [
        b"\x1b\x1d+\x02\x01\x03\x00abc\x02\x01\x00\x1b", b"\x1b\x1dg0\x00\x00", b"\x1b#*\n\x00",
        b"\x1b#\x2c1000F\n\x00", b"\x1b\x1d\x1a\x12\x01\x02\x02", b"\x1b\x1d*W",
        b"\x1b\x1d\x19\x11\x01\x05\x05", b"\x1b\x1d\x07\x01\x05\x05",
    ],
)  # fmt: skip
def test_a_star_command_is_as_long_as_the_manual_says(raw):
    assert read(load_grammar("star"), [raw + b"\x1bEtext"])[1] == [raw, b"\x1bE", b"text"]
