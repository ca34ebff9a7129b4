"""`receiptbridge watch`: receipts as they pass, as they look on paper."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from receiptbridge.cli.passed_paper import code_line, shown
from receiptbridge.cli.screen import ConfigFile, console, show_json
from receiptbridge.config import load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.words import _

PLAIN_COLUMNS: Final = 80
"""Of a pipe, which has none."""


def watch(
    lanes: Annotated[list[str] | None, typer.Argument(metavar="[LANE]...", help="These lanes only.")] = None,
    config: ConfigFile = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="One receipt after the other, for pipes and logs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What lanes tell, a line of JSON each.")] = False,
) -> None:
    """Show receipts as they pass, masked, with what was read of them and what became of their codes.

    Example: receiptbridge watch till-1
    """
    settings = load_config(config)
    names = [settings.find_lane(name).name for name in lanes or []] or [lane.name for lane in settings.lane]
    if not names:
        raise ConfigError(_("the configuration has no lane"), hint=_("Add one: sudo receiptbridge setup"))
    if as_json:
        asyncio.run(_follow(names, settings.state_dir, _tell_in_json))
    elif plain or not sys.stdout.isatty():
        asyncio.run(_follow(names, settings.state_dir, _Plain()))
    else:
        from receiptbridge.cli.watch_screen import WatchScreen  # brings textual along

        fault = WatchScreen(names, settings.state_dir).run()
        if fault is not None:
            raise fault


async def _follow(names: list[str], state_dir: Path, tell: Callable[[str, dict[str, Any]], None]) -> None:
    from receiptbridge.upkeep.watching import watch_lane

    async def one(name: str) -> None:
        async for told in watch_lane(name, state_dir):
            tell(name, told)
            sys.stdout.flush()

    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                group.create_task(one(name))
    except* ReceiptBridgeError as faults:
        raise faults.exceptions[0] from None


def _tell_in_json(lane: str, told: dict[str, Any]) -> None:
    show_json({"lane": lane, **told})


class _Plain:
    """Receipts below each other; of a code that was due, a line once it is known what became of it."""

    def __init__(self) -> None:
        from receiptbridge.upkeep.watching import Tape

        self._tape = Tape()
        self._console = console()

    def __call__(self, lane: str, told: dict[str, Any]) -> None:
        from receiptbridge.upkeep.watching import LANE_AWAY, LANE_HERE

        if told["what"] in (LANE_AWAY, LANE_HERE):
            runs = (
                _("{lane}: watched")
                if told["what"] == LANE_HERE
                else _("{lane}: not running, waiting for it")
            )
            self._console.print(runs.format(lane=lane))
            return
        passed = self._tape.hear(lane, told)
        if passed is None:
            return
        if told["what"] == "receipt":
            width = self._console.width if self._console.is_terminal else PLAIN_COLUMNS
            self._console.print(shown(passed, width))
        elif not passed.open:
            self._console.print(f"{lane}:", code_line(passed))
