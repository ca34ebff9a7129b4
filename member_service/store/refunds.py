"""Refunds and voids: which sale each is of, and what head office has to look at.

Rules of this file:
- A refund is matched to a sale of the same till and lane by the receipt number that it prints, and by date and
  total of the sale where it prints these. Exactly one sale has to fit; otherwise it stays open, for head office.
- Whatever comes first waits for the other: a sale that comes late is looked for in the open refunds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from member_service.store import boxes, ledger
from member_service.store.tables import Box, Refund, Sale

GIVEN_BACK = frozenset({"refund", "void"})
_NO_TIME_OF_DAY = "T00:00:00"  # a date that was printed without a time
_DATE_CHARACTERS = len("2026-11-22")


def take_in(session: Session, box_id: str, sales: Sequence[dict[str, Any]], now: int) -> None:
    """Follow up what a box has just delivered: its refunds, and the open refunds of its sales."""
    till_id = session.get_one(Box, box_id).till_id
    new = [_new_refund(item, till_id) for item in sales if item["kind"] in GIVEN_BACK]
    numbers = {item["receipt_no"] for item in sales if item["kind"] == "sale"} - {None}
    waiting = session.scalars(
        select(Refund).where(
            Refund.till_id == till_id, Refund.state == "open", Refund.receipt_no.in_(numbers)
        )
    ).all()
    session.add_all(new)
    session.flush()
    for refund in (*waiting, *new):
        _match(session, refund, now)


def open_refunds(session: Session) -> list[tuple[Refund, Sale]]:
    """What head office has to look at, oldest first: each refund with what was read off it."""
    query = (
        select(Refund, Sale)
        .join(Sale, (Sale.box_id == Refund.box_id) & (Sale.number == Refund.number))
        .where(Refund.state == "open")
        .order_by(Sale.received_at, Refund.box_id, Refund.number)
    )
    return [(refund, sale) for refund, sale in session.execute(query)]


def settle_by_hand(
    session: Session, refund_key: tuple[str, int], sale_key: tuple[str, int] | None, now: int
) -> str | None:
    """Head office's word: the sale that an open refund is of, or None to put it away. Why not, where it cannot."""
    refund = session.get(Refund, refund_key)
    if refund is None or refund.state != "open":
        return "there is no such open refund"
    if sale_key is None:
        refund.state = "dismissed"
        return None
    sale = session.get(Sale, sale_key)
    if sale is None or sale.kind != "sale" or _merchant(session, sale) != _merchant(session, refund):
        return "there is no such sale of this merchant"
    _give_back(session, refund, session.get_one(Sale, refund_key), sale, now)
    return refund.reason if refund.state == "open" else None


def _new_refund(item: dict[str, Any], till_id: int) -> Refund:
    return Refund(
        box_id=item["box_id"],
        number=item["number"],
        till_id=till_id,
        lane=item["lane"],
        receipt_no=(item["refers_to"] or {}).get("receipt_no"),
        state="open",
    )


def _match(session: Session, refund: Refund, now: int) -> None:
    read = session.get_one(Sale, (refund.box_id, refund.number))
    if refund.receipt_no is None:
        refund.reason = "it does not say which sale it is of"
        return
    found = session.scalars(_candidates(refund, read).limit(2)).all()
    if len(found) != 1:
        refund.reason = "several sales fit" if found else "no sale of this till fits"
        return
    _give_back(session, refund, read, found[0], now)


def _candidates(refund: Refund, read: Sale) -> Select[Sale]:
    """The sales before the refund that are what it prints of its sale."""
    said = read.refers_to or {}
    query = (
        select(Sale)
        .join(Box, Box.id == Sale.box_id)
        .where(Box.till_id == refund.till_id, Sale.lane == refund.lane, Sale.kind == "sale")
        .where(Sale.receipt_no == refund.receipt_no, Sale.currency == read.currency, Sale.total > 0)
        .where(Sale.issued_at <= read.issued_at)
    )
    if (when := said.get("datetime")) is not None:
        day_only = when.endswith(_NO_TIME_OF_DAY)
        printed = Sale.printed_at.startswith(when[:_DATE_CHARACTERS]) if day_only else Sale.printed_at == when
        query = query.where(printed)
    if (total := said.get("total")) is not None:
        query = query.where(Sale.total == total)
    return query


def _give_back(session: Session, refund: Refund, read: Sale, sale: Sale, now: int) -> None:
    left = (sale.total or 0) - ledger.given_back(session, sale.box_id, sale.number)
    amount = abs(read.total) if read.total is not None else left if read.kind == "void" else None
    if amount is None:
        refund.reason = "its amount could not be read"
    elif amount > left or read.currency not in (None, sale.currency):
        refund.reason = "it gives back more than is left of the sale"
    else:
        refund.state, refund.reason, refund.amount = "matched", None, amount
        refund.sale_box_id, refund.sale_number = sale.box_id, sale.number
        ledger.settle(session, sale.box_id, sale.number, now)


def _merchant(session: Session, row: Sale | Refund) -> int:
    return boxes.place(session, row.box_id).merchant_id
