"""A register's profile that was learnt, as the file that a lane can name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from receiptbridge.checked import table_of
from receiptbridge.profiles.model import RegisterProfile


def as_toml(profile: RegisterProfile, start: str, name: str, samples: Sequence[str]) -> str:
    """The profile's file: what it says beside the profile it starts from, and that it was learnt."""
    stated, default = table_of(profile), table_of(RegisterProfile(name=profile.name))
    wanted = {key: _given(stated[key]) for key in _LEARNT if stated[key] != default[key]}
    tables = {key: value for key, value in wanted.items() if isinstance(value, dict)}
    lines = [f"name = {_toml(name)}", f"inherits = {_toml(start)}"]
    lines += [f"{key} = {_toml(value)}" for key, value in wanted.items() if key not in tables]
    for table, entries in tables.items():
        lines += ["", f"[{table}]", *(f"{key} = {_toml(value)}" for key, value in entries.items())]
    source = _toml(f"learnt from {', '.join(Path(sample).name for sample in samples)}")
    return "\n".join([*lines, "", "[sources]", *(f"{key} = {source}" for key in wanted), ""])


_LEARNT = ("only_paid_sales", "currency", "labels", "patterns")


def _given(value: Any) -> Any:
    """A table without the keys that it leaves out."""
    return {key: v for key, v in value.items() if v is not None} if isinstance(value, dict) else value


def _toml(value: Any) -> str:
    """A value as TOML; its basic strings are JSON's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
