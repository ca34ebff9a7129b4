"""What a command writes into the state directory is for the lanes, whoever typed the command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from receiptbridge.errors import UsageError
from receiptbridge.words import _

PRIVATE_MODE: Final = 0o600
PRIVATE_FOLDER_MODE: Final = 0o700


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


@contextmanager
def private_file(path: Path, state_dir: Path) -> Iterator[BinaryIO]:
    """A new file for what is personal: for its owner only, whom the state belongs to where root typed the command.

    Never written over another, nor through a link. Raises `UsageError` where it cannot be made; a file that its
    writer could not finish is taken away.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE_MODE)
    except FileExistsError:
        raise UsageError(
            _("{file} is there already").format(file=path), hint=_("Give another name, or remove it.")
        ) from None
    except OSError as fault:
        raise UsageError(
            f"{path}: {_(fault.strerror or str(fault))}", hint=_("Name a file in a folder of yours.")
        ) from None
    with os.fdopen(descriptor, "wb") as file:
        if os.geteuid() == 0 and state_dir.is_dir():
            owner = state_dir.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def private_folder(path: Path, state_dir: Path) -> None:
    """A folder for such files, made where there is none. Raises `OSError`."""
    path.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    if os.geteuid() == 0 and state_dir.is_dir():
        owner = state_dir.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


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


def who_types() -> str:
    """The name of whoever typed the command, also behind sudo."""
    import getpass

    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (OSError, KeyError):  # a user without a name
        return f"uid {os.getuid()}"
