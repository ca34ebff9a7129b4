"""What a lane goes by that others change while it runs: the box's keys, and the settings of the member service.

Both are looked at every few seconds in the journal's thread, so that an enrolment, a new key or a new earn rule
takes effect without a restart and without a moment's work in the loop that forwards.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from receiptbridge.config import Config, with_service_settings
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.identity import Identity, identity_path
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Setting, peek_setting

log = logging.getLogger("receiptbridge.lane")

LOOK_EVERY: Final = 5.0
"""Seconds. Head office waits for a new earn rule longer than this anyway; a look costs a stat and one row."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The configuration as the service wants it, and who the box is (None: not enrolled)."""

    config: Config
    identity: Identity | None


class TermsKeeper:
    """Reads the terms, and says when they are others. Used from one thread at a time."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._seen: tuple[object, ...] = ()

    def read(self) -> Terms:
        """The terms as they are now."""
        setting, *_ = self._seen = self._look()
        return Terms(as_the_service_wants(self.config, setting), _identity(self.config))

    def read_if_changed(self) -> Terms | None:
        return self.read() if self._look() != self._seen else None

    def _look(self) -> tuple[Setting | None, object]:
        setting = peek_setting(self.config.state_dir / FILE_NAME, SERVICE_SETTINGS)
        try:
            file = identity_path(self.config.state_dir).stat()
        except OSError:
            return setting, None
        return setting, (file.st_ino, file.st_mtime_ns, file.st_size)


def as_the_service_wants(config: Config, setting: Setting | None) -> Config:
    """Earn rule and claim prefix as sync last brought them; the file's own where it has brought none."""
    if setting is None:
        return config
    try:
        return with_service_settings(config, setting.value)
    except ConfigError as fault:
        log.error("the configuration file's own values are used: %s", fault)
        return config


def _identity(config: Config) -> Identity | None:
    """The box's keys; without them the lane runs all the same and prints no codes."""
    try:
        identity = Identity.load(config.state_dir)
    except ReceiptBridgeError as fault:
        log.error("the box's identity cannot be used, so no codes are printed: %s %s", fault, fault.hint)
        return None
    if identity is None:
        log.warning("this box is not enrolled: receipts pass and are kept, no codes are printed")
    return identity
