"""The configuration as single values: `points.currency`, `lane.till-1.mode`; where each comes from, and setting one.

tomlkit is imported when a value is set: it keeps the comments and the order of the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from receiptbridge.checked import table_of
from receiptbridge.config import Config, load_config, parse_config, read_config, with_service_settings
from receiptbridge.errors import ConfigError, UsageError
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, peek_setting
from receiptbridge.words import _

Origin = Literal["file", "service", "default"]

LANE: Final = "lane."


@dataclass(frozen=True, slots=True)
class Value:
    """One key of the configuration that counts, as JSON has it, and where it comes from."""

    key: str
    value: Any
    origin: Origin


def effective(path: Path) -> list[Value]:
    """Every value that counts: the file's, and over it what the service has handed down. Raises `ConfigError`."""
    own = load_config(path)
    setting = peek_setting(own.state_dir / FILE_NAME, SERVICE_SETTINGS)
    counts = own if setting is None else with_service_settings(own, setting.value)
    before, written = flat(own), _by_key(tomllib.loads(read_config(path)))
    return [
        Value(key, _without_password(value), _origin(key, value, before, written))
        for key, value in flat(counts).items()
    ]


def flat(config: Config) -> dict[str, Any]:
    """The values by key; a lane's under its name. Those that have none are left out."""
    return _by_key(table_of(config))


def with_value(text: str, key: str, value: str | None, where: str) -> str:
    """The configuration text with one value set, or taken out (None). Raises `ConfigError` and `UsageError`."""
    import tomlkit

    before = parse_config(text, where)
    document = tomlkit.parse(text)
    *sections, last = _steps(key, before)
    table: Any = document
    for step in sections:
        if isinstance(step, str) and step not in table:
            table[step] = tomlkit.table()
        table = table[step]
        if not isinstance(table, MutableMapping | list):
            raise _no_key(key)
    if value is None:
        table.pop(last, None)
        return tomlkit.dumps(document)
    faults: list[ConfigError] = []
    for typed in _typed(value):
        table[last] = typed
        try:
            parse_config(tomlkit.dumps(document), where)
        except ConfigError as fault:
            faults.append(fault)
        else:
            return tomlkit.dumps(document)
    raise faults[0]


def _typed(value: str) -> Iterator[int | str]:
    """A number where that is what may be meant, and the text."""
    if re.fullmatch(r"-?[0-9]{1,18}", value):
        yield int(value)
    yield value


def _origin(key: str, value: Any, own: dict[str, Any], written: dict[str, Any]) -> Origin:
    if key not in own or own[key] != value:
        return "service"
    return "file" if key in written else "default"


def _by_key(table: Mapping[str, Any]) -> dict[str, Any]:
    lanes = {lane["name"]: {k: v for k, v in lane.items() if k != "name"} for lane in table.get("lane", ())}
    rest = {key: value for key, value in table.items() if key != "lane"}
    return dict(_leaves(rest)) | dict(_leaves(lanes, LANE))


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        elif value is not None:
            yield prefix + key, value


def _steps(key: str, config: Config) -> list[str | int]:
    """From the top of the file to the value: `lane.till-1.mode` is lane, 0, mode."""
    if not key.startswith(LANE):
        return list(key.split("."))
    name, dot, last = key.removeprefix(LANE).rpartition(".")  # a lane's name may have dots
    if not dot:
        raise _no_key(key)
    config.find_lane(name)
    return ["lane", [lane.name for lane in config.lane].index(name), last]


def _no_key(key: str) -> UsageError:
    return UsageError(
        _("{key!r} is no key").format(key=key),
        hint=_("Write it as in points.currency or lane.till-1.mode; all of them: receiptbridge config show"),
    )


def _without_password(value: Any) -> Any:
    """An address without who may use it: what is shown is sent to others."""
    if isinstance(value, str) and "@" in value and (place := urlsplit(value)).password:
        return value.replace(f":{place.password}@", ":***@")
    return value
