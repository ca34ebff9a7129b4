"""What a command writes into the state directory is for the lanes, whoever typed the command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def as_owner_of(state_dir: Path) -> Iterator[None]:
    """The same for a part of a command, after which root goes on: the configuration is root's."""
    if os.geteuid() != 0 or not state_dir.is_dir() or state_dir.stat().st_uid == 0:
        yield
        return
    owner, groups, group = state_dir.stat(), os.getgroups(), os.getegid()
    os.setgroups([])
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


def become_owner_of(state_dir: Path) -> None:
    """Go on as the user whom `state_dir` belongs to, where root typed the command.

    A key that only root may read would leave the lanes without codes, and nobody would see why.
    """
    if os.geteuid() != 0 or not state_dir.is_dir():
        return
    owner = state_dir.stat()
    if owner.st_uid != 0:
        os.setgroups([])
        os.setgid(owner.st_gid)
        os.setuid(owner.st_uid)
