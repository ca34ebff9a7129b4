"""Figures as a Markdown table, so that what was measured can be published as it came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Mapping[str, str]


def table(title: str, rows: Sequence[Row]) -> str:
    """A heading and one line a row; the columns are the first row's keys."""
    if not rows:
        return f"### {title}\n\n(nothing measured)\n"
    heads = list(rows[0])
    lines = [f"### {title}", "", _line(heads), _line(["---"] * len(heads))]
    return "\n".join([*lines, *(_line([row[head] for head in heads]) for row in rows), ""])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
