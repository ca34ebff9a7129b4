"""Reprints, copies and equal sales through a running box: its own process, real sockets, a journal on disk."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest
from box_rig import PRINTER, Box, start_box
from captures import CUT
from paper_tools import claims_on, print_on

from receiptbridge.claim.token import ClaimFields as Claim


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with start_box(tmp_path_factory.mktemp("reprints"), "CNY") as started:
        warm(started)
        yield started


def receipt(number: str | None, time: str = "10:43:30", *, title: str = "", price: str = "18.00") -> bytes:
    lines = [
        *([title] if title else []), "      万家福超市", *([f"单号:{number}"] if number else []),
        f"日期:2026-11-22 {time}",
        "--------------------------------", f"美式咖啡        1  {price}  {price}",
        "--------------------------------", f"合计                      {price}", f"应收                      {price}",
        f"实收                      {price}", "找零                      0.00", "付款方式: 现金", "谢谢惠顾",
    ]  # fmt: skip
    return b"\x1b@\x1c&" + "\r\n".join(lines).encode("gb18030") + b"\r\n\r\n\r\n\r\n" + CUT


def warm(box: Box) -> None:
    """A box that has just started may take longer for its first receipt than a cut may wait."""
    for attempt in range(50):
        if any(codes(box, receipt(f"W{attempt:04}"))):
            return
    raise AssertionError("the box prints no codes")


def codes(box: Box, job: bytes) -> list[list[Claim]]:
    """The claims on each paper that a job makes."""
    return [claims_on(paper, box.public_key) for paper in print_on(PRINTER, box.job(job)).papers]


def rows(box: Box) -> list[sqlite3.Row]:
    with contextlib.closing(sqlite3.connect(box.state / "journal.db")) as journal:
        journal.row_factory = sqlite3.Row
        return journal.execute("SELECT * FROM sale ORDER BY number").fetchall()


@pytest.mark.parametrize("title", ["", "*** 重印 ***", "*** DUPLICATE ***"])
def test_a_reprint_carries_the_very_token_of_its_sale_with_and_without_a_mark(box: Box, title: str):
    number = f"R{len(title):04}"
    [[first]] = codes(box, receipt(number))
    [[again]] = codes(box, receipt(number, title=title))
    assert first == again
    kept = rows(box)
    assert (kept[-1]["kind"], kept[-1]["reprint_of"], kept[-1]["token"]) == ("duplicate", first.number, None)


def test_two_equal_coffees_are_two_sales(box: Box):
    papers = [receipt("0101"), receipt("0102"), receipt("0101", "10:44:30"), receipt(None), receipt(None)]
    claims = [claim for paper in papers for piece in codes(box, paper) for claim in piece]
    assert len({claim.number for claim in claims}) == len(papers)


def test_a_reprint_is_told_after_a_restart(box: Box):
    [[first]] = codes(box, receipt("0201"))
    box.stop()
    box.start()
    warm(box)
    assert codes(box, receipt("0201", title="补打小票")) == [[first]]


def test_a_marked_reprint_of_a_sale_that_the_box_never_saw_gets_no_code(box: Box):
    assert codes(box, receipt("0301", title="*** 重印 ***")) == [[]]
    assert "reprint" in rows(box)[-1]["why_no_code"]


@pytest.mark.parametrize(
    "order", [("商户联", "顾客联"), ("顾客联", "商户联")], ids=["merchants", "customers"]
)
def test_merchant_and_customer_copy_are_one_sale_whichever_comes_first(box: Box, order: tuple[str, str]):
    number = f"04{order[0] == '商户联':02}"
    papers = codes(box, b"".join(receipt(number, title=title) for title in order))
    assert [len(claims) for claims in papers] == [int(title == "顾客联") for title in order]


def test_two_copies_without_a_name_are_one_sale_with_one_token(box: Box):
    [[first], [second]] = codes(box, receipt("0501") * 2)
    assert first == second
