"""What a box sends: each item judged by itself, stored once, and answered.

Idempotent by (box, number): the second delivery of an item finds the row of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from member_service import claim_token, earn, money
from member_service.claim_token import ClaimToken, TokenError
from member_service.store import boxes, issued, keys, platforms, refunds
from member_service.store.tables import EarnRule, IssuedToken, Sale
from member_service.wire import SaleItem, SaleResult


class Refusal(Exception):
    """Why an item can never be stored (rejected) or is not the one that is stored (conflict)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class _Facts(NamedTuple):
    """What two deliveries of one number are compared by."""

    token: bytes | None
    kind: str
    total: int | None
    currency: str | None


@dataclass(slots=True)
class _Batch:
    """All that the items of one request are judged by, fetched once, and the rows that they become.

    Rows and not mapped objects: a box that comes back after a month has tens of thousands.
    """

    session: Session
    box_id: str
    merchant_id: int
    now: int
    public_keys: Sequence[bytes]
    rules: dict[int, EarnRule]
    sales: dict[int, _Facts]
    tokens: dict[int, bytes]
    new_sales: list[dict[str, Any]] = field(default_factory=list)
    new_tokens: list[dict[str, Any]] = field(default_factory=list)


def receive(
    session: Session, box_id: str, items: Sequence[SaleItem | dict[str, Any]], now: int
) -> list[SaleResult]:
    """Store what is new and answer each item, in the order of the items."""
    batch = _prepare(session, box_id, [item.number for item in items if isinstance(item, SaleItem)], now)
    results = [
        _receive_one(batch, item) if isinstance(item, SaleItem) else _malformed(item) for item in items
    ]
    for table, rows in ((IssuedToken, batch.new_tokens), (Sale, batch.new_sales)):
        if rows:
            session.execute(insert(table), rows)
    platforms.take_in(session, box_id, batch.merchant_id, batch.new_sales, now)
    refunds.take_in(session, box_id, batch.new_sales, now)
    return results


def _prepare(session: Session, box_id: str, numbers: list[int], now: int) -> _Batch:
    merchant_id = boxes.place(session, box_id).merchant_id
    rules = session.scalars(select(EarnRule).filter_by(merchant_id=merchant_id))
    sales = session.execute(
        select(Sale.number, Sale.token, Sale.kind, Sale.total, Sale.currency).where(
            Sale.box_id == box_id, Sale.number.in_(numbers)
        )
    )
    tokens = session.execute(
        select(IssuedToken.number, IssuedToken.raw).where(
            IssuedToken.box_id == box_id, IssuedToken.number.in_(numbers)
        )
    )
    return _Batch(
        session=session,
        box_id=box_id,
        merchant_id=merchant_id,
        now=now,
        public_keys=keys.public_keys(session, box_id),
        rules={rule.id: rule for rule in rules},
        sales={row.number: _Facts(row.token, row.kind, row.total, row.currency) for row in sales},
        tokens={row.number: row.raw for row in tokens},
    )


def _receive_one(batch: _Batch, item: SaleItem) -> SaleResult:
    try:
        token = _judged_token(batch, item)
    except Refusal as refusal:
        return _result(item, "rejected", refusal)
    try:
        known = _compare(batch, item, token)
    except Refusal as refusal:
        presented = item.model_dump(include={"token", "kind", "total", "currency"})
        issued.report_conflict(
            batch.session, batch.box_id, item.number, refusal.code, "sync", presented, batch.now
        )
        return _result(item, "conflict", refusal)
    if known:
        return _result(item, "duplicate")
    _store(batch, item, token)
    return _result(item, "stored")


def _judged_token(batch: _Batch, item: SaleItem) -> ClaimToken | None:
    """The item's token if it is genuine and says what the item says. Raises Refusal."""
    if item.token is None:
        return None
    try:
        token = claim_token.from_spelling(item.token)
    except TokenError as error:
        raise Refusal("bad_token", f"The token cannot be read: {error}.") from error
    currency = money.BY_NUMERIC.get(token.currency)
    rule = batch.rules.get(token.rule)
    rule_applies = rule is not None and currency is not None and rule.currency == currency.code
    for agrees, code, what in (
        (token.box_id == batch.box_id, "token_box", "another box id than the box that sent it"),
        (token.number == item.number, "token_number", "another number than the item"),
        (token.amount == item.total, "token_amount", "another amount than total"),
        (
            currency is None or currency.code == item.currency,
            "token_currency",
            "another currency than the item",
        ),
        (item.kind == "sale", "token_kind", f"a claim, but the item is a {item.kind}"),
    ):
        if not agrees:
            raise Refusal(code, f"The token carries {what}.")
    if not token.is_signed_by(batch.public_keys):
        raise Refusal("token_signature", "The token is not signed by a key of this box.")
    if rule is not None and rule_applies and item.points is not None:
        earned = 0 if token.join_only else earn.points(token.amount, rule)
        if item.points != earned:
            raise Refusal("points", f"Earn rule {rule.id} gives {earned} points, not {item.points}.")
    return token


def _compare(batch: _Batch, item: SaleItem, token: ClaimToken | None) -> bool:
    """Whether this very sale is stored already. Raises Refusal where its number is taken by another."""
    facts = _facts(item, token)
    stored = batch.sales.get(item.number)
    # A token that was scanned before its sale came is the sale's token; one that came with a sale is too.
    issued_raw = batch.tokens.get(item.number, facts.token)
    if issued_raw != facts.token or (stored is not None and stored.token != facts.token):
        raise Refusal("other_token", "Another token is stored for this number.")
    if stored is not None and stored != facts:
        raise Refusal("other_sale", "Another sale is stored for this number.")
    return stored is not None


def _store(batch: _Batch, item: SaleItem, token: ClaimToken | None) -> None:
    if token is not None and item.number not in batch.tokens:
        batch.new_tokens.append(issued.new_row(token, batch.now))
        batch.tokens[item.number] = token.raw
    facts = _facts(item, token)
    batch.sales[item.number] = facts
    batch.new_sales.append(
        item.model_dump() | {"token": facts.token, "box_id": batch.box_id, "received_at": batch.now}
    )


def _facts(item: SaleItem, token: ClaimToken | None) -> _Facts:
    return _Facts(token.raw if token else None, item.kind, item.total, item.currency)


def _result(item: SaleItem, status: Any, refusal: Refusal | None = None) -> SaleResult:
    if refusal is None:
        return SaleResult(number=item.number, status=status)
    return SaleResult(number=item.number, status=status, code=refusal.code, message=refusal.message)


def _malformed(item: dict[str, Any]) -> SaleResult:
    number = item.get("number")
    readable = isinstance(number, int) and not isinstance(number, bool)
    return SaleResult(
        number=number if readable else None, status="rejected", code="malformed", message=_first_fault(item)
    )


def _first_fault(item: dict[str, Any]) -> str:
    try:
        SaleItem.model_validate(item)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}."
    raise AssertionError("an item without a fault would be a SaleItem")
