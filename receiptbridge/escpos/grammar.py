"""The command grammar of one dialect, compiled from its data file for reading.

The facts (openings, lengths, what a command sets) are in `firmware_profiles/dialects/*.toml`; the format is
described there and in `lengths`. What the box itself must notice in a stream (`MARKS`) is here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from receiptbridge.escpos import trie
from receiptbridge.escpos.lengths import compile_rule
from receiptbridge.escpos.plain import compile_plain
from receiptbridge.escpos.trie import Entry, Node
from receiptbridge.profiles.model import UnknownCommands

__all__ = ["MARKS", "Entry", "Grammar", "Mark", "MarkRule", "Table", "compile_grammar"]

Mark = Literal[
    "cut", "cut-reserved", "form-feed", "macro", "macro-run", "page-mode", "device", "reset", "clear"
]
INSERTION_MARKS: Final = frozenset({"cut", "cut-reserved", "form-feed", "macro-run"})
"""Marks before which one may insert: while such a command is incomplete its bytes are worth holding."""

HELD_COMMAND_BYTES: Final = 64
"""An incomplete cut is kept back up to this length. Real ones have 2 to 9 bytes (GS ( V with arguments)."""


@dataclass(frozen=True, slots=True)
class MarkRule:
    """A command that the box must notice; where one argument decides, its offset and values."""

    opening: bytes
    mark: Mark
    at: int = 0
    values: frozenset[int] = frozenset()

    def may_hold(self, raw: bytes) -> bool:
        """Whether it holds for these leading bytes of a command, as far as they go."""
        return not self.values or len(raw) <= self.at or raw[self.at] in self.values


def _rule(opening: str, mark: Mark, at: int = 0, values: Collection[int] = ()) -> MarkRule:
    return MarkRule(bytes.fromhex(opening), mark, at, frozenset(values))


_NOT_RESERVING: Final = [m for m in range(256) if m not in (97, 98)]
MARKS: Final[Mapping[str, tuple[MarkRule, ...]]] = {
    "escpos": (
        _rule("1B 69", "cut"),
        _rule("1B 6D", "cut"),
        _rule("1D 56", "cut-reserved", 2, (97, 98)),
        _rule("1D 56", "cut", 2, _NOT_RESERVING),
        _rule("1D 28 56", "cut"),
        _rule("0C", "form-feed"),
        _rule("1D 3A", "macro"),
        _rule("1D 5E", "macro-run"),
        _rule("1B 4C", "page-mode"),
        _rule("1B 3D", "device"),
        _rule("1B 40", "reset"),
        _rule("1C C0", "reset"),
        _rule("10 14", "clear", 2, (8,)),
        _rule("10 05", "clear", 2, (2,)),
        _rule("1C 71", "clear"),  # FS q: Epson printers reset themselves and may lose what they received
        _rule("1D 28 41", "clear"),  # GS ( A: test print, which ends in a reset
        _rule("1D 28 45", "clear", 5, (2,)),  # GS ( E OUT: leaves user settings by a reset
    ),
    "star": (
        _rule("1B 64", "cut"),
        _rule("1B 0C", "form-feed"),
        _rule("1B 40", "reset"),
        _rule("1B 3F", "reset"),
        _rule("18", "clear"),
        _rule("1B 1D 2B", "clear"),  # these three write memory, and the printer resets itself
        _rule("1B 1D 2A", "clear", 3, (67, 87)),
        _rule("1B 1D 2F", "clear", 3, (67, 87)),
        _rule("1B 1D 50", "page-mode", 3, (0, 48)),
    ),
}


@dataclass(frozen=True, eq=False)
class Table:
    """The commands that hold in one mode of the printer."""

    root: Node
    plain: re.Pattern[bytes]
    token_or_rest: re.Pattern[bytes]
    marks: Mapping[bytes, tuple[MarkRule, ...]]
    may_insert: tuple[tuple[bytes, re.Pattern[bytes]], ...]
    """By first byte: finds what may be, or at the end of the bytes become, a command before which one inserts."""

    def match(self, data: bytes, at: int) -> tuple[Entry | None, bool]:
        return trie.match(self.root, data, at)

    def mark(self, entry: Entry, raw: bytes) -> Mark | None:
        """The mark of a completed command, None for most."""
        return next((rule.mark for rule in self.marks.get(entry.opening, ()) if rule.may_hold(raw)), None)

    def may_mark(self, tail: bytes) -> bool:
        """Whether an incomplete command may become one before which one inserts."""
        entry, sure = self.match(tail, 0)
        if sure and entry is not None:
            return any(
                rule.mark in INSERTION_MARKS and rule.may_hold(tail)
                for rule in self.marks.get(entry.opening, ())
            )
        return any(
            rule.mark in INSERTION_MARKS and rule.opening.startswith(tail)
            for rules in self.marks.values()
            for rule in rules
        )


@dataclass(frozen=True, eq=False)
class Grammar:
    """The commands of one dialect with the vendor profiles that are switched on."""

    dialect: Literal["escpos", "star"]
    printer: Table
    display: Table
    """In force after ESC = 2: the bytes go to a customer display behind the same line."""
    raster: Table
    """In force between Star's ESC * r A and ESC * r B."""
    tables: Mapping[str, Any]
    """The data file: state fields, replies, code pages, character sets."""

    def entry(self, raw: bytes) -> Entry:
        """The command that a token is (for text: an entry of category "text" without opening)."""
        found, _ = self.printer.match(raw, 0)
        return found or (TEXT if raw[:1] >= b"\x20" else UNLISTED)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All commands of the printer's own table."""
        return tuple(_walk(self.printer.root))


TEXT: Final = Entry("text", b"", "text", lambda data, at, font: 1, {"fixed": 1})
UNLISTED: Final = Entry("control byte", b"", "unknown", lambda data, at, font: 1, {"fixed": 1})


def compile_grammar(
    tables: Mapping[str, Any],
    *,
    profiles: Collection[str] = (),
    unknown_commands: UnknownCommands = "take-two",
) -> Grammar:
    """Compile a data file (as `tomllib` reads it) with the named vendor profiles switched on.

    `unknown_commands` is the printer's: whether it swallows the letter of a command that it does not know.
    ValueError: an entry or a profile that the file's format does not know.
    """
    if unknown := set(profiles) - set(tables["meta"]["profiles"]):
        raise ValueError(f"no vendor profile {sorted(unknown)} (there are {tables['meta']['profiles']})")
    dialect: Literal["escpos", "star"] = "star" if "raster" in tables["meta"]["profiles"] else "escpos"
    entries = [_as_swallowed(_entry(row), unknown_commands) for row in tables["command"]]
    base = [e for e in entries if e.profile == "base"]
    vendor = [e for e in entries if e.profile in profiles and e.profile != "base"]
    raster = [e for e in entries if e.profile == "raster"]
    display = [_entry({"category": "system", **row}) for row in tables.get("display_command", ())]
    marks = _marks(dialect, base + vendor)
    return Grammar(
        dialect=dialect,
        printer=_table([*base, *vendor], marks),
        display=_table([*base, *vendor, *display], marks),
        raster=_table([*base, *vendor, *raster], marks),
        tables=tables,
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    try:
        return Entry(
            mnemonic=row["mnemonic"],
            opening=bytes.fromhex(row["open"]),
            category=row["category"],
            rule=compile_rule(row["length"]),
            length=row["length"],
            profile=row.get("profile", "base"),
            sets=tuple(row.get("sets", ())),
            reply=row.get("reply"),
            realtime=bool(row.get("realtime", False)),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"command {row.get('mnemonic', row)!r}: {error!r}") from error


def _as_swallowed(entry: Entry, unknown_commands: UnknownCommands) -> Entry:
    """An entry for unlisted commands ("ESC (other)"), one byte shorter where the letter prints as text."""
    if entry.category != "unknown" or unknown_commands == "take-two":
        return entry
    length = {"fixed": entry.length["fixed"] - 1}
    return replace(entry, length=length, rule=compile_rule(length))


def _marks(dialect: str, entries: Iterable[Entry]) -> dict[bytes, tuple[MarkRule, ...]]:
    """The rules by opening; a vendor's cut under another opening is a cut too."""
    marks: dict[bytes, tuple[MarkRule, ...]] = {}
    for rule in MARKS[dialect]:
        marks[rule.opening] = (*marks.get(rule.opening, ()), rule)
    for entry in entries:
        if entry.category == "cut":
            marks.setdefault(entry.opening, (MarkRule(entry.opening, "cut"),))
    return marks


def _table(entries: Collection[Entry], marks: Mapping[bytes, tuple[MarkRule, ...]]) -> Table:
    root = trie.build(entries)
    slow = {entry.opening for entry in entries if entry.category == "unknown"}
    plain = compile_plain(root, slow | marks.keys())
    rest = re.compile(plain.pattern + b"|.+", re.DOTALL)
    return Table(
        root=root, plain=plain, token_or_rest=rest, marks=marks, may_insert=_insertion_patterns(marks)
    )


def _insertion_patterns(
    marks: Mapping[bytes, tuple[MarkRule, ...]],
) -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """One expression a first byte: such a one is found five times as fast as one that may begin in several ways."""
    openings = {rule.opening for rules in marks.values() for rule in rules if rule.mark in INSERTION_MARKS}
    begun = {opening[:length] for opening in openings for length in range(1, len(opening))}
    leads = sorted({opening[:1] for opening in openings})
    wholes = {lead: [re.escape(o) for o in sorted(openings) if o.startswith(lead)] for lead in leads}
    heads = {lead: [re.escape(h) + rb"\Z" for h in sorted(begun) if h.startswith(lead)] for lead in leads}
    return tuple((lead, re.compile(b"|".join([*wholes[lead], *heads[lead]]))) for lead in leads)


def _walk(node: Node) -> Iterable[Entry]:
    if node.entry is not None:
        yield node.entry
    for child in node.children.values():
        yield from _walk(child)
