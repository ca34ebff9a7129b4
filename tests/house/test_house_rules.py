"""The rules that the house keeps for its reader."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("receiptbridge", "receiptbridge_bypass", "member_service", "hardware_sim", "benchmarks")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

LINES_MOST = 300
# Tables of words are as long as their languages; nobody reads them from top to bottom.
WORD_TABLES = ROOT / "receiptbridge" / "receipt" / "lexicons"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", [m for m in MODULES if m.parent != WORD_TABLES], ids=name)
def test_a_module_has_one_subject_and_fits_on_a_few_pages(module: Path):
    assert len(module.read_text("utf-8").splitlines()) <= LINES_MOST


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_what_it_is_about(module: Path):
    tree = ast.parse(module.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body or module.name == "__main__.py"


def test_no_file_of_the_project_is_left_half_done():
    found = subprocess.run(
        ["git", "grep", "-nIE", "TO" + "DO|FIX" + "ME|XX" + "X ", "--", "*.py", "*.md", "*.toml"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert found.stdout == ""
