"""One regular expression for all plain commands: text runs and everything of a length known at sight.

`re` then splits a stream at the speed of C, and only the rest is read step by step. A shorter opening
matches only before a byte that cannot continue a longer one, so that incomplete input never matches the
wrong rule: it matches nothing, and the reader looks closer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from receiptbridge.escpos.lengths import case_values
from receiptbridge.escpos.trie import Node

TEXT_BYTES: Final = frozenset(range(0x20, 0x100))


def compile_plain(root: Node, slow: Collection[bytes]) -> re.Pattern[bytes]:
    """A pattern for one plain token, or else for all that is left (the reader tells them apart).

    `slow` are the openings of commands that must be looked at one by one though their length is known.
    """
    text = TEXT_BYTES - root.children.keys()
    controls = _alternatives(root, b"", slow)
    return re.compile(b"|".join([_class(text) + b"+", *controls]), re.DOTALL)


def _alternatives(node: Node, opening: bytes, slow: Collection[bytes]) -> list[bytes]:
    """What may follow the opening so far: patterns, those of one shape drawn together in a class."""
    firsts: defaultdict[bytes, set[int]] = defaultdict(set)
    for byte, child in node.children.items():
        for tail in _tails(child, opening + bytes([byte]), slow):
            firsts[tail].add(byte)
    return [_class(bytes_) + tail for tail, bytes_ in firsts.items()]


def _tails(node: Node, opening: bytes, slow: Collection[bytes]) -> Iterable[bytes]:
    """What may follow one byte: nothing, arguments, or a longer opening."""
    deeper = _alternatives(node, opening, slow) if node.children else []
    own = [] if node.entry is None or opening in slow else list(_arguments(node.entry.length, len(opening)))
    if node.children:
        own = [_not_before(node.children, tail) for tail in own]
    tails = own + deeper
    if len(tails) > 1:
        return [b"(?:" + b"|".join(tails) + b")"]
    return tails


def _not_before(children: Collection[int], tail: bytes) -> bytes:
    return b"(?=" + _class(TEXT_BYTES.union(range(0x20)) - set(children)) + b")" + tail


def _arguments(length: Mapping[str, Any], opened: int) -> Iterable[bytes]:
    """Patterns for the bytes behind an opening of `opened` bytes; none where the length is computed."""
    if "fixed" in length:
        yield _any(length["fixed"] - opened)
    elif "switch" in length and length["switch"] == opened and all_fixed(length):
        named: set[int] = set()
        for case in length["cases"]:
            yield _class(case_values(case)) + _any(case["fixed"] - opened - 1)
            named.update(case_values(case))
        if length["else"]["fixed"] > opened:
            yield _class(set(range(256)) - named) + _any(length["else"]["fixed"] - opened - 1)
        else:
            yield b"(?=" + _class(set(range(256)) - named) + b")"


def all_fixed(length: Mapping[str, Any]) -> bool:
    """Whether every case of a switch has a fixed length."""
    return all("fixed" in case for case in [*length["cases"], length["else"]])


def _any(count: int) -> bytes:
    return b"." * count if count < 3 else b".{%d}" % count


def _class(values: Collection[int]) -> bytes:
    """A character class; a lone byte stands for itself."""
    if len(values) == 1:
        return b"\\x%02x" % next(iter(values))
    spans: list[list[int]] = []
    for value in sorted(values):
        if spans and spans[-1][1] == value - 1:
            spans[-1][1] = value
        else:
            spans.append([value, value])
    return b"[" + b"".join(_span(first, last) for first, last in spans) + b"]"


def _span(first: int, last: int) -> bytes:
    return b"\\x%02x" % first if first == last else b"\\x%02x-\\x%02x" % (first, last)
