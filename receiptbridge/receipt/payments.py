"""How a sale was paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from receiptbridge.receipt.evidence import Evidence
from receiptbridge.receipt.fold import letters
from receiptbridge.receipt.lexicon import Lexicon
from receiptbridge.receipt.model import Method
from receiptbridge.receipt.statements import METHODS, Row
from receiptbridge.receipt.sums import NOTHING

_CARD_NUMBER: Final = re.compile(r"[x*]{2,}[ -]?\d{3,4}(?!\d)")
"""The end of a card's number, the rest hidden."""


_TICKED: Final = re.compile(r"(?:\[[x*v]\]|\([x*v]\)|[☑☒✓✔√■]) ?([^\[(☐□]+)")
"""The one of several means of payment that is marked: "[ ] cash  [x] check"."""


class Paid(NamedTuple):
    """A means of payment and what of the bill it paid, None where the paper does not say."""

    method: Method
    amount: Decimal | None


def read_payments(
    evidence: Evidence, rows: Sequence[Row], words: Lexicon, total: Decimal | None
) -> tuple[Paid, ...]:
    """The payments in printed order; cash less the change. One without an amount paid the whole total.

    Whoever gets change and names no means of payment paid cash.
    """
    paid: dict[Method, Decimal] = {}
    seen: set[tuple[Method, Decimal]] = set()
    tenders = [tender for tender in evidence.tenders() if tender.methods]
    nonzero = [tender for tender in tenders if tender.amount]
    for statement in nonzero or tenders:
        method = Method(statement.methods[0])
        if (method, statement.amount) not in seen:
            seen.add((method, statement.amount))
            paid[method] = paid.get(method, NOTHING) + statement.amount
    if not paid:
        exact = [
            s for s in evidence.of(*METHODS) if s.amount == total
        ]  # a folio has its payment among the charges
        if exact and total:
            return (Paid(Method(exact[0].methods[0]), total),)
        named = _named(rows, words, evidence.summary_row)[:1]
        if evidence.change() or (not named and evidence.of("change")):
            named = [Method.CASH]
        return tuple(Paid(method, total) for method in named)
    return tuple(
        Paid(method, amount) for method, amount in _less_change(paid, evidence.change(), total).items()
    )


def shows_a_card(rows: Sequence[Row], words: Lexicon) -> bool:
    """Whether a row says nothing but a bank's card and the end of its number: "CARTA VISA **** 8831"."""
    for row in rows:
        hits = words.labels.find(row.low) if _CARD_NUMBER.search(row.low) else ()
        said = sum(letters(row.low[hit.start : hit.end]) for hit in hits)
        banks = bool(hits) and all(hit.meaning in ("card", "unionpay") for hit in hits)
        if banks and said == letters(_CARD_NUMBER.sub("", row.low)):
            return True
    return False


def _less_change(
    paid: dict[Method, Decimal], change: Decimal, total: Decimal | None
) -> dict[Method, Decimal]:
    """Change is given on cash, or where no cash is named on what was named last. Cash pays no more than the total."""
    if list(paid) == [Method.CASH] and total is not None and NOTHING < total < paid[Method.CASH]:
        return {Method.CASH: total}
    if change and list(paid) == [Method.OTHER] and total is not None:
        return {Method.CASH: total}  # of nothing else change is given
    if change and sum(paid.values(), NOTHING) != total:
        method = Method.CASH if Method.CASH in paid else list(paid)[-1]
        paid = {**paid, method: paid[method] - change}
    return paid


def _named(rows: Sequence[Row], words: Lexicon, summary_row: int) -> list[Method]:
    """Means of payment that are named without an amount: "付款方式: 现金", "VISA ****2870", "在线支付(已支付)"."""
    found: list[Method] = []
    for row in rows:
        behind = row.low[row.numbers[-1].end :] if row.numbers and row.index >= summary_row else ""
        paid_by = [Method(hit.meaning) for hit in words.labels.find(behind) if hit.meaning in METHODS]
        if len(set(paid_by)) == 1:
            found.append(paid_by[0])  # "¥42 微信支付"
            continue
        ticked = _TICKED.search(row.low)
        low = ticked[1] if ticked else row.low
        hits = words.labels.find(low)
        methods = [Method(hit.meaning) for hit in hits if hit.meaning in METHODS]
        labelled = any(hit.meaning == "method_label" for hit in hits)
        paid = [hit for hit in words.proofs.find(low) if hit.meaning == "paid"] if methods else []
        settled = bool(paid) or any(hit.meaning == "received" for hit in hits)
        explained = len(
            {at for hit in (*hits, *paid) for at in range(hit.start, hit.end) if low[at].isalpha()}
        )
        below = row.index > summary_row and (
            explained * 2 > letters(low) or _CARD_NUMBER.search(low) is not None
        )
        if len(set(methods)) > 1 and not labelled and not paid:
            continue  # what the shop accepts
        said = settled and (row.index > summary_row or explained == letters(low))
        if methods and (labelled or below or said):
            found.append(methods[0])
    return found
