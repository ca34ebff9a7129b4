"""The document shows what the room does: its example runs and prints what it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from receiptbridge.escpos import quirks

DOCUMENT = (Path(__file__).parents[2] / "docs" / "escpos.md").read_text("utf-8")
ROOM = Path(__file__).parents[2] / "receiptbridge" / "escpos"


def test_the_example_prints_what_the_document_says():
    program, printed = re.findall(r"```(?:python)?\n(.*?)```", DOCUMENT, re.DOTALL)[:2]
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, "docs/escpos.md", "exec"), {})
    assert output.getvalue() == printed


@pytest.mark.parametrize("module", re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE))
def test_a_module_that_the_document_names_is_there(module):
    assert (ROOM / f"{module}.py").is_file()


def test_the_document_names_every_quirk():
    known = {value for name, value in vars(quirks).items() if name.isupper() and not name.startswith("_")}
    assert all(f"`{quirk}`" in DOCUMENT for quirk in known)
