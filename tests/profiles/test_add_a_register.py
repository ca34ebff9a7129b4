"""docs/add-a-register.md: its commands run, its profiles are what they write, its keys are all keys."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.profiles.load import load_register
from receiptbridge.profiles.model import Meaning, Patterns, RegisterProfile, Title

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "add-a-register.md").read_text("utf-8")
LEARNT, WRITTEN = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
SAMPLES = ROOT / "hardware_sim" / "captures" / "piekarnia"


@pytest.fixture
def registers(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("RECEIPTBRIDGE_PROFILES", str(tmp_path))
    folder = tmp_path / "registers"
    folder.mkdir()
    return folder


def run(line: str) -> str:
    command, *arguments = shlex.split(line)
    assert command == "receiptbridge"
    result = CliRunner().invoke(build_app([arguments[0], "run"]), arguments)
    assert result.exception is None, result.output
    return result.stdout


def commands() -> list[str]:
    shown = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
    return [line for line in shown.splitlines() if line.startswith("receiptbridge")]


def test_what_learn_writes_is_what_the_page_shows(registers, monkeypatch):
    monkeypatch.chdir(SAMPLES)
    run(next(line for line in commands() if " learn " in line))
    assert (registers / "piekarnia.toml").read_text("utf-8") == LEARNT


def test_without_the_profile_the_paper_is_not_read_as_the_page_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert "none: no amount is labelled as a total" in run(commands()[0])


def test_the_profile_written_by_hand_reads_the_same_papers(registers):
    (registers / "piekarnia.toml").write_text(LEARNT, "utf-8")
    (registers / "by-hand.toml").write_text(WRITTEN, "utf-8")
    for name, total in {"monday": "11.10", "tuesday": "24.40", "friday": "33.20"}.items():
        shown = run(f"receiptbridge inspect --json --register-profile by-hand {SAMPLES}/{name}.bin")
        assert json.loads(shown)["total"] == total


def test_every_key_that_a_profile_may_state_is_explained():
    explained = set(re.findall(r"`(\w+)`", PAGE))
    keys = set(RegisterProfile.__struct_fields__) | set(Patterns.__struct_fields__)
    assert keys - {"name", "sources"} <= explained


@pytest.mark.parametrize("word", [*get_args(Meaning), *get_args(Title)])
def test_every_meaning_is_named(word):
    assert f"`{word}`" in PAGE


def test_the_profile_of_the_page_gives_a_source_for_every_fact(registers):
    (registers / "piekarnia.toml").write_text(LEARNT, "utf-8")
    profile = load_register("piekarnia")
    assert {"labels", "currency"} <= profile.sources.keys()
