"""How sync and the service get on, as sync last noted it in the journal: `status` need not ask sync."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from receiptbridge.journal.settings import Setting, peek_setting

CONTACT: Final = "contact"  # the setting


@dataclass(frozen=True, slots=True)
class Contact:
    """Times in Unix seconds, as well as the box knows the time; None: never.

    `noted_at`: when sync noted this, so that it ran then. `heard_at`: the service's last good answer. `delivered_at`:
    when it last took sales. `fault`, `hint`: why asking it fails since `failing_since`, empty while it does not.
    """

    noted_at: int
    heard_at: int | None = None
    delivered_at: int | None = None
    fault: str = ""
    hint: str = ""
    failing_since: int | None = None

    def as_setting(self) -> Setting:
        return Setting(asdict(self), etag=None)


def peek_contact(journal: Path) -> Contact | None:
    """What was noted last; None where nothing was, or it is not of this version."""
    return as_contact(peek_setting(journal, CONTACT))


def as_contact(setting: Setting | None) -> Contact | None:
    try:
        return None if setting is None else Contact(**setting.value)
    except TypeError:
        return None
