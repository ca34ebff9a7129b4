"""Tab, in a real shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

LANES = """
[[lane]]
name = "till-1"
register = "tcp-listen://0.0.0.0:9100"
printer = "tcp://127.0.0.1:9100"
"""


@pytest.fixture
def at_home(tmp_path: Path) -> dict[str, str]:
    """An environment in which `receiptbridge` is this checkout, with one lane configured."""
    program = tmp_path / "receiptbridge"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m receiptbridge "$@"\n')
    program.chmod(0o755)
    config = tmp_path / "config.toml"
    config.write_text(LANES)
    return {
        **os.environ, "PATH": f"{tmp_path}:/usr/bin:/bin", "RECEIPTBRIDGE_CONFIG": str(config), "LANG": "C.UTF-8",
        "TERM": "dumb", "INPUTRC": "/dev/null",
    }  # fmt: skip


def script(shell: str, env: dict[str, str]) -> str:
    return subprocess.run(
        ["receiptbridge"], env={**env, "_RECEIPTBRIDGE_COMPLETE": f"source_{shell}"}, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip


def test_bash_completes_commands_options_lanes_and_profiles(tmp_path: Path, at_home: dict[str, str]) -> None:
    (tmp_path / "completion").write_text(script("bash", at_home))
    bash = pexpect.spawn("bash", ["--norc", "--noprofile"], env=at_home, encoding="utf-8", timeout=60)
    bash.sendline(f". {tmp_path}/completion")
    for typed, whole in (
        ("byp", "bypass "),
        ("bypass on til", "bypass on till-1 "),
        ("config set lane.till-1.mo", "config set lane.till-1.mode "),
        ("profiles show xprinter-xp-q", "profiles show xprinter-xp-q200 "),
        ("inspect --pn", "inspect --png "),
    ):
        bash.send(f"receiptbridge {typed}\t")
        bash.expect_exact(f"receiptbridge {whole}")
        bash.sendcontrol("u")
    bash.close(force=True)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_theirs(at_home: dict[str, str], shell: str) -> None:
    assert "_RECEIPTBRIDGE_COMPLETE=complete_" in script(shell, at_home)
