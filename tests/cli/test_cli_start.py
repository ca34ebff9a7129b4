"""What a lane's call is, and what goes to the command line."""

from __future__ import annotations

import pytest

from receiptbridge.__main__ import plain_run


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("run", {}),
        ("run --lane till-1", {"--lane": "till-1"}),
        ("run --lane till-1 --config /etc/c.toml", {"--lane": "till-1", "--config": "/etc/c.toml"}),
    ],
)
def test_a_lane_is_called_as_the_unit_calls_it(words: str, options: dict[str, str]) -> None:
    assert plain_run(words.split()) == options


@pytest.mark.parametrize(
    "words",
    ["", "--help", "run --help", "run --lane", "run --lane --config", "run --lane a --lane b", "run a b", "sync",
     "run --config=c.toml", "run --colour red", "--version run"],
)  # fmt: skip
def test_any_other_call_goes_to_the_command_line(words: str) -> None:
    assert plain_run(words.split()) is None
