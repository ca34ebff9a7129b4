"""`receiptbridge doctor`, typed: a table for people, rows for programs, and an exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from receiptbridge.upkeep.checks import CHECKS

CONFIG = """
state_dir = "{state}"
[[lane]]
name = "till-1"
register = "tcp-listen://127.0.0.1:9100"
printer = "tcp://127.0.0.1:9"
"""


def typed(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "receiptbridge",
        "doctor",
        "--config",
        str(folder / "config.toml"),
        *options,
    ]
    return subprocess.run(
        command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "COLUMNS": "80"}
    )


def test_what_is_bad_is_named_with_what_to_do_within_80_columns(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(state=tmp_path))
    done = typed(tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    words = " ".join(done.stdout.split())
    assert "Printers x bad till-1: 127.0.0.1 port 9 does not answer" in words
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_programs_get_every_finding_by_the_code_of_its_check(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("this is no TOML")
    done = typed(tmp_path, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["well"]) == (1, False)
    assert {row["check"] for row in answer["findings"]} == set(CHECKS)
    assert answer["findings"][0]["verdict"] == "bad"
    assert "not valid TOML" in answer["findings"][0]["what"]
