"""What a firmware profile says of a printer or a register. Data only: no files are read here.

The files are `firmware_profiles/printers/*.toml` and `registers/*.toml`; `profiles.load` finds, inherits
and validates them.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import partial
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from receiptbridge.checked import Checked, Checks
from receiptbridge.money import currency
from receiptbridge.profiles.patterns import check_pattern

Dialect = Literal["escpos", "star-line", "star-prnt", "opaque"]
TwoByteCharset = Literal["none", "gb18030", "big5", "shift_jis", "cp949"]
UnknownCommands = Literal["take-two", "take-one"]
RasterForm = Literal["gs_v_0", "gs_paren_l", "esc_star_33", "esc_gs_s", "star_raster"]

Reply = Literal["dle_eot", "asb", "gs_r", "gs_i"]
Quirk = Literal["cr-is-lf", "eats-lf-after-raster", "ignores-esc-j"]
ReceiptEnding = Literal["cut", "form-feed", "hang-up", "quiet"]

Meaning = Literal[
    "total", "gross", "subtotal", "tax", "service", "tip", "discount", "rounding", "deposit", "received", "change",
    "cash", "card", "wechat", "alipay", "unionpay", "stored_value", "voucher", "other", "points", "balance", "savings",
    "count", "price", "foreign", "number", "original", "date", "neutral",
]  # fmt: skip
Title = Literal[
    "refund", "void", "duplicate", "kitchen", "report", "training", "merchant_copy", "voucher", "other"
]


def _currency(code: str) -> str:
    return currency(code).code


def _python_knows_it(charset: str) -> str:
    try:
        codecs.lookup(charset)
    except LookupError:
        raise ValueError("no such charset; gb18030, big5, cp932, cp949, utf-8 and cp858 are some") from None
    return charset


def _none_blank(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    if any(not label.strip() for labels in words.values() for label in labels):
        raise ValueError("a label is blank")
    return words


class PrinterProfile(Checked, frozen=True, kw_only=True):
    """One printer model as far as the box needs to know it. Lengths in mm, widths in dots."""

    name: str
    vendor: str = ""
    model: str = ""
    ids: tuple[
        str, ...
    ] = ()  # how it calls itself (GS I 67, IEEE 1284 MDL), or the beginning of that; not inherited
    dialect: Dialect = "escpos"
    grammar_profiles: tuple[str, ...] = ()  # vendor entries of the grammar to switch on, e.g. "clone-alarm"
    dpi: Annotated[int, Meta(ge=90, le=600)] = 203
    dots_per_line: Annotated[int, Meta(ge=100, le=1600)] = 576
    columns: Annotated[int, Meta(ge=16, le=128)] = 48  # characters a line in font A
    code_page_table: str = "epson_esc_t"  # name of a [codepages.*] table of the grammar
    default_code_page: int = 0
    two_byte: TwoByteCharset = "none"  # the charset of its two-byte characters
    two_byte_on: bool = False  # whether two-byte mode is on after power-on and ESC @
    native_qr: bool = False  # makes the symbol itself: GS ( k cn 49, in Star's dialects ESC GS y
    raster_forms: tuple[RasterForm, ...] = ("gs_v_0",)  # best first
    print_head: Literal["thermal", "impact"] = "thermal"
    cutter: bool = True
    head_to_cutter_mm: Annotated[float, Meta(ge=0, le=60)] = 15.0
    line_spacing_mm: Annotated[float, Meta(gt=1, lt=12)] = 4.23  # what ESC 2 sets
    usb_interface_class: int = 7  # 255 for printers that only have their maker's own interface
    ask_when_idle: bool = False  # may the box ask for status by itself
    # what it swallows of an unlisted ESC, FS or GS command: with its letter, or the letter prints as text
    unknown_commands: UnknownCommands = "take-two"
    # what it answers as Epson does: in real time, by itself when asked to, in the queue, who it is
    replies: tuple[Reply, ...] = ()
    quirks: tuple[Quirk, ...] = ()  # see escpos.quirks
    sources: Mapping[str, str] = {}  # fact -> where it was read


class Patterns(Checked, frozen=True, kw_only=True):
    """Regular expressions that find something on a line, each with a group of its own key's name."""

    total: str | None = None
    receipt_no: str | None = None
    datetime: str | None = None

    CHECKS: ClassVar[Checks] = {
        key: partial(check_pattern, group=key) for key in ("total", "receipt_no", "datetime")
    }


class RegisterProfile(Checked, frozen=True, kw_only=True):
    """One register model or one merchant's receipt layout as far as it is pinned."""

    name: str
    currency: str | None = None
    charset: str | None = None  # overrides the charset that the stream selects
    dialect: Literal[Dialect, "auto"] = "auto"
    labels: Mapping[Meaning, tuple[str, ...]] = {}  # what its words before amounts mean
    titles: Mapping[Title, tuple[str, ...]] = {}  # lines that say that it is no sale
    patterns: Patterns = Patterns()
    only_paid_sales: bool = False  # it prints a total when it was paid, never a bill before
    ignore_texts: tuple[str, ...] = ()
    # what ends a receipt: cuts always do; see docs/add-a-printer.md for the others
    ends_with: tuple[ReceiptEnding, ...] = ("cut",)
    quiet_seconds: Annotated[float, Meta(ge=1, le=30)] = 3.0  # for ends_with "quiet"
    end_of_receipt_texts: tuple[str, ...] = ()  # a line with one of these is a receipt's last
    end_of_receipt_feed: Annotated[int, Meta(ge=2, le=60)] | None = (
        None  # and so is one with so many lines fed
    )
    sources: Mapping[str, str] = {}

    CHECKS: ClassVar[Checks] = {
        "currency": _currency,
        "charset": _python_knows_it,
        "labels": _none_blank,
        "titles": _none_blank,
    }

    def pinned_labels(self) -> tuple[tuple[str, str], ...]:
        """Pairs of label and meaning."""
        return tuple((label, meaning) for meaning, labels in self.labels.items() for label in labels)

    def pinned_titles(self) -> tuple[tuple[str, str], ...]:
        """Pairs of title and kind."""
        return tuple((title, kind) for kind, titles in self.titles.items() for title in titles)
