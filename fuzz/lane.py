"""A whole lane's core on any bytes: the paper less the blocks is the stream, however it arrives."""

from __future__ import annotations

from functools import cache

from lane_driver import Answers, Driver, rules

from fuzz.inputs import parse
from receiptbridge.bridge.holding import CUT_HOLD, HELD_MOST, TAIL_HOLD
from receiptbridge.bridge.jobs import QUIET_BEFORE_JOB
from receiptbridge.bridge.rules import LaneRules

PRINTERS = ("epson-tm-t88v", "generic-80", "epson-tm-u220", "star-tsp650")
ANSWERS: tuple[Answers, ...] = ("at once", "when asked", "never", "failure")


@cache
def _rules(printer: str) -> LaneRules:
    return rules(printer=printer)


def check(data: bytes) -> None:
    """Raise where a law does not hold for this input."""
    given = parse(data)
    lane = _rules(PRINTERS[given.choice % len(PRINTERS)])
    answers = ANSWERS[given.choice // len(PRINTERS) % len(ANSWERS)]
    pieces = _drive(lane, given.pieces, answers)
    assert pieces.stream == given.stream, "the output less the blocks is not the input"
    with_page = _drive(lane, given.pieces, answers, page=given.stream)
    assert with_page.stream == given.stream, "the output less the pages is not the input"
    if answers == "at once":
        whole = _drive(lane, [given.stream], answers)
        assert whole.stream == given.stream, "the output less the blocks is not the input"
        assert pieces.blocks == whole.blocks, "cutting changed the blocks"


def _drive(lane: LaneRules, pieces: list[bytes], answers: Answers, page: bytes | None = None) -> Driver:
    """`page`: is to be printed as a page of the box's own whenever the register has been silent."""
    driver = Driver(lane, answers)
    for piece in pieces:
        driver.register(piece)
        if page is not None:
            driver.wait(QUIET_BEFORE_JOB)
            driver.page(page)
        assert driver.session.held <= HELD_MOST + len(piece), "too much is held"
    driver.answer_all()
    while driver.session.held:
        driver.wait(CUT_HOLD + TAIL_HOLD)
    assert "core_fault" not in driver.reported(), "the core failed"
    return driver
