"""The configuration file is replaced whole, and what it was is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.upkeep import settings_file
from receiptbridge.upkeep.settings_file import difference, history, roll_back, version, write_config


def config(points: int) -> str:
    return f"# by hand\n[points]\nminor_per_point = {points}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_a_new_file_has_no_predecessor_and_can_be_read_by_the_lanes(path: Path):
    assert write_config(path, config(1)).points.minor_per_point == 1
    assert path.read_text() == config(1)
    assert path.stat().st_mode & 0o777 == 0o644
    assert history(path) == []


def test_what_was_there_is_kept_with_its_mode_and_date(path: Path):
    path.write_text(config(1))
    path.chmod(0o640)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    write_config(path, config(2))
    [kept] = history(path)
    assert (kept.number, kept.written, kept.path.read_text()) == (1, 1_700_000_000, config(1))
    assert path.stat().st_mode & 0o777 == kept.path.stat().st_mode & 0o777 == 0o640


def test_a_text_that_is_wrong_is_not_written(path: Path):
    path.write_text(config(1))
    with pytest.raises(ConfigError, match="minor_per_point"):
        write_config(path, config(-5))
    assert path.read_text() == config(1)
    assert history(path) == []


def test_the_same_text_makes_no_version(path: Path):
    write_config(path, config(1))
    write_config(path, config(1))
    assert history(path) == []


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(path: Path):
    path.write_text(config(2))
    with pytest.raises(ConfigError, match="somebody else"):
        write_config(path, config(3), instead_of=config(1))
    assert path.read_text() == config(2)


def test_a_link_stays_a_link(path: Path, tmp_path: Path):
    real = tmp_path / "data" / "config.toml"
    real.parent.mkdir()
    real.write_text(config(1))
    path.symlink_to(real)
    write_config(path, config(2))
    assert path.is_symlink()
    assert real.read_text() == config(2)
    assert [kept.path.parent for kept in history(path)] == [real.parent / "history"]


def test_only_so_many_are_kept_and_numbers_are_not_given_twice(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings_file, "KEPT_MOST", 3)
    for points in range(1, 8):
        write_config(path, config(points))
    assert [kept.number for kept in history(path)] == [6, 5, 4]


def test_going_back_twice_is_where_one_was(path: Path):
    for points in (1, 2):
        write_config(path, config(points))
    assert roll_back(path).number == 1
    assert path.read_text() == config(1)
    assert roll_back(path).number == 2
    assert path.read_text() == config(2)


def test_going_back_to_what_is_none_any_more_changes_nothing(path: Path):
    write_config(path, config(1))
    write_config(path, config(2))
    history(path)[0].path.write_text("nonsense = 1\n")
    with pytest.raises(ConfigError, match="nonsense"):
        roll_back(path)
    assert path.read_text() == config(2)


def test_a_number_that_is_not_kept_is_refused_with_those_that_are(path: Path):
    with pytest.raises(ReceiptBridgeError, match="no predecessor is kept"):
        version(path)
    for points in (1, 2, 3):
        write_config(path, config(points))
    with pytest.raises(ReceiptBridgeError, match="number 9") as told:
        version(path, 9)
    assert told.value.hint == "Kept are: 2, 1"


def test_a_difference_is_told_as_diff_tells_it(path: Path):
    for points in (1, 2):
        write_config(path, config(points))
    assert difference(path, version(path))[-3:] == [
        " [points]",
        "-minor_per_point = 1",
        "+minor_per_point = 2",
    ]


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(path: Path):
    (path.parent / "history").write_text("in the way")
    path.write_text(config(1))
    with pytest.raises(ConfigError, match="cannot be written") as told:
        write_config(path, config(2))
    assert "sudo" in told.value.hint
    assert path.read_text() == config(1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_whatever_is_written_every_text_that_was_there_is_kept(
    tmp_path_factory: pytest.TempPathFactory, written: list[int]
):
    path = tmp_path_factory.mktemp("etc") / "config.toml"
    for points in written:
        write_config(path, config(points))
    kept = [one.path.read_text() for one in reversed(history(path))]
    texts = [config(points) for points in written]
    assert [*kept, path.read_text()] == [t for i, t in enumerate(texts) if not i or t != texts[i - 1]]
    assert not list(path.parent.glob(".config*"))
