"""What Typer and rich say and show, as this program says and shows it."""

from __future__ import annotations

import sys

import pytest
from rich.cells import cell_len

from receiptbridge.cli import main
from receiptbridge.cli.screen import show_table


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["receiptbridge", *words])
    with pytest.raises(SystemExit) as left:
        main()
    code = left.value.code
    return (code if isinstance(code, int) else 0), capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told", "hint"),
    [
        (["shwo"], "there is no command shwo", "receiptbridge --help"),
        (["config", "shwo"], "there is no command shwo; did you mean 'show'?", "receiptbridge config --help"),
        (["learn", "--foo"], "there is no option --foo; near it: --out", "receiptbridge learn --help"),
        (["keys", "list", "--xyzzy"], "there is no option --xyzzy", "receiptbridge keys list --help"),
        (["config", "set", "points.rule"], "the argument 'VALUE' is missing", "receiptbridge config set --help"),
        (["bypass"], "the argument 'switch' is missing. One of:\n\ton,\n\toff", "receiptbridge bypass --help"),
        (["bypass", "maybe"], "'switch': 'maybe' is none of 'on', 'off'", "receiptbridge bypass --help"),
        (["detect", "/dev/x", "--seconds", "soon"], "'--seconds': must be a number", "receiptbridge detect --help"),
        (["config", "history", "last"], "'[N]': must be a whole number", "receiptbridge config history --help"),
        (["run", "--config"], "the option '--config' wants a value", "receiptbridge --help"),
        (["sync", "--once=yes"], "the option '--once' takes no value", "receiptbridge --help"),
        (["keys", "list", "all"], "nothing more is wanted, but there is: all", "receiptbridge keys list --help"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_as_the_house_tells_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    told: str,
    hint: str,
):
    assert said(monkeypatch, capsys, *words) == (2, f"receiptbridge: {told}\n  Try: {hint}\n")


def test_a_table_aligns_chinese_and_takes_no_value_for_markup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COLUMNS", "80")
    show_table(("键", "value"), [("小票", "[[lane]]"), ("till-1", "[red]9[/red]")])
    lines = capsys.readouterr().out.splitlines()
    assert [
        cell_len(line[: line.index(mark)]) for line, mark in zip(lines[2:], ("[[l", "[red"), strict=True)
    ] == [9, 9]


def test_what_is_too_wide_for_a_table_is_shown_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COLUMNS", "40")
    path = "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1.4.2:1.0-port0"
    show_table(("name", "where"), [("till", path)])
    shown = capsys.readouterr().out
    assert max(map(cell_len, shown.splitlines())) <= 40
    assert "".join(line.removeprefix("till").strip() for line in shown.splitlines()[2:]) == path
