"""The printers that can be simulated. A printer is a row of data; what differs is named here, not coded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

TwoByte = Literal["gb18030", "big5", "shift_jis", "cp949"]
Dialect = Literal["escpos", "star"]


@dataclass(frozen=True, slots=True)
class Model:
    """One printer. Lengths in dots of its own head unless the name says otherwise."""

    name: str
    maker: str
    product: str
    dots: int
    dpi: int
    line_spacing: int  # after power-on and ESC 2
    vertical_unit: int  # units an inch of ESC 3, ESC J, GS V 66 after power-on
    horizontal_unit: int
    head_to_cutter_mm: float
    cutter: bool = True
    code_pages: str = "epson"
    default_code_page: int = 0
    international: int = 0  # ESC R after power-on: 8 Japan, 13 Korea
    utf8: bool = False  # takes text as UTF-8 from power-on, as Android-born printers do
    two_byte: TwoByte | None = None
    two_byte_on: bool = False  # after power-on and ESC @
    dialect: Dialect = "escpos"
    identity: int = 0x20  # answer to GS I 1
    answers_identity: bool = True  # GS I 65..69; many clones stay silent
    drawer_signal_high: bool = True  # as with no drawer plugged in
    # Epson ignores pictures and symbols while a line is open; clones print the line first.
    graphics_end_line: bool = False
    beeps_on_esc_b: bool = False  # clones: ESC B n t
    eats_lf_after_raster: bool = False  # the LF right behind GS v 0 is swallowed
    ignores: frozenset[str] = frozenset()  # commands that it takes and does nothing about
    lacks: frozenset[str] = frozenset()  # openings it does not know: what follows them is printed as text

    @property
    def head_to_cutter(self) -> int:
        return round(self.head_to_cutter_mm * self.dpi / 25.4)

    @property
    def is_impact(self) -> bool:
        return "GS v" in self.lacks

    def mm(self, dots: int) -> float:
        return dots * 25.4 / self.dpi


# 180 dpi, 512 dots (42 columns) on 80 mm paper, vertical unit 1/360 inch, lines of 1/6 inch.
_T88V = Model("epson-tm-t88v", "EPSON", "TM-T88V", 512, 180, 30, 360, 180, head_to_cutter_mm=15.0)
# 203 dpi, 576 dots (48 columns).
_T20 = Model("epson-tm-t20", "EPSON", "TM-T20", 576, 203, 30, 406, 203, head_to_cutter_mm=14.3)
_CLONE_80 = Model(
    "clone-80", "", "POS-80", 576, 203, 30, 203, 203, head_to_cutter_mm=13.0,
    answers_identity=False, graphics_end_line=True, beeps_on_esc_b=True,
)  # fmt: skip
# Star's line is 4 mm.
_TSP650 = Model(
    "star-tsp650", "Star", "TSP650II", 576, 203, 32, 203, 203, head_to_cutter_mm=14.0,
    code_pages="star", dialect="star", graphics_end_line=True,
)  # fmt: skip


_INTERNATIONAL: dict[TwoByte, int] = {"shift_jis": 8, "cp949": 13}


def _market(model: Model, suffix: str, charset: TwoByte, *, on: bool = True) -> Model:
    """The same printer as sold where it has a two-byte font, and whether that is on after power-on."""
    return replace(
        model,
        name=f"{model.name}-{suffix}",
        two_byte=charset,
        two_byte_on=on,
        international=_INTERNATIONAL.get(charset, 0),
    )


def _named(model: Model, name: str, maker: str, product: str) -> Model:
    return replace(model, name=name, maker=maker, product=product)


_XP80 = _named(_market(_CLONE_80, "zh", "gb18030"), "xprinter-xp-80", "XPRINTER", "XP-80")
_CLONE_58 = replace(
    _XP80, name="clone-58", maker="", product="POS-58", dots=384, head_to_cutter_mm=9.0, cutter=False
)
# Older 58 mm firmware knows no symbols, so that it prints their commands, and reports nothing by itself.
_OLD_58 = replace(_CLONE_58, name="generic-58", lacks=frozenset({"GS ("}), ignores=frozenset({"GS a"}))
# Nine pins, 400 half dots: 8-dot columns are its only pictures.
_U220 = Model(
    "epson-tm-u220", "EPSON", "TM-U220", 400, 160, 27, 144, 160, head_to_cutter_mm=27.0,
    lacks=frozenset({"GS v", "GS (", "GS 8", "GS *", "GS /", "GS k", "GS h", "GS w", "GS H", "GS f"}),
)  # fmt: skip

_ALL = (
    _T88V,
    _market(_T88V, "zh", "gb18030"),
    _market(_T88V, "tw", "big5"),
    _market(_T88V, "ko", "cp949"),
    _market(_T88V, "ja", "shift_jis", on=False),
    _T20,
    _named(_market(_T20, "zh", "gb18030"), "epson-tm-t82", "EPSON", "TM-T82"),
    _CLONE_80,
    _XP80,
    _market(_CLONE_80, "tw", "big5"),
    _market(_CLONE_80, "ko", "cp949"),
    _market(_CLONE_80, "ja", "shift_jis"),
    replace(_market(_CLONE_80, "zh", "gb18030"), name="clone-80-utf8", utf8=True),
    _named(_XP80, "gprinter-gp-80", "Gprinter", "GP-80"),
    _named(_XP80, "generic-80", "", "POS-80"),
    _named(_XP80, "sunmi-80", "SUNMI", "80 mm"),
    _CLONE_58,
    _named(_CLONE_58, "sunmi-58", "SUNMI", "V2"),
    _OLD_58,
    _named(_OLD_58, "xprinter-xp-58", "XPRINTER", "XP-58"),
    replace(
        _CLONE_58,
        name="netum-nt-5890k",
        maker="",
        product="NT-5890K",
        eats_lf_after_raster=True,
        ignores=frozenset({"ESC J"}),
        lacks=frozenset({"GS ("}),
    ),
    _U220,
    _market(_U220, "zh", "gb18030"),
    _TSP650,
    _market(_TSP650, "zh", "gb18030"),
    _named(_TSP650, "star-tsp100", "Star", "TSP143III"),
    replace(_TSP650, name="star-mc-print2", product="mC-Print2", dots=384),
)

MODELS = {model.name: model for model in _ALL}
DEFAULT_MODEL = "epson-tm-t88v"


def find_model(name: str) -> Model:
    """The model of that name; ValueError names those there are."""
    try:
        return MODELS[name]
    except KeyError:
        raise ValueError(f"no printer model {name!r}; there are {', '.join(sorted(MODELS))}") from None
