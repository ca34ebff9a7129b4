"""The enrolment code, typed at a terminal."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

CODE = b"8K2M-QX7T-PC4V-WN9D"


def test_a_code_that_is_typed_is_asked_for_and_not_shown(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'state_dir = "{tmp_path}/state"\n[service]\nurl = "http://127.0.0.1:1"\n')
    here, terminal = os.openpty()
    command = [
        "setsid",
        "--ctty",
        "--wait",
        sys.executable,
        "-m",
        "receiptbridge",
        "enrol",
        "--config",
        str(config),
    ]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal):
        os.close(terminal)
        shown = b""
        while b"code: " not in shown:
            shown += os.read(here, 1000)
        os.write(here, CODE + b"\n")
        with contextlib.suppress(OSError):  # a terminal ends with EIO when its last user has gone
            while piece := os.read(here, 1000):
                shown += piece
    os.close(here)
    assert b"cannot be reached" in shown  # it went on with what was typed
    assert CODE not in shown
