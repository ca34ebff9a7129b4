"""The units and the package: how little they may do, and that they agree with the rest."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from receiptbridge import __version__
from receiptbridge.config import parse_config
from receiptbridge_bypass import __main__ as bypass

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "systemd").glob("*.service"))


def unit(name: str) -> str:
    return (ROOT / "systemd" / f"{name}.service").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("receiptbridge@", 1.6),
        ("receiptbridge-bypass@", 1.8),
        ("receiptbridge-sync", 1.5),
        ("receiptbridge-in-series@", 2.0),
        ("receiptbridge-metrics", 1.0),
    ],
)
def test_a_unit_is_exposed_no_more_than_its_work_needs(tmp_path: Path, name: str, most: float):
    """A bare unit scores 9.6. The lane has TCP and devices, the sync a network."""
    plain = tmp_path / f"{name.rstrip('@')}.service"
    plain.write_text(unit(name))
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={int(most * 10)}", "--no-pager", plain],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_lane_and_its_bypass_exclude_each_other_and_failure_hands_over():
    lane = unit("receiptbridge@")
    assert "OnFailure=receiptbridge-bypass@%i.service" in lane
    assert "Conflicts=receiptbridge-bypass@%i.service" in lane
    assert "Conflicts=receiptbridge@%i.service" in unit("receiptbridge-bypass@")
    assert re.search(r"StartLimitIntervalSec=20\nStartLimitBurst=3\n", lane)
    assert "RestartPreventExitStatus=2" in lane
    assert "WatchdogSec=2\n" in lane


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_no_unit_waits_for_the_network_to_be_up_or_needs_a_mount(file: Path):
    assert not re.search("network-online|time-sync|RequiresMountsFor|Requires=", file.read_text())


def test_the_package_has_the_projects_version():
    assert (ROOT / "debian/changelog").read_text().startswith(f"receiptbridge ({__version__})")
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


def test_the_example_configuration_is_a_good_one_and_observes():
    text = (ROOT / "systemd/config.example.toml").read_text()
    assert [lane.mode for lane in parse_config(text, "example").lane] == ["observe"]


def test_units_bypass_and_configuration_mean_the_same_state_directory():
    state = parse_config("", "nothing").state_dir
    assert state == Path("/var/lib") / re.findall("StateDirectory=(.*)", unit("receiptbridge@"))[0]
    assert state == bypass.LAST_GOOD.parent


@pytest.mark.parametrize("name", ["receiptbridge@", "receiptbridge-sync", "receiptbridge-in-series@"])
def test_what_a_service_logs_is_english_whatever_the_machine_speaks(name: str):
    assert "\nEnvironment=LANG=C.UTF-8\n" in unit(name)
