"""What a counter does to the box: each scenario of `hardware_sim/scenarios` is played, and says what must happen."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from paper_tools import less_blocks
from scenario_plays import PLAYS, SALE, Outcome, codes, descriptors_around_trouble

from receiptbridge.bridge.holding import HELD_MOST
from receiptbridge.claim.token import CLOCK_NOT_GOOD
from receiptbridge.links.tcp import SOCKET_BUFFER
from receiptbridge.links.wire import READ_MOST, WRITE_HIGH_WATER

FOLDER = Path(__file__).parents[2] / "hardware_sim" / "scenarios"
SCENARIOS: Mapping[str, Mapping[str, Any]] = {
    file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))
}

WITHIN_DAYS = "7 天".encode("gb18030")

# A send and a receive buffer on each of two connections (doubled by Linux), one read, one outbox.
SWALLOWED_MOST = 4 * 2 * SOCKET_BUFFER + READ_MOST + WRITE_HIGH_WATER


def passes(job: bytes, paper: bytes) -> bool:
    """Whether the paper is the job, but for blocks before its cuts."""
    if paper == job:
        return True
    try:
        return less_blocks(job, paper) == job
    except AssertionError:
        return False


def all_pass(outcome: Outcome) -> bool:
    return all(passes(job, paper) for job, paper in zip(outcome.sent, outcome.papers, strict=True))


def unmixed(outcome: Outcome) -> bool:
    return all(sum(passes(job, paper) for paper in outcome.papers) == 1 for job in outcome.sent)


def none_twice(outcome: Outcome) -> bool:
    parts = all(job.startswith(paper) for job, paper in zip(outcome.sent, outcome.papers, strict=True))
    return parts and passes(SALE, outcome.next_sale)


def each_its_own(outcome: Outcome) -> bool:
    claims = codes(outcome.papers)
    numbers = {claim.number for claim in claims}
    return len(numbers) == len(claims) == len(outcome.sent) and {c.amount for c in claims} == outcome.totals


def undated(outcome: Outcome) -> bool:
    with_code = [paper for paper in outcome.papers if codes([paper])]
    return all(b"-01-" not in p.partition(b"COM/C/")[2] and WITHIN_DAYS in p for p in with_code)


CHECKS: Mapping[str, Callable[[Outcome], bool]] = {
    "every byte reaches the printer in order": all_pass,
    "what the port heard reaches the printer as it was heard": all_pass,
    "what was sent is printed and nothing else": lambda o: o.sent == o.papers,
    "every job comes whole and unmixed": unmixed,
    "nothing is sent twice after a reconnect": none_twice,
    "no code is printed": lambda o: not codes(o.papers),
    "no code is printed on a receipt that broke off": lambda o: not codes(o.papers),
    "no code carries another total than the sale's": lambda o: (
        {c.amount for c in codes(o.papers)} <= o.totals
    ),
    "every sale gets its own code": each_its_own,
    "a whole sale behind it gets its code": lambda o: [c.amount for c in codes([o.next_sale])] == [*o.totals],
    "every receipt that broke off has its row": lambda o: (
        len(o.rows) == len(o.sent) and all(row.why_no_code for row in o.rows)
    ),
    "listening finds how the till is set": lambda o: o.found == o.till is not None,
    "what is held stays within its bound": lambda o: o.held_most <= HELD_MOST + READ_MOST,
    "the register is held back before a receipt is swallowed": lambda o: 0 < o.swallowed <= SWALLOWED_MOST,
    "the register is told at once": lambda o: bool(o.told) and all(o.told),
    "the register is refused while the printer is off": lambda o: o.refused,
    "the codes say that the clock was not known good": lambda o: all(
        c.flags & CLOCK_NOT_GOOD for c in codes(o.papers)
    ),
    "codes are printed, each for its own sale": lambda o: (
        len(codes(o.papers)) >= 1 and {c.amount for c in codes(o.papers)} <= o.totals
    ),
    "the paper promises no date": undated,
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_must_happen_happens(name: str, tmp_path: Path):
    scenario = SCENARIOS[name]
    outcome = asyncio.run(PLAYS[name](tmp_path, **scenario.get("with", {})))
    failed = [sentence for sentence in scenario["must"] if not CHECKS[sentence](outcome)]
    assert failed == []


def test_jobs_hang_ups_and_lost_printers_leave_no_descriptor_behind():
    before, after = asyncio.run(descriptors_around_trouble())
    assert after == before


def test_every_play_and_every_check_belongs_to_a_scenario():
    assert set(PLAYS) == set(SCENARIOS)
    assert set(CHECKS) == {sentence for scenario in SCENARIOS.values() for sentence in scenario["must"]}
    assert all(scenario["what"] for scenario in SCENARIOS.values())
