"""Masks what is personal in a receipt's text before anybody keeps or shows it.

Masked are numbers of cards, whole or with stars already, telephone numbers, identity and member numbers, e-mail
addresses, and names behind their labels. A mask has the length and the width of what it hides, so lines stay in
their columns and marks stay where they are. Amounts, dates, times and the receipt's number are what the text is
kept for; they stay. In doubt between the two, a number of a card's length that its check digit proves is a card.

Masking knows forms and labels, no persons: a name without any label stays. Hence no text is kept by default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations_with_replacement
from typing import Final
from unicodedata import east_asian_width

from receiptbridge.receipt.explanation import Considered, Ground, Mark
from receiptbridge.receipt.fold import lower, narrow
from receiptbridge.receipt.lexicon import Hit, Phrases
from receiptbridge.receipt.model import ReceiptReading
from receiptbridge.receipt.personal import CARD, IDENTITY, NAME, NAME_FOLLOWS, PHONE

STAR: Final = "*"
WIDE_STAR: Final = "＊"

Span = tuple[int, int]

_HOLE: Final = "\0"
"""Stands where something is kept: nothing personal goes across it."""

_STARS: Final = "*•xX#●"
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_DIGITS: Final = re.compile(r"\d+")
_RUN: Final = re.compile(r"\d+(?:[ -]\d+)*")
_MOST_GROUPS: Final = 40
"""Groups of one run that are looked at: a line has no more."""

_CARD_LENGTHS: Final = range(13, 20)
_EAN_LENGTH: Final = 13
_GROUPS: Final = range(3, 9)
_ISSUER_DIGITS: Final = 6
"""Digits of the groups in which a card's number is printed, the last may have any; or the issuer's and the rest."""

_CARD_BEGINS: Final = re.compile(r"[3-6]|2[2-7]|8[12]|9792")
"""First digits of card numbers (ISO/IEC 7812): never those of this century's dates and order numbers, 20."""

_IDENTITIES: Final = re.compile(
    r"(?<!\d)\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"  # China
    r"|(?<!\d)\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)"  # Brazil, CPF
    r"|(?<![\d-])\d{6}-[1-8]\d{6}(?!\d)"  # Korea
    r"|(?<![\d-])\d{3}-\d\d-\d{4}(?![\d-])"  # United States
)
_PHONES: Final = re.compile(
    rf"(?<!\w)\+\d[\d{re.escape(_STARS)}. ()/-]{{6,20}}\d"
    rf"|(?<!\d)(?:86[- ]?)?1[3-9]\d(?:[- ]?[\d*]{{4}}){{2}}(?!\d)"
    r"|(?<!\d)(?<!\d[.,])\(?0\d{1,4}\)?(?:[-. /]{1,3}\d{2,8}){1,5}(?!\d)"
    r"|(?<!\d)0[1-9]\d{7,9}(?!\d)"
    r"|(?<!\d)(?<!\d[.,])(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)"
    r"|(?<!\d)(?:\d{1,3} ?)?\(\d{2,4}\) ?\d{2,5}(?:[- ]\d{2,5}){1,3}(?!\d)"
    r"|(?<!\d)[6-9]\d{4}[ -]\d{5}(?!\d)"
)
_PHONE_DIGITS: Final = range(9, 16)
"""Digits of a telephone number with its area (ITU-T E.164 has 15 at most)."""

_STARRED_RUN: Final = re.compile(rf"[\d{re.escape(_STARS)}]+(?:[ -][\d{re.escape(_STARS)}]+)*")
_STARRED: Final = re.compile(
    rf"[*•●]{{3}}\d{{2,6}}(?!\d)|[{re.escape(_STARS)}]{{4}}[ -]?\d{{3,6}}(?!\d)|\d{{4,6}}(?:[*•●]{{2}}|[xX#]{{3}})"
)
"""What tells that stars stand for the digits of a card."""

_KEPT: Final = re.compile(
    r"(?<![\d./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d))(?![\d]|[-/.]\d)"
    r"|\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일]"
    r"|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"
    r"|(?<![\d.,-])\d{1,3}(?:[ .,']\d{3})*[.,]\d\d(?![.,-]?\d)"
    r"|(?<![\d.,-])\d{1,9}[.,]\d\d(?![.,-]?\d)|(?<![\d.,-])\d{1,3}(?:[.,']\d{3})+(?![.,-]?\d)"
)
"""Dates, times and amounts by their form alone."""

_TOKEN: Final = rf"[A-Za-z]{{0,5}}[+(]?[\d{re.escape(_STARS)}][A-Za-z\d{re.escape(_STARS)}.()/-]*"
_VALUE: Final = rf"{_TOKEN}(?: {_TOKEN})*"
_NUMBER: Final = re.compile(
    rf"[ ]*(?:no|nr|n[°ºo]|#|号码?|番号|번호)?[.:#°=-]{{0,3}}[ ]*(?P<value>{_VALUE})", re.IGNORECASE
)
_FEWEST_DIGITS: Final = 4
"""Behind a label shorter numbers are counts; the last four of a card are masked."""

_IDEOGRAPH: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f"
_NAME_VALUE: Final = r"[^\W\d_](?:[^\d\s:|\0]|[ ](?![ ]))*"
_NAME: Final = re.compile(rf"[ ]*[:=][ ]*(?P<value>{_NAME_VALUE})|[ ]{{2,}}(?P<last>{_NAME_VALUE})$")
_NAME_UNSPACED: Final = re.compile(rf"[ ]*[:=][ ]*(?P<value>{_NAME_VALUE})|[ ]+(?P<last>{_NAME_VALUE})$")
_NAME_AT_ONCE: Final = re.compile(rf"(?:[.:]|(?<=的)|[ ])[ ]*(?P<value>{_NAME_VALUE})")
_NEVER: Final = re.compile(r"(?!)")
_HONOURED: Final = re.compile(rf"(?P<value>[{_IDEOGRAPH}]{{1,4}}?)(?:先生|女士|小姐)")
_STARTS_A_CELL: Final = re.compile(r"(?:^|[ ]{2}|[|,;(])[ ]*$")
_NAME_LONGEST: Final = 60


def mask_lines(
    lines: Sequence[str], *, marks: Iterable[Mark] = (), keep: Iterable[str | None] = ()
) -> tuple[str, ...]:
    """The lines with what is personal masked, each as long and as wide as it was.

    `marks`: amounts that were read, which stay. `keep`: further texts that stay, such as the receipt's number.
    """
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    kept = [narrow(text) for text in keep if text]
    return tuple(_mask(line, by_line.get(number, ()), kept) for number, line in enumerate(lines))


def masked(reading: ReceiptReading) -> ReceiptReading:
    """A reading that may be kept and shown: its text and the labels of its evidence masked.

    Wants a reading made with `explained`, since that tells where the amounts are.
    """
    explanation = reading.explanation
    marks = explanation.marks if explanation else ()
    text = mask_lines(reading.text, marks=marks, keep=[reading.receipt_no])
    if explanation is not None:
        considered = tuple(map(_without_names, explanation.considered))
        explanation = replace(explanation, considered=considered)
    return replace(reading, text=text, explanation=explanation)


def _without_names(one: Considered) -> Considered:
    grounds = tuple(
        Ground(ground.by, tuple(term._replace(label=_mask(term.label)) for term in ground.terms))
        for ground in one.grounds
    )
    return one._replace(label=_mask(one.label), grounds=grounds)


def _mask(line: str, marks: Sequence[Mark] = (), keep: Sequence[str] = ()) -> str:
    text = narrow(line)
    secret = bytearray(len(text))
    by_form = _with_holes(text, _spans(_KEPT, text))
    proven = list(_proven(by_form))
    own = [span for word in keep for span in _occurrences(word, text)]
    by_form = _with_holes(by_form, [*own, *((m.start, m.end) for m in marks if m.part != "item")])
    _hide(secret, *proven, *_starred(by_form), *_phones(by_form))
    behind_labels = _with_holes(by_form, [(m.start, m.end) for m in marks])
    _hide(secret, *_labelled(behind_labels))
    return "".join(_star(char) if hidden else char for char, hidden in zip(line, secret, strict=True))


def _hide(secret: bytearray, *spans: Span) -> None:
    for start, end in spans:
        secret[start:end] = b"\1" * (end - start)


def _star(char: str) -> str:
    if not char.isalnum() and char not in "@+":
        return char
    return WIDE_STAR if east_asian_width(char) in "WF" else STAR


def _with_holes(text: str, spans: Iterable[Span]) -> str:
    for start, end in spans:
        text = text[:start] + _HOLE * (end - start) + text[end:]
    return text


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in pattern.finditer(text)]


def _occurrences(word: str, text: str) -> Iterator[Span]:
    yield from _spans(re.compile(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])"), text)


# ---- by form


def _proven(text: str) -> Iterator[Span]:
    """What its form proves: card numbers with their check digit, identity numbers, addresses."""
    yield from _spans(_EMAIL, text)
    yield from _spans(_IDENTITIES, text)
    yield from _cards(text)


def _cards(text: str) -> Iterator[Span]:
    """Groups of digits side by side that make the number of a card, also where other numbers stand beside it."""
    for run in _RUN.finditer(text):
        groups = [found.span() for found in _DIGITS.finditer(text, *run.span())]
        for first, last in combinations_with_replacement(range(min(len(groups), _MOST_GROUPS)), 2):
            chosen = groups[first : last + 1]
            digits = "".join(text[start:end] for start, end in chosen)
            if _are_a_cards([end - start for start, end in chosen]) and _is_card(digits):
                yield chosen[0][0], chosen[-1][1]


def _are_a_cards(lengths: Sequence[int]) -> bool:
    return lengths[0] == _ISSUER_DIGITS or all(length in _GROUPS for length in lengths[:-1])


def _is_card(digits: str) -> bool:
    if len(digits) not in _CARD_LENGTHS or not _CARD_BEGINS.match(digits) or not _luhn(digits):
        return False
    return len(digits) != _EAN_LENGTH or not _is_bar_code(digits)


def _is_bar_code(digits: str) -> bool:
    """EAN-13: goods are far more common than cards of 13 digits, which are issued no more."""
    return (sum(map(int, digits[0::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0


def _luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1, annex B."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + doubled) % 10 == 0


def _starred(text: str) -> Iterator[Span]:
    for run in _STARRED_RUN.finditer(text):
        if _STARRED.search(text, *run.span()):
            yield run.span()


def _phones(text: str) -> Iterator[Span]:
    for found in _PHONES.finditer(text):
        if sum(char.isdecimal() or char in _STARS for char in found[0]) in _PHONE_DIGITS:
            yield found.span()


# ---- behind labels


def _labelled(text: str) -> Iterator[Span]:
    """Numbers behind their labels, and names."""
    for label in _labels().find(lower(text)):
        if label.meaning == "number":
            found = _NUMBER.match(text, label.end)
            if found and _is_number(found["value"]):
                yield found.span("value")
        elif found := _name_pattern(text, label).match(text, label.end):
            start, end = found.span(found.lastgroup or 0)
            yield start, min(end, start + _NAME_LONGEST)
    for found in _HONOURED.finditer(text):
        yield found.span("value")


def _is_number(value: str) -> bool:
    digits = sum(map(str.isdecimal, value))
    return digits >= _FEWEST_DIGITS or (digits > 0 and any(char in _STARS for char in value))


def _name_pattern(text: str, label: Hit) -> re.Pattern[str]:
    if label.meaning == "spoken":
        return _NAME_AT_ONCE
    if re.match(f"[{_IDEOGRAPH}]", text[label.start]):
        return _NAME_UNSPACED
    return _NAME if _STARTS_A_CELL.search(text, 0, label.start) else _NEVER


@cache
def _labels() -> Phrases:
    tables = {"number": f"{PHONE}|{CARD}|{IDENTITY}", "spoken": NAME_FOLLOWS, "name": NAME}
    return Phrases(
        {lower(narrow(phrase)): meaning for phrase in phrases.split("|")}
        for meaning, phrases in tables.items()
    )
