"""Checks the regular expressions of a profile before they are tried on any paper.

Python's expressions may take exponential time, and a lane must never stall. So a line is looked at up to
`LINE_MOST` characters, and an expression is refused that could go through a line in too many ways: where a group
is repeated that itself may match in several, where more than `SHARED_MOST` repetitions can match one and the same
character (the search for a beginning counts as one), or where more than `CHOICES_MOST` things are optional or
alternative. A line of 80 characters then takes 80 * 80 / 2 steps, some times the few choices: well below a
millisecond. Possessive repetitions (`\\d++`) give nothing back, and do not count.
"""

from __future__ import annotations

import re
import string
from typing import Final

LINE_MOST: Final = 80
"""A line of the widest receipt printers has 64 columns."""

PATTERN_MOST: Final = 200
SHARED_MOST: Final = 2
CHOICES_MOST: Final = 6

_PIECE: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|P=\w+|[:=!>]|<[=!]|[aiLmsux-]+[:)]?))?|\)"
    r"|(?P<times>[*+?]|\{\d*,?\d*\})(?P<manner>[+?]?)|.",
    re.DOTALL,
)
_FIXED: Final = re.compile(r"\{\d+\}")
_PROBES: Final = [*string.printable, "元", "é", "я"]
_ANYTHING: Final = "."


def check_pattern(pattern: str, group: str) -> str:
    """`pattern`, where it may be used. Raises `ValueError` that says what is wrong with it."""
    if len(pattern) > PATTERN_MOST:
        raise ValueError(f"has {len(pattern)} characters, at most {PATTERN_MOST} are taken")
    try:
        compiled = re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"is no regular expression: {fault}") from None
    if group not in compiled.groupindex:
        raise ValueError(f"has no group (?P<{group}>...) around what is to be read")
    if re.search(r"\(\?P=|(?<!\\)\\[1-9]", pattern):
        raise ValueError("refers back to a group, which may take too long")
    repeated, choices = _ways(pattern)
    if choices > CHOICES_MOST:
        raise ValueError(f"has {choices} optional or alternative parts, at most {CHOICES_MOST} are taken")
    shared = _shared(repeated) + (not pattern.startswith("^"))
    if shared > SHARED_MOST:
        raise ValueError(
            "has several repetitions that can match the same characters, which may take too long;"
            " begin it with ^, and write \\d{2} or \\d++ for \\d+, \\s*+ for \\s*"
        )
    return pattern


def _ways(pattern: str) -> tuple[list[str], int]:
    """What the expression repeats and may give back ("." for a group), and how many choices it has besides.

    Raises `ValueError` where it repeats a group that may match in several ways.
    """
    repeated: list[str] = []
    choices = 0
    open_groups: list[int] = []
    before, inside = "", 0
    for piece in _PIECE.finditer(pattern):
        text, times = piece[0], piece["times"]
        if times is None:
            inside = 0
            choices += text == "|"
            if text.startswith("("):
                open_groups.append(len(repeated) + choices)
            elif text == ")" and open_groups:
                inside = len(repeated) + choices - open_groups.pop()
            before = text
        elif times == "?":
            choices += 1
        elif inside:
            raise ValueError("repeats a group that can match in several ways, which may take too long")
        elif piece["manner"] != "+" and not _FIXED.fullmatch(times):
            repeated.append(_ANYTHING if before == ")" else before)
    return repeated, choices


def _shared(repeated: list[str]) -> int:
    """How many repetitions, at most, can match one and the same character."""
    return max(
        (sum(bool(re.fullmatch(atom, probe, re.DOTALL)) for atom in repeated) for probe in _PROBES), default=0
    )
