"""The paper as a person sees it: aligned, marked, and with its reasons."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from receiptbridge.cli.paper_text import framed, reasons
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.read import read_receipt

CHINESE = "康民大药房\n板蓝根颗粒          129.10\n零售金额：          129.10\n会员优惠：            6.46\n" \
    "应付金额：          122.64\n银联支付：          122.64"  # fmt: skip
ENGLISH = "SHOP\nTea                 5.00\nTOTAL               5.00\nCASH               10.00\nCHANGE              5.00"


def read(text: str) -> ReceiptReading:
    grammar, printer = load_grammar("escpos"), load_printer("generic-80")
    receipt = next(split(text.encode("gb18030") + b"\n", grammar, printer))
    register = load_register("generic")
    return read_receipt(
        receipt, grammar=grammar, printer=printer, register=register, currency=None, explained=True
    )


def shown(text: str, *, terminal: bool = False) -> str:
    reading = read(text)
    console = Console(
        file=io.StringIO(), width=90, force_terminal=terminal, color_system="standard" if terminal else None
    )
    console.print(framed(reading.text, reading.explanation, "a.bin"))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_the_frame_closes_in_one_column_whatever_the_script(text):
    lines = shown(text).splitlines()
    assert len({cell_len(line[: line.rindex(line[0] if line[0] == "│" else line.rstrip()[-1]) + 1])
                for line in lines}) == 1  # fmt: skip


def test_plain_text_names_each_amount_in_the_margin():
    margins = [line.partition("<")[2].strip() for line in shown(CHINESE).splitlines()]
    assert margins == ["", "", "item", "gross", "discount", "total", "paid", ""]


def test_plain_text_has_no_colours_and_a_terminal_has():
    assert "\x1b[" not in shown(ENGLISH)
    assert "\x1b[" in shown(ENGLISH, terminal=True)


def test_the_reasons_name_labels_and_sums():
    first, second = reasons(read(CHINESE).explanation)
    assert first == (
        "122.64: the label 应付金额 says the total; paid by 银联支付 122.64; the items add up to 129.10 less "
        "会员优惠 6.46; 零售金额 129.10 less 会员优惠 6.46 gives it; said under 应付金额 and 银联支付"
    )
    assert second.startswith("129.10: the label 零售金额 says the total before discounts;")
    assert second.endswith("not chosen, as another amount's label is surer")


def test_tendered_less_change_is_said_so():
    (reason,) = reasons(read(ENGLISH).explanation)
    assert "paid by CASH 10.00 less CHANGE 5.00" in reason


def test_a_paper_without_text_is_framed_too():
    console = Console(file=io.StringIO(), width=40)
    console.print(framed((), None, "a.bin"))
