"""How this box is set up, for the service to keep, and for the box that replaces it to take over.

Rules of this file:
- What came from the service never replaces what a technician wrote: a configuration that names lanes stays as it is,
  and so does a profile of the same name; what differs is told.
- A file is there whole or not at all, and the configuration's predecessor is kept beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from receiptbridge.checked import table_of
from receiptbridge.config import Config, parse_config
from receiptbridge.errors import ConfigError
from receiptbridge.profiles.load import own_root
from receiptbridge.words import _, why

LANES_MOST: Final = 32  # docs/sync-api.md, as the other two
PROFILES_MOST: Final = 32
PROFILE_MOST_CHARACTERS: Final = 32 * 1024  # the longest that ships has a tenth of it
FOLDERS: Final[Mapping[str, str]] = {"printer": "printers", "register": "registers"}
PREDECESSOR: Final = ".before-enrol"

_PROFILE_KEYS = ("kind", "name", "text")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # one word: it never leads out of the folder


@dataclass(slots=True)
class Takeover:
    """What a box took over from the one before it, and what it left because it has its own."""

    profiles: list[str] = field(default_factory=list)
    lanes: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


def describe(config: Config) -> dict[str, Any] | None:
    """The body of `PUT /v1/setup`; None for a box without lanes, which knows nothing worth keeping."""
    if not config.lane:
        return None
    lanes = [_lane(table_of(lane)) for lane in config.lane]
    return {"lanes": lanes[:LANES_MOST], "profiles": list(_own_profiles())[:PROFILES_MOST]}


def digest(setup: Mapping[str, Any]) -> str:
    """Tells two setups apart."""
    return hashlib.sha256(json.dumps(setup, sort_keys=True).encode()).hexdigest()


def take_over(setup: Mapping[str, Any], config_file: Path) -> Takeover:
    """Write another box's profiles and lanes where this box has none. Raises `ConfigError`."""
    taken = Takeover()
    for profile in _objects(setup, "profiles"):
        _take_profile(profile, taken)
    lanes = [_lane(lane) for lane in _objects(setup, "lanes")]
    text = _text_of(config_file)
    own = parse_config(text, str(config_file))
    if own.lane:
        taken.differs += _differences(lanes, own)
    elif lanes:
        _append_lanes(config_file, text, lanes)
        taken.lanes = [str(lane.get("name")) for lane in lanes]
    return taken


def _own_profiles() -> Iterator[dict[str, str]]:
    for kind, folder in FOLDERS.items():
        for path in sorted((own_root() / folder).glob("*.toml")):
            if not _NAME.fullmatch(path.stem):
                continue
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, ValueError):
                continue
            if len(text) <= PROFILE_MOST_CHARACTERS:
                yield {"kind": kind, "name": path.stem, "text": text}


def _take_profile(profile: Mapping[str, Any], taken: Takeover) -> None:
    kind, name, text = (said if isinstance(said := profile.get(key), str) else "" for key in _PROFILE_KEYS)
    if kind not in FOLDERS or not _NAME.fullmatch(name):
        taken.differs.append(
            _("profile {name!r}: left, it is no profile of a printer or register").format(name=name)
        )
        return
    path = own_root() / FOLDERS[kind] / f"{name}.toml"
    try:
        tomllib.loads(text)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, text)
            taken.profiles.append(str(path))
        elif path.read_text(encoding="utf-8") != text:
            taken.differs.append(
                _("{path}: the last box of this till had another; yours is kept").format(path=path)
            )
    except (OSError, ValueError) as fault:
        taken.differs.append(_("{path}: not written: {fault}").format(path=path, fault=fault))


def _differences(lanes: list[dict[str, Any]], own: Config) -> Iterator[str]:
    known = {lane.name: _lane(table_of(lane)) for lane in own.lane}
    for lane in lanes:
        mine = known.get(name := str(lane.get("name")))
        if mine is None:
            yield _("lane {name}: the last box of this till had it, this configuration has not").format(
                name=name
            )
            continue
        for key in sorted(lane.keys() | mine.keys()):
            if lane.get(key) != mine.get(key):
                yield _("lane {name}: {key} was {theirs!r}, here it is {ours!r}").format(
                    name=name, key=key, theirs=lane.get(key), ours=mine.get(key)
                )


def _append_lanes(config_file: Path, text: str, lanes: list[dict[str, Any]]) -> None:
    tables = "".join(
        "\n[[lane]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in lane.items()) for lane in lanes
    )
    wanted = text.rstrip("\n") + "\n" + tables
    parse_config(wanted, _("{path} with the lanes of the last box").format(path=config_file))
    try:
        _write(config_file.with_name(config_file.name + PREDECESSOR), text)
        _write(config_file, wanted)
    except OSError as fault:
        raise ConfigError(
            _("{path}: cannot be written: {reason}").format(path=config_file, reason=why(fault)),
            hint=_("The box is enrolled. Add these lanes by hand:") + "\n" + tables,
        ) from None


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(
        draft, path.stat().st_mode & 0o777 if path.exists() else 0o644
    )  # nothing secret, the lanes read it
    os.replace(draft, path)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        raise ConfigError(_("{path}: cannot be read: {fault}").format(path=path, fault=fault)) from None


def _lane(lane: Mapping[str, Any]) -> dict[str, Any]:
    """Only what a configuration can hold, without what is left at its default."""
    return {key: value for key, value in lane.items() if isinstance(value, str | int)}


def _objects(setup: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = setup.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _toml(value: str | int) -> str:
    """A JSON string is a TOML string, but for the one control character that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
