"""`receiptbridge learn`: what a technician types, sees and gets."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.profiles.load import load_register

SAMPLES = Path(__file__).parents[2] / "hardware_sim" / "captures" / "piekarnia"
TOTALS = {"monday": "11.10", "tuesday": "24.40", "friday": "33.20"}
PAIRS = [f"{SAMPLES}/{name}.bin={total}" for name, total in TOTALS.items()]


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("RECEIPTBRIDGE_PROFILES", str(tmp_path))
    return tmp_path / "registers"


def learn(*arguments: object):
    return CliRunner().invoke(build_app(["learn", "run"]), ["learn", *map(str, arguments)])


def test_the_profile_is_written_where_lanes_find_it_and_reads_as_shown(own):
    result = learn("--name", "bakery", *PAIRS)
    assert result.exception is None
    assert 'register_profile = "bakery"' in result.stdout
    assert load_register("bakery").labels["total"] == ("do zaplaty",)
    for name, total in TOTALS.items():
        assert name in result.stdout
        assert total in result.stdout


def test_an_answer_for_programs(own):
    record = json.loads(learn("--json", *PAIRS).stdout)
    assert record["written"] == str(own / "my-register.toml")
    assert record["reason"] is None
    assert [one["read"] for one in record["samples"]] == list(TOTALS.values())


def test_a_list_of_samples_lies_beside_them(tmp_path):
    for name in TOTALS:
        (tmp_path / f"{name}.bin").write_bytes((SAMPLES / f"{name}.bin").read_bytes())
    lines = ["# a week's sales", "", *(f"{name}.bin={total}" for name, total in TOTALS.items())]
    (tmp_path / "list.txt").write_text("\n".join(lines), "utf-8")
    out = tmp_path / "out.toml"
    assert learn("--samples", tmp_path / "list.txt", "--out", out).exception is None
    assert tomllib.loads(out.read_text("utf-8"))["labels"]["total"] == ["do zaplaty"]


def test_when_it_cannot_nothing_is_written_and_the_reason_is_told(own):
    result = learn(*PAIRS[:2])
    assert isinstance(result.exception, ReceiptBridgeError)
    assert "at least 3 are needed" in str(result.exception)
    assert not own.exists()


def test_programs_are_told_the_reason_too():
    result = learn("--json", *PAIRS[:2], f"{SAMPLES}/friday.bin=1.23")
    record = json.loads(result.stdout)
    assert record["written"] is None
    assert "1.23 is nowhere" in record["reason"]
    assert isinstance(result.exception, ReceiptBridgeError)


def test_a_profile_that_is_there_is_not_written_over_unasked(own):
    own.mkdir()
    (own / "my-register.toml").write_text("", "utf-8")
    assert "--replace" in getattr(learn(*PAIRS).exception, "hint", "")
    assert learn("--replace", *PAIRS).exception is None


@pytest.mark.parametrize(
    "arguments",
    [["a.bin"], ["a.bin=x"], ["=3"], ["a.bin=NaN"], ["a.bin=-3"], ["none.bin=3.00"], ["--samples", "none.txt"],
     ["--name", "../x", *PAIRS], ["--currency", "YUAN", *PAIRS]],
)  # fmt: skip
def test_wrong_usage_is_answered_with_what_to_do(arguments):
    assert isinstance(learn(*arguments).exception, UsageError)
