"""The configuration file as commands write it: whole or not at all, with its predecessors kept.

Rules of this file:
- What was not checked is not written: a lane that is started anew must find a configuration that it can run with.
- What is replaced is kept first, in `history/` beside the file, under a number that is never given twice.
- Going back is a change like any other: what is left behind by it is kept as well.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from receiptbridge.config import Config, parse_config, read_config
from receiptbridge.errors import ConfigError, UsageError
from receiptbridge.words import _, why

HISTORY: Final = "history"
KEPT_MOST: Final = 20
"""Predecessors: more changes than a shop sees in its first year, and a few kilobytes each."""

NEW_FILE_MODE: Final = 0o644
"""Nothing in it is secret, and the lanes read it as another user."""


@dataclass(frozen=True, slots=True)
class Version:
    """A predecessor: its number, when it was written (Unix seconds), and where it lies."""

    number: int
    written: float
    path: Path


def read_text(path: Path) -> str:
    """The file as it is; an empty text where there is none. Raises `ConfigError`."""
    return read_config(path) if path.exists() else ""


def write_config(path: Path, text: str, *, instead_of: str | None = None) -> Config:
    """Put `text` in the place of the configuration, and keep what was there. Gives the configuration that it is.

    `instead_of`: what the writer took the file to hold; where it holds something else by now, nothing is written.
    Raises `ConfigError` where the text is wrong, and where it cannot be written.
    """
    config = parse_config(text, str(path))
    path = path.resolve()  # a link stays one, and leads to the new file
    with _writing(path):
        before = read_text(path)
        if instead_of is not None and before != instead_of:
            raise ConfigError(
                _("{path}: somebody else has changed it meanwhile").format(path=path),
                hint=_("Look at it with: receiptbridge config show; then make your change again."),
            )
        if before != text or not path.exists():
            _keep(path)
            _replace(path, text)
    return config


def history(path: Path) -> list[Version]:
    """The predecessors that are kept, the newest first."""
    path = path.resolve()
    numbered = re.compile(re.escape(path.name) + r"\.(\d+)")
    found = []
    if (folder := path.with_name(HISTORY)).is_dir():
        for file in folder.iterdir():
            if number := numbered.fullmatch(file.name):
                found.append(Version(int(number[1]), file.stat().st_mtime, file))
    return sorted(found, key=lambda version: version.number, reverse=True)


def version(path: Path, number: int | None = None) -> Version:
    """The predecessor of that number, the newest without one. Raises `UsageError`."""
    kept = history(path)
    for one in kept:
        if number in (None, one.number):
            return one
    if not kept:
        raise UsageError(
            _("{path}: no predecessor is kept").format(path=path),
            hint=_("One is kept with every change by: receiptbridge config set, edit, rollback, or setup."),
        )
    raise UsageError(
        _("{path}: no predecessor has the number {number}").format(path=path, number=number),
        hint=_("Kept are: {numbers}").format(numbers=", ".join(str(one.number) for one in kept)),
    )


def difference(path: Path, one: Version) -> list[str]:
    """What has changed from a predecessor to the file as it is, as `diff -u` writes it."""
    lines = difflib.unified_diff(
        read_text(one.path).splitlines(),
        read_text(path).splitlines(),
        f"{path.name}.{one.number}",
        path.name,
        n=1,
        lineterm="",
    )
    return list(lines)


def roll_back(path: Path, number: int | None = None) -> Version:
    """Put a predecessor in the file's place. Raises `ConfigError` where it is none for this version any more."""
    one = version(path, number)
    write_config(path, read_text(one.path))
    return one


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise ConfigError(
            _("{path}: cannot be written: {reason}").format(path=path, reason=why(fault)),
            hint=_(
                "Use sudo; where the root is read-only, /etc/receiptbridge must be on a partition that is not."
            ),
        ) from None


def _keep(path: Path) -> None:
    """Copy the file into the history, under the next number, and let go of the oldest."""
    if not path.exists():
        return
    kept = history(path)
    folder = path.with_name(HISTORY)
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.name}.{kept[0].number + 1 if kept else 1}"
    draft = folder / f".{copy.name}"
    shutil.copy2(path, draft)
    _flush(draft)
    draft.replace(copy)
    _flush(folder)
    for old in kept[KEPT_MOST - 1 :]:
        old.path.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        _as_before(path, draft)
        _flush(draft)
        draft.replace(path)
        _flush(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _as_before(path: Path, draft: Path) -> None:
    """Mode and owner of the file that is replaced."""
    if not path.exists():
        draft.chmod(NEW_FILE_MODE)
        return
    before = path.stat()
    draft.chmod(before.st_mode & 0o777)
    if os.geteuid() == 0:
        os.chown(draft, before.st_uid, before.st_gid)


def _flush(path: Path) -> None:
    """A power cut after this finds the file, or the folder, as it is now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
