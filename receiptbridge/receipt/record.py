"""A reading as JSON: the keys that `inspect` prints, the control socket tells, and the captures are labelled by."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from receiptbridge import money
from receiptbridge.receipt.currency import UNKNOWN_EXPONENT
from receiptbridge.receipt.model import ReceiptReading


def decimal(amount: int | None, currency: str | None) -> str | None:
    """A plain decimal of an amount in minor units; of one without a currency, with two decimals."""
    if amount is None:
        return None
    if currency is not None:
        return money.format_minor(amount, currency)
    whole, cents = divmod(abs(amount), 10**UNKNOWN_EXPONENT)
    return f"{'-' if amount < 0 else ''}{whole}.{cents:0{UNKNOWN_EXPONENT}}"


def as_record(reading: ReceiptReading) -> dict[str, Any]:
    """A reading as the JSON of `inspect`: amounts as plain decimals, every key always there."""
    refers_to = reading.refers_to and {
        "receipt_no": reading.refers_to.receipt_no,
        "datetime": reading.refers_to.datetime,
        "total": decimal(reading.refers_to.total, reading.currency),
    }
    return {
        "kind": reading.kind.value,
        "total": decimal(reading.total, reading.currency),
        "currency": reading.currency,
        "payments": [
            {"method": payment.method.value, "amount": decimal(payment.amount, reading.currency)}
            for payment in reading.payments
        ],
        "receipt_no": reading.receipt_no,
        "datetime": reading.datetime,
        "tax": decimal(reading.tax, reading.currency),
        "refers_to": refers_to,
        "confidence": reading.confidence,
        "reason": reading.reason,
        "transactions": [asdict(transaction) for transaction in reading.transactions],
    }
