"""Masked streams: as long, as well formed and as well read as they were, without what is personal."""

from __future__ import annotations

import pytest
from captures import Capture, captures
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.cli.captures import DialectChoice, understand
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.reader import Reader
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.profiles.model import PrinterProfile
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.masked_stream import Masked, mask_stream, receipt_ends
from receiptbridge.receipt.read import read_receipt

GENERIC = load_register("generic")
ESCPOS, PRINTER = load_grammar("escpos"), load_printer("xprinter-xp-80")


def mask(data: bytes, grammar: Grammar = ESCPOS, printer: PrinterProfile = PRINTER) -> Masked:
    return mask_stream(data, grammar=grammar, printer=printer, register=GENERIC)


def commands(data: bytes, grammar: Grammar) -> list[tuple[bytes, int]]:
    """Openings and lengths; runs of text in one."""
    reader, found = Reader(grammar, keep=len(data) + 1), list[tuple[bytes, int]]()
    reader.feed(data)
    while (batch := reader.pull()) is not None:
        for token in batch.tokens:
            if token >= b" " and found and found[-1][0] == b"text":
                found[-1] = (b"text", found[-1][1] + len(token))
            else:
                found.append((b"text" if token >= b" " else token[:2], len(token)))
    return found


def readings(data: bytes, grammar: Grammar, printer: PrinterProfile) -> list[object]:
    found = (
        read_receipt(receipt, grammar=grammar, printer=printer, register=GENERIC, currency=None)
        for receipt in split(data, grammar, printer)
    )
    return [(r.kind, r.total, r.currency, r.receipt_no, r.datetime, r.payments) for r in found]


@pytest.mark.parametrize("capture", captures()[::3], ids=lambda c: c.id)
def test_a_masked_capture_has_the_same_commands_and_is_read_the_same(capture: Capture):
    grammar, printer = understand(capture.data, DialectChoice.AUTO, None)
    masked = mask(capture.data, grammar, printer).data
    assert len(masked) == len(capture.data)
    assert commands(masked, grammar) == commands(capture.data, grammar)
    assert readings(masked, grammar, printer) == readings(capture.data, grammar, printer)


@given(st.binary(max_size=400))
def test_no_input_raises_or_changes_its_length(data: bytes):
    assert len(mask(data).data) == len(data)


LINES = {
    "ascii": ("ascii", b"", ["Card: 4111 1111 1111 1111", "Tel: +49 170 1234567", "Customer: Erika Mustermann",
                             "erika@example.org"],
              ["4111", "1111", "1234567", "Erika", "Mustermann", "erika", "example"]),
    "gb18030": ("gb18030", b"\x1c&", ["会员姓名：张小明", "手机：13812345678", "卡号：6222021234567890123"],
                ["张小明", "13812345678", "6222021234567890123"]),
    "big5": ("big5", b"", ["會員姓名：陳大文", "電話：0912-345-678", "信用卡：4111111111111111"],
             ["陳大文", "345-678", "4111111111111111"]),
    "shift_jis": ("cp932", b"\x1cC\x01", ["お名前：山田太郎", "電話番号：090-1234-5678"], ["山田太郎", "1234-5678"]),
    "cp949": ("cp949", b"", ["고객명: 홍길동", "전화번호: 010-1234-5678"], ["홍길동", "1234-5678"]),
    "utf-8": ("utf-8", b"", ["会员姓名：张小明", "客户: Łukasz Żółć", "手机：13812345678"],
              ["张小明", "Łukasz", "Żółć", "13812345678"]),
    "cp852": ("cp852", b"\x1bt\x12", ["Kunde: Łukasz Żółć", "Tel: 601 234 567"], ["Łukasz", "Żółć", "234 567"]),
    "cp866": ("cp866", b"\x1bt\x11", ["Клиент: Иванов Пётр", "Тел: +7 912 345-67-89"], ["Иванов", "345-67-89"]),
}  # fmt: skip
PRINTERS = {"shift_jis": "epson-tm-t88v", "big5": "epson-tm-t88v", "cp949": "epson-tm-t88v"}


@pytest.mark.parametrize("name", LINES)
def test_personal_data_goes_in_every_encoding_and_the_sale_stays(name: str):
    codec, opening, lines, secrets = LINES[name]
    words = {"ascii": "TOTAL      12.30", "cp852": "SUMA       12,30"}.get(name, "TOTAL      12.30")
    data = b"\x1b@" + opening + b"".join(line.encode(codec) + b"\n" for line in [*lines, words]) + b"\x1dV\0"
    masked = mask(data, ESCPOS, load_printer("_default")).data
    assert len(masked) == len(data)
    assert words.encode(codec) in masked
    for secret in secrets:
        assert secret.encode(codec) not in masked, masked.decode(codec, "replace")
    for label in (line.partition(":")[0].partition("：")[0] for line in lines if "@" not in line):
        assert label.encode(codec) in masked


def test_a_name_broken_by_commands_is_masked_as_the_line_that_it_is():
    data = b"Customer:\x1bE\x01 Eri\x1bE\x00ka Muster\x1b!\x10mann\n"
    masked = mask(data)
    assert (masked.data, masked.characters) == (
        b"Customer:\x1bE\x01 ***\x1bE\x00** ******\x1b!\x10****\n",
        15,
    )


def test_pictures_become_white_and_symbols_noughts_and_their_headers_stay():
    picture = b"\x1dv0\0\x02\0\x04\0" + b"\xff" * 8
    logo = b"\x1cq\x01\x01\0\x01\0" + b"\xaa" * 8
    code = b"\x1d(k\x0a\x001P0MEMBER7" + b"\x1dk\x04MEMBER7\0" + b"\x1dkI\x07MEMBER7"
    masked = mask(picture + logo + code + b"\n")
    assert masked.data == (
        b"\x1dv0\0\x02\0\x04\0" + bytes(8) + b"\x1cq\x01\x01\0\x01\0" + bytes(8)
        + b"\x1d(k\x0a\x001P00000000" + b"\x1dk\x040000000\0" + b"\x1dkI\x070000000" + b"\n"
    )  # fmt: skip
    assert (masked.pictures, masked.symbols) == (2, 3)


def test_what_ends_in_the_middle_of_a_command_is_overwritten():
    assert b"secret" not in mask(b"A\n\x1dv0\0\x10\0\x10\0secret secret").data


def test_a_stream_is_parted_behind_each_receipt():
    one, two = b"first\n\x1dV\0", b"\x1b@second\n\x1dV\0"
    assert receipt_ends(one + two, ESCPOS, PRINTER) == [len(one), len(one + two)]
    assert receipt_ends(one + b"\x1bp\0\x19\xfa", ESCPOS, PRINTER) == [len(one) + 5]
    assert receipt_ends(one + b"rest\n", ESCPOS, PRINTER) == [len(one), len(one) + 5]
