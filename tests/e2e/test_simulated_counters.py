"""Core, journal, sync and service on virtual time, with everything that may go wrong: the laws at the end of each run.

A broken law names its seed; `python -m benchmarks simulate --seed SEED` runs that world again.
"""

from __future__ import annotations

import pytest

from benchmarks.simulate import run_worlds, survey
from benchmarks.simulation.run import Told, run_world
from receiptbridge.bridge import session
from receiptbridge.journal import Journal

WORLDS = 2000
PROCESSES = 2


@pytest.mark.timeout(600)  # 20 s on two cores of its own
def test_no_world_breaks_a_law_and_the_worlds_were_full_of_trouble():
    outcomes = survey(range(1, WORLDS + 1), PROCESSES)
    assert [outcome for outcome in outcomes if not isinstance(outcome, Told)] == []
    assert sum(told.codes for told in outcomes) > WORLDS
    assert sum(told.kills for told in outcomes) > WORLDS / 2
    assert sum(told.power_cuts for told in outcomes) > WORLDS / 4


def test_a_seed_says_all_that_happens():
    assert run_world(7) == run_world(7)


def first_broken(worlds):
    """What breaks first, in worlds where something was made wrong."""
    outcomes = (run_worlds([seed])[0] for seed in range(1, worlds + 1))
    return next((outcome for outcome in outcomes if isinstance(outcome, str)), "nothing")


def test_a_journal_that_does_not_flush_is_found_out(monkeypatch):
    monkeypatch.setitem(Journal.__init__.__kwdefaults__, "sale_commit", "NORMAL")
    assert "row is not there" in first_broken(200)


def test_a_core_that_holds_for_too_long_is_found_out(monkeypatch):
    monkeypatch.setattr(session, "CUT_HOLD", 0.6)
    assert "bytes were held" in first_broken(200)


def test_a_service_that_stores_what_it_has_already_is_found_out(monkeypatch):
    from benchmarks.simulation.service import Model

    monkeypatch.setattr(Model, "scan", lambda model, token, *rest: model._accruals.update([1]))
    assert "credited twice" in first_broken(200)


@pytest.mark.parametrize("seed", [80, 372])
def test_what_a_lost_printer_did_not_take_is_void(seed):
    assert isinstance(run_world(seed), Told)
