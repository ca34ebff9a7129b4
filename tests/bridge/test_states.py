"""The transition table and its picture."""

from __future__ import annotations

from pathlib import Path

from receiptbridge.bridge.states import TRANSITIONS, Cause, State, picture

DOCS = Path(__file__).parents[2] / "docs"


def test_every_state_can_lose_track_and_only_passthrough_starts_afresh():
    assert {before for before, cause in TRANSITIONS if cause is Cause.LOST_TRACK} == set(State)
    assert [before for before, cause in TRANSITIONS if cause is Cause.FRESH_START] == [State.PASSTHROUGH]


def test_every_state_can_be_reached_and_left():
    assert set(TRANSITIONS.values()) == set(State)
    assert {before for before, _ in TRANSITIONS} == set(State)


def test_the_picture_in_the_docs_is_drawn_from_the_table():
    assert picture() in (DOCS / "one-byte.md").read_text("utf-8")
