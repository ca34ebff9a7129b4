"""`receiptbridge watch` beside a box that runs: in a pipe, on a screen, in a real terminal."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from box_rig import Box, start_box
from captures import chinese_sale
from lane_driver import Driver, rules
from lane_rig import PATIENCE
from paper_tools import less_blocks
from textual.pilot import Pilot
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.cli.watch_screen import KEPT, WatchScreen
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.telling import told_to_watchers
from receiptbridge.upkeep.watching import LANE_AWAY, LANE_HERE, Passed, Tape, watch_lane

CARD = "4111 1111 1111 1111"
CAFE = (
    b"\x1b@CORNER CAFE\n2026-11-22 10:43\nReceipt %d\nFlat white        3.50\nCroissant         2.20\n"
    b"TOTAL  EUR        5.70\nCARD              5.70\nVISA 4111 1111 1111 1111\nThank you\n\n\n\x1dV\x00"
)
COLUMNS, LINES = 80, 24


def told_of(*jobs: bytes, observed: bool = False) -> list[dict[str, Any]]:
    """What a lane that is watched tells of these receipts."""
    driver = Driver(replace(rules(currency="EUR"), explained=True, mode="observe" if observed else "print"))
    driver.register(*jobs)
    told = [line for sale in driver.sales for line in told_to_watchers(sale, [sale])]  # type: ignore[arg-type]
    return [json.loads(json.dumps(line)) for line in told]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with start_box(tmp_path, "EUR") as started:
        yield started


def command(box: Box, *options: str) -> list[str]:
    return ["-m", "receiptbridge", "watch", "--config", str(box.state / "config.toml"), *options]


# ---- in a pipe


def test_a_pipe_gets_each_receipt_with_its_evidence_and_verdict_masked(box: Box) -> None:
    watching = subprocess.Popen(
        [sys.executable, *command(box)],
        stdout=subprocess.PIPE,
        text=True,
        env={"COLUMNS": "100", "PATH": "/usr/bin"},
    )
    assert watching.stdout is not None
    seen = ""
    while "till-1: watched" not in seen:
        seen += watching.stdout.readline()
    jobs = itertools.count(4711)
    while "code printed" not in seen:  # the first code of a busy machine can come too late for its paper
        box.job(CAFE % next(jobs))
        while "till-1: code" not in seen:
            seen += watching.stdout.readline()
        seen = seen.replace("till-1: code not", "", 1)
    assert "sale 5.70 EUR" in seen
    assert "TOTAL  EUR        5.70" in seen
    assert "< total" in seen
    assert "the label TOTAL says the total" in seen
    assert CARD not in seen
    assert "VISA **** **** **** ****" in seen
    box.stop()
    while "not running" not in seen:
        seen += watching.stdout.readline()
    watching.send_signal(signal.SIGINT)
    assert watching.wait(PATIENCE) == 130
    watching.stdout.close()


def test_programs_get_what_the_lane_tells(box: Box) -> None:
    watching = subprocess.Popen([sys.executable, *command(box, "--json", "till-1")], stdout=subprocess.PIPE)
    assert watching.stdout is not None
    told = [json.loads(watching.stdout.readline())]
    while told[-1]["what"] != LANE_HERE:
        told.append(json.loads(watching.stdout.readline()))
    assert less_blocks(CAFE % 1, box.job(CAFE % 1)) == CAFE % 1
    while told[-1]["what"] != "receipt":
        told.append(json.loads(watching.stdout.readline()))
    assert (told[-1]["lane"], told[-1]["receipt"]["total"]) == ("till-1", "5.70")
    assert told[-1]["explanation"]["marks"]
    watching.send_signal(signal.SIGINT)
    watching.wait(PATIENCE)
    watching.stdout.close()


def test_a_lane_that_is_not_in_the_configuration_is_refused(box: Box) -> None:
    arguments = ["watch", "--config", str(box.state / "config.toml"), "till-7"]
    done = CliRunner().invoke(build_app(["watch"]), arguments)
    assert isinstance(done.exception, ReceiptBridgeError)
    assert done.exception.exit_code == 2


# ---- on a screen of 80 columns and 24 lines


def screen_of(app: WatchScreen) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def play(test: Any, *lanes: str, folder: Path = Path("/nonexistent")) -> WatchScreen:
    async def whole() -> WatchScreen:
        app = WatchScreen(list(lanes) or ["till-1"], folder)
        async with app.run_test(size=(COLUMNS, LINES)) as pilot:
            await test(app, pilot)
        return app

    return asyncio.run(whole())


async def settled(pilot: Pilot[Any]) -> list[str]:
    for _ in range(3):
        await pilot.pause()
    app = pilot.app
    assert isinstance(app, WatchScreen)
    return screen_of(app)


def test_a_receipt_stands_as_on_paper_with_its_verdict_beside_it() -> None:
    async def test(app: WatchScreen, pilot: Pilot[Any]) -> None:
        assert "Waiting for the first receipt ..." in "\n".join(await settled(pilot))
        app.hear("till-1", {"what": LANE_HERE})
        for told in told_of(CAFE % 4711):
            app.hear("till-1", told)
        lines = await settled(pilot)
        assert lines[0].startswith("till-1: 1 receipts")
        assert any(line.startswith("│ CORNER CAFE") and line.endswith("sale 5.70 EUR") for line in lines)
        assert any(re.search(r"TOTAL  EUR        5\.70 +│ < total", line) for line in lines)
        assert any("a code is due" in line for line in lines)
        assert any("VISA **** **** **** ****" in line for line in lines)
        assert max(map(len, lines)) <= COLUMNS
        app.hear("till-1", {"what": "code", "row": 1, "outcome": "released", "reason": None})
        assert any("code printed" in line for line in await settled(pilot))
        app.hear("till-1", {"what": LANE_AWAY})
        assert "till-1 (not running)" in (await settled(pilot))[0]

    play(test)


def test_one_scrolls_back_and_stays_there_until_one_wants_the_newest() -> None:
    receipts = told_of(*(CAFE % number for number in range(1, 9)))

    async def test(app: WatchScreen, pilot: Pilot[Any]) -> None:
        for told in receipts[:-1]:
            app.hear("till-1", told)
        assert any("Receipt 7" in line for line in await settled(pilot))
        await pilot.press("home")
        assert any("Receipt 1" in line for line in await settled(pilot))
        app.hear("till-1", receipts[-1])
        lines = await settled(pilot)
        assert any("Receipt 1" in line for line in lines)
        await pilot.press("pagedown")
        assert await settled(pilot) != lines
        await pilot.press("end")
        assert any("Receipt 8" in line for line in await settled(pilot))

    play(test)


def test_while_it_pauses_receipts_wait_and_none_is_lost() -> None:
    receipts = told_of(*(CAFE % number for number in range(1, 4)))

    async def test(app: WatchScreen, pilot: Pilot[Any]) -> None:
        app.hear("till-1", receipts[0])
        await pilot.press("p")
        for told in receipts[1:]:
            app.hear("till-2", told)
        lines = await settled(pilot)
        assert "paused, 2 waiting" in lines[0]
        assert not any("Receipt 3" in line for line in lines)
        await pilot.press("p")
        lines = await settled(pilot)
        assert any("Receipt 3" in line for line in lines)
        assert any("till-2" in line for line in lines[1:])

    play(test, "till-1", "till-2")


def test_of_a_long_day_only_so_many_receipts_are_kept() -> None:
    [told] = told_of(CAFE % 1)

    async def test(app: WatchScreen, pilot: Pilot[Any]) -> None:
        for _ in range(KEPT + 3):
            app.hear("till-1", told)
        await settled(pilot)
        assert len(app.query(".receipt")) == KEPT

    play(test)


def test_q_ends_it_and_a_narrow_screen_puts_the_verdict_below() -> None:
    async def test(app: WatchScreen, pilot: Pilot[Any]) -> None:
        for told in told_of(chinese_sale(), observed=True):
            app.hear("till-1", told)
        await pilot.resize_terminal(46, LINES)
        lines = await settled(pilot)
        assert any(line.startswith("sale 63.67") for line in lines), "\n".join(lines)
        await pilot.press("q")

    assert play(test).return_code == 0


# ---- in a real terminal


def test_in_a_terminal_of_80_by_24_a_real_receipt_is_seen_and_the_terminal_given_back(box: Box) -> None:
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    terminal = pexpect.spawn(sys.executable, command(box), dimensions=(LINES, COLUMNS), timeout=PATIENCE * 3)

    def until(*words: str) -> str:
        while not all(word in "\n".join(screen.display) for word in words):
            stream.feed(terminal.read_nonblocking(65536, timeout=PATIENCE * 3))
        return "\n".join(screen.display)

    until("till-1: 0 receipts", "q quit", "end newest")
    box.job(CAFE % 4711)
    assert CARD not in until("till-1: 1 receipts", "TOTAL  EUR        5.70", "< total", "sale 5.70 EUR")
    terminal.send("q")
    terminal.expect_exact("\x1b[?1049l")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


# ---- what lanes tell


def test_what_became_of_a_code_belongs_to_the_last_receipt_of_its_lane() -> None:
    tape = Tape()
    [one], [other] = told_of(CAFE % 1), told_of(CAFE % 2)
    first, second = tape.hear("till-1", one), tape.hear("till-2", other)
    assert first is not None
    assert second is not None
    assert tape.hear("till-1", {"what": "block_not_printed", "detail": "the journal took too long"}) is first
    assert tape.hear("till-2", {"what": "code", "row": 1, "outcome": "released", "reason": None}) is second
    assert (first.outcome, first.open, second.open) == ("not_printed", False, False)
    assert tape.hear("till-1", {"what": "printer_condition", "detail": "READY"}) is None
    assert tape.hear("till-3", {"what": "code", "row": 1, "outcome": "released", "reason": None}) is None
    assert isinstance(first, Passed)


def test_a_lane_that_refuses_ends_the_watch_with_its_reason(tmp_path: Path) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b'{"id": null, "ok": false, "error": "8 others are asking already"}\n')
        writer.close()

    async def play_it() -> None:
        async with await asyncio.start_unix_server(refuse, tmp_path / "till-1.sock"):
            with pytest.raises(ReceiptBridgeError, match="others are asking"):
                async for _ in watch_lane("till-1", tmp_path):
                    pass

    asyncio.run(play_it())
