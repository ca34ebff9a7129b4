"""Pages of the box's own: whole, between receipts, and nothing of them stays in the printer."""

from __future__ import annotations

import pytest
from captures import CUT, chinese_sale
from hypothesis import given
from hypothesis import strategies as st
from lane_driver import Driver, cut_up, rules, with_register
from paper_tools import height_of_insertion, print_on
from session_streams import ANSWERS, CUTS, STREAMS, settle

from receiptbridge.bridge.events import BypassSwitched, LinkLost, RegisterConnected
from receiptbridge.bridge.jobs import QUIET_BEFORE_JOB
from receiptbridge.bridge.own_page import PAGE_BLOCKS, PAGE_MOST, QUIET_WHERE_UNREAD, render_page
from receiptbridge.claim.block import line_budget
from receiptbridge.escpos.restore import CannotRestore
from receiptbridge.escpos.state import PrinterState

SALE = chinese_sale()
BEFORE_CUT = SALE.removesuffix(CUT)
QR = b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x05\x1d(k\x08\x001P0HELLO\x1d(k\x03\x001Q0"
PAGE = b"\x1ba\x01\x1bE\x01\x1d!\x11TEST PAGE\n\x1d!\x00\x1bt\x13Caf\x82\n" + QR + b"\n\n\n" + CUT
# Settings that a register may have left, and that the page above changes or would look different in.
SETTINGS = st.lists(
    st.sampled_from(
        [
            b"\x1ba\x02", b"\x1bE\x01", b"\x1b!\x30", b"\x1d!\x22", b"\x1bt\x05", b"\x1b3\x10", b"\x1b{\x01",
            b"\x1dB\x01", b"\x1b-\x02", b"\x1dL\x20\x00", b"\x1dW\x80\x01", b"\x1b \x04", b"\x1c&", b"\x1bR\x02",
        ]
    ),
    max_size=8,
).map(b"".join)  # fmt: skip


@given(
    stream=STREAMS,
    cuts=CUTS,
    answers=ANSWERS,
    pauses=st.lists(st.sampled_from([0.0, 0.3, QUIET_BEFORE_JOB]), max_size=12),
)
def test_output_less_pages_and_blocks_is_the_input_whenever_a_page_is_asked_for(
    stream, cuts, answers, pauses
):
    driver = Driver(answers=answers)
    for at, piece in enumerate(cut_up(stream, cuts)):
        driver.register(piece, pause=pauses[at] if at < len(pauses) else 0.0)
        driver.page(PAGE)
    driver.answer_all()
    settle(driver)
    assert driver.stream == stream
    assert "core_fault" not in driver.reported()
    assert all(PAGE in page for _, page in driver.pages)


@given(page=st.one_of(STREAMS, st.binary(max_size=40)))
def test_any_page_is_printed_whole_or_refused_and_the_next_receipt_gets_its_code(page):
    driver = Driver().register(SALE, pause=QUIET_BEFORE_JOB)
    refused = driver.page(page)
    assert (refused is None) == bool(driver.pages)
    driver.register(SALE)
    assert len(driver.blocks) == 2
    assert driver.stream == SALE * 2


@given(settings=SETTINGS, of_the_page=SETTINGS)
def test_whatever_the_register_had_set_is_set_again_to_the_pixel(settings, of_the_page):
    driver = Driver(rules(printer="epson-tm-t88v")).register(SALE, settings, pause=QUIET_BEFORE_JOB)
    assert driver.page(of_the_page + PAGE) is None
    driver.register(SALE)
    with_page = print_on("epson-tm-t88v", driver.paper)
    [(at, _)] = driver.pages
    assert at == len(SALE + settings)
    without = print_on("epson-tm-t88v", driver.paper_with(2))
    assert height_of_insertion(without.strip_image(), with_page.strip_image()) > 0


@pytest.mark.parametrize("model", ["xprinter-xp-80", "epson-tm-u220", "star-tsp650"])
def test_printers_of_other_kinds_go_on_as_they_were(model: str) -> None:
    star = model.startswith("star")
    bold, cut = (b"\x1bE", b"\x1bd\x02") if star else (b"\x1bE\x01", CUT)
    receipt = bold + b"BOLD HEAD\nTOTAL 12.00\nCASH 12.00\n" + cut
    driver = Driver(rules(printer=model)).register(receipt, pause=QUIET_BEFORE_JOB)
    assert (
        driver.page(b"words of the box\n" + (b"\x1bF" if star else b"\x1bE\x00") + b"and more\n" + cut)
        is None
    )
    driver.register(receipt)
    with_page, without = print_on(model, driver.paper), print_on(model, driver.paper_with(len(driver.blocks)))
    assert height_of_insertion(without.strip_image(), with_page.strip_image()) > 0


def test_a_page_waits_while_a_receipt_is_under_way_and_comes_after_its_cut() -> None:
    driver = Driver().register(BEFORE_CUT, pause=QUIET_BEFORE_JOB)
    assert driver.page(PAGE) == "a receipt is under way"
    assert driver.answers_to_pages[-1].for_now
    driver.register(CUT, pause=QUIET_BEFORE_JOB)
    assert driver.page(PAGE) is None
    assert driver.pages[0][0] == len(SALE)


def test_a_page_waits_until_the_register_was_silent_for_a_moment() -> None:
    driver = Driver().register(SALE)
    assert driver.page(PAGE) == "the register is printing"
    assert driver.wait(QUIET_BEFORE_JOB).page(PAGE) is None


def test_a_page_waits_for_a_printer_that_is_not_ready() -> None:
    driver = Driver().register(SALE).printer(bytes.fromhex("18 00 0C 00")).wait(QUIET_BEFORE_JOB)
    assert "PAPER_OUT" in (driver.page(PAGE) or "")
    assert driver.answers_to_pages[-1].for_now


def test_between_two_connections_a_page_comes_at_once() -> None:
    driver = Driver().register(SALE)
    driver.handle(LinkLost("register", driver.now))
    assert driver.page(PAGE, alone=True) is None


def test_where_the_stream_was_not_read_yet_a_page_comes_only_on_demand_and_after_a_long_silence() -> None:
    line = Driver(connect=False).register(SALE)
    assert "not known" in (line.wait(QUIET_WHERE_UNREAD).page(PAGE) or "")
    assert line.page(PAGE, anyway=True) is None
    assert line.register(b"\n").page(PAGE, anyway=True) == "the register is printing"


@pytest.mark.parametrize("bypassed", [True, False])
def test_a_lane_that_only_forwards_prints_no_page_however_long_one_waits(bypassed: bool) -> None:
    driver = Driver() if bypassed else Driver(with_register(dialect="opaque"))
    if bypassed:
        driver.handle(BypassSwitched(True, driver.now))
    assert driver.wait(QUIET_WHERE_UNREAD).page(PAGE, anyway=True) is not None
    assert not driver.answers_to_pages[-1].for_now


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"text without an end of its line", id="an open line"),
        pytest.param(b"\x1dv0\x00\x08\x00\x08\x00half a picture", id="half a command"),
        pytest.param(b"\x1b@reset\n", id="a reset"),
        pytest.param(b"\x10\x04\x01", id="a question at once"),
        pytest.param(b"\x1dr\x01", id="a question"),
        pytest.param(b"\x1da\xff", id="the wish for automatic status"),
        pytest.param(b"\x1bLpage mode\n\x0c", id="page mode"),
        pytest.param(b"\x1d:\x1d:", id="a macro"),
        pytest.param(b"\x1b=\x02display\n", id="a customer display"),
        pytest.param(b"\x1b\xf1unknown\n", id="a command that nobody knows"),
        pytest.param(b"\x1cq\x01\x01\x00\x01\x00" + bytes(8), id="a logo for good"),
        pytest.param(b"\n" * (PAGE_MOST + 1), id="more than may be"),
    ],
)
def test_what_would_stay_in_the_printer_or_answer_to_the_register_is_refused(page: bytes) -> None:
    driver = Driver().register(SALE, pause=QUIET_BEFORE_JOB)
    assert driver.page(page) is not None
    assert not driver.answers_to_pages[-1].for_now
    assert not driver.pages


def test_a_code_of_the_printers_own_is_refused_where_its_store_could_not_be_put_back() -> None:
    prints_from_an_empty_store = b"\x1d(k\x03\x001Q0"
    driver = Driver().register(prints_from_an_empty_store + SALE, pause=QUIET_BEFORE_JOB)
    assert "store of symbols" in (driver.page(PAGE) or "")
    assert driver.page(b"words only\n") is None


def test_on_a_slow_line_a_page_is_bounded_by_the_time_that_it_takes() -> None:
    lane = rules()
    slow = lane.__class__(
        **{f: getattr(lane, f) for f in lane.__slots__} | {"block_bytes": line_budget(9600)}
    )
    state = PrinterState(slow.grammar, slow.printer)
    most = (slow.block_bytes or 0) * PAGE_BLOCKS
    assert render_page(b"\n" * most, slow, state)
    with pytest.raises(CannotRestore, match="bytes"):
        render_page(b"\n" * (most + 1), slow, state)


def test_a_page_before_the_first_job_leaves_the_lane_to_begin_as_it_would_have() -> None:
    driver = Driver(connect=False)
    assert driver.page(PAGE, alone=True) is None
    driver.handle(RegisterConnected(driver.now))
    driver.register(SALE)
    assert len(driver.blocks) == 1
