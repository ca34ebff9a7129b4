"""What a firmware profile says of a printer or a register. Data only: no files are read here.

The files are `firmware_profiles/printers/*.toml` and `registers/*.toml`; `profiles.load` finds, inherits
and validates them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Dialect = Literal["escpos", "star-line", "star-prnt", "opaque"]
TwoByteCharset = Literal["none", "gb18030", "big5", "shift_jis", "cp949"]
UnknownCommands = Literal["take-two", "take-one"]
RasterForm = Literal["gs_v_0", "gs_paren_l", "esc_star_33", "esc_gs_s", "star_raster"]

Reply = Literal["dle_eot", "asb", "gs_r", "gs_i"]
Quirk = Literal["cr-is-lf", "eats-lf-after-raster", "ignores-esc-j"]
ReceiptEnding = Literal["cut", "form-feed", "hang-up", "quiet"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PrinterProfile(_Data):
    """One printer model as far as the box needs to know it. Lengths in mm, widths in dots."""

    name: str
    vendor: str = ""
    model: str = ""
    dialect: Dialect = "escpos"
    grammar_profiles: tuple[str, ...] = ()  # vendor entries of the grammar to switch on, e.g. "clone-alarm"
    dpi: int = Field(default=203, ge=90, le=600)
    dots_per_line: int = Field(default=576, ge=100, le=1600)
    columns: int = Field(default=48, ge=16, le=128)  # characters a line in font A
    code_page_table: str = "epson_esc_t"  # name of a [codepages.*] table of the grammar
    default_code_page: int = 0
    two_byte: TwoByteCharset = "none"  # the charset of its two-byte characters
    two_byte_on: bool = False  # whether two-byte mode is on after power-on and ESC @
    native_qr: bool = False  # makes the symbol itself: GS ( k cn 49, in Star's dialects ESC GS y
    raster_forms: tuple[RasterForm, ...] = ("gs_v_0",)  # best first
    print_head: Literal["thermal", "impact"] = "thermal"
    cutter: bool = True
    head_to_cutter_mm: float = Field(default=15.0, ge=0, le=60)
    line_spacing_mm: float = Field(default=4.23, gt=1, lt=12)  # what ESC 2 sets
    ask_when_idle: bool = False  # may the box ask for status by itself
    # what it swallows of an unlisted ESC, FS or GS command: with its letter, or the letter prints as text
    unknown_commands: UnknownCommands = "take-two"
    # what it answers as Epson does: in real time, by itself when asked to, in the queue, who it is
    replies: tuple[Reply, ...] = ()
    quirks: tuple[Quirk, ...] = ()  # see escpos.quirks
    sources: dict[str, str] = Field(default_factory=dict)  # fact -> where it was read


class RegisterProfile(_Data):
    """One register model or one merchant's receipt layout as far as it is pinned."""

    name: str
    currency: str | None = None
    charset: str | None = None  # overrides the charset that the stream selects
    dialect: Dialect | Literal["auto"] = "auto"
    total_labels: tuple[str, ...] = ()
    ignore_texts: tuple[str, ...] = ()
    # what ends a receipt: cuts always do; see docs/add-a-printer.md for the others
    ends_with: tuple[ReceiptEnding, ...] = ("cut",)
    quiet_seconds: float = Field(default=3.0, ge=1, le=30)  # for ends_with "quiet"
    end_of_receipt_texts: tuple[str, ...] = ()  # a line with one of these is a receipt's last
    end_of_receipt_feed: int | None = Field(default=None, ge=2, le=60)  # and so is one with so many lines fed
    sources: dict[str, str] = Field(default_factory=dict)
