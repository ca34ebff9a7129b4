"""What people and the member service may change while a lane runs: its rules, and whether it does anything at all."""

from __future__ import annotations

from dataclasses import replace

from captures import CUT, chinese_sale
from lane_driver import Driver, observing, rules, with_register

from receiptbridge.bridge.events import BypassSwitched, RegisterConnected, RulesChanged
from receiptbridge.bridge.states import State

SALE = chinese_sale()
BEFORE_CUT = SALE.removesuffix(CUT)
OTHER_PREFIX = "HTTPS://OTHER.EXAMPLE/C/"


def test_new_rules_hold_from_the_next_receipt_on() -> None:
    lane = Driver(rules=rules(minor_per_point=100)).register(SALE)
    lane.handle(RulesChanged(replace(rules(minor_per_point=50), rule=7)))
    lane.register(SALE)
    assert [(sale.points, sale.rule) for sale in lane.sales] == [(63, 1), (127, 7)]


def test_new_rules_in_mid_receipt_hold_for_that_receipt() -> None:
    lane = Driver().register(BEFORE_CUT)
    lane.handle(RulesChanged(observing(rules())))
    assert not lane.register(CUT).blocks


def test_a_receipt_that_waits_for_its_commit_keeps_the_rules_it_was_judged_by() -> None:
    lane = Driver(rules=rules(), answers="when asked").register(SALE)
    lane.handle(RulesChanged(replace(rules(), claim_prefix=OTHER_PREFIX)))
    lane.answer_all()
    [(_, block)] = lane.blocks
    assert OTHER_PREFIX.encode() not in block


def test_a_box_that_is_enrolled_while_it_runs_prints_codes_from_then_on() -> None:
    lane = Driver(rules=rules(enrolled=False)).register(SALE)
    lane.handle(RulesChanged(rules()))
    assert len(lane.register(SALE).blocks) == 1


def test_a_bypassed_lane_forwards_and_does_nothing_else() -> None:
    lane = Driver()
    lane.handle(BypassSwitched(True, lane.now))
    lane.handle(RegisterConnected(lane.now))
    lane.register(b"\x1b@" + SALE, pause=2.0)
    assert lane.paper == b"\x1b@" + SALE
    assert not lane.sales


def test_switching_the_bypass_on_lets_a_held_cut_go_at_once() -> None:
    lane = Driver(answers="never").register(SALE)
    lane.handle(BypassSwitched(True, lane.now))
    assert lane.paper == SALE
    assert lane.session.state is State.PASSTHROUGH


def test_a_lane_whose_bypass_was_switched_off_reads_the_next_job() -> None:
    lane = Driver()
    lane.handle(BypassSwitched(True, lane.now))
    lane.register(SALE)
    lane.handle(BypassSwitched(False, lane.now))
    lane.handle(RegisterConnected(lane.now))
    assert len(lane.register(SALE).blocks) == 1


def test_switching_a_bypass_off_that_is_not_on_changes_nothing() -> None:
    lane = Driver().register(BEFORE_CUT)
    lane.handle(BypassSwitched(False, lane.now))
    assert len(lane.register(CUT).blocks) == 1


def test_another_profile_of_the_register_holds_from_the_next_receipt_on() -> None:
    lane = Driver().register(SALE)
    lane.handle(RulesChanged(with_register(ends_with=("form-feed",))))
    lane.register(BEFORE_CUT + b"\x0c")
    assert len(lane.blocks) == 2
    assert lane.session.state is State.IDLE


def test_another_profile_of_the_printer_holds_from_the_next_job_on_and_costs_no_byte() -> None:
    lane = Driver().register(BEFORE_CUT)
    lane.handle(RulesChanged(rules(printer="xprinter-xp-80")))
    assert lane.session.state is State.PASSTHROUGH
    lane.register(CUT)
    lane.handle(RegisterConnected(lane.now))
    assert len(lane.register(SALE).blocks) == 1
    assert lane.stream == SALE * 2


def test_a_lane_that_took_a_stream_for_none_of_its_own_reads_again_with_another_profile() -> None:
    lane = Driver(with_register(dialect="opaque"))
    lane.handle(RulesChanged(rules()))
    lane.handle(RegisterConnected(lane.now))
    assert len(lane.register(SALE).blocks) == 1
