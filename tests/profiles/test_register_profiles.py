"""Register profiles: refused where they could stall a lane, found where a shop keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from receiptbridge.errors import ConfigError
from receiptbridge.profiles import load
from receiptbridge.profiles.patterns import check_pattern

GOOD = [
    r"^\s*+应付金额.*?(?P<total>\d+[.,]\d++)\s*+$", r"应付金额\s*(?P<total>[\d.,]+)", r"TOTAL.*?(?P<total>\d++\.\d\d)",
    r"(?:SUMA|RAZEM) (?P<total>\d{1,6},\d\d)", r"^(?P<total>\d++[.,]\d++)\s*+$", r"^\[TOTAL\]\s+(?P<total>\d+)",
    r"(?i:total)(?P<total>\d+)", r"(?P<total>\d+)(?: EUR)?$", r"^[^\]]+: (?P<total>\d+)",
]  # fmt: skip
BAD = {
    r"(?P<total>(\d+)+)x": "repeats a group", r"(?P<total>(?:\d|\d\d)*\d+)+": "repeats a group",
    r"(?P<total>(a*)*b)": "repeats a group", r"(?P<total>((ab)?c*){2,})": "repeats a group",
    r"(?P<total>(?:a?){20}a)": "repeats a group", r"(?:a|a)?(?:a|a)?(?:a|a)?(?P<total>(?:b|b))": "optional",
    r"\w*\w*\w*(?P<total>\w+)": "same characters", r".*.*(?P<total>\d+)": "same characters",
    r"^(?P<total>\d*\d*\d*\d*)$": "same characters", r"(\d)\1(?P<total>\d)": "refers back",
    r"(?P<a>\d)(?P=a)(?P<total>\d)": "refers back", r"\d+": "no group", r"(?P<sum>\d+)": "no group",
    r"(?P<total>": "no regular expression", r"(?P<total>\d+)" + "x" * 300: "characters",
}  # fmt: skip


@pytest.mark.parametrize("pattern", GOOD)
def test_usual_patterns_are_taken(pattern):
    assert check_pattern(pattern, "total") == pattern


@pytest.mark.parametrize(("pattern", "says"), BAD.items())
def test_patterns_that_could_take_long_or_find_nothing_are_refused_with_the_reason(pattern, says):
    with pytest.raises(ValueError, match=says):
        check_pattern(pattern, "total")


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """The shop's own registers."""
    monkeypatch.setenv("RECEIPTBRIDGE_PROFILES", str(tmp_path))
    (tmp_path / "registers").mkdir()
    return tmp_path / "registers"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[patterns]\ntotal = '(?P<total>(\\d+)+)'", "own.toml: patterns.total = "),
        ('[labels]\ntotals = ["Sum"]', "'total', 'gross', 'subtotal'"),
        ('[labels]\ntotal = [" "]', "a label is blank"),
        ('currency = "YUAN"', "currency: 'YUAN' is not"),
        ('charset = "gbk-9000"', "no such charset"),
    ],
)
def test_a_wrong_profile_is_refused_with_file_key_and_what_is_allowed(own, text, says):
    (own / "own.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        load.load_register("own")
    assert says in str(raised.value)


def test_a_shops_own_profile_is_found_and_may_start_from_a_shipped_one(own):
    (own / "corner.toml").write_text('inherits = "generic"\n[labels]\ntotal = ["Zus"]', "utf-8")
    assert load.load_register("corner").labels == {"total": ("Zus",)}
    assert load.load_register("corner").name == "corner"
    assert {"corner", "generic"} <= set(load.register_names())


def test_a_shops_own_profile_goes_before_a_shipped_one_of_its_name(own):
    (own / "generic.toml").write_text('currency = "EUR"', "utf-8")
    assert load.load_register("generic").currency == "EUR"


def test_the_path_of_a_file_will_do_as_well(own, tmp_path):
    (own / "base.toml").write_text('currency = "PLN"', "utf-8")
    (tmp_path / "mine.toml").write_text('inherits = "base"\nonly_paid_sales = true', "utf-8")
    profile = load.load_register(str(tmp_path / "mine.toml"))
    assert (profile.name, profile.currency, profile.only_paid_sales) == ("mine", "PLN", True)


def test_a_path_where_nothing_is_names_it():
    with pytest.raises(ConfigError, match=r"nothing-here\.toml"):
        load.load_register("/tmp/nothing-here.toml")
