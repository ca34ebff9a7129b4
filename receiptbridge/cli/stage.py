"""The demo's processes: started, waited for, stopped, their output kept in files."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.words import _

# Everything in the demo happens within a second or two; a machine that needs this long is not going to make it.
PATIENCE = 120.0
GLANCE = 0.05
FAREWELL = 5.0

_T = TypeVar("_T")


def wait_for(look: Callable[[], _T | None], what: str) -> _T:
    """What `look` finds, as soon as it finds something. Raises `ReceiptBridgeError` when it never does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (found := look()) is not None:
            return found
        time.sleep(GLANCE)
    raise ReceiptBridgeError(_("waited {seconds:g} s in vain for {what}").format(seconds=PATIENCE, what=what))


class Stage:
    """Starts processes of this Python; stops them all at the end. `logs`: a folder for what they say."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[subprocess.Popen[bytes]] = []
        logs.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(FAREWELL)
            process.kill()

    def start(self, name: str, module: str, *arguments: str) -> None:
        """Start a process that runs until the end."""
        with (self._logs / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-m", module, *arguments]
            self._running.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))

    def run(self, module: str, *arguments: str) -> str:
        """Run a process to its end; what it printed. Raises `ReceiptBridgeError` when it fails."""
        done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True)
        if done.returncode:
            raise ReceiptBridgeError(
                _("{program} failed: {reason}").format(
                    program=f"{module} {arguments[0]}", reason=done.stderr.strip()
                )
            )
        return done.stdout

    def wait_for_port(self, port: int) -> None:
        """Until something listens there."""

        def listens() -> bool | None:
            self._all_alive()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0 or None

        wait_for(listens, f"port {port}")

    def _all_alive(self) -> None:
        for process in self._running:
            if process.poll():
                raise ReceiptBridgeError(
                    _("a process of the demo ended: {command!r}").format(command=process.args),
                    hint=_("What it said is in {folder}.").format(folder=self._logs),
                )

    @staticmethod
    def free_ports(count: int) -> list[int]:
        """That many ports which nobody uses now."""
        with contextlib.ExitStack() as held:
            sockets = [held.enter_context(socket.socket()) for _ in range(count)]
            for one in sockets:
                one.bind(("127.0.0.1", 0))
            return [int(one.getsockname()[1]) for one in sockets]
