"""Make this box one of the merchant's: a one-time code and a fresh key against a box id and settings."""

from __future__ import annotations

import base64
import platform
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from receiptbridge.clock import keep_service_time
from receiptbridge.cloud.client import ServiceClient
from receiptbridge.cloud.keys import finish_rotation
from receiptbridge.errors import ServiceError
from receiptbridge.identity import Identity, UnenrolledKey, adopt_key, make_key
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Outbox, Setting
from receiptbridge.words import _

# The same code with the same key is the same enrolment: a lost answer may be asked for again.
TRIES = 3
DEVICE_TREE_MODEL = Path("/proc/device-tree/model")  # "Raspberry Pi 4 Model B Rev 1.4\0"
HARDWARE_MOST = 200  # docs/sync-api.md


@dataclass(frozen=True, slots=True)
class Enrolment:
    identity: Identity
    merchant: str
    settings: dict[str, Any]
    setup: dict[str, Any] | None = None  # of the box that stood at this till before


def enrol(state_dir: Path, service_url: str, code: str) -> Enrolment:
    """Enrol this box, with a new key even where it has one.

    Raises `ServiceError` (code refused, service out of reach), `IdentityError` or `JournalError` (state_dir
    cannot keep what is needed); the box is then what it was before.
    """
    client = ServiceClient(service_url)
    finish_rotation(
        state_dir, service_url
    )  # what is still to be delivered under the old id needs its newest key
    key = make_key(state_dir)
    try:
        with closing(client), closing(Outbox.open(state_dir / FILE_NAME)) as outbox:
            answer = _ask(client, code, key)
            box_id, key_id, settings = _read(answer)
            outbox.put_setting(SERVICE_SETTINGS, Setting(settings, etag=None))
            if client.heard_time:
                keep_service_time(outbox, client.service_time())
            identity = adopt_key(state_dir, key, box_id, key_id)
    except BaseException:
        key.discard()
        raise
    setup = answer.get("setup")
    return Enrolment(identity, _merchant(answer), settings, setup if isinstance(setup, dict) else None)


def _ask(client: ServiceClient, code: str, key: UnenrolledKey) -> dict[str, Any]:
    public_key = base64.b64encode(key.public_key).decode()
    for tries_left in reversed(range(TRIES)):
        try:
            return client.enrol(code, public_key, hardware())
        except ServiceError as fault:
            if fault.permanent or not tries_left:
                raise
    raise AssertionError("the last try returns or raises")


def _read(answer: dict[str, Any]) -> tuple[bytes, str, dict[str, Any]]:
    try:
        return bytes.fromhex(answer["box_id"]), str(answer["key_id"]), dict(answer["settings"])
    except (KeyError, TypeError, ValueError) as fault:
        raise ServiceError(
            _("The service's answer to an enrolment makes no sense: {fault!r}").format(fault=fault)
        ) from None


def _merchant(answer: dict[str, Any]) -> str:
    match answer.get("merchant"):
        case {"name": str(name)}:
            return name
    return ""


def hardware() -> str:
    """What this box is, in the words of its device tree where it has one."""
    try:
        model = DEVICE_TREE_MODEL.read_text(encoding="utf-8").rstrip("\0\n ")
    except OSError:
        model = platform.machine()
    return model[:HARDWARE_MOST]
