"""What `receiptbridge run` does: the lanes of a configuration, until they are told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from pathlib import Path

from receiptbridge.assemble import run_lanes
from receiptbridge.config import Config, LaneConfig, keep_last_good, load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.links.loop import LaneLoop
from receiptbridge.logs import start_logging
from receiptbridge.words import _

# Seconds. Python's 5 ms are what a byte could wait for each thread that is at work beside the loop: the journal's, and
# at the start the one that reads the vocabularies.
SWITCH_INTERVAL = 0.0005


def run_until_stopped(config: Path | None, lane: str | None) -> None:
    """Forward between register and printer, in all lanes or in the one of this name. Raises `ReceiptBridgeError`."""
    settings = load_config(config)
    lanes = (settings.find_lane(lane),) if lane else settings.lane
    if not lanes:
        raise ConfigError(_("the configuration names no lane"), hint=_("Add a [[lane]] section."))
    start_logging()
    sys.setswitchinterval(SWITCH_INTERVAL)
    keep_last_good(settings, config)
    try:
        with asyncio.Runner(loop_factory=LaneLoop) as runner:
            runner.run(_until_stopped(settings, lanes, config))
    except* ReceiptBridgeError as faults:
        raise faults.exceptions[0] from None


async def _until_stopped(settings: Config, lanes: tuple[LaneConfig, ...], path: Path | None) -> None:
    running = asyncio.create_task(run_lanes(settings, lanes, path))
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        logging.getLogger("receiptbridge").info("stopped")
