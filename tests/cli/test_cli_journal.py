"""`receiptbridge journal verify|export` on a journal that lanes and sync have left, and on spoiled ones."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from journal_rig import State, state
from typed import Typed, typed

from receiptbridge.receipt.model import Kind

SPOILS = {
    "tokens": ["UPDATE sale SET total = total + 1 WHERE number = 1",
               "UPDATE sale SET token = CAST(substr(token, 1, 80) || zeroblob(10) AS BLOB) WHERE number = 2",
               "UPDATE sale SET token = (SELECT token FROM sale WHERE number = 1) WHERE number = 2",
               "UPDATE sale SET token = zeroblob(90) WHERE number = 1"],
    "numbers": ["UPDATE counter SET value = 1"],
    "outbox": ["UPDATE sale SET box_id = NULL, token = NULL, outcome = 'not_printed' WHERE number = 1",
               "UPDATE sale SET sync = 'stored' WHERE number = 1",
               "UPDATE sale SET sync = 'local', sync_reason = 'dropped' WHERE number = 1",
               "UPDATE sale SET token = NULL WHERE number = 1",
               "UPDATE sale SET sync = 'stored', synced_at = 1, claim = 'x' WHERE number = 1"],
    "values": ["UPDATE sale SET payments = '[' WHERE number = 1", "UPDATE sale SET currency = 'ABC' WHERE number = 3"],
}  # fmt: skip


@pytest.fixture
def box(tmp_path: Path) -> Iterator[State]:
    """Two sales with a code, and a refund."""
    with state(tmp_path) as made:
        made.sell(6367)
        made.now += 86400
        made.sell(500, currency="JPY")
        made.sell(None, kind=Kind.REFUND, currency=None, why_no_code="not a sale but refund")
        yield made


def journal(box: State, *words: object) -> Typed:
    return typed("journal", *words, "--config", box.config)


def test_a_whole_journal_is_found_good_while_a_lane_has_it_open(box: State):
    done = journal(box, "verify")
    assert done.exit_code == 0, done.out
    assert "3 given out, 3 kept" in done.out
    assert "2 tokens verify" in done.out
    assert json.loads(journal(box, "verify", "--json").out)["good"] is True


@pytest.mark.parametrize(
    ("check", "spoil"), [(name, sql) for name, spoils in SPOILS.items() for sql in spoils]
)
def test_what_is_wrong_is_found_and_its_sale_named(box: State, check: str, spoil: str):
    with closing(sqlite3.connect(box.file)) as file, file:
        file.execute(spoil)
    done = journal(box, "verify", "--json")
    bad = [one["name"] for one in json.loads(done.out)["checks"] if not one["good"]]
    assert (done.exit_code, check in bad) == (1, True), done.out
    assert "sale " in journal(box, "verify").out


def test_a_file_that_is_damaged_is_told_without_a_stack_trace(box: State):
    box.close()
    data = bytearray(box.file.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    box.file.write_bytes(data)
    done = journal(box, "verify")
    assert done.exit_code == 1
    assert "damaged" in done.err + done.out or "file: " in done.out


def test_without_the_keys_tokens_are_said_to_be_unchecked(box: State):
    (box.folder / "keys" / "identity.json").write_text("{")
    done = journal(box, "verify")
    assert (done.exit_code, "not checked" in done.out) == (0, True)


def test_looking_changes_no_byte_of_the_journal(box: State):
    before = box.file.read_bytes()
    journal(box, "verify")
    journal(box, "export")
    assert box.file.read_bytes() == before


def test_sales_are_exported_as_a_table_with_money_as_it_is_written_and_no_tokens(box: State):
    done = journal(box, "export")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["number"], row["total"], row["currency"]) for row in rows] == [
        ("1", "63.67", "CNY"), ("2", "500", "JPY"), ("3", "", ""),
    ]  # fmt: skip
    assert "token" not in rows[0]
    assert json.loads(rows[0]["payments"]) == [{"method": "cash", "amount": "63.67"}]
    assert rows[0]["receipt_no"].startswith("'=R")  # no formula in anybody's spreadsheet


def test_sales_are_exported_as_lines_of_json_into_a_private_file(box: State, tmp_path: Path):
    out = tmp_path / "out.jsonl"
    done = journal(box, "export", "--format", "jsonl", "--out", out)
    assert done.err == "3 sales\n"
    records = [json.loads(line) for line in out.read_text().splitlines()]
    assert records[0]["payments"] == [{"method": "cash", "amount": "63.67"}]
    assert records[0]["issued_at"].startswith("2026-11-2")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "there already" in journal(box, "export", "--out", out).err


def test_only_the_wanted_days_and_lanes_are_exported(box: State):
    numbers = [
        row["number"] for row in csv.DictReader(io.StringIO(journal(box, "export", "--lane", "till-2").out))
    ]
    assert numbers == []
    [day] = {json.loads(line)["issued_at"][:10] for line in
             journal(box, "export", "--format", "jsonl").out.splitlines()[:1]}  # fmt: skip
    some = journal(box, "export", "--since", day, "--until", day).out
    assert [row["number"] for row in csv.DictReader(io.StringIO(some))] == ["1"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "--since", "soon"], "today"),
        (["export", "--until", "2026-13-01T00:00:00"], "not a time"),
        (["export", "--until", "9999-12-31"], "too far"),
        (["export", "--lane", "till-9"], "Lanes there"),
        (["export", "--format", "xml"], "xml"),
        (["export", "--out", "/nowhere/x"], "No such file"),
        (["verify", "--config", "/nowhere"], "no configuration"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(box: State, words: list[str], said: str):
    done = typed("journal", words[0], "--config", box.config, *words[1:])
    assert (done.exit_code, said in done.err) == (2, True), done.err
