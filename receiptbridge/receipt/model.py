"""What was read off one receipt. Money is integer minor units with its ISO 4217 code beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from receiptbridge.receipt.explanation import Explanation


class Kind(StrEnum):
    SALE = "sale"
    REFUND = "refund"
    VOID = "void"
    DUPLICATE = "duplicate"
    KITCHEN = "kitchen"
    REPORT = "report"
    TRAINING = "training"
    MERCHANT_COPY = "merchant_copy"
    VOUCHER = "voucher"
    OTHER = "other"


class Method(StrEnum):
    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    UNIONPAY = "unionpay"
    STORED_VALUE = "stored_value"
    VOUCHER = "voucher"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Payment:
    method: Method
    amount: int | None  # minor units, None where the paper names the method only


class TransactionKind(StrEnum):
    """Whose number it is."""

    PLATFORM = "platform"  # the payment platform's own
    ORDER = "order"  # the merchant's, as the platform knows it
    REFERENCE = "reference"  # the acquirer's retrieval reference (ISO 8583, field 37)
    AUTHORISATION = "authorisation"  # the card issuer's (field 38): six characters, not unique


@dataclass(frozen=True, slots=True)
class Transaction:
    """A number under which a payment is known elsewhere, as printed, without blanks."""

    kind: TransactionKind
    number: str


@dataclass(frozen=True, slots=True)
class RefersTo:
    """The sale that a refund, void or duplicate speaks of, as far as printed."""

    receipt_no: str | None = None
    datetime: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class ReceiptReading:
    """One receipt. `total` is None unless the evidence agrees; then `reason` says why there is none."""

    kind: Kind
    total: int | None = None
    currency: str | None = None  # ISO 4217
    payments: tuple[Payment, ...] = ()
    receipt_no: str | None = None
    datetime: str | None = None  # ISO 8601 local time as printed, "2026-11-22T10:43:30"
    tax: int | None = None
    refers_to: RefersTo | None = None
    transactions: tuple[Transaction, ...] = ()
    cashier: str | None = None  # number or id as printed, of a name its first letter
    confidence: float = 0.0
    reason: str | None = None
    language: str | None = None  # BCP 47 primary tag of the printed labels: "zh", "en", ...
    text: tuple[str, ...] = field(default=(), repr=False)
    explanation: Explanation | None = field(default=None, repr=False, compare=False)  # where it was asked for
