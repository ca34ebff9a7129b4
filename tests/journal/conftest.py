"""What the journal's tests share: a clock that is set by hand, and a receipt to keep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from receiptbridge.journal import SaleRecord
from receiptbridge.receipt.model import Kind, Method, Payment, ReceiptReading, RefersTo

BOX = bytes.fromhex("a1b2c3d4e5f6")


@dataclass
class Clock:
    now: float = 1_795_340_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def record() -> SaleRecord:
    reading = ReceiptReading(
        Kind.SALE,
        total=6367,
        currency="CNY",
        payments=(Payment(Method.WECHAT, 6367),),
        receipt_no="000123",
        datetime="2026-11-22T00:00:00",  # no time of day: kept twice, it is two sales
        tax=367,
        refers_to=RefersTo(receipt_no="000122"),
        confidence=0.9,
    )
    return SaleRecord("till-1", "print", reading, clock_good=True, box_id=BOX, points=6)
