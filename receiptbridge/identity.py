"""Who this box is: its ids and Ed25519 keys, as files under `state_dir/keys`.

Rules of this file:
- Every enrolment makes a new key and brings a new box id. Keys are a list, newest last: the newest signs,
  older ones deliver the sales that were made under them.
- A key that shall follow is noted before the service hears of it, so that a lost answer loses no key.
- A private key is PKCS #8 in PEM, mode 0600, written whole or not at all, and never overwritten.
- Keys do not belong into backups: a copy of one prints points. The folder says so in the way that backup programs
  understand (`tar --exclude-caches`, borg, restic), and docs/reliability.md says it to people.
- A key that others may read is refused: it may have been copied, and whoever has it prints points.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.words import _, why

KEYS_FOLDER = "keys"
IDENTITY_FILE = "identity.json"
BOX_ID_BYTES = 6
PRIVATE_MODE = 0o600
FOLDER_MODE = 0o700
OTHERS = 0o077  # permission bits of group and world
# The Cache Directory Tagging Specification, https://bford.info/cachedir/: the signature is the specification's.
NO_BACKUP_TAG = "CACHEDIR.TAG"
NO_BACKUP = b"Signature: 8a477f597d28d172789f06886806bc55\n# Private keys: not to be backed up. Enrol again instead.\n"
FINGERPRINT_CHARACTERS = 16  # of a key's file name: 64 bits tell the keys of one box apart


class IdentityError(ReceiptBridgeError):
    """The box's keys are missing, unreadable, or not kept secret."""


@dataclass(frozen=True, slots=True)
class BoxKey:
    """One key as the service knows it. `box_id` is 6 bytes, `key_id` the `keyid` of signed requests."""

    box_id: bytes
    key_id: str
    private_key: Ed25519PrivateKey = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """32 raw bytes."""
        return self.private_key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (RFC 8032) of `data`, 64 bytes."""
        return self.private_key.sign(data)


@dataclass(frozen=True, slots=True)
class Identity:
    """All keys this box has had, newest last; there is at least one."""

    keys: tuple[BoxKey, ...]

    @classmethod
    def load(cls, state_dir: Path) -> Identity | None:
        """The identity kept under `state_dir`, or None on a box that is not enrolled.

        Raises `IdentityError` where there is one that cannot be used.
        """
        try:
            text = identity_path(state_dir).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise _unreadable(identity_path(state_dir), fault) from None
        return cls(tuple(_load_key(state_dir, entry) for entry in _entries(text, state_dir)))

    @property
    def current(self) -> BoxKey:
        return self.keys[-1]

    @property
    def box_id(self) -> bytes:
        return self.current.box_id

    @property
    def public_key(self) -> bytes:
        return self.current.public_key

    def sign(self, data: bytes) -> bytes:
        return self.current.sign(data)

    def newest_of_each_box(self) -> tuple[BoxKey, ...]:
        """One key for every box id this box has had, the current one last."""
        return tuple({key.box_id: key for key in self.keys}.values())


@dataclass(frozen=True, slots=True)
class UnenrolledKey:
    """A key that has its file and no name yet: the service has not seen it."""

    path: Path
    private_key: Ed25519PrivateKey = field(repr=False)

    @property
    def public_key(self) -> bytes:
        return self.private_key.public_key().public_bytes_raw()

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


def identity_path(state_dir: Path) -> Path:
    return state_dir / KEYS_FOLDER / IDENTITY_FILE


def make_key(state_dir: Path) -> UnenrolledKey:
    """A fresh key, on disk before anybody hears of it. Raises `IdentityError`."""
    from hashlib import sha256  # which brings a second OpenSSL along: no lane makes keys

    private_key = Ed25519PrivateKey.generate()
    fingerprint = sha256(private_key.public_key().public_bytes_raw()).hexdigest()[:FINGERPRINT_CHARACTERS]
    folder = state_dir / KEYS_FOLDER
    path = folder / f"{fingerprint}.pem"
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        _write_whole(folder / NO_BACKUP_TAG, NO_BACKUP)
        _write_whole(path, private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    except OSError as fault:
        raise IdentityError(
            _("{folder}: no key can be kept there: {reason}").format(folder=folder, reason=why(fault)),
            hint=_("Run this as the user that owns state_dir."),
        ) from None
    return UnenrolledKey(path, private_key)


def adopt_key(state_dir: Path, key: UnenrolledKey, box_id: bytes, key_id: str) -> Identity:
    """Make `key` the newest of this box under the names the service gave it. Raises `IdentityError`."""
    path = identity_path(state_dir)
    entries = _entries(path.read_text(encoding="utf-8"), state_dir) if path.exists() else []
    entries.append({"box_id": box_id.hex(), "key_id": key_id, "file": key.path.name})
    _write_identity(state_dir, {"keys": entries})
    return Identity(tuple(_load_key(state_dir, entry) for entry in entries))


def next_key(state_dir: Path) -> UnenrolledKey:
    """The key that shall follow the current one: the one that is noted already, else a fresh one, noted now.

    For an enrolled box. Raises `IdentityError`.
    """
    noted = noted_next_key(state_dir)
    if noted is not None:
        return noted
    key = make_key(state_dir)
    entries = _entries(identity_path(state_dir).read_text(encoding="utf-8"), state_dir)
    _write_identity(state_dir, {"keys": entries, "next": key.path.name})
    return key


def noted_next_key(state_dir: Path) -> UnenrolledKey | None:
    """The key of a rotation that was begun and not answered. Raises `IdentityError`."""
    try:
        text = identity_path(state_dir).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise _unreadable(identity_path(state_dir), fault) from None
    _entries(text, state_dir)
    name = json.loads(text).get("next")
    if name is None:
        return None
    path = state_dir / KEYS_FOLDER / Path(str(name)).name
    return UnenrolledKey(path, _private_key(path))


def drop_next_key(state_dir: Path, key: UnenrolledKey) -> None:
    """Forget a key that the service will never take."""
    entries = _entries(identity_path(state_dir).read_text(encoding="utf-8"), state_dir)
    _write_identity(state_dir, {"keys": entries})
    key.discard()


def _write_identity(state_dir: Path, content: Mapping[str, Any]) -> None:
    path = identity_path(state_dir)
    try:
        _write_whole(path, json.dumps(content, indent=2).encode() + b"\n")
    except OSError as fault:
        raise IdentityError(
            _("{path}: cannot be written: {reason}").format(path=path, reason=why(fault))
        ) from None


def _entries(text: str, state_dir: Path) -> list[dict[str, str]]:
    try:
        entries = json.loads(text)["keys"]
        if not entries:
            raise ValueError(_("no keys"))
        return [{name: str(entry[name]) for name in ("box_id", "key_id", "file")} for entry in entries]
    except (ValueError, KeyError, TypeError) as fault:
        raise IdentityError(
            _("{path}: not an identity file ({fault})").format(path=identity_path(state_dir), fault=fault),
            hint=_("Enrol this box again."),
        ) from None


def _load_key(state_dir: Path, entry: Mapping[str, str]) -> BoxKey:
    path = state_dir / KEYS_FOLDER / Path(entry["file"]).name
    private_key = _private_key(path)
    try:
        box_id = bytes.fromhex(entry["box_id"])
    except ValueError as fault:
        raise IdentityError(f"{identity_path(state_dir)}: {fault}", hint=_("Enrol this box again.")) from None
    if len(box_id) != BOX_ID_BYTES:
        raise IdentityError(
            _("{path}: not the key of a box").format(path=path), hint=_("Enrol this box again.")
        )
    return BoxKey(box_id, entry["key_id"], private_key)


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        if path.stat().st_mode & OTHERS:
            raise IdentityError(
                _("{path}: others may read this private key").format(path=path),
                hint=_("If nobody has, chmod 600 it; otherwise revoke the box and enrol again."),
            )
        private_key: Any = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as fault:
        raise _unreadable(path, fault) from None
    except (ValueError, TypeError) as fault:
        raise IdentityError(
            _("{path}: not a private key ({fault})").format(path=path, fault=fault),
            hint=_("Enrol this box again."),
        ) from None
    if not isinstance(private_key, Ed25519PrivateKey):
        raise IdentityError(
            _("{path}: not the Ed25519 key of a box").format(path=path), hint=_("Enrol this box again.")
        )
    return private_key


def _unreadable(path: Path, fault: OSError) -> IdentityError:
    return IdentityError(
        _("{path}: cannot be read: {reason}").format(path=path, reason=why(fault)),
        hint=_("Run this as the user that enrolled the box; if the file is gone, enrol again."),
    )


def _write_whole(path: Path, data: bytes) -> None:
    """The file is there with all of `data`, on disk, or not at all; readable by its owner only."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too, is on disk
    finally:
        os.close(folder)
