"""Lines into statements: an amount and what the words before it say it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from receiptbridge.receipt.amounts import (
    CODES,
    Number,
    Style,
    find_numbers,
    mask,
    parts_thousands_by_blanks,
)
from receiptbridge.receipt.fold import fold, letters, lower, reading_order
from receiptbridge.receipt.forms import usual
from receiptbridge.receipt.lexicon import Hit, Phrases

METHODS: Final = ("cash", "card", "wechat", "alipay", "unionpay", "stored_value", "voucher", "other")

RULING: Final = (
    "turnover", "foreign", "instalment", "points", "savings", "balance", "per_head", "suggested", "change",
    "count", "price", "deposit", "rounding", "discount", "subtotal", "gross", "total", "tip", "service", "tax",
    "received", *METHODS, "total_weak", "inclusive", "identity", "queue", "original", "number", "date",
)  # fmt: skip
"""Where a label says several things, the first of these is what its amount is: "total savings" is savings."""

MOST_PLAIN_DIGITS: Final = 7
"""Of an amount without decimals, groups of thousands or currency: longer ones are approvals and other numbers."""

_PUNCTUATION: Final = " :.=*-_|x"
_FILLERS: Final = frozenset({"neutral", "inclusive"})
_SUMS: Final = frozenset({"total", "total_weak", "subtotal", "received", "change"})
_MONEY: Final = _SUMS | {*METHODS}
_GIVEN: Final = frozenset({"received", "cash", "change"})
_NAMING: Final = frozenset({"number", "original", "identity", "queue", "date", "count"})
_ALONE: Final = re.compile(r"[ =]*\d[\d., ]*")
_TIMES: Final = re.compile(r"(?<![\d.,])(\d{1,3}) ?[x*\u0445] ?(\d{1,6})(?: {2,}| ?= ?)(\d{1,7})$")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^][]*\]")
_SEVERAL_AT: Final = re.compile(r" *(?!0*1[ x*@])\d+(?:[.,]\d+)? *(?:[x*@]|kg x|kg @) *")
"""A row "4 x 0.45" says a price; what the four cost stands above or below."""
_TIMES_BEHIND: Final = re.compile(r" ?[x*@\u0445] ?(?!0*1 *$)\d{1,3}(?: *[^\W\d]{1,4}\.?)? *")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COUNTED: Final = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,%])")
_CODE_WORDS: Final = frozenset(code.lower() for code in CODES)


@dataclass(frozen=True, slots=True)
class Row:
    """A line made ready: `text` folded, `low` in lower case, and the numbers in it that may be amounts."""

    index: int
    text: str
    low: str
    masked: str  # `low` with rates, counts and dates blanked out
    numbers: tuple[Number, ...]
    large: bool
    line: int = 0  # which line of the page it is


class Statement(NamedTuple):
    """`amount` at row `row`, said to be `meaning` (None: nothing known); `sure`: by nothing but known words."""

    row: int
    meaning: str | None
    sure: bool
    amount: Decimal
    currency: str | None
    label: str
    said: tuple[str, ...] = ()  # all that the label says
    start: int = 0  # where the number stands in its row's text
    end: int = 0
    pinned: bool = False  # a register's profile says that it is the total

    @property
    def methods(self) -> tuple[str, ...]:
        methods = (meaning for meaning in self.said if meaning in METHODS)
        return tuple(sorted(methods, key="other".__eq__))  # "收款码(微信)" names the wallet in brackets


def make_rows(lines: Sequence[tuple[str, bool]]) -> list[Row]:
    """Rows of (text, large) lines, blank ones left out."""
    rows: list[Row] = []
    texts, sizes = zip(*lines, strict=True) if lines else ((), ())
    folded = usual([fold(text).strip() for text in reading_order(texts)])
    blanks = parts_thousands_by_blanks("\n".join(folded))
    for line, (text, large) in enumerate(zip(folded, sizes, strict=True)):
        if text:
            masked = mask(low := lower(text))
            rows.append(Row(len(rows), text, low, masked, tuple(find_numbers(masked, blanks)), large, line))
    return rows


def read_statements(rows: Sequence[Row], style: Style, labels: Phrases) -> list[Statement]:
    """All amounts of a receipt with what they are said to be, in printed order.

    Below a heading for suggested tips, rows with a rate are suggestions.
    """
    statements: list[Statement] = []
    above: Row | None = None
    with_rates = any("%" in row.low for row in rows)
    suggesting = False
    for row in rows:
        suggesting = suggesting or (
            with_rates and any(hit.meaning == "suggested" for hit in labels.find(row.low))
        )
        if "%" in row.low and (suggesting or _suggests(row, labels)):
            continue
        found = _in_columns(row, above, style, labels) or _of_row(row, style, labels)
        found = found or _below_a_label(row, above, style, labels)
        if above is not None and len(found) == 1 and not _says_something(found[0], labels):
            found = [_restated(found[0], above, labels)]
        statements += found
        above = row if not row.numbers and letters(row.low) else None
    return statements


def _suggests(row: Row, labels: Phrases) -> bool:
    """Whether a row offers a tip: "18%: Tip $4.96 Total $26.50"."""
    said = {hit.meaning for hit in labels.find(row.low)}
    return len(row.numbers) > 1 and {"tip", "total"} <= said


def _says_something(statement: Statement, labels: Phrases) -> bool:
    """Whether an amount has words of its own: "6,050円(税込)" below "お支払い金額" has none that say what it is."""
    hits = labels.find(statement.label)
    fillers = bool(hits) and all(hit.meaning in _FILLERS for hit in hits)
    return bool(statement.label.strip(_PUNCTUATION)) and not (fillers and "%" not in statement.label)


def _in_columns(row: Row, above: Row | None, style: Style, labels: Phrases) -> list[Statement]:
    """Amounts each below its label ("应收  实收" above "13.50  15.00"), or behind as many ("Cash/Change 50 7.20")."""
    heads = above.low.split() if above is not None and not letters(row.low) else []
    if len(row.numbers) > 1 and not letters(row.low[row.numbers[0].end :]):
        heads = heads or row.low[: row.numbers[0].start].split("/")
    meant = [{hit.meaning for hit in labels.find(head)} & _MONEY for head in heads]
    if len(heads) < 2 or len(heads) != len(row.numbers) or not all(meant):
        return []
    pairs = [(head, n, style.value(n)) for head, n in zip(heads, row.numbers, strict=True)]
    return [
        _stated(row.index, head, head, labels, value, n.currency)._replace(start=n.start, end=n.end)
        for head, n, value in pairs
        if value is not None
    ]


def _below_a_label(row: Row, above: Row | None, style: Style, labels: Phrases) -> list[Statement]:
    """A number alone, in whole units, below a label of money."""
    if above is None or len(row.numbers) != 1 or _ALONE.fullmatch(row.low) is None:
        return []
    value = style.value(row.numbers[0])
    said = {hit.meaning for hit in labels.find(above.low)} - _FILLERS
    if value is None or not said & _SUMS or said & _NAMING:
        return []
    number = row.numbers[0]
    return [Statement(row.index, None, False, value, number.currency, "", (), number.start, number.end)]


def _of_row(row: Row, style: Style, labels: Phrases) -> list[Statement]:
    """One statement for every label with amounts behind it; the last amount behind a label is the one meant."""
    prices = [number for number in row.numbers if style.is_price(number) and style.value(number) is not None]
    if not prices and row.numbers and _is_plain_price(row, style, labels):
        prices = [*_given_before(row, labels), row.numbers[-1]]
    statements: list[Statement] = []
    label, at = slice(0), 0
    for number in prices:
        between = slice(at, number.start)
        if letters(row.low[between]) or not statements:
            label = between
            if not letters(row.low[between]) and len(prices) == 1:
                label = slice(number.end, None)
        elif statements:
            statements.pop()
        value = style.value(number)
        assert value is not None
        statements.append(
            _stated(row.index, row.low[label], row.masked[label], labels, value, number.currency)._replace(
                start=number.start, end=number.end
            )
        )
        at = number.end
    if len(prices) == 1 and (
        _SEVERAL_AT.fullmatch(statements[0].label) or _TIMES_BEHIND.fullmatch(row.low, prices[0].end)
    ):
        return [statements[0]._replace(meaning="price", sure=True)]
    return statements


def _given_before(row: Row, labels: Phrases) -> list[Number]:
    """The number of "CASH 200 CHANGE 80" that says what was given."""
    label = row.low[: row.numbers[0].start]
    said = {hit.meaning for hit in labels.find(label)} - _FILLERS
    return [row.numbers[0]] if len(row.numbers) == 2 and said and said <= _GIVEN else []


def _is_plain_price(row: Row, style: Style, labels: Phrases) -> bool:
    """Whether a row's last number, in whole units without a currency, is an amount all the same.

    Where amounts have no decimals it stands in a column of its own, or behind a label of money. Where they
    have, only what was given may be printed without: "CASH 50".
    """
    number = row.numbers[-1]
    if (
        style.value(number) is None
        or letters(row.low[number.end :])
        or len(number.digits) > MOST_PLAIN_DIGITS
    ):
        return False
    label = row.low[: number.start].removesuffix("-")
    said = {hit.meaning for hit in labels.find(label)} - _FILLERS
    if style.decimal and _GROUPED.fullmatch(number.digits) and (said & _MONEY or label.endswith("  ")):
        return True  # "1,265" to pay beside "29.0" a litre
    if style.decimal:
        times = _TIMES.search(row.low)  # "1 x 550   550" above "950.00"
        made = times is not None and int(times[1]) * int(times[2]) == int(times[3])
        return made or (bool(said) and said <= _GIVEN)
    if said & _NAMING:
        return bool(said & _MONEY) and label.endswith("  ")
    return label.endswith("  ") or bool(said)


def _stated(
    row: int, label: str, masked: str, labels: Phrases, amount: Decimal, currency: str | None
) -> Statement:
    """What `label` says of an amount; in `masked`, the same with its counts and rates blanked out.

    Behind a count that stands on the same line ("Qty 5  Total 86.30") the words nearest to the amount say it.
    """
    asides = [(aside.start(), aside.end()) for aside in _ASIDE.finditer(label)]
    all_hits = labels.find(masked) or labels.find(label)
    hits = _outside(all_hits, asides)
    counted = max((n.end() for n in _COUNTED.finditer(label) if not _within(n.span(), asides)), default=0)
    said = [hit.meaning for hit in hits if hit.start >= counted and hit.meaning not in _FILLERS]
    if not said:
        said = [hit.meaning for hit in hits if hit.meaning not in _FILLERS]
        if counted and len(set(said)) > 1:  # "Total qty/amount  3  48.00" has the count before the amount
            said = [meaning for meaning in said if meaning != "count"]
    if not said and any(hit.meaning == "inclusive" for hit in hits):
        said = ["tax"]
    if amount < 0 and "discount" in said:  # "1 hour free for members"
        said = [meaning for meaning in said if meaning not in ("count", "identity")]
    known = [meaning for meaning in said if meaning in RULING]
    meaning = min(known, key=RULING.index, default=None)
    return Statement(
        row,
        meaning,
        not _unknown_letters(masked, all_hits),
        amount,
        currency,
        label,
        tuple(dict.fromkeys(said)),
    )


def _restated(statement: Statement, above: Row, labels: Phrases) -> Statement:
    """An amount that stands alone, with the label of the row above it."""
    said = _stated(statement.row, above.low, above.masked, labels, statement.amount, statement.currency)
    return said._replace(start=statement.start, end=statement.end)


def _outside(hits: Sequence[Hit], asides: Sequence[tuple[int, int]]) -> Sequence[Hit]:
    """The hits without those in brackets, where others tell: "Due (3 lines, 4 units)" is what is due."""
    told = [hit for hit in hits if hit.meaning in METHODS or not _within((hit.start, hit.end), asides)]
    return told if any(hit.meaning not in _FILLERS for hit in told) else hits


def _within(span: tuple[int, int], asides: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in asides)


def _unknown_letters(label: str, hits: Sequence[Hit]) -> int:
    """Letters of a label that no phrase explains."""
    rest, at = [], 0
    for hit in hits:
        rest.append(label[at : hit.start])
        at = hit.end
    rest.append(label[at:])
    words = _WORD.findall(" ".join(rest))
    return sum(len(word) for word in words if word not in _CODE_WORDS and len(word) > 1)
