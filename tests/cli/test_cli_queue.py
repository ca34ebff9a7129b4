"""`receiptbridge queue` as a technician types it, on a journal that lanes and sync have left."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pexpect
import pytest
from journal_rig import BOX, State, state
from typed import Typed, typed

from receiptbridge.journal import Answer, Outbox


@pytest.fixture
def box(tmp_path: Path) -> Iterator[State]:
    """Four sales: one rejected, one a conflict, one put off, one delivered."""
    with state(tmp_path) as made:
        made.now = time.time() - 120
        for total in (6367, 500, 1200, 80):
            made.sell(total)
        made.now += 60
        with closing(Outbox.open(made.file, clock=lambda: made.now)) as outbox:
            outbox.claim(BOX, 10)
            outbox.settle([Answer(1, "rejected", "no such rule"), Answer(2, "conflict"), Answer(4, "stored")])
            outbox.postpone([3], 3600)
        yield made


def queue(box: State, *words: object, keys: str | None = None) -> Typed:
    return typed("queue", *words, "--config", box.config, keys=keys)


def states(box: State) -> dict[int, str]:
    return {sale["number"]: sale["state"] for sale in json.loads(queue(box, "list", "--json").out)["sales"]}


def test_the_list_shows_what_waits_and_why(box: State):
    shown = queue(box, "list").out
    assert [line.split()[:5] for line in shown.splitlines()[2:4]] == [
        ["1", "till-1", "sale", "63.67", "CNY"], ["2", "till-1", "sale", "5.00", "CNY"],
    ]  # fmt: skip
    assert "no such rule" in shown
    assert "conflict: 1" in shown
    assert set(states(box)) == {1, 2, 3}
    assert [line.split()[0] for line in queue(box, "list", "--state", "rejected").out.splitlines()[2:3]] == [
        "1"
    ]


def test_one_sale_is_shown_with_what_was_done(box: State, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SUDO_USER", "li")
    queue(box, "drop", 1, "--why", "printed in training", "--yes")
    shown = queue(box, "show", 1).out
    assert "dropped  li: printed in training" in shown
    assert json.loads(queue(box, "show", 1, "--json").out)["interventions"][0]["who"] == "li"


def test_a_dropped_sale_is_in_the_journal_and_in_no_delivery(box: State):
    assert queue(box, "drop", 1, 3, "--why", "x", "--yes").out == "dropped: 1, 3\n"
    assert queue(box, "retry", 1).exit_code == 1
    with closing(Outbox.open(box.file, clock=lambda: box.now + 7200)) as outbox:
        assert outbox.claim(BOX, 10) == []
    with closing(sqlite3.connect(box.file)) as journal:
        assert journal.execute("SELECT count(*) FROM sale").fetchone() == (4,)


def test_all_are_tried_again_at_once(box: State):
    assert json.loads(queue(box, "retry", "--all", "--json").out) == {"retried": [1, 2, 3], "left": []}
    assert set(states(box).values()) == {"due"}


def test_dropping_asks_and_a_no_changes_nothing(box: State, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("receiptbridge.cli.queue.sys.stdin.isatty", lambda: True, raising=False)
    before = states(box)
    done = queue(box, "drop", 1, "--why", "x")
    assert (done.exit_code, "--yes" in done.err) == (2, True)
    assert states(box) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["retry"], "--all"),
        (["retry", "1", "--all"], "--all"),
        (["drop", "1", "--yes"], "--why"),
        (["drop", "1"], "--why"),
        (["drop", "x", "--why", "y"], "NUMBER"),
        (["drop"], "NUMBER"),
        (["show", "0"], "number"),
        (["list", "--state", "lost"], "lost"),
        (["list", "--most", "0"], "--most"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(box: State, words: list[str], said: str):
    done = queue(box, *words)
    assert (done.exit_code, said in done.err) == (2, True), done.err


def test_sales_that_do_not_wait_are_said_to_be_left(box: State):
    done = queue(box, "drop", 4, 99, "--why", "x", "--yes")
    assert done.exit_code == 1
    assert "left as they are: 4, 99" in done.err
    shown = queue(box, "show", 4)
    assert (shown.exit_code, "with the service" in shown.err) == (1, True)


def test_a_box_that_has_delivered_all_says_so(tmp_path: Path):
    with state(tmp_path) as made:
        assert "no journal" in queue(made, "list").err
        made.sell()
        with closing(Outbox.open(made.file)) as outbox:
            outbox.settle([Answer(1, "stored")])
        assert "Nothing waits" in queue(made, "list").out


def test_in_a_terminal_dropping_asks_why_and_whether_and_a_no_changes_nothing(box: State):
    for answer, left in (("n", "rejected"), ("y", "dropped")):
        words = ["-m", "receiptbridge", "queue", "drop", "1", "--config", str(box.config)]
        with contextlib.closing(
            pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=60)
        ) as terminal:
            terminal.expect("Why")
            terminal.sendline("printed in training")
            terminal.expect(r"Drop them\?")
            terminal.sendline(answer)
            terminal.expect(pexpect.EOF)
        assert states(box)[1] == left
    assert "printed in training" in queue(box, "show", 1).out
