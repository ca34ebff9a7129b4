"""docs/threat-model.md names a test for each defence: every one of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
FUNCTIONS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
}


def test_every_test_that_the_threat_model_names_is_there() -> None:
    files = set(re.findall(r"`([\w/]*test_\w+\.py)", PAGE))
    functions = set(re.findall(r"::(test_\w+)`", PAGE))
    assert {name for name in files if not (ROOT / "tests" / name).is_file()} == set()
    assert functions - FUNCTIONS == set()
    assert len(functions) > 15


def test_every_attempt_has_its_defence_and_the_last_table_says_what_has_none() -> None:
    tables, _, undefended = PAGE.partition("## What is not defended")
    rows = [line.split(" | ") for line in tables.splitlines() if line.startswith("| ") and "---" not in line]
    assert {len(row) for row in rows} == {4}
    assert all(cell.strip(" |") for row in rows for cell in row)
    assert undefended.count("\n| ") > 5
