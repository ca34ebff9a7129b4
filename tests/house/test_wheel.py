"""What a plain install of the built wheel brings along."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_LOAD_EVERYTHING = """
import receiptbridge, sys
from receiptbridge.profiles import load
assert receiptbridge.__file__.startswith(sys.argv[1]), receiptbridge.__file__
assert load.load_grammar("escpos").dialect == "escpos"
assert load.load_grammar("star").dialect == "star"
assert [load.load_printer(name).name for name in load.printer_names()] == list(load.printer_names())
assert load.load_register("generic").name == "generic"
import member_service, hardware_sim
"""


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_finds_its_grammar_and_profiles_away_from_the_checkout(
    unpacked_wheel: Path, tmp_path: Path
):
    subprocess.run(
        [sys.executable, "-c", _LOAD_EVERYTHING, str(unpacked_wheel)],
        cwd=tmp_path, env={"PYTHONPATH": str(unpacked_wheel)}, check=True,
    )  # fmt: skip


def test_the_wheel_leaves_the_captures_for_tests_at_home(unpacked_wheel: Path):
    assert not list(unpacked_wheel.glob("hardware_sim/captures/corpus/*"))
    assert (unpacked_wheel / "receiptbridge" / "py.typed").exists()


def test_the_wheel_brings_the_catalogues(unpacked_wheel: Path):
    assert (unpacked_wheel / "receiptbridge/locale/zh/LC_MESSAGES/receiptbridge.mo").stat().st_size > 10_000
