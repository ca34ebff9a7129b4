from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.errors import ReceiptBridgeError, UsageError

CORPUS = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"
SALE = "店\n单号 A1\n蛋 63.67\n合计 63.67\n现金 70.00\n找零 6.33\n".encode("gb18030") + b"\x1dV\x00"
KITCHEN = "厨打单\n1 x 米饭\n".encode("gb18030") + b"\x1dV\x00"

KEYS = ["id", "kind", "total", "currency", "payments", "receipt_no", "datetime", "tax", "refers_to", "confidence",
        "reason", "transactions", "receipts", "text"]  # fmt: skip


def inspect(*arguments: object):
    return CliRunner().invoke(build_app(["inspect"]), ["inspect", *map(str, arguments)])


def records(*arguments: object):
    result = inspect("--json", *arguments)
    assert result.exception is None
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def capture(tmp_path):
    def write(data: bytes, name: str = "capture.bin") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_one_line_of_json_a_file_with_the_keys_of_the_contract(capture):
    one, two = capture(SALE, "one.bin"), capture(KITCHEN, "two.bin")
    first, second = records(one, two)
    assert list(first) == KEYS
    assert (first["id"], first["kind"], first["total"], first["currency"]) == ("one", "sale", "63.67", "CNY")
    assert first["payments"] == [{"method": "cash", "amount": "63.67"}]
    assert set(first["receipts"][0]) == set(KEYS) - {"id", "receipts", "text"}
    assert first["text"][0].strip() == "店"
    assert (second["id"], second["kind"], second["total"]) == ("two", "kitchen", None)


def test_the_first_sale_stands_for_a_stream_of_several_receipts(capture):
    (record,) = records(capture(KITCHEN + SALE + SALE))
    assert record["kind"] == "sale"
    assert [receipt["kind"] for receipt in record["receipts"]] == ["kitchen", "sale", "sale"]


def test_a_stream_that_prints_nothing_says_so(capture):
    (record,) = records(capture(b"\x1bp\x00\x19\xfa"))
    assert (record["kind"], record["total"], record["reason"]) == ("other", None, "nothing is printed")


def test_a_star_stream_is_recognised(capture):
    star = b"\x1b@\x1b\x1da\x01SHOP\n\x1bE\x1bi\x01\x01TOTAL 5.00\x1bi\x00\x00\x1bF\nTea 5.00\nCASH 5.00\n\x1bd\x02"
    (record,) = records(capture(star))
    assert (record["kind"], record["total"]) == ("sale", "5.00")


@pytest.mark.parametrize("stem", ["d0034", "d0103", "d0088"])
def test_captures_score_as_read_by_the_box(stem):
    (record,) = records(CORPUS / f"{stem}.bin")
    truth = json.loads((CORPUS / f"{stem}.json").read_text(encoding="utf-8"))
    assert [receipt["total"] for receipt in record["receipts"]] == [
        receipt["total"] for receipt in truth["receipts"]
    ]


def test_people_see_the_paper_and_what_was_understood(capture):
    result = inspect(capture(SALE))
    assert "63.67 CNY" in result.stdout
    assert "cash 63.67" in result.stdout
    assert "合计" in result.stdout


def test_people_see_why_there_is_no_total(capture):
    assert (
        "nothing says that it was paid"
        in inspect(capture("店\n蛋 5.00\n合计 5.00\n".encode("gb18030"))).stdout
    )


def test_nobody_is_shown_what_is_personal(capture):
    paper = "店\n会员: 张三\n手机:13800138000\n蛋 63.67\n合计 63.67\nVISA 6222021234567890128 63.67\n"
    file = capture(paper.encode("gb18030"))
    (record,) = records(file)
    assert record["total"] == "63.67"
    for shown in ("\n".join(record["text"]), inspect(file).stdout):
        assert "63.67" in shown
        assert not any(personal in shown for personal in ("张三", "8000", "0128"))


def test_a_missing_file_and_a_folder_are_wrong_usage(tmp_path):
    for path in (tmp_path / "none.bin", tmp_path):
        fault = inspect(path).exception
        assert isinstance(fault, UsageError)
        assert str(path) in str(fault)


def test_an_empty_file_is_named(capture):
    fault = inspect(capture(b"")).exception
    assert isinstance(fault, ReceiptBridgeError)
    assert "empty" in str(fault)


def test_a_bad_file_does_not_keep_the_good_ones_from_being_read(capture, tmp_path):
    result = inspect("--json", tmp_path / "none.bin", capture(SALE))
    assert json.loads(result.stdout)["total"] == "63.67"
    assert isinstance(result.exception, UsageError)


def test_an_unknown_profile_is_answered_with_those_there_are(capture):
    fault = inspect("--printer-profile", "nonesuch", capture(SALE)).exception
    assert isinstance(fault, ReceiptBridgeError)
    assert "generic-80" in fault.hint


def test_the_paper_is_drawn(capture, tmp_path):
    out = tmp_path / "paper.png"
    assert inspect("--png", out, capture(SALE)).exception is None
    assert out.read_bytes().startswith(b"\x89PNG")


def test_only_one_paper_is_drawn_at_a_time(capture, tmp_path):
    assert isinstance(
        inspect("--png", tmp_path / "x.png", capture(SALE), capture(SALE)).exception, UsageError
    )
