"""Receipts as they pass through lanes that run, told over their control sockets: masked by the lane, with evidence.

Rules of this file:
- A lane that stops, or does not run yet, is waited for, and said so once.
- Of what passed only so much is kept as somebody scrolls back through.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from receiptbridge.control import RUN_FOLDER
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.receipt.explanation import Explanation
from receiptbridge.words import _

LOOK_EVERY: Final = 1.0
"""Seconds between two looks whether a lane runs again."""

LINE_MOST: Final = 4 * 1024 * 1024
"""Bytes of what a lane says of one receipt: `page.py` bounds its text, and the longest here has 40 kB."""

Told = dict[str, Any]

LANE_HERE: Final = "lane_here"
LANE_AWAY: Final = "lane_away"


@dataclass
class Passed:
    """A receipt that passed. `record` as `inspect --json` has it, with `points` and `why_no_code`.

    `outcome`: what became of its code ("releasing", "released", "not_printed", "unknown"), None while that is open or
    no code is due; `reason`: why it was not printed.
    """

    lane: str
    record: Told
    text: tuple[str, ...]
    explanation: Explanation | None
    at: float = field(default_factory=time.time)
    outcome: str | None = None
    reason: str | None = None

    @classmethod
    def of(cls, lane: str, told: Told) -> Passed:
        return cls(lane, told["receipt"], tuple(told["text"]), _explanation(told.get("explanation")))

    @property
    def open(self) -> bool:
        """Whether it is still to be told what became of its code."""
        return self.record["why_no_code"] is None and self.outcome in (None, "releasing")


class Tape:
    """The last receipt of each lane, which what is told of codes belongs to."""

    def __init__(self) -> None:
        self._last: dict[str, Passed] = {}

    def hear(self, lane: str, told: Told) -> Passed | None:
        """The receipt that this is about, new or with more known of it; None where it is about none."""
        match told:
            case {"what": "receipt"}:
                self._last[lane] = Passed.of(lane, told)
            case {"what": "code", "outcome": outcome, "reason": reason} if lane in self._last:
                self._last[lane].outcome, self._last[lane].reason = outcome, reason
            case {"what": "block_not_printed", "detail": detail} if lane in self._last:
                self._last[lane].outcome, self._last[lane].reason = "not_printed", detail
            case _:
                return None
        return self._last[lane]


async def watch_lane(lane: str, state_dir: Path) -> AsyncIterator[Told]:
    """What a lane tells who watches, for ever, with `LANE_HERE` and `LANE_AWAY` where it comes and goes.

    Raises `ReceiptBridgeError` where one may not ask, or the lane refuses.
    """
    away = False
    while True:
        try:
            async with _connected(lane, state_dir) as (reader, writer):
                writer.write(b'{"id": 1, "op": "watch"}\n')
                answer = json.loads(await reader.readline())
                if not answer["ok"]:
                    raise ReceiptBridgeError(f"{lane}: {_(answer['error'])}")
                away = False
                yield {"what": LANE_HERE}
                while line := await reader.readline():
                    yield json.loads(line)
        except PermissionError:
            raise ReceiptBridgeError(
                _("you may not ask lane {lane}").format(lane=lane),
                hint=_("Use sudo, or join the group receiptbridge: sudo usermod -aG receiptbridge $USER"),
            ) from None
        except (OSError, ValueError):  # it is not there, or broke off in the middle of a line
            pass
        if not away:
            away = True
            yield {"what": LANE_AWAY}
        await asyncio.sleep(LOOK_EVERY)


@contextlib.asynccontextmanager
async def _connected(
    lane: str, state_dir: Path
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    paths = [folder / f"{lane}.sock" for folder in (RUN_FOLDER, state_dir)]
    path = next((path for path in paths if path.exists()), paths[-1])
    reader, writer = await asyncio.open_unix_connection(path, limit=LINE_MOST)
    try:
        yield reader, writer
    finally:
        writer.close()


def _explanation(told: Any) -> Explanation | None:
    """None where the lane gives none, or runs another version and tells it otherwise."""
    try:
        return None if told is None else msgspec.convert(told, Explanation)
    except msgspec.ValidationError:
        return None
