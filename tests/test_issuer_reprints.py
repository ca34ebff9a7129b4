"""What a lane is told of a sale, of its reprint, of a code that only invites to join, and of a broken journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from receiptbridge.bridge.events import Code, SaleStored, StoreFailed, StoreSale
from receiptbridge.bridge.policy import Policy
from receiptbridge.claim.token import JOIN_ONLY, decode
from receiptbridge.identity import Identity, adopt_key, make_key
from receiptbridge.issuer import Issuer
from receiptbridge.journal import Journal
from receiptbridge.receipt.model import Kind, ReceiptReading

COFFEE = ReceiptReading(
    Kind.SALE, total=1800, currency="CNY", receipt_no="0017", datetime="2026-11-22T10:43:30"
)


@pytest.fixture
def journals() -> list[Journal]:
    return []


@pytest.fixture
def issuer(tmp_path: Path, journals: list[Journal]) -> Iterator[Issuer]:
    adopt_key(tmp_path, make_key(tmp_path), bytes(range(6)), "000102030405:1")

    def opened() -> Journal:
        journals.append(Journal.open(tmp_path / "journal.db"))
        return journals[-1]

    yield Issuer(opened, lane="till-1", identity=Identity.load(tmp_path))
    for journal in journals:
        journal.close()


def code(
    issuer: Issuer, reading: ReceiptReading = COFFEE, points: int | None = 1, policy: Policy = "print"
) -> Code:
    told = issuer.commit(StoreSale(1, reading, points, None, "print", policy=policy))
    assert isinstance(told, SaleStored)
    assert told.code is not None, told.why_no_code
    return told.code


def test_a_reprint_is_told_the_code_that_its_sale_had(issuer: Issuer) -> None:
    first = code(issuer, points=1)
    assert code(issuer, replace(COFFEE, kind=Kind.DUPLICATE), points=None) == first
    assert code(issuer, points=99) == first


def test_a_code_that_only_invites_to_join_has_no_points_and_says_so_under_its_signature(
    issuer: Issuer,
) -> None:
    told = code(issuer, points=0, policy="join")
    assert told.points is None
    assert decode(told.token).flags & JOIN_ONLY
    assert code(issuer, replace(COFFEE, kind=Kind.DUPLICATE), points=None) == told


def test_a_mark_without_its_sale_is_told_the_reason(issuer: Issuer) -> None:
    told = issuer.commit(StoreSale(1, replace(COFFEE, kind=Kind.DUPLICATE), None, None, "print"))
    assert isinstance(told, SaleStored)
    assert told.code is None
    assert "reprint" in str(told.why_no_code)


def test_a_lookup_that_fails_is_a_failed_commit(issuer: Issuer, journals: list[Journal]) -> None:
    code(issuer)
    journals[0]._connection.execute("DROP INDEX sale_printed")
    journals[0]._connection.execute("ALTER TABLE sale RENAME COLUMN receipt_no TO gone")
    assert isinstance(issuer.commit(StoreSale(2, COFFEE, 1, None, "print")), StoreFailed)
