"""Finding, inheriting and validating profiles, and what is said about those that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from receiptbridge.errors import ConfigError
from receiptbridge.profiles import load


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A data folder of its own; write profiles into its printers."""
    for name in ("printers", "registers", "dialects"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(load, "data_root", lambda: tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / "printers" / f"{name}.toml").write_text(text, "utf-8")


def test_a_profile_takes_what_it_does_not_say_from_the_one_it_inherits(folder):
    write(folder, "base", 'columns = 42\nnative_qr = true\n[sources]\ncolumns = "manual"')
    write(folder, "own", 'inherits = "base"\ncolumns = 32\n[sources]\nnative_qr = "seen"')
    profile = load.load_printer("own")
    assert (profile.name, profile.columns, profile.native_qr) == ("own", 32, True)
    assert profile.sources == {"columns": "manual", "native_qr": "seen"}


def test_a_profile_that_inherits_nothing_starts_from_the_default(folder):
    write(folder, "_default", "columns = 33")
    write(folder, "own", "dpi = 180")
    assert load.load_printer("own").columns == 33
    assert load.printer_names() == ["own"]


def test_inheritance_in_a_circle_is_refused(folder):
    write(folder, "one", 'inherits = "two"')
    write(folder, "two", 'inherits = "one"')
    with pytest.raises(ConfigError, match="circle"):
        load.load_printer("one")


def test_an_error_names_file_key_value_and_what_is_allowed(folder):
    write(folder, "own", 'dialect = "zpl"\ncolums = 3')
    with pytest.raises(ConfigError) as raised:
        load.load_printer("own")
    message = str(raised.value)
    assert "own.toml" in message
    assert "dialect = 'zpl'" in message
    assert "'escpos'" in message
    assert "colums = 3: no such key" in message


@pytest.mark.parametrize("name", ["no-such-printer", "../dialects/escpos", "", "a/b", ".."])
def test_a_name_that_is_no_profile_is_answered_with_those_that_are(folder, name):
    write(folder, "own", "")
    with pytest.raises(ConfigError, match="there is no printer profile") as raised:
        load.load_printer(name)
    assert raised.value.hint == "allowed: own"


def test_broken_toml_is_an_error_of_its_file(folder):
    write(folder, "own", "columns = ")
    with pytest.raises(ConfigError, match=r"own\.toml"):
        load.load_printer("own")


def test_a_grammar_is_compiled_once():
    assert load.load_grammar("escpos") is load.load_grammar("escpos")
    assert load.load_grammar("star-line") is load.load_grammar("star-prnt")


def test_an_unknown_dialect_or_vendor_profile_is_answered_with_the_known():
    with pytest.raises(ConfigError) as raised:
        load.load_grammar("zpl")
    assert "escpos" in raised.value.hint
    with pytest.raises(ConfigError, match="daruma"):
        load.load_grammar("escpos", ["no-such-vendor"])


def test_every_dialect_of_the_data_compiles_with_all_its_vendor_profiles():
    for name in load.load_grammar("escpos").tables["meta"]["profiles"]:
        assert load.load_grammar("escpos", [name]).dialect == "escpos"
