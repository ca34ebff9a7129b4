"""The data files of printers, registers and dialects: which there are, what one says, and what is wrong with one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from receiptbridge.checked import table_of
from receiptbridge.errors import ConfigError
from receiptbridge.escpos.grammar import compile_grammar
from receiptbridge.profiles.load import data_root, load_grammar, load_printer, load_register, own_root
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.words import _, why

Kind = Literal["printer", "register", "dialect"]

KINDS: Final[tuple[Kind, ...]] = ("printer", "register", "dialect")
DIALECTS: Final = {"escpos": "ESC/POS", "star": "StarPRNT, Star Line Mode"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A data file by its name; `own`: the shop's, which goes before a shipped one of that name."""

    kind: Kind
    name: str
    title: str
    own: bool
    path: Path


def entries() -> list[Entry]:
    """All files that a lane may name, by kind and name; those that others only start from (`_...`) are left out."""
    found: dict[tuple[Kind, str], Entry] = {}
    for own, root in ((False, data_root()), (True, own_root())):
        for kind in KINDS if not own else KINDS[:2]:
            for path in sorted((root / f"{kind}s").glob("[!_]*.toml")):
                found[kind, path.stem] = Entry(kind, path.stem, _title(kind, path), own, path)
    return sorted(found.values(), key=lambda entry: (KINDS.index(entry.kind), entry.name))


def facts(entry: Entry) -> list[tuple[str, Any, str]]:
    """Every key of a profile with its value, its own or inherited, and where it was read. Raises `ConfigError`."""
    if entry.kind == "dialect":
        return [("dialect", entry.title, ""), ("file", str(entry.path), "")]
    load = load_printer if entry.kind == "printer" else load_register
    table = table_of(load(str(entry.path) if entry.own else entry.name))
    sources = table.pop("sources")
    return [
        (key, value, sources.get(key, "")) for key, value in table.items() if value not in (None, (), {}, "")
    ]


def findings(path: Path, kind: Kind | None = None) -> list[str]:
    """Everything that is wrong with a file; empty where it is a good one of its kind."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        return [f"{path}: {why(fault)}"]
    except ValueError as fault:  # also what is no text
        return [_("not valid TOML: {fault}").format(fault=fault)]
    try:
        match kind or kind_of(path, table):
            case "printer":
                _check_commands(load_printer(str(path)))
            case "register":
                load_register(str(path))
            case "dialect":
                return list(_faults_of_dialect(table))
    except ConfigError as fault:
        return list(fault.faults)
    return []


def kind_of(path: Path, table: dict[str, Any]) -> Kind:
    """By the folder that it is in, else by the keys that only one kind has."""
    for kind in KINDS:
        if path.absolute().parent.name == f"{kind}s":
            return kind
    if "command" in table:
        return "dialect"
    printer, register = (set(model.__struct_fields__) for model in (PrinterProfile, RegisterProfile))
    return "printer" if len(table.keys() & printer) >= len(table.keys() & register) else "register"


def _check_commands(printer: PrinterProfile) -> None:
    """Raises `ConfigError` where the dialect has no commands of the vendor that is named."""
    if printer.dialect != "opaque":
        load_grammar(printer.dialect, printer.grammar_profiles)


def _faults_of_dialect(table: dict[str, Any]) -> Iterator[str]:
    try:
        compile_grammar(table)
    except KeyError as fault:
        yield _("{key}: must be given").format(key=fault.args[0])
    except (ValueError, TypeError, AttributeError) as fault:
        yield str(fault)


def _title(kind: Kind, path: Path) -> str:
    if kind == "dialect":
        return DIALECTS.get(path.stem, path.stem)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _("cannot be read; see: receiptbridge profiles check {path}").format(path=path)
    return " ".join(str(table[key]) for key in ("vendor", "model") if key in table) or _first_comment(path)


def _first_comment(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip().rstrip(".") if first.startswith("#") else ""
