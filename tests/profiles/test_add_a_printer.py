"""docs/add-a-printer.md: its example is a shipped file, its keys are all keys, its millimetres are true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from receiptbridge.claim.block import BlockContent, BlockStyle, block_millimetres
from receiptbridge.claim.layout import TEMPLATES
from receiptbridge.profiles.load import data_root, load_grammar, load_printer
from receiptbridge.profiles.model import PrinterProfile, Quirk, RasterForm, Reply

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "add-a-printer.md").read_text("utf-8")
EXAMPLE = "zijiang-zj-5890"
SALE = BlockContent(
    "zh", 6367, "CNY", 6, "HTTPS://M.EXAMPLE.COM/C/" + "A" * 144, "D96X-P8X5-6S", "2026-11-29"
)
PAPER = re.findall(r"^\| `([^`]+)` \|((?: \d+ \|){4})$", PAGE, re.MULTILINE)


def test_the_profile_that_is_built_is_the_one_that_ships() -> None:
    first, whole = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    shipped = (data_root() / "printers" / f"{EXAMPLE}.toml").read_text("utf-8")
    assert whole == shipped
    assert shipped.startswith(first)


def test_every_key_that_a_profile_may_state_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE))))
    not_for_writers = {"name", "vendor", "model", "sources", "default_code_page", "grammar_profiles"}
    assert set(PrinterProfile.__struct_fields__) - not_for_writers <= explained


@pytest.mark.parametrize("word", [*get_args(Quirk), *get_args(RasterForm), *get_args(Reply)])
def test_every_value_that_a_list_may_hold_is_named(word: str) -> None:
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize(("name", "millimetres"), PAPER)
def test_the_millimetres_of_paper_are_those_that_a_block_takes(name: str, millimetres: str) -> None:
    printer, grammar = load_printer(name), load_grammar("escpos")
    told = [int(number) for number in re.findall(r"\d+", millimetres)]
    assert told == [
        round(block_millimetres(SALE, printer, grammar, cut_feeds=feeds, style=BlockStyle(template)))
        for template in TEMPLATES
        for feeds in (False, True)
    ]


def test_the_commands_of_the_page_run(tmp_path: Path) -> None:
    for number, line in enumerate(re.findall(r"^python (tools/.*)$", PAGE, re.MULTILINE)):
        command = [sys.executable, *line.split(), "--out", str(tmp_path / f"{number}.png")]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert re.match(r"\d+ bytes, \d+ mm on a " + EXAMPLE, said)
        assert (tmp_path / f"{number}.png").stat().st_size > 0
