"""How long a command is: the grammar's length rules, compiled.

A rule is asked with the bytes from the command's first on. It answers with the total length, with None
(more bytes are needed before it can tell; never more than `LONGEST_HEADER`), or with the steps of a
payload whose end shows only as it comes. Payloads are never collected here, so that a command that claims
4 GB costs no memory.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Generator, Mapping
from typing import Any, Final

LONGEST_HEADER: Final = 96
"""No rule waits for more bytes than this (the longest is Star's ESC r with 76)."""

_LONGEST_NUMBER: Final = 10
"""Digits of a count written in ASCII that are read: enough for 4 GB."""

Expression = Callable[[bytes, int, bytes], int]
"""(data, where the command or item starts, the command's header) -> a number."""


class Skip:
    """A step of a payload: so many bytes that nobody looks at."""

    __slots__ = ("done", "left", "result")

    def __init__(self, count: int) -> None:
        self.left = count
        self.done = count <= 0
        self.result = b""

    def take(self, data: bytes, at: int) -> int:
        """Take what is there from `at` on; the position behind it."""
        count = min(self.left, len(data) - at)
        self.left -= count
        self.done = self.left == 0
        return at + count


class Collect(Skip):
    """A step of a payload: a few bytes that say what follows."""

    __slots__ = ()

    def take(self, data: bytes, at: int) -> int:
        behind = super().take(data, at)
        self.result += data[at:behind]
        return behind


class Until:
    """A step of a payload: everything through a terminator. Its first few bytes are the result."""

    __slots__ = ("done", "result", "terminator")

    def __init__(self, terminator: bytes) -> None:
        self.terminator = terminator
        self.done = False
        self.result = b""

    def take(self, data: bytes, at: int) -> int:
        found = data.find(self.terminator, at)
        self.done = found >= 0
        behind = found + 1 if self.done else len(data)
        if len(self.result) < _LONGEST_NUMBER:
            self.result += data[at : at + _LONGEST_NUMBER - len(self.result)].partition(self.terminator)[0]
        return behind


Steps = Generator["Skip | Until", bytes, None]
"""At least one step; each is sent its result when the next one is asked for."""


class Payload:
    """The rest of a command under way, taken step by step as its bytes come."""

    __slots__ = ("_step", "_steps", "done")

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._step = next(steps)
        self.done = False
        self._pass_done_steps()

    def take(self, data: bytes, at: int) -> int:
        """Take what belongs to the command from `at` on; the position behind it."""
        while not self.done and at < len(data):
            at = self._step.take(data, at)
            self._pass_done_steps()
        return at

    def _pass_done_steps(self) -> None:
        try:
            while self._step.done:
                self._step = self._steps.send(self._step.result)
        except StopIteration:
            self.done = True


Rule = Callable[[bytes, int, str], "int | Steps | None"]
"""(data, where the command starts, Kanji font in force) -> total length, steps from its start, or None."""


# ---- expressions --------------------------------------------------------------------------------------


def _dec3(data: bytes, at: int) -> int:
    digits = data[at : at + 3]
    return int(digits) if digits.isdigit() else 0


_FIELDS: Final[Mapping[str, Callable[[bytes, int], int]]] = {
    "b": lambda data, at: data[at],
    "u16": lambda data, at: int.from_bytes(data[at : at + 2], "little"),
    "u32": lambda data, at: int.from_bytes(data[at : at + 4], "little"),
    "dec3": _dec3,
}
_OPERATORS: Final[Mapping[type[ast.operator], Callable[[int, int], int]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def compile_expression(text: str) -> Expression:
    """Compile the grammar's arithmetic: `+ - *`, numbers, b(i), u16(i), u32(i), dec3(i), h(i)."""
    return _compile_node(ast.parse(text, mode="eval").body, text)


def _compile_node(node: ast.expr, text: str) -> Expression:
    match node:
        case ast.Constant(value=int(number)):
            return lambda data, at, header: number
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            combine = _OPERATORS[type(op)]
            one, other = _compile_node(left, text), _compile_node(right, text)
            return lambda data, at, header: combine(one(data, at, header), other(data, at, header))
        case ast.Call(func=ast.Name(id="h"), args=[ast.Constant(value=int(offset))]):
            return lambda data, at, header: header[offset]
        case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=int(offset))]) if name in _FIELDS:
            field = _FIELDS[name]
            return lambda data, at, header: field(data, at + offset)
    raise ValueError(f"not an expression of the grammar: {text!r}")


# ---- rules --------------------------------------------------------------------------------------------


def compile_rule(table: Mapping[str, Any]) -> Rule:
    """Compile one `length` table of the grammar. ValueError names a form that is not known."""
    for form, compiler in _COMPILERS.items():
        if form in table:
            return compiler(table)
    raise ValueError(f"not a length rule of the grammar: {dict(table)!r}")


def _fixed(table: Mapping[str, Any]) -> Rule:
    total = int(table["fixed"])
    return lambda data, at, font: total


def _computed(table: Mapping[str, Any]) -> Rule:
    need, expression = int(table["need"]), compile_expression(table["expr"])

    def rule(data: bytes, at: int, font: str) -> int | None:
        return None if len(data) - at < need else max(need, expression(data, at, b""))

    return rule


def _switch(table: Mapping[str, Any]) -> Rule:
    offset, other = int(table["switch"]), compile_rule(table["else"])
    by_byte = {value: compile_rule(case) for case in table["cases"] for value in case_values(case)}

    def rule(data: bytes, at: int, font: str) -> int | Steps | None:
        if len(data) - at <= offset:
            return None
        return by_byte.get(data[at + offset], other)(data, at, font)

    return rule


def case_values(case: Mapping[str, Any]) -> list[int]:
    """The byte values for which a case of a switch holds."""
    if "in" in case:
        return list(case["in"])
    first, last = case["range"]
    return list(range(first, last + 1))


def _until(table: Mapping[str, Any]) -> Rule:
    terminator, start, count = bytes.fromhex(table["until"]), int(table["from"]), int(table.get("count", 1))
    if table.get("ascending"):
        return _ascending(terminator[0], start, int(table["max_items"]))

    def steps() -> Steps:
        yield Skip(start)
        for _ in range(count):
            yield Until(terminator)

    return lambda data, at, font: None if len(data) - at < start else steps()


def _ascending(terminator: int, start: int, max_items: int) -> Rule:
    """A list of rising values: a value that does not rise ends it and is not taken (ESC D)."""

    def rule(data: bytes, at: int, font: str) -> int | None:
        last = 0
        for length in range(start, start + max_items + 1):
            if at + length >= len(data):
                return None
            value = data[at + length]
            if value == terminator:
                return length + 1
            if value <= last:
                return length
            last = value
        return start + max_items

    return rule


def _repeat(table: Mapping[str, Any]) -> Rule:
    start, need = int(table["start"]), int(table["item_need"])
    count, size = compile_expression(table["repeat"]), compile_expression(table["item"])

    def steps(header: bytes) -> Steps:
        yield Skip(start)
        for _ in range(count(header, 0, header)):
            item = yield Collect(need)
            yield Skip(size(item, 0, header) - need)

    return lambda data, at, font: None if len(data) - at < start else steps(data[at : at + start])


def _by_kanji_font(table: Mapping[str, Any]) -> Rule:
    base, sizes, default = int(table["base"]), dict(table["sizes"]), int(table["default"])
    return lambda data, at, font: base + int(sizes.get(font, default))


def _special(table: Mapping[str, Any]) -> Rule:
    steps, header = _SPECIAL[table["special"]]
    return lambda data, at, font: None if len(data) - at < header else steps()


def _star_discard() -> Steps:
    yield Skip(4)
    digits = yield Until(b"\x00")
    yield Skip(int(digits) if digits.isdigit() else 0)


def _nul_name_then_xy8() -> Steps:
    yield Skip(2)
    yield Until(b"\x00")
    columns, rows = yield Collect(2)
    yield Skip(8 * columns * rows)


_SPECIAL: Final[Mapping[str, tuple[Callable[[], Steps], int]]] = {
    "star_discard": (_star_discard, 4),
    "nul_name_then_xy8": (_nul_name_then_xy8, 2),
}
_COMPILERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Rule]]] = {
    "fixed": _fixed,
    "expr": _computed,
    "until": _until,
    "switch": _switch,
    "repeat": _repeat,
    "state": _by_kanji_font,
    "special": _special,
}
