"""Logging to stderr, for systemd's journal where it reads that, else for people."""

from __future__ import annotations

import logging
import os
import sys

# syslog(3) has 2 for critical, 3 error, 4 warning, 6 informational, 7 debug.
_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))


class JournalFormatter(logging.Formatter):
    """Lines as systemd's journal takes them from stderr: each with its priority (sd-daemon(3))."""

    def __init__(self) -> None:
        super().__init__("%(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        mark = f"<{_priority(record.levelno)}>"
        return mark + super().format(record).replace("\n", "\n" + mark)


def _priority(level: int) -> int:
    return next((priority for least, priority in _PRIORITIES if level >= least), 7)


def start_logging() -> None:
    """Have everything logged from here on. Where journald is stuck and takes no more, lines are lost, not time: a lane
    that waited for its log would be killed by its watchdog."""
    if (
        "JOURNAL_STREAM" in os.environ
    ):  # a socket of our own; a terminal is shared, and blocks only with its user
        os.set_blocking(sys.stderr.fileno(), False)
        logging.raiseExceptions = False
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JournalFormatter() if "JOURNAL_STREAM" in os.environ else plain)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
