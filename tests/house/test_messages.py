"""What people read can be translated, and the catalogues hold it."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
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


def shown(language: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "receiptbridge", *words], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "LANG": language, "LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "COLUMNS": "80"},
    )  # fmt: skip
    return done.stdout + done.stderr


def cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "zh_CN", "zh"])
def test_the_help_is_chinese_where_the_language_is_and_its_frames_are_straight(language: str) -> None:
    told = shown(language, "--help")
    assert "用法：" in told
    assert "显示版本号后退出。" in told
    assert "…" not in told
    assert {cells(line) for line in told.splitlines() if line.startswith(("│", "╭", "╰"))} == {80}


def test_a_wrong_call_is_told_in_the_readers_language() -> None:
    assert shown("zh_CN.UTF-8", "config", "shwo").startswith("receiptbridge: 没有命令 shwo")
    assert shown("C.UTF-8", "config", "shwo").startswith("receiptbridge: there is no command shwo")
    assert "没有选项 --jsno" in shown("zh_CN.UTF-8", "config", "show", "--jsno")


def test_an_error_and_its_hint_are_told_in_the_readers_language() -> None:
    told = shown("zh_CN.UTF-8", "config", "show", "--config", "/nowhere.toml")
    assert told.splitlines()[0] == "receiptbridge: /nowhere.toml：那里没有配置文件"
    assert "--config" in told.splitlines()[1]


def test_everything_that_people_read_is_in_every_catalogue(messages: ModuleType) -> None:
    """What is missing is named: translate it in the `.po` file, then `make messages`."""
    for path in messages.catalogues():
        assert list(messages.faults(path)) == []
