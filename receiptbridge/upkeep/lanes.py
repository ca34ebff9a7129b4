"""Asks lanes that run, over their control sockets (docs/control.md). Their links are theirs: nothing here opens one.

Rules of this file:
- An answer comes at once or not at all: a lane never waits for an asker, so an asker gives up early.
- A lane that does not run is an answer too (`LaneNotRunning`), not a fault of the command.
"""

from __future__ import annotations

import json
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from receiptbridge.config import Config, LaneConfig
from receiptbridge.control import RUN_FOLDER
from receiptbridge.errors import ConfigError, ReceiptBridgeError, UsageError
from receiptbridge.stored_words import said
from receiptbridge.words import _

ANSWER_WITHIN: Final = 5.0
"""Seconds: a lane answers within milliseconds; one that is stopped is killed by its watchdog after two seconds."""

_AT_ONCE: Final = 1e-3
"""Seconds that a listener whose time is over still waits: none would mean to wait for ever."""

IDLE_WITHIN: Final = 70.0
"""Seconds: `reload` and `print` wait 20 s for the end of a receipt, and a page takes the printer 40 s at most."""

Told = dict[str, Any]


class LaneNotRunning(ReceiptBridgeError):
    """No lane of that name runs here, or it has no control socket."""


class LaneRefused(ReceiptBridgeError):
    """The lane answers that it will not. `code`: the kind of refusal (docs/control.md), empty where there is none."""

    def __init__(self, what: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(what, hint=hint)
        self.code = code


def one_lane(config: Config, name: str | None) -> LaneConfig:
    """The lane of that name, or the only one. Raises `ConfigError`, and `UsageError` where one must be named."""
    if name is not None:
        return config.find_lane(name)
    if len(config.lane) == 1:
        return config.lane[0]
    names = ", ".join(lane.name for lane in config.lane)
    if not names:
        raise ConfigError(_("the configuration has no lane"), hint=_("Add one: sudo receiptbridge setup"))
    raise UsageError(_("which lane?"), hint=_("Name one of: {names}").format(names=names))


def ask(lane: str, state_dir: Path, op: str, *, within: float | None = None, **facts: Any) -> Told:
    """The lane's answer to one question, without `id` and `ok`; `within`: how many seconds to wait for it.

    Raises `LaneNotRunning`, `LaneRefused`, and `ReceiptBridgeError` where it may not be asked, or keeps silent.
    """
    waits = IDLE_WITHIN if op in ("reload", "print") else ANSWER_WITHIN
    with _connected(lane, state_dir) as line:
        line.settimeout(waits if within is None else within)
        return _asked(lane, line, op, facts)


def reload(lane: str, state_dir: Path) -> list[str]:
    """Have the lane take its configuration file over; the keys that are others now. Raises as `ask` does."""
    return list(ask(lane, state_dir, "reload")["changed"])


def print_page(lane: str, state_dir: Path, page: bytes, *, anyway: bool = False) -> None:
    """Have the lane print a page between two receipts (docs/control.md says what may stand in it).

    `anyway`: also where nothing was read yet, so that what state the printer is in is not known. Raises as `ask` does.
    """
    ask(lane, state_dir, "print", data=b64encode(page).decode(), anyway=anyway)


def listen(
    lane: str, state_dir: Path, op: str, *, seconds: float | None = None, **facts: Any
) -> Iterator[Told]:
    """Everything that the lane tells after `watch` or `capture`, until the caller stops, the lane ends, or that
    many seconds have passed: then `TimeoutError`. The lane is asked at once, before the first is taken."""
    with ExitStack() as connection:
        line = connection.enter_context(_connected(lane, state_dir))
        _asked(lane, line, op, facts)
        return _heard(line, seconds, connection.pop_all())


def _heard(line: socket.socket, seconds: float | None, connection: ExitStack) -> Iterator[Told]:
    end = None if seconds is None else time.monotonic() + seconds
    with connection, line.makefile("rb") as told:
        while True:
            line.settimeout(None if end is None else max(end - time.monotonic(), _AT_ONCE))
            try:
                heard = told.readline()
            except ConnectionError:
                return
            if not heard.endswith(b"\n"):  # the lane ended, perhaps in the middle of a word
                return
            yield json.loads(heard)


def runs(lane: str, state_dir: Path) -> bool:
    """Whether a lane answers there."""
    try:
        ask(lane, state_dir, "status")
    except LaneNotRunning:
        return False
    return True


def _asked(lane: str, line: socket.socket, op: str, facts: dict[str, Any]) -> Told:
    try:
        line.sendall(json.dumps({"id": 1, "op": op, **facts}).encode() + b"\n")
        answer = json.loads(_one_line(line))
    except (OSError, ValueError):
        raise ReceiptBridgeError(
            _("lane {lane} does not answer").format(lane=lane),
            hint=_(
                "It may be starting, or hung: try again in 5 s, then: sudo systemctl status receiptbridge@{lane}"
            ).format(lane=lane),
        ) from None
    if not answer.pop("ok", False):
        raise LaneRefused(
            f"{lane}: {said(answer.get('error', ''))}",
            hint=said(answer.get("hint", "")),
            code=str(answer.get("code", "")),
        )
    answer.pop("id", None)
    return dict(answer)


def _one_line(line: socket.socket) -> bytes:
    """Byte by byte: what comes behind the answer belongs to `listen`."""
    said = bytearray()
    while not said.endswith(b"\n"):
        byte = line.recv(1)
        if not byte:
            break
        said += byte
    return bytes(said)


@contextmanager
def _connected(lane: str, state_dir: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWER_WITHIN)
        for folder in (RUN_FOLDER, state_dir):
            try:
                line.connect(str(folder / f"{lane}.sock"))
            except (FileNotFoundError, ConnectionRefusedError):
                continue
            except PermissionError:
                raise ReceiptBridgeError(
                    _("you may not ask lane {lane}").format(lane=lane),
                    hint=_("Use sudo, or join the group receiptbridge: sudo usermod -aG receiptbridge $USER"),
                ) from None
            yield line
            return
    raise LaneNotRunning(
        _("lane {lane} is not running").format(lane=lane),
        hint=_("Start it: sudo systemctl start receiptbridge@{lane}").format(lane=lane),
    )
