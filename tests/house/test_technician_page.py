"""docs/technician.md tells of every command and every option, and nothing of what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from receiptbridge.cli import COMMANDS, build_app

PAGE = (Path(__file__).parents[2] / "docs" / "technician.md").read_text("utf-8")
CHAPTER = PAGE.partition("\n## Commands\n")[2].partition("\n## ")[0]
SECTIONS = dict(re.findall(r"^### receiptbridge (\S+)\n(.*?)(?=^### |\Z)", CHAPTER, re.M | re.S))  # fmt: skip
PREAMBLE = CHAPTER.partition("\n### ")[0]
EVERYWHERE = set(re.findall(r"`(-[-a-z]+)[ `]", PREAMBLE))


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, by the words that it is called with."""
    below = getattr(command, "commands", {})
    if not below:
        yield path, command
    for name, inner in below.items():
        yield from commands(inner, (*path, name))


ALL = dict(commands(get_command(build_app())))


def options(command: Any) -> set[str]:
    context = typer.Context(command)
    return {
        option
        for parameter in command.get_params(context)
        for option in parameter.opts + parameter.secondary_opts
        if option.startswith("-")
    }


def test_every_command_has_its_section_in_alphabetical_order() -> None:
    assert list(SECTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_and_all_its_options_are_told_of(path: tuple[str, ...]) -> None:
    section = SECTIONS[path[0]]
    assert " ".join(path) in section
    missing = {
        option for option in options(ALL[path]) - EVERYWHERE if not re.search(f"{option}(?![-a-z])", section)
    }
    assert missing == set()


@pytest.mark.parametrize("name", SECTIONS)
def test_no_option_is_told_of_that_is_not_there(name: str) -> None:
    known = EVERYWHERE.union(*(options(command) for path, command in ALL.items() if path[0] == name))
    calls = re.findall(rf"^    .*receiptbridge {name}\b(.*)$", SECTIONS[name], re.M)
    assert {
        option for call in calls for option in re.findall(r"\s(--[a-z][-a-z]*)", call.partition("#")[0])
    } <= known


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_help_of_a_command_begins_with_what_it_does_and_shows_an_example(path: tuple[str, ...]) -> None:
    told = ALL[path].help
    assert re.match(r"[A-Z][a-z]+ ", told)
    assert (
        f"Example: receiptbridge {' '.join(path)}" in told
        or f"Example: sudo receiptbridge {' '.join(path)}" in told
    )
