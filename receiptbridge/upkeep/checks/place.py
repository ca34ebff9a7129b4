"""What the checks look at, and what they say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from receiptbridge.config import Config, LaneConfig, config_path
from receiptbridge.upkeep.lanes import LaneNotRunning, ask

Verdict = Literal["good", "warning", "bad", "unknown"]

COMMAND_MOST: Final = 5.0
"""Seconds for a command that only tells: systemctl answers in some 20 ms."""


class Finding(NamedTuple):
    """`what` was found, and what to do about it (`hint`, empty where nothing is to be done)."""

    verdict: Verdict
    what: str
    hint: str = ""
    lane: str | None = None


def good(what: str, lane: str | None = None) -> Finding:
    return Finding("good", what, lane=lane)


def warning(what: str, hint: str, lane: str | None = None) -> Finding:
    return Finding("warning", what, hint, lane)


def bad(what: str, hint: str, lane: str | None = None) -> Finding:
    return Finding("bad", what, hint, lane)


def unknown(what: str, hint: str = "", lane: str | None = None) -> Finding:
    return Finding("unknown", what, hint, lane)


def run_command(command: Sequence[str]) -> str | None:
    """What a command says on its standard output, whatever its exit code; None where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_MOST, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout


@dataclass(frozen=True, slots=True)
class Place:
    """A machine. `root` is where its /sys, /proc, /dev, /etc and /run are; `fault` why the configuration is wrong.

    `config` is then the last good one. `run` runs commands that only tell.
    """

    config: Config = field(default_factory=Config)
    given: Path | None = None
    fault: tuple[str, str] | None = None
    root: Path = Path("/")
    run: Callable[[Sequence[str]], str | None] = run_command

    @property
    def config_file(self) -> Path:
        return config_path(self.given)

    @property
    def state_dir(self) -> Path:
        return self.config.state_dir

    @property
    def lanes(self) -> tuple[LaneConfig, ...]:
        return self.config.lane

    def at(self, path: str) -> Path:
        """A path of the machine, as `/sys/class/tty`."""
        return self.root / path.lstrip("/")

    def text(self, path: Path) -> str:
        """A small file's text without the white space around it; "" where it cannot be read."""
        try:
            return path.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""

    def number(self, path: Path) -> int | None:
        text = self.text(path)
        try:
            return int(text, 0)
        except ValueError:
            return None

    def number_hex(self, path: Path) -> int | None:
        """As sysfs writes ids: hexadecimal without a prefix."""
        try:
            return int(self.text(path), 16)
        except ValueError:
            return None

    def lane_says(self, name: str) -> dict[str, Any] | None:
        """The status of a lane that runs; None for one that does not. Raises `ReceiptBridgeError`."""
        try:
            return ask(name, self.state_dir, "status")
        except LaneNotRunning:
            return None
