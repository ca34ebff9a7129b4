"""Which charset makes sense of a text: a guess from how common its characters are.

A text read by the wrong charset shows characters that nobody uses, or none at all. So each candidate reads
it strictly, and the share of common characters among those beyond ASCII decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LEAST_SHARE: Final = 0.18
"""Of the characters beyond ASCII so many must be common ones."""

FEW_CHARACTERS: Final = 10
LEAST_SHARE_OF_FEW: Final = 0.5
"""A handful of accents makes two or three characters of another charset, and one of them is soon a common one."""

LEAST_CHARACTERS: Final = 3
"""Fewer characters beyond ASCII prove nothing: a currency sign, an accent."""

LEAST_LONG_CHARACTERS: Final = 2
"""Of three bytes each, and nothing else beyond ASCII: three ideographs do not happen to be two such."""

LEAST_UTF8: Final = 0.9
"""So much of the bytes beyond ASCII must be whole UTF-8 characters: in other charsets few happen to be."""

LEAST_READABLE: Final = 0.9
"""A two-byte charset that leaves more holes than this is not the text's."""

_CANDIDATES: Final = ("gb18030", "cp932", "cp949", "big5")

_COMMON: Final = frozenset(
    # Simplified and traditional Chinese: function words, numbers, dates, and what receipts are made of.
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道时年得就那要下以生会自着去之过家"
    "号日期时间单价数量金额合计总共应收实付款找零现卡支微信宝银联员店名品商小票机台桌交易订编优惠折扣"
    "退货谢光临欢迎请保留购物元角分件份杯盒瓶袋斤服务电话地址税率码班次类作本笔余积会储值打印"
    "號單價數額總計應實現卡銀聯員機臺訂編優貨謝歡請購務電話稅統發票載費點"
    "０１２３４５６７８９：￥（）、。，"
    # Hangul: function words and receipts.
    "이다는을의에가고하한지사로리기대서자어도인시라부제나해전상보일수금액합계카드현결승인번호매장"
    "영증판점주소화품명단총받은거스름돈과면물가세세산원감합니교환불"
)
_KANA: Final = frozenset(map(chr, [*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC]))
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_HIGH_BYTE: Final = re.compile(rb"[\x80-\xff]")
_UTF8_CHARACTER: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def plausible_charset(runs: Iterable[bytes]) -> str | None:
    """The Python codec of a multi-byte charset that makes sense of these runs of text, None if none does."""
    text = b"\n".join(runs)
    high = len(_HIGH_BYTE.findall(text))
    characters = _UTF8_CHARACTER.findall(text)
    if len(characters) >= LEAST_CHARACTERS and sum(map(len, characters)) >= LEAST_UTF8 * high:
        return "utf-8"
    if len(characters) >= LEAST_LONG_CHARACTERS and sum(map(len, characters)) == high == 3 * len(characters):
        return "utf-8"
    share, codec = max((_share_of_common(text, codec), codec) for codec in _CANDIDATES)
    return codec if share >= LEAST_SHARE else None


def is_readable(runs: Iterable[bytes], codec: str) -> bool:
    """Whether a charset has characters for (nearly) all of these runs of text, be they ever so rare."""
    return _is_readable(_BEYOND_ASCII.findall(b"\n".join(runs).decode(codec, "replace")))


def _is_readable(characters: list[str]) -> bool:
    return characters.count("\ufffd") <= (1 - LEAST_READABLE) * len(characters)


def _share_of_common(text: bytes, codec: str) -> float:
    """How much of the text beyond ASCII is in common use, when it is read by this codec."""
    characters = _BEYOND_ASCII.findall(text.decode(codec, "replace"))
    if len(characters) < LEAST_CHARACTERS or not _is_readable(characters):
        return 0.0
    common = _COMMON | _KANA if codec == "cp932" else _COMMON
    share = sum(character in common for character in characters) / len(characters)
    few = len(characters) < FEW_CHARACTERS
    return 0.0 if few and share < LEAST_SHARE_OF_FEW else share
