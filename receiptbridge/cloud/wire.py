"""A sale as `docs/sync-api.md` has it, and the service's answers about sales."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from receiptbridge.claim.token import spell
from receiptbridge.journal import Answer, DueSale

# docs/sync-api.md: longer strings and lists make an item malformed. What lies beyond stays in the journal.
TEXT_MOST = 200
PAYMENTS_MOST = 20

_FINALS: Mapping[str, Any] = {
    "stored": "stored",
    "duplicate": "stored",
    "conflict": "conflict",
    "rejected": "rejected",
}
_TEXTS = ("lane", "receipt_no", "printed_at", "reason", "why_no_code", "outcome", "cashier")
_AS_THEY_ARE = ("number", "kind", "total", "currency", "issued_at", "points")


def to_wire(sale: DueSale) -> dict[str, Any]:
    """One item of `POST /v1/sales`."""
    item: dict[str, Any] = {name: getattr(sale, name) for name in _AS_THEY_ARE}
    item |= {name: _within(getattr(sale, name)) for name in _TEXTS}
    item["clock_good"] = bool(sale.clock_good)
    item["token"] = spell(sale.token) if sale.token else None
    item["payments"] = json.loads(sale.payments)[:PAYMENTS_MOST]
    item["transactions"] = json.loads(sale.transactions)
    item["refers_to"] = json.loads(sale.refers_to) if sale.refers_to else None
    return item


def read_result(result: Any) -> Answer | None:
    """What one result says for good; None for one that leaves the sale to be sent again."""
    match result:
        case {"number": int(number), "status": str(status)} if status in _FINALS:
            return Answer(number, _FINALS[status], _reason(result))
    return None


def _reason(result: Mapping[str, Any]) -> str | None:
    said = [result.get(key) for key in ("code", "message")]
    return ": ".join(text for text in said if isinstance(text, str)) or None


def _within(text: str | None) -> str | None:
    return text if text is None else text[:TEXT_MOST]
