"""The whole path as a newcomer runs it: every process real, the paper read back by a camera's decoder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_demo_tells_its_story_to_the_end_and_leaves_the_paper(tmp_path: Path):
    out = tmp_path / "out"
    told = subprocess.run(
        [sys.executable, "-m", "receiptbridge", "demo", "--out", str(out)], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr
    for step in ("enrolled", "63.67", "6 points", "claimed already", "refused (404)", "2 sales"):
        assert step in told.stdout
    assert (out / "paper-0001.png").exists()
    assert (out / "paper-0002.png").exists()
