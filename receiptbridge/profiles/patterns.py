"""Checks the regular expressions of a profile before they are tried on any paper.

Python's expressions may take exponential time, and a lane must never stall. So a line is looked at up to
`LINE_MOST` characters, and an expression is refused in which repetitions can share the same characters in too
many ways: none may repeat a group that repeats something itself, and at most `SHARED_MOST` may match one and the
same character (the search for a beginning counts as one). Then a line takes `LINE_MOST` to the third power over
six steps at worst, which is below a millisecond.
"""

from __future__ import annotations

import re
import string
from typing import Final

LINE_MOST: Final = 80
"""A line of the widest receipt printers has 64 columns."""

PATTERN_MOST: Final = 200
SHARED_MOST: Final = 3

_PIECE: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|P=\w+|[:=!>]|<[=!]|[aiLmsux-]+[:)]?))?|\)"
    r"|(?P<times>[*+?]|\{\d*,?\d*\})(?P<manner>[+?]?)|.",
    re.DOTALL,
)
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
    shared = _shared(_repeated(pattern)) + (not pattern.startswith("^"))
    if shared > SHARED_MOST:
        raise ValueError(
            f"has {shared} repetitions that can match the same characters, at most {SHARED_MOST} may"
            " (one less without ^ at its beginning); write \\d{2} or \\d++ for \\d+ where you can"
        )
    return pattern


def _repeated(pattern: str) -> list[str]:
    """What the expression repeats and may give back; "." for a group. Raises `ValueError` for nested ones."""
    repeated: list[str] = []
    open_groups: list[int] = []
    before, inside = "", 0
    for piece in _PIECE.finditer(pattern):
        text = piece[0]
        if piece["times"] is None:
            inside = 0
            if text.startswith("(") and not text.startswith("(?P="):
                open_groups.append(len(repeated))
            elif text == ")" and open_groups:
                inside = len(repeated) - open_groups.pop()
            before = text
            continue
        if piece["times"] != "?" and inside:
            raise ValueError("repeats a group that repeats something itself, which may take too long")
        if piece["times"] != "?" and piece["manner"] != "+" and not re.fullmatch(r"\{\d+\}", piece["times"]):
            repeated.append(_ANYTHING if before == ")" else before)
    return repeated


def _shared(repeated: list[str]) -> int:
    """How many repetitions, at most, can match one and the same character."""
    return max(
        (sum(bool(re.fullmatch(atom, probe, re.DOTALL)) for atom in repeated) for probe in _PROBES), default=0
    )
