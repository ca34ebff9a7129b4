"""What a lane's core does in the situations that a counter brings about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from captures import CUT, chinese_sale
from hypothesis import given
from hypothesis import strategies as st
from lane_driver import PREFIX, Driver, observing, rules, stored, token_for, with_register

from receiptbridge.bridge.events import (
    FromRegister,
    LinkLost,
    PrinterConnected,
    PrinterWritten,
    RegisterConnected,
    Stopping,
)
from receiptbridge.bridge.holding import CUT_HOLD, HELD_MOST, TAIL_HOLD
from receiptbridge.bridge.jobs import QUIET_BEFORE_JOB
from receiptbridge.bridge.printer_side import ANSWER_WITHIN, ASK_AFTER
from receiptbridge.bridge.states import State
from receiptbridge.claim.block import BlockStyle, line_budget
from receiptbridge.claim.token import spell
from receiptbridge.escpos.replies import PrinterCondition

SALE = chinese_sale()
BEFORE_CUT = SALE.removesuffix(CUT)
PAPER_OUT = bytes.fromhex("18 00 0C 00")  # an automatic status: offline, no paper
SWITCHED_ON = bytes.fromhex("3B 31 00")  # the power-on notice, where a memory switch asks for it
ASKING_TILL = bytes.fromhex("1B 40 1B 3D 01 10 04 01")


def test_the_block_stands_just_before_the_cut():
    driver = Driver().register(SALE)
    assert [at for at, _ in driver.blocks] == [len(BEFORE_CUT)]
    assert driver.stream == SALE


def test_the_block_carries_the_token_of_the_sale():
    driver = Driver(rules(printer="epson-tm-t88v")).register(SALE)
    [(_, block)] = driver.blocks
    assert driver.sales[0].reading.total == 6367
    assert driver.sales[0].points == 63
    assert (PREFIX + spell(token_for(driver.sales[0]))).encode() in block or b"\x1dv0" in block


def test_nothing_of_the_cut_passes_before_the_journal_has_answered():
    driver = Driver(answers="never").register(SALE)
    assert driver.stream == BEFORE_CUT
    assert driver.session.state is State.HOLDING_CUT


def test_register_bytes_behind_a_held_cut_wait_with_it_and_keep_their_order():
    driver = Driver(answers="never").register(SALE + b"\x1dr\x01", b"\x10\x04\x01")
    assert driver.stream == BEFORE_CUT
    driver.answer_all()
    assert driver.stream == SALE + b"\x1dr\x01\x10\x04\x01"


def test_printer_bytes_flow_while_the_cut_is_held():
    driver = Driver(answers="never").register(SALE).printer(b"\x16")
    assert driver.to_register == b"\x16"


def test_a_slow_journal_costs_the_code_and_not_the_cut():
    driver = Driver(answers="never").register(SALE).wait(CUT_HOLD)
    assert driver.stream == SALE
    assert driver.blocks == []


def test_a_sale_that_was_committed_too_late_is_marked_as_not_printed():
    driver = Driver(answers="never").register(SALE).wait(CUT_HOLD)
    driver.answer_all()
    assert driver.blocks == []
    assert [mark.outcome for mark in driver.marks] == ["not_printed"]


def test_a_failed_commit_lets_the_cut_go_at_once():
    driver = Driver(answers="failure").register(SALE)
    assert driver.stream == SALE
    assert driver.blocks == []


def test_a_row_is_releasing_before_its_block_goes_and_released_when_the_printer_has_it():
    driver = Driver().register(SALE)
    assert driver.session.awaits_written
    driver.handle(PrinterWritten(driver.now))
    assert [mark.outcome for mark in driver.marks] == ["releasing", "released"]
    assert not driver.session.awaits_written


def test_an_observing_lane_keeps_the_sale_and_holds_nothing():
    driver = Driver(observing(rules()), answers="never").register(SALE)
    assert driver.stream == SALE
    assert driver.sales[0].why_no_code == "the lane only observes"


def test_a_box_that_is_not_enrolled_keeps_the_sale_and_prints_no_code():
    driver = Driver(rules(enrolled=False)).register(SALE)
    assert driver.blocks == []
    assert driver.sales[0].why_no_code == "the box is not enrolled"
    assert driver.sales[0].points == 63


def test_a_sale_in_another_currency_than_the_earn_rule_gets_no_code():
    in_euros = b"\x1b@Cafe\nCoffee  EUR 12.00\nTOTAL  EUR 12.00\nCASH  EUR 12.00\n\n\n" + CUT
    driver = Driver().register(in_euros)
    assert driver.blocks == []
    assert "EUR" in (driver.sales[0].why_no_code or "")


def test_a_sale_that_earns_nothing_gets_no_code():
    driver = Driver(rules(minor_per_point=1_000_000)).register(SALE)
    assert driver.blocks == []
    assert driver.sales[0].points == 0


def test_a_second_cut_without_print_is_no_receipt():
    driver = Driver().register(SALE, CUT, b"\n\n", CUT)
    assert len(driver.sales) == 1


def test_two_receipts_in_one_write_get_a_code_each():
    second = chinese_sale("8.00", "77")
    driver = Driver().register(SALE + second)
    assert [at for at, _ in driver.blocks] == [len(BEFORE_CUT), len(SALE) + len(second) - len(CUT)]


@pytest.mark.parametrize("split", range(1, len(CUT)))
def test_a_cut_that_comes_in_two_writes_is_still_found(split: int):
    driver = Driver().register(BEFORE_CUT + CUT[:split])
    assert driver.stream == BEFORE_CUT
    driver.register(CUT[split:])
    assert len(driver.blocks) == 1
    assert driver.stream == SALE


def test_a_tail_is_let_go_after_its_bound_and_its_cut_then_gets_no_code():
    driver = Driver().register(BEFORE_CUT + CUT[:2]).wait(TAIL_HOLD)
    assert driver.stream == BEFORE_CUT + CUT[:2]
    driver.register(CUT[2:])
    assert driver.blocks == []
    assert driver.sales[0].why_no_code == "the cut came in pieces"
    assert driver.stream == SALE


def test_a_tail_that_cannot_become_a_cut_passes_at_once():
    driver = Driver().register(BEFORE_CUT + b"\x1bE")
    assert driver.stream == BEFORE_CUT + b"\x1bE"


def test_a_till_that_asks_before_it_prints_is_not_kept_waiting():
    driver = Driver()
    for byte in ASKING_TILL:
        driver.register(bytes([byte]))
    assert driver.stream == ASKING_TILL
    assert driver.printer(b"\x16").to_register == b"\x16"


def test_a_cut_inside_a_picture_is_picture():
    picture = b"\x1dv0\x00\x02\x00\x08\x00" + CUT * 5 + b"\x00"
    driver = Driver().register(BEFORE_CUT + picture)
    assert driver.sales == []


def test_a_cut_in_a_macro_definition_is_no_cut_yet():
    driver = Driver().register(BEFORE_CUT + b"\x1d:" + CUT + b"\x1d:")
    assert driver.sales == []
    assert driver.blocks == []


def test_a_cut_by_macro_ends_the_receipt_where_the_macro_is_run():
    run = b"\x1d^\x01\x00\x00"
    driver = Driver().register(b"\x1b@\x1d:\n\n" + CUT + b"\x1d:" + BEFORE_CUT.removeprefix(b"\x1b@") + run)
    assert [at for at, _ in driver.blocks] == [len(driver.stream) - len(run)]


def test_a_macro_that_does_not_cut_ends_nothing():
    driver = Driver().register(
        b"\x1b@\x1d:\n\x1d:" + BEFORE_CUT.removeprefix(b"\x1b@") + b"\x1d^\x01\x00\x00"
    )
    assert driver.sales == []


def test_more_behind_a_held_cut_than_the_bound_lets_the_cut_go():
    driver = Driver(answers="never").register(SALE, b"x" * (HELD_MOST + 1))
    assert driver.stream.startswith(SALE)
    assert driver.session.held == 0


def test_a_stream_that_is_not_escpos_is_left_alone_for_good():
    fiscal_frames = b"\x02\x1b\xf1\x1b\xf2\x1d\xf3\x03\x06" * 60
    driver = Driver().register(fiscal_frames + SALE)
    assert driver.session.opaque
    driver.handle(RegisterConnected(driver.now))
    driver.register(SALE)
    assert driver.session.state is State.PASSTHROUGH
    assert driver.paper == fiscal_frames + SALE + SALE


def test_a_receipt_without_a_cut_is_kept_when_the_register_hangs_up():
    driver = Driver().register(BEFORE_CUT)
    driver.handle(LinkLost("register", driver.now))
    assert driver.sales[0].why_no_code == "the register hung up before a cut"
    assert driver.session.state is State.IDLE


def test_a_register_that_hangs_up_behind_its_cut_still_gets_its_code():
    driver = Driver(answers="never").register(SALE)
    driver.handle(LinkLost("register", driver.now))
    driver.answer_all()
    assert len(driver.blocks) == 1
    assert driver.stream == SALE


def test_a_job_that_broke_off_in_mid_command_leaves_the_next_one_unread():
    driver = Driver().register(BEFORE_CUT + b"\x1dv0\x00\x48\x00\xff\x00some of the picture")
    driver.handle(LinkLost("register", driver.now))
    driver.handle(RegisterConnected(driver.now))
    assert driver.session.state is State.PASSTHROUGH
    driver.register(SALE)
    driver.handle(LinkLost("register", driver.now))
    driver.handle(RegisterConnected(driver.now))
    assert driver.session.state is State.IDLE


def test_a_lost_printer_voids_the_held_cut_and_says_so_of_the_row():
    driver = Driver(answers="never").register(SALE)
    driver.handle(LinkLost("printer", driver.now))
    assert driver.session.held == 0
    driver.answer_all()
    assert [mark.outcome for mark in driver.marks] == ["not_printed"]


def test_a_block_on_its_way_to_a_printer_that_is_lost_is_marked_unknown():
    driver = Driver().register(SALE)
    driver.handle(LinkLost("printer", driver.now))
    assert [mark.outcome for mark in driver.marks] == ["releasing", "unknown"]


def test_a_line_without_connections_is_not_read_until_a_job_begins():
    driver = Driver(connect=False).register(SALE)
    assert driver.session.state is State.PASSTHROUGH
    assert driver.blocks == []
    driver.wait(QUIET_BEFORE_JOB).register(SALE)
    assert len(driver.blocks) == 1
    assert driver.stream == SALE + SALE


def test_a_printer_that_was_switched_off_and_on_has_other_settings_than_were_followed():
    driver = Driver().register(BEFORE_CUT).printer(SWITCHED_ON).wait(0.01)
    driver.register(CUT)
    assert driver.session.state is State.PASSTHROUGH
    assert driver.blocks == []
    assert driver.stream == SALE


def test_silence_that_the_box_itself_caused_does_not_begin_a_job():
    driver = Driver(connect=False).register(b"x").wait(QUIET_BEFORE_JOB)
    driver.handle(FromRegister(SALE, driver.now, held_back=True))
    assert driver.session.state is State.PASSTHROUGH


def test_a_line_whose_printer_is_out_of_paper_does_not_begin_a_job():
    driver = Driver(connect=False).printer(PAPER_OUT).wait(QUIET_BEFORE_JOB).register(SALE)
    assert driver.session.state is State.PASSTHROUGH
    driver.handle(PrinterConnected(driver.now))
    driver.wait(QUIET_BEFORE_JOB).register(SALE)
    assert driver.session.state is not State.PASSTHROUGH


def test_a_lane_that_stops_keeps_nothing_back():
    driver = Driver(answers="never").register(SALE + b"more")
    driver.handle(Stopping(driver.now))
    assert driver.stream == SALE + b"more"


def test_an_answer_to_a_sale_of_long_ago_is_not_taken_for_todays():
    driver = Driver(answers="never").register(SALE).wait(CUT_HOLD)
    [late] = driver.unanswered
    driver.unanswered = []
    driver.register(chinese_sale("8.00", "78"))
    driver.handle(stored(late, driver.now))
    assert driver.blocks == []
    assert driver.session.holding_cut


# ---- registers and printers that do not cut ----

UNCUT = BEFORE_CUT


def test_before_a_reserved_cut_the_block_is_not_fed_past_the_cutter():
    reserved = Driver().register(BEFORE_CUT + b"\x1dVa\x00")
    plain = Driver().register(SALE)
    [(at, block)] = reserved.blocks
    assert at == len(BEFORE_CUT)
    assert block.count(b"\n") < plain.blocks[0][1].count(b"\n")


def test_on_a_printer_without_a_cutter_a_receipt_ends_when_the_register_hangs_up():
    driver = Driver(rules(printer="generic-58")).register(UNCUT)
    driver.handle(LinkLost("register", driver.now))
    assert [at for at, _ in driver.blocks] == [len(UNCUT)]
    assert driver.stream == UNCUT


def test_a_register_whose_profile_says_so_ends_its_receipts_by_hanging_up():
    driver = Driver(with_register(ends_with=("hang-up",))).register(UNCUT)
    driver.handle(LinkLost("register", driver.now))
    assert len(driver.blocks) == 1


def test_no_block_follows_a_register_that_hung_up_in_mid_command():
    driver = Driver(with_register(ends_with=("hang-up",))).register(UNCUT + b"\x1dv0\x00\x48\x00\x10")
    driver.handle(LinkLost("register", driver.now))
    assert driver.blocks == []


def test_a_form_feed_ends_a_receipt_only_where_the_profile_says_so():
    assert Driver().register(UNCUT + b"\x0c").blocks == []
    driver = Driver(with_register(ends_with=("form-feed",))).register(UNCUT + b"\x0c")
    assert [at for at, _ in driver.blocks] == [len(UNCUT)]


def test_silence_ends_a_receipt_where_the_profile_says_so():
    lane = with_register(ends_with=("quiet",), quiet_seconds=3)
    driver = Driver(lane).register(UNCUT).wait(2.9)
    assert driver.blocks == []
    driver.wait(0.1)
    assert [at for at, _ in driver.blocks] == [len(UNCUT)]
    driver.wait(3.0)
    assert len(driver.blocks) == 1


def test_the_text_of_its_last_line_ends_a_receipt_and_the_next_one_follows_in_the_same_write():
    lane = with_register(end_of_receipt_texts=("谢谢惠顾",))
    body = SALE.split(b"\r\n\r\n")[0] + b"\r\n"
    driver = Driver(lane).register(body + body)
    assert [at for at, _ in driver.blocks] == [len(body), 2 * len(body)]
    assert driver.stream == body + body
    pieces = Driver(lane)
    for byte in body + body:
        pieces.register(bytes([byte]))
    assert pieces.paper == driver.paper


def test_a_long_feed_ends_a_receipt_where_the_profile_says_so():
    body = UNCUT.split(b"\r\n\r\n")[0] + b"\r\n"
    lane = with_register(end_of_receipt_feed=5)
    for feed in (b"\n" * 4, b"\x1bd\x04", b"\n\x1bd\x03"):  # the last line's own end is the first of the five
        driver = Driver(lane).register(body + feed + body + feed)
        assert [at for at, _ in driver.blocks] == [len(body + feed), 2 * len(body + feed)]
    assert Driver(lane).register(body + b"\n" * 3 + b"more\n").blocks == []


def test_a_register_that_does_not_speak_escpos_is_never_read():
    driver = Driver(with_register(dialect="opaque")).register(SALE)
    assert driver.session.state is State.PASSTHROUGH
    assert driver.paper == SALE


def test_the_compact_block_of_a_lane_is_shorter_than_the_full_one():
    full, compact = (
        Driver(replace(rules(), style=BlockStyle(template=template))).register(SALE).blocks[0][1]
        for template in ("full", "compact")
    )
    assert len(compact) < len(full)


def test_on_a_slow_line_the_block_takes_no_more_bytes_than_two_seconds_carry():
    budget = line_budget(9600)
    slow = replace(rules(printer="generic-80"), block_bytes=budget)
    assert len(Driver(rules(printer="generic-80")).register(SALE).blocks[0][1]) > budget
    assert len(Driver(slow).register(SALE).blocks[0][1]) <= budget


def test_the_block_speaks_the_receipts_language():
    german = (
        "\x1b@\x1bt\x10Bäckerei\nBrot  3,50\nSumme EUR  3,50\nBar EUR  3,50\nMwSt 7% 0,23\n\n\n".encode(
            "cp1252"
        )
        + CUT
    )
    driver = Driver(rules(currency="EUR")).register(german)
    assert [sale.reading.language for sale in driver.sales] == ["de"]
    assert b"Punkte" in driver.blocks[0][1]


# ---- questions of the box's own ----

OWN_QUESTION = bytes.fromhex("10 04 01 10 04 04")


def asking(*, allowed: bool = True) -> Driver:
    lane = rules()
    return Driver(replace(lane, printer=lane.printer.but(ask_when_idle=allowed)))


def test_an_idle_printer_is_asked_where_its_profile_allows_it():
    driver = asking().wait(ASK_AFTER)
    assert driver.paper == OWN_QUESTION
    assert asking(allowed=False).wait(ASK_AFTER).paper == b""


def test_the_register_never_sees_the_answer_to_a_question_of_the_box():
    driver = asking().wait(ASK_AFTER).printer(b"\x16").printer(b"\x72").wait(0.01)
    assert driver.to_register == b""
    assert driver.session.printer.condition is PrinterCondition.PAPER_OUT
    driver.printer(b"\x12")
    assert driver.to_register == b"\x12"


def test_an_answer_that_comes_too_late_is_the_registers():
    driver = asking().wait(ASK_AFTER).wait(ANSWER_WITHIN + 0.1).printer(b"\x16")
    assert driver.to_register == b"\x16"


def test_a_register_that_asks_beside_the_box_gets_its_own_answer():
    driver = asking().wait(ASK_AFTER).register(b"\x10\x04\x01").printer(b"\x16\x12\x16")
    assert driver.to_register == b"\x16"


def test_nothing_is_asked_while_a_receipt_is_under_way():
    driver = asking().register(BEFORE_CUT).wait(ASK_AFTER)
    assert driver.paper == BEFORE_CUT


@given(st.lists(st.binary(max_size=3), max_size=8))
def test_what_goes_back_is_what_the_printer_said_when_the_box_did_not_ask(replies: list[bytes]):
    driver = asking(allowed=False).wait(ASK_AFTER)
    for reply in replies:
        driver.printer(reply).wait(0.1)
    assert driver.to_register == b"".join(replies)
