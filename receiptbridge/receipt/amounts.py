"""Amounts as receipts of all countries print them, and the currency that stands with them.

Which mark is the decimal one is a matter of the whole receipt: 1.234 is a thousand beside 0,45 and a weight
beside 19.80. So numbers are found first (`find_numbers`), then the receipt's style is settled (`style_of`),
and only then they have values (`Style.value`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

SIGNS: Final = {
    "€": "EUR", "£": "GBP", "₩": "KRW", "₫": "VND", "₹": "INR", "฿": "THB", "₽": "RUB", "₺": "TRY", "₱": "PHP",
    "₴": "UAH", "₪": "ILS", "₦": "NGN", "₸": "KZT", "zł": "PLN", "zl": "PLN", "kč": "CZK", "r$": "BRL", "rp": "IDR",
    "rp.": "IDR", "rs": "INR", "rs.": "INR", "rm": "MYR", "s/": "PEN", "s$": "SGD", "hk$": "HKD", "nt$": "TWD",
    "us$": "USD", "a$": "AUD", "c$": "CAD", "mx$": "MXN", "nz$": "NZD", "元": "CNY", "圆": "CNY", "rmb": "CNY",
    "円": "JPY", "원": "KRW", "บาท": "THB", "руб": "RUB", "руб.": "RUB", "р.": "RUB", "дд": "VND", "vnd": "VND",
    "đ": "VND", "ر.س": "SAR", "ريال": "SAR", "د.إ": "AED", "درهم": "AED", "ج.م": "EGP", "د.ك": "KWD", "fr.": "CHF",
    "sfr": "CHF", "kd": "KWD", "k.d.": "KWD", "b.d.": "BHD", "r.o.": "OMR", "j.d.": "JOD", "dt": "TND", "د.ب": "BHD",
    "ر.ع": "OMR", "د.أ": "JOD", "د.ا": "JOD", "د.ت": "TND", "د.ع": "IQD", "د.ل": "LYD", "ر.ق": "QAR",
    "$": "$", "¥": "¥", "\\": "¥", "₨": "INR",
}  # fmt: skip
"""What stands for a currency beside an amount, in lower case. "$" and "¥" stand for several."""

CODES: Final = frozenset({
    "AED", "ARS", "AUD", "BDT", "BHD", "BOB", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY", "COP", "CRC", "CZK", "DKK",
    "DOP", "DZD", "EGP", "EUR", "GBP", "GHS", "GTQ", "HKD", "HNL", "HUF", "IDR", "ILS", "INR", "IQD", "JOD", "JPY",
    "KES", "KRW", "KWD", "KZT", "LKR", "LYD", "MXN", "MYR", "NGN", "NOK", "NZD", "OMR", "PEN", "PHP", "PKR", "PLN",
    "PYG", "QAR", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "TZS", "UAH", "UGX", "USD", "UYU",
    "VND", "XAF", "XOF", "ZAR", "ZMW",
})  # fmt: skip
DOLLARS: Final = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"})
YEN_OR_YUAN: Final = frozenset(("JPY", "CNY"))

THOUSANDTHS: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies of 1000 minor units, whose prices have three decimals."""

MOST_DIGITS: Final = 12
"""Longer numbers are not money: bar codes, telephone and tax numbers."""

_SIGN: Final = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_CODE: Final = "|".join(code.lower() for code in sorted(CODES))
_MARK: Final = rf"(?:{_SIGN}|(?<![a-z])(?:{_CODE})(?![a-z]))"
_BEFORE: Final = (
    rf"(?P<open>\()?(?P<minus>(?<![^\W_])-)?[ ]?"
    rf"(?:(?P<before>(?<![^\W\d_]){_MARK})[ ]*(?P<minus2>-)?[ ]?=?"
    r"|(?P<minus3>(?<!\d[A-Za-z])-)?[ ]?=?(?<![A-Za-z0-9\u00c0-\u024f\u0400-\u04ff_.,#*/]))"
)
_AFTER: Final = rf"(?P<trail>-(?![\w]))?(?:[ ]?(?P<after>{_MARK})(?:(?![^\W_])|(?=找)))?(?P<trail2>-(?!\w))?"
_NUMBER: Final = re.compile(_BEFORE + r"(?P<number>\d+(?:[.,']\d+)*(?:[ ]\d{3}(?!\d))*(?:[.,]\d+)?)" + _AFTER)
_NUMBER_WITHOUT_BLANKS: Final = re.compile(_BEFORE + r"(?P<number>\d+(?:[.,']\d+)*)" + _AFTER)
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_UNSPACED: Final = re.compile("[\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_COMMA_CENTS: Final = re.compile(r"\d,\d\d(?!\d)")
_POINT_CENTS: Final = re.compile(r"\d\.\d\d(?!\d)")
_NOT_MONEY: Final = re.compile(
    r"\d+(?:[.,]\d+)?[ ]?%|%[ ]?\d+(?:[.,]\d+)?"  # rates
    r"|(?:共|總|总)?[ ]?\d+[ ]?(?:件|份|项|样|种|点|個|个|位|人|名|枚|개|건|명|items?\b|pcs?\b|pieces?\b"
    r"|artikel\b|articles?\b|arts?\b\.?|uds?\b\.?|pzs?\b|pzas?\b|stk\b\.?|articulos?\b|itens\b|pezzi\b|шт\b\.?|ชิ้น|รายการ|แก้ว|ขวด|món\b|mon\b|sp\b|buah\b|barang\b|kg\b|g\b|ml\b|cl\b|l\b|lbs?\b|oz\b|km\b|cm\b|mm\b|公斤|斤|克|升)"
    r"|\b\d{2,6}(?:[ -]?\d{1,4})?[ -]?[x*]{2,}[\dx* -]*"  # a card number, its middle hidden
    r"|\*{2,}[ ]?\d+|[x*]{3,}\d+"  # the end of one
    r"|\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.?(?= +\d{1,2}:\d{2})|\b\d{1,2}\.\d{1,2}\.(?![\d,])"  # a day
    r"|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\b\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b"
    r"|\d{4}年|\d{1,2}月|\d{1,2}日"
)
_GLUED_MARKS: Final = frozenset({"rp", "rs", "rm", "rmb"}) | {code.lower() for code in CODES}
_HYPHENED: Final = re.compile(r"-\d{3}")
"""Behind the first part of a receipt's number or a telephone's."""
_ODD_ONES: Final = 3
"""One number in the other style ("seats 9,10") among so many is no second style."""
_PLAIN: Final = re.compile(r"\d+")


class Number(NamedTuple):
    """A number as printed: `digits` with its marks, where it stands, and the currency beside it."""

    start: int
    end: int
    digits: str
    negative: bool
    currency: str | None


@dataclass(frozen=True, slots=True)
class Style:
    """How a receipt writes amounts: its decimal mark ("" where it has no decimals), and at most how many decimals."""

    decimal: str
    places: int = 2

    def value(self, number: Number) -> Decimal | None:
        """The amount that `number` says in this style, None where it is not an amount (but a weight, say)."""
        whole, fraction = self._parts(number.digits)
        if whole is None or len(whole) > MOST_DIGITS:
            return None
        value = Decimal(f"{whole}.{fraction or 0}")
        return -value if number.negative else value

    def is_price(self, number: Number) -> bool:
        """Whether it looks like money by itself: a currency beside it, decimals, or groups of thousands."""
        if number.currency is not None:
            return True
        return not _PLAIN.fullmatch(number.digits) if self.decimal == "" else self.decimal in number.digits

    def _parts(self, digits: str) -> tuple[str | None, str]:
        whole, mark, fraction = digits.rpartition(self.decimal) if self.decimal else (digits, "", "")
        if not mark:
            whole, fraction = digits, ""
        if len(fraction) > self.places:
            return None, ""
        groups = re.split(r"[.,' ]", whole)
        grouped = len(groups) == 1 or (
            0 < len(groups[0]) <= 3
            and len(groups[-1]) == 3
            and all(len(group) in (2, 3) for group in groups[1:])
        )
        marks = set(re.findall(r"[.,' ]", whole))
        if not grouped or len(marks) > 1 or (self.decimal and self.decimal in marks):
            return None, ""
        return "".join(groups), fraction


def mask(text: str) -> str:
    """`text` (folded, lower case) with rates, counts, dates and times blanked out, of the same length."""
    return _NOT_MONEY.sub(lambda found: " " * len(found[0]), text)


def parts_thousands_by_blanks(text: str) -> bool:
    """Whether a receipt may write 1 234,50. Beside a decimal point only Cyrillic does; others have a count there."""
    if _CYRILLIC.search(text):
        return True
    if _COMMA_CENTS.search(text):
        return True  # nor has a script without blanks between words comma decimals: it is of another encoding
    return not _UNSPACED.search(text) and not _POINT_CENTS.search(text)


def find_numbers(masked: str, blanks: bool = True) -> list[Number]:
    """The numbers of a line that may be amounts; `blanks`: whether blanks may part their thousands."""
    found = []
    for match in (_NUMBER if blanks else _NUMBER_WITHOUT_BLANKS).finditer(masked):
        following = masked[match.end() : match.end() + 2]
        if masked[match.start() - 1 : match.start()] == "-" or _HYPHENED.match(masked, match.end()):
            continue
        if following[:1].isalpha() and match["after"] is None and not _tax_letter(match["number"], following):
            continue
        digits = match["number"]
        if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
            continue
        if _PLAIN.fullmatch(digits) and (len(digits) > MOST_DIGITS - 3 or _is_glued_name(match)):
            continue
        if _is_no_currency(match):
            continue
        minus = any(match[name] for name in ("minus", "minus2", "minus3", *_trailing(match)))
        in_brackets = match["open"] is not None and following[:1] == ")"
        currency = _currency(match["before"] or match["after"])
        start = match.start("number" if match["before"] is None else "before")
        found.append(Number(start, match.end(), digits, minus or in_brackets, currency))
    return found


def _trailing(match: re.Match[str]) -> tuple[str, ...]:
    """The places of a minus behind a number: behind whole yen, "¥33,000-", a dash only ends it."""
    ends = match["before"] in ("¥", "\\") and "." not in match["number"]
    return () if ends else ("trail", "trail2")


def _is_glued_name(match: re.Match[str]) -> bool:
    """Whether letters before a whole number are rather a name than a currency: "DT770", but not "Rp5000"."""
    mark = match["before"] or ""
    glued = mark[-1:].isalpha() and match.start("number") == match.end("before")
    return glued and mark not in _GLUED_MARKS


def _is_no_currency(match: re.Match[str]) -> bool:
    """Whether letters before a number are part of a name ("T1RP8820"), or Vietnamese for telephone ("ĐT 1800")."""
    at, mark = match.start("before"), match["before"] or ""
    in_a_name = mark[:1].isalpha() and mark.isascii() and match.string[at - 1 : at].isdigit()
    return mark == "dt" or (in_a_name and match.start("number") == match.end("before"))


def style_of(numbers: Iterable[Number]) -> Style | None:
    """The style in which most numbers are written; None where two styles contradict each other."""
    votes = Counter(vote for number in numbers if (vote := _vote(number.digits)) is not None)
    point, comma = votes["."], votes[","]
    if min(point, comma) * _ODD_ONES > max(point, comma):
        return None
    if point or comma:
        return Style("." if point > comma else ",")
    return Style("")


def style_in_thousandths(numbers: Iterable[Number]) -> Style | None:
    """The style of amounts as dinars are written, 18.750: None where no number is."""
    marks = Counter(tail[1] for number in numbers if (tail := re.search(r"([.,])\d{3}$", number.digits)))
    return Style(marks.most_common(1)[0][0], 3) if marks else None


def _vote(digits: str) -> str | None:
    """The decimal mark that a number shows beyond doubt: before one or two last digits, or after another mark."""
    tail = re.search(r"([.,])(\d+)$", digits)
    if tail is None or len(tail[2]) > 2 or digits.count(tail[1]) > 1:
        return None
    return tail[1]


def _tax_letter(digits: str, following: str) -> bool:
    """2.89F, 200軽: one letter behind the amount names the rate of tax."""
    named = not _PLAIN.fullmatch(digits) or following[0] == "軽"
    return named and not following[1:].isalnum()


def _currency(sign: str | None) -> str | None:
    if sign is None:
        return None
    return SIGNS.get(sign) or sign.upper()
