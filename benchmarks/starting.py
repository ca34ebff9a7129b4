"""`receiptbridge run` and `sync` as processes that can be killed: started cold, or forked from a warm one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

PRELOADED = [
    "receiptbridge.lanes",
    "receiptbridge.cli.sync",
    "receiptbridge.cloud.sync",
]


class Process:
    """Cold is how systemd starts it. A fork of a process that has imported everything is there much sooner."""

    def __init__(self, command: str, config: Path, *, cold: bool) -> None:
        if cold:
            words = [sys.executable, "-m", "receiptbridge", command, "--config", str(config)]
            self._process: Any = subprocess.Popen(words, stderr=subprocess.DEVNULL)
            self._wait: Callable[[], object] = self._process.wait
        else:
            context = get_context("forkserver")
            context.set_forkserver_preload(PRELOADED)
            self._process = context.Process(target=_run, args=(command, str(config)))
            self._process.start()
            self._wait = self._process.join

    def kill(self) -> None:
        """By signal 9."""
        self._process.kill()
        self._wait()

    def end(self) -> None:
        self._process.terminate()
        self._wait()


def _run(command: str, config: str) -> None:
    """In the forked process."""
    from receiptbridge.__main__ import main

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.argv = ["receiptbridge", command, "--config", config]
    main()
