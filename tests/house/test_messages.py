"""What people read can be translated, and the catalogues hold it."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "receiptbridge").rglob("*.py"))


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_facts_of_a_text_are_put_in_after_it_was_looked_up() -> None:
    """`_(f"...")` would look up a text that no catalogue can hold."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_")
        if any(isinstance(given, ast.JoinedStr) for given in node.args)
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_what_the_readable_one_says(messages: ModuleType) -> None:
    for path in messages.catalogues():
        assert [fault for fault in messages.faults(path) if fault.startswith("the .mo file")] == []


def test_a_translation_has_the_facts_of_its_text(messages: ModuleType) -> None:
    for path in messages.catalogues():
        assert [
            fault for fault in messages.faults(path) if "{facts}" in fault or "not certain" in fault
        ] == []
