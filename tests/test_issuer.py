"""What is kept of a receipt: its fields, and its text only where the configuration says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from receipt_papers import GRAMMAR, PRINTER, REGISTER

from receiptbridge.bridge.events import SaleStored, StoreSale
from receiptbridge.issuer import Issuer
from receiptbridge.journal import Journal
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

PAPER = "店\n单号 A100\n会员: 张三\n手机:13800138000\n蛋 63.67\n合计 63.67\n现金 70.00\n找零 6.33\n"


def reading() -> ReceiptReading:
    receipt = next(split(PAPER.encode("gb18030"), GRAMMAR, PRINTER))
    return read_receipt(
        receipt, grammar=GRAMMAR, printer=PRINTER, register=REGISTER, currency="CNY", explained=True
    )


def kept_text(path: Path, **how: bool) -> str | None:
    issuer = Issuer(lambda: Journal.open(path), lane="till-1", identity=None, **how)
    sale = StoreSale(1, reading(), None, "the box is not enrolled", "print")
    assert isinstance(issuer.commit(sale), SaleStored)
    with closing(sqlite3.connect(path)) as journal:
        ((text,),) = journal.execute("SELECT text FROM sale")
    return text


def test_by_default_no_text_is_kept(tmp_path):
    assert kept_text(tmp_path / "journal.db") is None


def test_text_that_is_kept_is_masked_and_holds_what_was_sold(tmp_path):
    text = kept_text(tmp_path / "journal.db", keep_text=True)
    assert text is not None
    assert "张三" not in text
    assert "8000" not in text
    for kept in ("A100", "63.67", "70.00"):
        assert kept in text


@pytest.mark.parametrize("number", ["13800138000", "张三"])
def test_nothing_personal_reaches_the_file(tmp_path, number):
    kept_text(tmp_path / "journal.db", keep_text=True)
    for file in tmp_path.iterdir():
        assert number.encode() not in file.read_bytes()
