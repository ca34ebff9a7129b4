"""One receipt's commands to what was sold: the way through this room, from page to reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.amounts import Style
from receiptbridge.receipt.cashier import read_cashier
from receiptbridge.receipt.collect import Collected
from receiptbridge.receipt.currency import is_in, minor, receipt_currency
from receiptbridge.receipt.dates import read_datetime
from receiptbridge.receipt.lexicon import languages_of, lexicon
from receiptbridge.receipt.model import Kind, Payment, ReceiptReading, RefersTo
from receiptbridge.receipt.numbers import read_numbers
from receiptbridge.receipt.original import read_original_date, read_original_total
from receiptbridge.receipt.page import Page, read_page
from receiptbridge.receipt.pinned import pin_total, pinned_text
from receiptbridge.receipt.sale import Outcome, judge
from receiptbridge.receipt.statements import Row, make_rows, read_statements
from receiptbridge.receipt.styles import receipt_style
from receiptbridge.receipt.transactions import read_transactions

MOST_ROWS: Final = 400
MOST_TEXT: Final = 12_000
"""No sale of a shop has more lines, or characters beside blanks; a longer paper is a report, and is not weighed."""

_PAID: Final = frozenset(
    {Kind.SALE, Kind.REFUND, Kind.VOID, Kind.DUPLICATE, Kind.TRAINING, Kind.MERCHANT_COPY}
)


def read_receipt(
    receipt: Collected,
    *,
    grammar: Grammar,
    printer: PrinterProfile,
    register: RegisterProfile,
    currency: str | None,
    explained: bool = False,
) -> ReceiptReading:
    """What one receipt says. `currency`: the lane's, for amounts that are printed without one. Never raises.

    `explained`: with the evidence, for a person to see.
    """
    page = read_page(receipt, grammar, printer, register.charset)
    text = tuple(line.text for line in page.lines)
    if (
        page.truncated
        or len(text) > MOST_ROWS
        or sum(len(line) - line.count(" ") for line in text) > MOST_TEXT
    ):
        return ReceiptReading(Kind.OTHER, reason=f"longer than {MOST_ROWS} lines", text=text)
    rows = make_rows(
        [("" if _ignored(line.text, register) else line.text, line.large) for line in page.lines]
    )
    if why := _unreadable(page, rows):
        return ReceiptReading(Kind.OTHER, reason=why, text=text)
    reading, outcome = _read_rows(rows, text, register, currency)
    if explained:
        from receiptbridge.receipt.explanation import explain  # a lane has no use for it

        bold = frozenset(number for number, line in enumerate(page.lines) if line.large or line.bold)
        evidence = explain(outcome.evidence, outcome.verdict, reading.reason, rows, text, bold)
        reading = replace(reading, explanation=evidence)
    return replace(reading, text=text)


def _ignored(text: str, register: RegisterProfile) -> bool:
    return any(ignored in text for ignored in register.ignore_texts)


def _unreadable(page: Page, rows: Sequence[Row]) -> str | None:
    """Why the amounts of a page are not worth weighing."""
    if page.pictures and not any(row.numbers for row in rows):
        return "printed as a picture"
    return None if rows else "nothing is printed"


def _read_rows(
    rows: Sequence[Row], lines: Sequence[str], register: RegisterProfile, lane_currency: str | None
) -> tuple[ReceiptReading, Outcome]:
    languages = languages_of(row.low for row in rows)
    words = lexicon(languages, register.pinned_labels(), register.pinned_titles())
    style = receipt_style(rows, languages, register.currency or lane_currency)
    statements = read_statements(rows, style, words.labels) if style is not None else []
    if style is not None:
        statements = pin_total(statements, rows, lines, style, register)
    currency = receipt_currency(statements, rows, languages[0], register.currency or lane_currency)
    outcome = judge(
        rows, [s for s in statements if is_in(s, currency)], words, only_paid=register.only_paid_sales
    )
    numbers = read_numbers(rows, words, frozenset(s.row for s in statements))
    total = minor(outcome.total, currency)
    reading = ReceiptReading(
        kind=outcome.kind,
        total=total,
        currency=currency,
        payments=_payments(outcome, currency),
        receipt_no=pinned_text(register.patterns.receipt_no, "receipt_no", lines) or numbers.receipt,
        datetime=read_datetime(
            _dated(rows, lines, register),
            month_first=currency == "USD" or (currency is None and languages[0] == "en"),
        ),
        tax=minor(outcome.tax, currency),
        confidence=outcome.confidence,
        reason=_why_none(style, outcome, total, currency),
        language=languages[0],
    )
    if outcome.kind in _PAID:
        reading = replace(reading, transactions=read_transactions(rows), cashier=read_cashier(lines))
    return replace(reading, refers_to=_refers_to(reading, numbers.original, rows, style)), outcome


def _dated(rows: Sequence[Row], lines: Sequence[str], register: RegisterProfile) -> Sequence[Row]:
    """The rows to look for the date in: what the profile's pattern finds, else all."""
    found = pinned_text(register.patterns.datetime, "datetime", lines)
    return make_rows([(found, False)]) if found else rows


def _why_none(style: Style | None, outcome: Outcome, total: int | None, currency: str | None) -> str | None:
    if style is None:
        return "amounts are written in two styles, or in one that may be thousands or thousandths"
    if outcome.total is not None and total is None:
        return f"the total {outcome.total} has more decimals than {currency}"
    return outcome.reason


def _payments(outcome: Outcome, currency: str | None) -> tuple[Payment, ...]:
    if outcome.kind not in _PAID:
        return ()
    return tuple(Payment(method, minor(amount, currency)) for method, amount in outcome.payments)


def _refers_to(
    reading: ReceiptReading, original: str | None, rows: Sequence[Row], style: Style | None
) -> RefersTo | None:
    """A refund or void names its sale, by number at least; a reprint is that sale's receipt once more."""
    if reading.kind is Kind.DUPLICATE:
        return RefersTo(reading.receipt_no, reading.datetime, reading.total)
    if reading.kind in (Kind.REFUND, Kind.VOID) and original is not None:
        date = read_original_date(rows, month_first=reading.currency == "USD")
        total = read_original_total(rows, style) if style is not None else None
        return RefersTo(original, date, minor(total, reading.currency))
    return None
