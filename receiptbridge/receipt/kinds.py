"""What kind of receipt it is, by what its titles say.

A title is a line that says little else ("*** REFUND ***", "退 货 单"); the same word in a sentence ("refunds
within 14 days") is none. Between the two lies doubt, and a doubtful receipt gets no total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from receiptbridge.receipt.fold import letters
from receiptbridge.receipt.lexicon import Hit, Lexicon
from receiptbridge.receipt.model import Kind
from receiptbridge.receipt.statements import Row

TITLE_SHARE: Final = 0.6
"""Of a title's letters at least so many belong to the word that names the kind."""

LARGE_TITLE_SHARE: Final = 0.4
DOUBTFUL_SHARE: Final = 0.45
HEAD_ROWS: Final = 8
"""Reports, tickets and vouchers say what they are in their first rows; below they advertise the next visit."""

SHORT_LINE: Final = 40

_NUMBERED_TOO: Final = frozenset({Kind.MERCHANT_COPY})
_NUMBER_BEHIND: Final = re.compile(r" ?(?:id|no\.?|#|:)? ?[*x]*\d")
"""What has a number is somebody's, and no title: "Merchant **12345"."""

_ARTICLE: Final = re.compile(r"(?:^|\W)(?:the|l[aeo']|les|el|los|las|il|der|die|das|zum|zur) ?$")

_COLUMN_GAP: Final = re.compile(r" {2,}| - | / |[|()\[\]]")
_ANY_GAP: Final = re.compile(r" +| - | / |[|()\[\]]")
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")
"""Scripts without blanks between words have them between columns."""

STRONGEST: Final = (
    Kind.TRAINING, Kind.MERCHANT_COPY, Kind.REPORT, Kind.VOID, Kind.REFUND, Kind.DUPLICATE, Kind.OTHER, Kind.KITCHEN,
    Kind.VOUCHER,
)  # fmt: skip
"""Where a receipt is several things, the first of these is its kind: a void of a training sale is training."""

_NUMBERING: Final = frozenset({"number", "original"})
_HEAD_ONLY: Final[frozenset[str]] = frozenset({Kind.KITCHEN, Kind.VOUCHER, Kind.REPORT})
_IN_A_COLUMN: Final[frozenset[str]] = frozenset(Kind) - {Kind.SALE, Kind.OTHER}
_LONG_TITLE: Final = 8
"""Letters of a title that is no name of something else: "presupuesto", but not "cuenta"."""
UNPAID: Final = frozenset({Kind.KITCHEN, Kind.VOUCHER})


ASKING: Final = "asking"
"""What sayings mean that stand on bills, and on what small shops print when they were paid."""


class KindMarks(NamedTuple):
    """The kinds that a receipt claims to be, and those that it may be."""

    sure: frozenset[Kind]
    doubtful: frozenset[Kind]
    asking: bool = False  # it calls itself a bill or no fiscal document: a sale only where payments settle it


def find_marks(
    rows: Sequence[Row], lexicon: Lexicon, amounts_at: frozenset[int], met: frozenset[int] = frozenset()
) -> KindMarks:
    """The marks on a receipt; rows in `amounts_at` carry amounts, so that they are no titles.

    Rows in `met` name what was to be paid, which was: "Outstanding 44.20" above "VISA 44.20".
    """
    sure: set[Kind] = set()
    doubtful: set[Kind] = set()
    asking = False
    for row in rows:
        said = {hit.meaning for hit in lexicon.sayings.find(row.low) if not _is_aside(row, hit, amounts_at)}
        asking |= ASKING in said and row.index not in met
        kinds = {Kind(meaning) for meaning in said - {ASKING}}
        sure |= kinds - {Kind.OTHER} if row.index in met else kinds
        if row.index in amounts_at or not letters(row.low):
            continue
        shares = _shares(row.low, lexicon)
        whole = max(shares.values(), default=0.0) >= TITLE_SHARE
        titles = set() if whole else _head_columns(row, lexicon)
        asking |= ASKING in titles and row.index not in met
        sure |= {kind for kind in titles if isinstance(kind, Kind)}
        for kind, share in shares.items():
            if not isinstance(kind, Kind):
                asking |= share >= TITLE_SHARE and row.index not in met
                continue
            if kind in _HEAD_ONLY and row.index >= HEAD_ROWS:
                continue
            if share >= (LARGE_TITLE_SHARE if row.large else TITLE_SHARE):
                sure.add(kind)
            elif share >= DOUBTFUL_SHARE and len(row.low) <= SHORT_LINE:
                doubtful.add(kind)
    return KindMarks(frozenset(sure), frozenset(doubtful - sure), asking)


def _is_aside(row: Row, hit: Hit, amounts_at: frozenset[int]) -> bool:
    """Whether brackets beside an amount say it, of that amount alone: "Hold (cancelled) 0.00"."""
    return row.index in amounts_at and row.low[hit.start - 1 : hit.start] in ("(", "[")


def _head_columns(row: Row, lexicon: Lexicon) -> set[Kind | str]:
    """The kinds that a column of a head row names whole: "BAR - Table 9  12:05", "好利来 交班报表"."""
    if row.index >= HEAD_ROWS:
        return set()
    return {
        kind
        for column in columns_of(row)
        for kind, share in _shares(column, lexicon).items()
        if (share == 1 and kind in _IN_A_COLUMN) or (share >= TITLE_SHARE and letters(column) > _LONG_TITLE)
    }


def columns_of(row: Row) -> list[str]:
    """The columns of a row that has several with letters, in lower case."""
    gap = _ANY_GAP if _UNSPACED.search(row.low) else _COLUMN_GAP
    columns = [column for column in gap.split(row.low) if column.strip()]
    return columns if len(columns) > 1 else []


def _shares(text: str, lexicon: Lexicon) -> dict[Kind | str, float]:
    """What share of a text's letters names each kind.

    A longer label tells: "paid in cash" is no "paid in". And a title has no article: "The Training Room" is a name.
    """
    hits = lexicon.titles.find(text)
    labels = lexicon.labels.find(text) if hits else []
    shares: dict[Kind | str, float] = {}
    numbered = any(map(str.isdigit, text))
    titled = {at for hit in hits for at in range(hit.start, hit.end)}
    numbering = sum(
        text[at].isalpha()
        for label in labels
        if label.meaning in _NUMBERING
        for at in range(label.start, label.end)
        if at not in titled
    )
    whole = letters(text) - numbering  # "STORNO zu Beleg 5508" is a title all the same
    for hit in hits:
        named = [label for label in labels if not _is_framed(text, label, hit)]
        if any(_covers(label, hit, numbered) for label in named) or _ARTICLE.search(text[: hit.start]):
            continue
        if hit.meaning in _NUMBERED_TOO and _NUMBER_BEHIND.match(text, hit.end):
            continue
        kind = hit.meaning if hit.meaning == ASKING else Kind(hit.meaning)
        shares[kind] = shares.get(kind, 0.0) + letters(text[hit.start : hit.end]) / max(whole, 1)
    return shares


def _is_framed(text: str, label: Hit, title: Hit) -> bool:
    """Whether a word that is part of many names stands alone in a frame: "*** GRILL ***"."""
    alone = label.meaning == "neutral" and letters(text) == letters(text[title.start : title.end])
    return alone and not text.strip()[0].isalnum()


def _covers(label: Hit, title: Hit, numbered: bool) -> bool:
    if numbered and label.meaning in ("queue", "number") and title.meaning in (Kind.OTHER, ASKING):
        return label.start <= title.start and title.end <= label.end  # "叫号 248"
    longer = label.end - label.start > title.end - title.start and label.meaning != "original"
    return label.start <= title.start and title.end <= label.end and (longer or label.meaning == "neutral")


def decide_kind(marks: KindMarks, *, has_total: bool, paid: bool, negative: bool) -> Kind:
    """The kind of a receipt by its marks and by what its amounts say."""
    kinds = marks.sure - UNPAID if paid and has_total else marks.sure
    for kind in STRONGEST:
        if kind in kinds:
            return kind
    if negative:
        return Kind.REFUND
    return Kind.SALE if has_total else Kind.OTHER
