"""Finds, inherits and validates the data files: grammars, printer profiles, register profiles.

Those that ship lie in `receiptbridge/firmware_profiles/` of an installed wheel, else in `firmware_profiles/`
beside the package (a checkout or an editable install). A shop's own lie in `printers/` and `registers/` under
`$RECEIPTBRIDGE_PROFILES`, else under `/etc/receiptbridge/profiles`, and go before a shipped one of their name.
Instead of a name the path of a `.toml` file may be given. A profile may start from another: `inherits = "name"`,
each key that it writes itself replacing the inherited one. A printer that names nothing starts from `_default`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from receiptbridge.checked import Checked, WrongData, read
from receiptbridge.errors import ConfigError
from receiptbridge.escpos.grammar import Grammar, compile_grammar
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile, UnknownCommands
from receiptbridge.words import N_, _, why
from receiptbridge.wrong_values import refused

OWN_PROFILES: Final = "/etc/receiptbridge/profiles"
ENVIRONMENT_VARIABLE: Final = "RECEIPTBRIDGE_PROFILES"
DEEPEST_INHERITANCE: Final = 8
"""A chain of profiles longer than this is a circle."""

_DEFAULT: Final = "_default"
_GRAMMAR_FILES: Final[Mapping[str, str]] = {"escpos": "escpos", "star-line": "star", "star-prnt": "star"}

_NO_PROFILE: Final[Mapping[str, str]] = {
    "printers": N_("there is no printer profile {name!r}"),
    "registers": N_("there is no register profile {name!r}"),
}

Profile = TypeVar("Profile", bound=Checked)


def load_grammar(
    dialect: str, profiles: Collection[str] = (), unknown_commands: UnknownCommands = "take-two"
) -> Grammar:
    """The grammar of a dialect ("escpos", "star-line", "star-prnt") with vendor profiles switched on."""
    if dialect not in _GRAMMAR_FILES and dialect != "star":
        raise ConfigError(
            _("there is no grammar {name!r}").format(name=dialect),
            hint=_("allowed: {names}").format(names=", ".join(_GRAMMAR_FILES)),
        )
    return _grammar(_GRAMMAR_FILES.get(dialect, dialect), frozenset(profiles), unknown_commands)


def load_printer(name: str) -> PrinterProfile:
    """The printer profile of that name. ConfigError says which file, key and value are wrong."""
    return _load(PrinterProfile, "printers", name)


def load_register(name: str) -> RegisterProfile:
    """The register profile of that name. ConfigError says which file, key and value are wrong."""
    return _load(RegisterProfile, "registers", name)


def printer_names() -> list[str]:
    """All printer profiles that a lane may name."""
    return _names("printers")


def register_names() -> list[str]:
    """All register profiles that a lane may name."""
    return _names("registers")


def data_root() -> Path:
    """The folder of the data files."""
    package = Path(__file__).parents[1]
    installed = package / "firmware_profiles"
    return installed if installed.is_dir() else package.with_name("firmware_profiles")


def own_root() -> Path:
    """The folder of the shop's own profiles; it need not be there."""
    return Path(os.environ.get(ENVIRONMENT_VARIABLE) or OWN_PROFILES)


@cache
def _grammar(file: str, profiles: frozenset[str], unknown_commands: UnknownCommands) -> Grammar:
    path = data_root() / "dialects" / f"{file}.toml"
    try:
        return compile_grammar(_read(path), profiles=profiles, unknown_commands=unknown_commands)
    except (ValueError, KeyError) as error:
        raise ConfigError(f"{path}: {error}") from error


def _names(folder: str) -> list[str]:
    own = own_root() / folder
    files = {file.name for place in (data_root() / folder, own) if place.is_dir() for file in place.iterdir()}
    return sorted(f.removesuffix(".toml") for f in files if f.endswith(".toml") and not f.startswith("_"))


def _load(model: type[Profile], folder: str, name: str) -> Profile:
    path = _path(folder, name)
    table = _inherited(folder, name, DEEPEST_INHERITANCE) | {"name": path.name.removesuffix(".toml")}
    try:
        return read(model, table)
    except WrongData as wrong:
        raise refused(str(path), wrong) from wrong


def _inherited(folder: str, name: str, depth: int) -> dict[str, Any]:
    """A profile's keys over those of the profile that it starts from."""
    if depth == 0:
        raise ConfigError(
            _("{file}: key 'inherits' goes round in a circle").format(file=f"{folder}/{name}.toml")
        )
    table = _read(_path(folder, name))
    start = table.pop("inherits", _DEFAULT if _exists(folder, _DEFAULT) and name != _DEFAULT else None)
    if start is None:
        return table
    under = _inherited(folder, start, depth - 1)
    under.pop("ids", None)  # another printer has another name
    return under | table | {"sources": under.get("sources", {}) | table.get("sources", {})}


def _exists(folder: str, name: str) -> bool:
    return any((root / folder / f"{name}.toml").is_file() for root in (own_root(), data_root()))


def _path(folder: str, name: str) -> Path:
    if name.endswith(".toml"):
        return Path(name)
    # A name is one word: it never leads out of the folder.
    if not name.replace("-", "").replace("_", "").replace(".", "").isalnum() or not _exists(folder, name):
        raise ConfigError(
            _(_NO_PROFILE[folder]).format(name=name),
            hint=_("allowed: {names}").format(names=", ".join(_names(folder)) or _("none")),
        )
    own = own_root() / folder / f"{name}.toml"
    return own if own.is_file() else data_root() / folder / f"{name}.toml"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise ConfigError(
            _("{path}: cannot be read: {reason}").format(path=path, reason=why(fault))
        ) from fault
    except ValueError as fault:
        raise ConfigError(_("{where}: not valid TOML: {fault}").format(where=path, fault=fault)) from fault
