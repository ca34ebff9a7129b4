"""The shipped profiles: valid, honest about their sources, and consistent with themselves."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from receiptbridge.profiles.load import (
    data_root,
    load_grammar,
    load_printer,
    load_register,
    printer_names,
    register_names,
)
from receiptbridge.profiles.model import PrinterProfile

NAMES = [*printer_names(), "_default", "_safe"]
WITHOUT_SOURCE = {"name", "inherits", "vendor", "model", "sources"}
WIDER_CELLS = 6  # some firmwares space font A wider than its 12 dots
ESC_POS = [name for name in NAMES if load_printer(name).dialect == "escpos"]


def written(name: str) -> dict[str, Any]:
    """What the file of a profile says itself, without what it inherits."""
    return tomllib.loads((data_root() / "printers" / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_loads_under_its_own_name(name: str) -> None:
    assert load_printer(name).name == written(name)["name"] == name


@pytest.mark.parametrize("name", [name for name in NAMES if name != "_default"])
def test_every_fact_that_a_profile_states_says_where_it_was_read(name: str) -> None:
    stated = written(name)
    assert stated.keys() - WITHOUT_SOURCE <= stated["sources"].keys()


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_given_for_facts_of_the_profile_only(name: str) -> None:
    assert load_printer(name).sources.keys() <= set(PrinterProfile.__struct_fields__)


@pytest.mark.parametrize("name", NAMES)
def test_a_line_of_font_a_fits_the_paper(name: str) -> None:
    profile = load_printer(name)
    assert 0 <= profile.dots_per_line // 12 - profile.columns <= WIDER_CELLS


@pytest.mark.parametrize("name", NAMES)
def test_the_code_page_table_is_in_the_grammar(name: str) -> None:
    profile = load_printer(name)
    dialect = "star" if profile.dialect.startswith("star") else profile.dialect
    tables = tomllib.loads((data_root() / "dialects" / f"{dialect}.toml").read_text(encoding="utf-8"))
    assert str(profile.default_code_page) in tables["codepages"][profile.code_page_table]


@pytest.mark.parametrize("name", NAMES)
def test_the_grammar_of_a_profile_compiles(name: str) -> None:
    profile = load_printer(name)
    assert load_grammar(profile.dialect, profile.grammar_profiles).dialect in ("escpos", "star")


@pytest.mark.parametrize("name", ESC_POS)
def test_a_thermal_printer_can_print_a_symbol_and_an_impact_printer_need_not(name: str) -> None:
    profile = load_printer(name)
    assert bool(profile.native_qr or profile.raster_forms) == (profile.print_head == "thermal")


@pytest.mark.parametrize("name", NAMES)
def test_a_printer_is_asked_only_what_it_answers(name: str) -> None:
    profile = load_printer(name)
    assert "dle_eot" in profile.replies or not profile.ask_when_idle


@pytest.mark.parametrize("name", NAMES)
def test_two_byte_mode_is_on_only_where_there_is_a_two_byte_font(name: str) -> None:
    profile = load_printer(name)
    assert not (profile.two_byte_on and profile.two_byte == "none")


def test_the_safe_profile_asks_for_nothing_that_any_other_printer_lacks() -> None:
    safe = load_printer("_safe")
    assert (safe.native_qr, safe.two_byte, safe.columns) == (False, "none", 32)
    thermal = [load_printer(name) for name in ESC_POS if load_printer(name).print_head == "thermal"]
    assert safe.dots_per_line == min(profile.dots_per_line for profile in thermal)
    assert safe.head_to_cutter_mm == max(profile.head_to_cutter_mm for profile in thermal)
    assert all(set(safe.raster_forms) <= set(profile.raster_forms) for profile in thermal)


def test_there_is_a_register_profile_that_pins_nothing() -> None:
    assert "generic" in register_names()
    generic = load_register("generic")
    assert generic.dialect == "auto"
    assert (generic.currency, generic.charset, generic.labels) == (None, None, {})
