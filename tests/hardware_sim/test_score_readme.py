"""The README's table is what `make score` makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hardware_sim.score import markdown
from hardware_sim.score.corpus import CORPUS, load_corpus, score
from receiptbridge.cli import build_app

README = Path(__file__).parents[2] / "README.md"


def test_the_table_of_the_readme_is_what_the_captures_score():
    files = sorted(map(str, CORPUS.glob("*.bin")))
    read = CliRunner().invoke(build_app(["inspect"]), ["inspect", "--json", *files])
    predictions = {record["id"]: record for record in map(json.loads, read.stdout.splitlines())}
    table = markdown.table(score(load_corpus(CORPUS), predictions))
    document = README.read_text("utf-8")
    assert markdown.between_markers(document, "captures", table) == document, "run `make score`"


def test_only_what_is_between_the_markers_is_replaced():
    one, other = (f"<!-- score: {name} -->\n\n{{}}\n\n<!-- end of score -->\n" for name in "xy")
    document = f"a\n{one}b\n{other}".format("old", "kept")
    assert markdown.between_markers(document, "x", "new") == document.replace("old", "new")


def test_a_document_without_the_markers_is_refused():
    with pytest.raises(ValueError, match="score: x"):
        markdown.between_markers("nothing", "x", "new")
