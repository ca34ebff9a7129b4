"""The number that the register gave to a receipt, and the receipt that a refund or void speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final, NamedTuple

from receiptbridge.receipt.dates import NAMED_DATE
from receiptbridge.receipt.fold import lower
from receiptbridge.receipt.lexicon import Hit, Lexicon
from receiptbridge.receipt.statements import METHODS, Row

_GLUE: Final = re.compile(r"(?:\s|[:#.№°º]|no\b|nr\b|n\b|num\b|number\b|id\b)*", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r"\d+(?:\.\d+)+-\d+|"
    r"(?:[A-Z]{1,3} |[A-Z]\.|[A-Z]#)?"
    r"(?:[A-Za-zА-Я]{1,4}[-/])*[A-Za-zА-Я]{0,6}\d[A-Za-z0-9]*(?:(?:[-/]| / )[A-Za-z0-9]+)*"
    r"(?:(?<=\d) \d{2,}(?![\w./:,-]))*"
)
_NUMERIC_DATE: Final = re.compile(r"(\d{1,2}|\d{4})[-/.](\d{1,2})(?:[-/.](\d{2,4}))?")
_CENTURIES: Final = (20, 25)
"""Of years that receipts are printed in, in the Christian and the Buddhist era."""
_FULL_YEAR: Final = 100
_SHORT: Final = re.compile(r"\d{1,2}")
_PREFIX: Final = re.compile(r"(?!NO|NR|NUM|BON|CHK|TKT|ORD)[A-Z]{1,4}")
_DOCUMENT: Final = re.compile("F[ARST]|NC|VD")
"""Portuguese invoices are numbered behind the letters of their kind."""
_WHICH_COPY: Final = re.compile(r"-(?:ORGNL|ORIG|ORIGINAL|COPY|DUP)$", re.IGNORECASE)
_CALLED: Final = re.compile(r"(?<![\d-])(\d{1,4})番(?!地)|^(\d{1,4})号(?=  |$)|^\W*#(\d{1,4})(?= )")
_HYPHENED: Final = re.compile(r"(?:[A-Z]{2,4} )?([A-Z]{1,2}-\d{1,4}|\d{2,}(?:[-/]\d+)+)")
_PLAIN: Final = re.compile(r"(\d{3,6})")
_AT_THE_TILL: Final = re.compile(r"\d{4,8}")
_TELEPHONE: Final = re.compile(
    r"(?:\+?\d{1,3}-)?(?:\d{3}-)?\d{3}-\d{4}|0\d{1,3}-\d{3,4}-\d{3,4}|0\d{2,3}-\d{6,8}"
)
HEAD_ROWS: Final = 6
"""Registers print the number at the top, or label it."""
_ALONE: Final = re.compile(r"[A-Z]{1,3}-?\d{6,10}|[A-Z]{1,4}-\d{3,10}(?:-\d+)*|[A-Z]{2}\d{5,9}[A-Z]{2}")
_MARKED: Final = re.compile(r"(?<!\w)#\s?(?!\d\d-\d\d)(\d[\w-]{2,})")
"""Behind a "#"; in Singapore floor and shop stand there, "#01-29"."""
_OFFICIAL: Final = re.compile(r"(?:OR|SI)(?: ?#| No\.?)? ?(\d[\d-]{5,})(?!\S)")
"""Of the Philippines: official receipts and sales invoices."""
_BESIDE_A_DATE: Final = re.compile(r"(?<![\w./:-])([A-Za-z]{0,4}\d[A-Za-z0-9_-]{3,})(?![\w.:-]|/\d)")
_GROUPS: Final = re.compile(r"\d+(?: \d+)+")
_NAMED_OTHERWISE: Final = re.compile(r"[:#]\s?([A-Za-z]{0,4}\d[\w-]{5,})")
_LAST_WORD: Final = re.compile(r"(?:\s|^)([A-ZА-Я]{1,4}[-/]\d{2,}(?:[-/]\d+)*|\d{2,}(?:-\d+){2,})$")
_INVOICE: Final = re.compile(r"[发發]票[证證]明[联聯]\s+([A-Z]{2}-?\d{8})(?!\w)")
"""Of Taiwan, behind the title that its law asks for."""
_DATE_OR_TIME: Final = re.compile(
    r"(?<![\d-])\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?(?![\d-])|\d{1,2}:\d{2}(?::\d{2})?"
)
_COLUMN_GAP: Final = re.compile(r" {2,}")


_GOES_ON: Final = re.compile(r":\d\d|[ ]?%|[.,]\d")
"""Behind what is no number of a receipt: a time, a rate, an amount."""


class Numbers(NamedTuple):
    receipt: str | None
    original: str | None


class _Labelled(NamedTuple):
    number: str
    bare: bool


_ANY_NUMBER: Final = frozenset({"no", "nr", "nro", "num", "n", "number", "numero", "id", "#"})
_LONGER: Final = re.compile(r"\d{15,}")
"""Numbers of taxes and of payment platforms: a shorter one goes before."""
_TAX_OFFICES: Final = ("发票", "發票")
"""What numbers of the tax office's are called: the register's own goes before."""
_BARE_LABEL: Final = 2
""" "No" may number anything; a label that says more goes before it."""

_Naming = Callable[[Row], Sequence[Hit]]


def read_numbers(rows: Sequence[Row], words: Lexicon, amounts_at: frozenset[int]) -> Numbers:
    """The receipt's own number and that of the receipt it refers to, as printed."""

    def naming(row: Row) -> Sequence[Hit]:
        return _naming_hits(row, words)

    original = next((number for number, _ in _labelled(rows, naming, "original", frozenset())), None)
    found = sorted(_labelled(rows, naming, "number", amounts_at), key=lambda found: found.bare)
    own = [number for number, _ in found if number != original]
    long = (number for number in own if not _SHORT.fullmatch(number))
    others = chain(
        (number for number, _ in _labelled(rows, lambda row: _titles(row, words), "number", amounts_at)),
        _unlabelled(rows, amounts_at),
        own,
        (number for number, _ in _labelled(rows, naming, "queue", amounts_at)),
        _called(rows),
        _beside_a_date(rows, amounts_at, _NAMED_OTHERWISE),
        _in_the_head([row for row in rows[:HEAD_ROWS] if not _names_a_card(row, words)], amounts_at),
        _behind_a_name(rows[:HEAD_ROWS], words, amounts_at),
        _beside_the_till(rows, words, amounts_at),
    )
    invoices = (invoice[1] for row in rows if (invoice := _INVOICE.search(row.text)))
    return Numbers(
        next(chain(invoices, long), None) or next((n for n in others if n != original), None), original
    )


def _labelled(
    rows: Sequence[Row], naming: _Naming, meaning: str, amounts_at: frozenset[int]
) -> Iterator[_Labelled]:
    """Numbers behind a label, or below it; longer labels tell: "原单号" is no "单号"."""
    for row, below in zip_longest(rows, rows[1:]):
        if row.index in amounts_at:
            continue
        hits = naming(row)
        for before, hit, following in zip((None, *hits), hits, (*hits[1:], None), strict=False):
            if hit.meaning != meaning or (before is not None and _is_of_another(before, hit, row)):
                continue
            glue = _GLUE.match(row.text, hit.end)
            at = glue.end() if glue else hit.end
            if (
                following is not None
                and following.start < at
                and following.meaning not in (meaning, "neutral")
            ):
                continue
            token = _TOKEN.match(row.text, at)
            label = row.low[hit.start : hit.end]
            if token is not None and following is not None and _names_another(following, token):
                continue
            if token is not None and label == "trn" and _LONGER.fullmatch(token[0]):
                continue  # the tax number of the Emirates
            bare = len(label) <= _BARE_LABEL or label.startswith(_TAX_OFFICES)
            if token is not None and not _is_date(token[0]) and not _GOES_ON.match(row.text, token.end()):
                bare = bare or _LONGER.fullmatch(token[0]) is not None
                yield _Labelled(_with_its_letters(row.text, hit, token), bare)
            elif not row.text[at:].strip("]) ") and below is not None and below.index not in amounts_at:
                token = _TOKEN.fullmatch(below.text)
                if token is not None and not _is_date(token[0]):
                    yield _Labelled(token[0], bare)


def _is_of_another(before: Hit, hit: Hit, row: Row) -> bool:
    """Whether a word for any number belongs to what stands before it: "CUIT Nro. 30-5480", "Terminal No 12"."""
    word = row.low[hit.start : hit.end].strip(".:")
    between = row.text[before.end : hit.start].strip(" .:")
    return hit.meaning == "number" and word in _ANY_NUMBER and before.meaning == "identity" and not between


def _with_its_letters(text: str, label: Hit, token: re.Match[str]) -> str:
    """A number; with its label where that is written to it: "HD00981", but not "No12"."""
    letters, between = text[label.start : label.end], text[label.end : token.start()]
    number = _WHICH_COPY.sub("", token[0])
    if not between and number[0].isdigit() and _PREFIX.fullmatch(letters):
        return letters + number
    return f"{letters} {number}" if between == " " and _DOCUMENT.fullmatch(letters) else number


def _is_date(text: str) -> bool:
    found = _NUMERIC_DATE.fullmatch(text)
    if found is None:
        return NAMED_DATE.fullmatch(text) is not None
    first, second, third = (int(part or 1) for part in found.groups())
    year_first = len(found[1]) == 4
    year = first if year_first else third
    if (year_first or year >= _FULL_YEAR) and not (found[3] and year // 100 in _CENTURIES):
        return False
    days = sorted((second, third if year_first else first))
    return 1 <= days[0] <= 12 and days[1] <= 31


def _names_another(following: Hit, token: re.Match[str]) -> bool:
    """Whether a number opens with another label: "TAX INVOICE ABN 82 007" has none of its own."""
    return following.meaning == "identity" and token.start() == following.start and " " in token[0]


def _naming_hits(row: Row, words: Lexicon) -> Sequence[Hit]:
    return [
        hit._replace(meaning=words.naming.get(row.low[hit.start : hit.end], hit.meaning))
        for hit in words.labels.find(row.low)
    ]


def _titles(row: Row, words: Lexicon) -> Sequence[Hit]:
    """The title of a receipt may bear its number: "ใบกำกับภาษีอย่างย่อ 000771203"."""
    return [
        hit._replace(meaning="number")
        for hit in words.proofs.find(row.low)
        if hit.meaning in ("receipt", "invoice")
    ]


def _unlabelled(rows: Sequence[Row], amounts_at: frozenset[int]) -> Iterator[str]:
    """Numbers behind a "#", those of letters and digits in a column of their own, or the one beside the date."""
    plain = [row for row in rows if row.index not in amounts_at]
    for row in plain:
        if official := _OFFICIAL.match(row.text):
            yield official[1]
    for row in plain:
        if marked := _MARKED.search(row.text):
            yield marked[1]
    for row in plain:
        for column in _COLUMN_GAP.split(row.text):
            if _ALONE.fullmatch(column):
                yield column
    for row in plain:
        groups = [column for column in _COLUMN_GAP.split(_undated(row)) if _GROUPS.fullmatch(column.strip())]
        if len(groups) == 1 and _undated(row) != row.text:
            yield groups[0].strip()
    yield from _beside_a_date(rows, amounts_at, _BESIDE_A_DATE)


def _beside_a_date(rows: Sequence[Row], amounts_at: frozenset[int], token: re.Pattern[str]) -> Iterator[str]:
    """The one other number on the line of the date."""
    for row in rows:
        if row.index not in amounts_at:
            rest = _undated(row)
            found = token.findall(rest)
            if rest != row.text and len(found) == 1:
                yield found[0]


def _called(rows: Sequence[Row]) -> Iterator[str]:
    """The number that the guest is called by: "117番"."""
    for row in rows[:HEAD_ROWS]:
        yield from ("".join(found) for found in _CALLED.findall(row.text))


def _in_the_head(rows: Sequence[Row], amounts_at: frozenset[int]) -> Iterator[str]:
    """A number in a column of its own near the top, that is no telephone's; last of all a plain one."""
    head = [row for row in rows if row.index not in amounts_at]
    columns = [column for row in head for column in _COLUMN_GAP.split(row.text)]
    for shape in (_HYPHENED, _PLAIN):
        yield from (
            c for c in columns if shape.fullmatch(c) and not _TELEPHONE.fullmatch(c) and not _is_date(c)
        )


def _behind_a_name(rows: Sequence[Row], words: Lexicon, amounts_at: frozenset[int]) -> Iterator[str]:
    """A number of letters and digits at the end of a column near the top: "Folio F-40012"."""
    for row in rows:
        for column in _COLUMN_GAP.split(row.text) if row.index not in amounts_at else ():
            word = _LAST_WORD.search(column)
            hits = words.labels.find(lower(column)) if word else ()
            others = any(hit.meaning == "identity" or hit.meaning in METHODS for hit in hits)
            if word and not others and not _TELEPHONE.fullmatch(word[1]):
                yield word[1]


def _beside_the_till(rows: Sequence[Row], words: Lexicon, amounts_at: frozenset[int]) -> Iterator[str]:
    """A number at the start of the row that names till or cashier: "22814  Till2  Aoife"."""
    for row in rows:
        first, *others = _COLUMN_GAP.split(row.text)
        hits = words.labels.find(lower("  ".join(others)))
        at_the_till = row.index not in amounts_at and any(hit.meaning == "identity" for hit in hits)
        if at_the_till and _AT_THE_TILL.fullmatch(first):
            yield first


def _names_a_card(row: Row, words: Lexicon) -> bool:
    """Whether a row has the end of a card's number, whose hidden part was folded away."""
    return any(hit.meaning in METHODS for hit in words.labels.find(row.low))


def _undated(row: Row) -> str:
    """A row's text with dates and times blanked out."""
    return _DATE_OR_TIME.sub("  ", NAMED_DATE.sub("  ", row.text))
