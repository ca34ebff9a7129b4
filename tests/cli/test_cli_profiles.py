"""`receiptbridge profiles` as a technician types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.profiles.load import ENVIRONMENT_VARIABLE, data_root
from receiptbridge.upkeep.profiles import findings


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the shop's own printers."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    folder = tmp_path / "printers"
    folder.mkdir()
    return folder


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(build_app(["profiles", "run"]), ["profiles", *words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def test_a_word_finds_profiles_by_name_maker_or_model(own: Path):
    found = {row["name"] for row in json.loads(run("list", "XPRINTER", "--json"))}
    assert "xprinter-xp-80" in found
    assert all("xp" in name for name in found)
    assert "escpos" in run("list")


def test_the_shops_own_profiles_are_marked_and_take_the_place_of_shipped_ones(own: Path):
    (own / "xprinter-xp-80.toml").write_text('vendor = "Ours"\nmodel = "with [cutter]"')
    [row] = json.loads(run("list", "--own", "--json"))
    assert (row["name"], row["own"], row["title"]) == ("xprinter-xp-80", True, "Ours with [cutter]")
    [line] = [line for line in run("list", "xp-80").splitlines() if line.startswith("xprinter-xp-80 ")]
    assert line.split()[1:] == ["printer", "Ours", "with", "[cutter]", "own"]
    assert "Ours" in run("show", "xprinter-xp-80")


def test_a_file_that_cannot_be_read_is_in_the_list_all_the_same(own: Path):
    (own / "broken.toml").write_text("[[[")
    assert "cannot be read" in json.loads(run("list", "broken", "--json"))[0]["title"]


def test_a_profile_is_shown_with_what_it_inherits_and_where_it_was_read(own: Path):
    told = json.loads(run("show", "xprinter-xp-80", "--json"))
    assert told["facts"]["two_byte"] == "gb18030"
    assert "ReceiptPrinterEncoder" in run("show", "xprinter-xp-80")
    assert "StarPRNT" in run("show", "star")


def test_a_name_that_is_none_is_refused_with_how_to_look(own: Path):
    with pytest.raises(ReceiptBridgeError, match="no profile 'xprinter-xp-99'") as told:
        run("show", "xprinter-xp-99")
    assert told.value.hint.endswith("profiles list xprinter")


@pytest.mark.parametrize("path", sorted(data_root().rglob("*.toml")), ids=lambda path: path.stem)
def test_nothing_is_wrong_with_what_ships(path: Path):
    assert findings(path) == []


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("[[[", None, "not valid TOML"),
        ("dots_per_line = 9000\ncolour = 1", None, "dots_per_line = 9000: must be a whole number, at most 1600"),
        ("ends_with = ['smoke']", None, "must be 'cut', 'form-feed'"),
        ("grammar_profiles = ['nobody']", "printer", "no vendor profile"),
        ("inherits = 'nobody'", "printer", "there is no printer profile 'nobody'"),
        ("currency = 'YUAN'", "register", "is not the code of a currency"),
        ("[[command]]\nopen = 'zz'", None, "must be given"),
        ("command = 3", None, "must be given"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_in_words(
    own: Path, tmp_path: Path, text: str, kind: str | None, says: str
):
    file = tmp_path / "some.toml"
    file.write_text(text)
    option = ("--kind", kind) if kind else ()
    assert says in run("check", str(file), *option, code=2)
    assert json.loads(run("check", str(file), "--json", *option, code=2))["findings"]


def test_a_good_file_a_missing_one_and_a_kind_that_is_none(own: Path):
    (own / "ours.toml").write_text("columns = 42")
    assert "nothing wrong was found" in run("check", str(own / "ours.toml"))
    assert "No such file" in run("check", str(own / "none.toml"), code=2)
    with pytest.raises(ReceiptBridgeError, match="--kind 'fax'"):
        run("check", str(own / "ours.toml"), "--kind", "fax")
