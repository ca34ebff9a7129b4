"""Openings of commands as a tree of bytes: the longest opening wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from receiptbridge.escpos.lengths import Rule


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the grammar, as its data file has it."""

    mnemonic: str
    opening: bytes
    category: str
    rule: Rule
    length: Mapping[str, Any]
    profile: str = "base"
    sets: tuple[str, ...] = ()
    reply: str | None = None
    realtime: bool = False


@dataclass(slots=True)
class Node:
    """One byte of an opening: the command that may end here, and the bytes that may follow."""

    entry: Entry | None = None
    children: dict[int, Node] = field(default_factory=dict)


def build(entries: Iterable[Entry]) -> Node:
    """The tree of all openings; of two entries with one opening the later wins."""
    root = Node()
    for entry in entries:
        node = root
        for byte in entry.opening:
            node = node.children.setdefault(byte, Node())
        node.entry = entry
    return root


def match(root: Node, data: bytes, at: int) -> tuple[Entry | None, bool]:
    """The longest opening at `at`, and whether this is sure (False: a longer one may still come)."""
    node, found = root, root.entry
    for position in range(at, len(data)):
        child = node.children.get(data[position])
        if child is None:
            return found, True
        node = child
        found = node.entry or found
        if not node.children:
            return found, True
    return found, False
