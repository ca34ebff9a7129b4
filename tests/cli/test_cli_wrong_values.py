"""Every option of every command, given what it does not take: told in words, with an exit code, never a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from typed import typed
from typer.main import get_command

from receiptbridge.cli import build_app

NOWHERE = "/nowhere/at all"
DO_NOT_NEED_IT = {(("bundle",), "--config"), (("metrics",), "--config"), (("config", "history"), "--config")}
"""What they tell is of use without the configuration, too."""

TELL_IT_AS_A_FINDING = ("status", "doctor", "bundle")

RUNS_ALL_THE_SAME = ("demo",)
"""It takes any folder, and would play its story there."""


def options(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """The way to each option that takes a value, its name, and how many arguments the command wants."""
    inner = getattr(command, "commands", {})
    for name, below in inner.items():
        yield from options(below, (*path, name))
    wanted = sum(1 for p in command.params if p.param_type_name == "argument" and p.required)
    for parameter in () if inner else command.params:
        if parameter.param_type_name == "option" and not getattr(parameter, "is_flag", False):
            yield path, max(parameter.opts, key=len), wanted


ALL = [
    (path, option, wanted)
    for path, option, wanted in options(get_command(build_app()))
    if path[0] not in RUNS_ALL_THE_SAME and (path, option) not in DO_NOT_NEED_IT
]


@pytest.mark.parametrize(
    ("path", "option", "wanted"), ALL, ids=[f"{' '.join(path)} {option}" for path, option, _ in ALL]
)
def test_an_option_with_a_wrong_value_is_told_in_words(
    path: tuple[str, ...], option: str, wanted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", f"{NOWHERE}/config.toml")
    monkeypatch.setenv("VISUAL", "false")  # no editor may open where somebody runs the tests
    said = typed(*path, *("nothing",) * wanted, option, NOWHERE)
    assert said.exit_code in (1, 2)
    assert said.err or path[0] in TELL_IT_AS_A_FINDING
    assert "Traceback" not in said.err
