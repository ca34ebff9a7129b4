"""Text bytes to characters, by the code pages and two-byte modes that the stream selects.

What a stream selects and what its printer is set to do not always tell: many tills select nothing and rely
on the printer's power-on mode, and some select a code page and send GBK or UTF-8 all the same. So a receipt
is surveyed first (`survey`): the characters themselves say which charset makes sense of them.

Nothing here raises: what cannot be decoded becomes U+FFFD.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal
from unicodedata import normalize

from receiptbridge.escpos.fields import digit
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.plausible import is_readable, plausible_charset
from receiptbridge.profiles.model import PrinterProfile

TWO_BYTE_CODECS: Final[Mapping[str, str]] = {
    "gb18030": "gb18030",
    "big5": "big5",
    "shift_jis": "cp932",
    "cp949": "cp949",
}
SURVEYED_BYTES: Final = 16384
"""So much text of each mode is looked at: several receipts of 2 to 4 kB, and a bound."""

_NO_CODEC: Final[Mapping[str, str]] = {"Katakana": "cp932", "KATAKANA": "cp932", "CP932": "cp932"}
"""Code pages without a codec of their own name, as near as one comes; Thai ones are told by their name."""
_NATIONAL_SETS: Final[Mapping[str, int]] = {"cp932": 8, "cp949": 13}
"""The international set that Japanese and Korean models power on with: a currency sign for the backslash."""

_NORMAL_FORMS: Final[Mapping[str, Literal["NFC", "NFKC"]]] = {"cp1258": "NFC", "cp864": "NFKC"}
"""Vietnamese comes as letters and accents apart, Arabic as the shapes that letters take in words."""

_LAST_RESORT: Final = "cp437"
_JIS_IN, _JIS_OUT = b"\x1b$B", b"\x1b(B"


@dataclass(frozen=True, slots=True)
class Survey:
    """The charsets that make sense of a receipt's text, by whether two-byte mode was on; None: no sign.

    `as_powered_on`: the text before any FS & or FS . may be in the printer's own two-byte charset.
    """

    two_byte_on: str | None = None
    two_byte_off: str | None = None
    as_powered_on: bool = True


class TextDecoder:
    """Follows the commands that choose characters; decodes text between them.

    `charset` (a Python codec, or a key of `TWO_BYTE_CODECS`) overrules whatever the stream selects. `found`
    is what a survey of the same receipt found.
    """

    def __init__(
        self,
        grammar: Grammar,
        printer: PrinterProfile,
        *,
        charset: str | None = None,
        found: Survey = Survey(),
    ) -> None:
        self._printer = printer
        self._charset = TWO_BYTE_CODECS.get(charset, charset) if charset else None
        self._found = found
        pages = grammar.tables["codepages"]
        self._pages: Mapping[str, Any] = pages.get(printer.code_page_table) or next(iter(pages.values()))
        self._sets: Mapping[str, Any] = grammar.tables.get("intl", {})
        self._positions = bytes.fromhex(self._sets.get("positions", "")).decode("ascii")
        self._national = {codec: self._international_set(n) for codec, n in _NATIONAL_SETS.items()}
        self._acts = _ACTS[grammar.dialect]
        self.reset()

    def reset(self) -> None:
        """As after power-on and ESC @."""
        self.two_byte = self._printer.two_byte_on and self._found.as_powered_on
        self._utf8 = False
        self._jis = False
        self._page_codec = self._codec_of(self._printer.default_code_page)
        self._intl: Mapping[int, str] | None = None

    def apply(self, token: bytes) -> None:
        """Follow one command; any that has nothing to do with characters changes nothing."""
        act = self._acts.get(token[:2]) or self._acts.get(token[:3])
        if act is not None:
            act(self, token)

    def decode(self, text: bytes) -> str:
        """Characters of a whole run of text (not of a piece: it might end between two bytes of one)."""
        codec = self.codec
        if codec == "jis":
            return (_JIS_IN + text + _JIS_OUT).decode("iso2022_jp", "replace")
        decoded = text.decode(codec, "replace")
        if codec in _NORMAL_FORMS:
            decoded = normalize(_NORMAL_FORMS[codec], decoded)
        if self._intl is None:
            return decoded.translate(self._national.get(codec, {}))
        return decoded if codec == "utf-8" else decoded.translate(self._intl)

    @property
    def codec(self) -> str:
        """What text is decoded by now; "jis" for JIS pairs without their escapes."""
        if self._charset or self._utf8:
            return self._charset or "utf-8"
        if self.two_byte and self._jis:
            return "jis"
        found = self._found.two_byte_on if self.two_byte else self._found.two_byte_off
        if found is None and self.two_byte:
            found = TWO_BYTE_CODECS.get(self._printer.two_byte)
        return found or self._page_codec

    def _codec_of(self, page: int) -> str:
        row = self._pages.get(str(page), {"name": "", "codec": ""})
        name = row["name"]
        return row["codec"] or _NO_CODEC.get(name) or ("cp874" if name.startswith("Thai") else _LAST_RESORT)

    # ---- commands

    def _reset(self, token: bytes) -> None:
        self.reset()

    def _code_page(self, token: bytes) -> None:
        self._page_codec = self._codec_of(token[-1])

    def _international(self, token: bytes) -> None:
        self._intl = self._international_set(token[-1])

    def _international_set(self, number: int) -> Mapping[int, str]:
        """The characters that an international set (ESC R) has in place of ASCII ones."""
        characters = self._sets.get(str(number), {}).get("chars", self._positions)
        pairs = zip(self._positions, characters, strict=False)
        return {ord(ascii_): other for ascii_, other in pairs if ascii_ != other}

    def _two_byte_mode(self, token: bytes) -> None:
        self.two_byte = token == b"\x1c&"

    def _kanji_code(self, token: bytes) -> None:
        """FS C, on Japanese models: 0 JIS pairs in two-byte mode, 1 Shift JIS with or without it."""
        if self._printer.two_byte == "shift_jis":
            self._jis = digit(token[2]) == 0
            self.two_byte = self.two_byte or not self._jis

    def _encoding(self, token: bytes) -> None:
        """FS ( C function 48: one-byte tables, or UTF-8."""
        if token[2:3] == b"C" and token[5:6] == b"0" and len(token) > 6:
            self._utf8 = digit(token[6]) == 2

    def _star_utf8(self, token: bytes) -> None:
        """ESC GS ) U 2 0 48 n: UTF-8 on or off."""
        if token[3:4] == b"U" and token[6:7] == b"0":
            self._utf8 = digit(token[7]) == 1


def survey(grammar: Grammar, printer: PrinterProfile, tokens: Iterable[bytes]) -> Survey:
    """Look through a receipt's tokens for the charsets that its text is written in."""
    decoder = TextDecoder(grammar, printer)
    texts: dict[bool, list[bytes]] = {True: [], False: []}
    room = {True: SURVEYED_BYTES, False: SURVEYED_BYTES}
    selected: set[bytes] = set()
    for is_text, group in groupby(tokens, key=b" ".__le__):
        if not is_text:
            for token in group:
                decoder.apply(token)
                selected.add(token[:2])
        elif room[decoder.two_byte] > 0 and not (run := b"".join(group)).isascii():
            room[decoder.two_byte] -= len(run)
            texts[decoder.two_byte].append(run)
    on, off = plausible_charset(texts[True]), plausible_charset(texts[False])
    own = TWO_BYTE_CODECS.get(printer.two_byte)
    untold = b"\x1bt" not in selected and own is not None and is_readable(texts[True], own)
    return Survey(on, off, as_powered_on=b"\x1c&" in selected or on is not None or untold)


_Act = Callable[[TextDecoder, bytes], None]
_ACTS: Final[Mapping[str, Mapping[bytes, _Act]]] = {
    "escpos": {
        b"\x1b@": TextDecoder._reset,
        b"\x1bt": TextDecoder._code_page,
        b"\x1bR": TextDecoder._international,
        b"\x1c&": TextDecoder._two_byte_mode,
        b"\x1c.": TextDecoder._two_byte_mode,
        b"\x1cC": TextDecoder._kanji_code,
        b"\x1c(": TextDecoder._encoding,
    },
    "star": {
        b"\x1b@": TextDecoder._reset,
        b"\x1bR": TextDecoder._international,
        b"\x1b\x1dt": TextDecoder._code_page,
        b"\x1b\x1d)": TextDecoder._star_utf8,
    },
}
