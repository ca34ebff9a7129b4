"""A dead box is replaced: the new one stands where it stood, and is set up as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from real_service import RealService, real_service

from receiptbridge.cloud.enrol import enrol
from receiptbridge.cloud.setup import describe, take_over
from receiptbridge.cloud.sync import Sync
from receiptbridge.config import load_config, with_service_settings
from receiptbridge.errors import ConfigError
from receiptbridge.identity import Identity

LANE = """
[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://0.0.0.0:9100"
printer = "serial:/dev/ttyS1?baud=9600"
printer_profile = "epson-tm-t88v"
register_profile = "bakery"
block = "compact"
"""
PROFILE = 'currency = "PLN"\n[labels]\ntotal = ["do zapłaty"]\n'


@pytest.fixture(scope="module")
def member_service(tmp_path_factory):
    with real_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "profiles"
    monkeypatch.setenv("RECEIPTBRIDGE_PROFILES", str(folder))
    return folder


def config_file(folder: Path, url: str, lanes: str = "") -> Path:
    folder.mkdir()
    path = folder / "config.toml"
    path.write_text(f'state_dir = "{folder}/state"\n[service]\nurl = "{url}"\n{lanes}', "utf-8")
    return path


def write_profile(own: Path, text: str = PROFILE) -> Path:
    path = own / "registers" / "bakery.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def heartbeat(config: Path, url: str) -> list[str]:
    """One look around by sync; what it put to the service."""
    settings = load_config(config)
    asked: list[str] = []
    with closing(Sync(settings.state_dir, url, setup=lambda: describe(load_config(config)))) as worker:
        worker._look_for_identity()
        client = worker._couriers[0].client
        ask = client._ask

        def noted(method, path, *more, **named):
            asked.append(f"{method} {path}")
            return ask(method, path, *more, **named)

        client._ask = noted
        worker._keep_in_touch(worker._couriers[0])
    return [request for request in asked if request.startswith("PUT")]


def test_a_new_box_takes_over_lanes_and_profiles_of_the_dead_one(tmp_path, member_service: RealService, own):
    profile = write_profile(own)
    dead = config_file(tmp_path / "dead", member_service.url, LANE)
    enrol(load_config(dead).state_dir, member_service.url, member_service.enrolment_code())
    assert heartbeat(dead, member_service.url) == ["PUT /v1/setup"]
    assert heartbeat(dead, member_service.url) == []
    profile.unlink()

    new = config_file(tmp_path / "new", member_service.url)
    before = new.read_text("utf-8")
    command = [sys.executable, "-m", "receiptbridge", "enrol", "--json", "--config", str(new)]
    code = member_service.enrolment_code()
    done = subprocess.run(command, input=f"{code}\n", capture_output=True, text=True, check=True, timeout=60)
    taken = json.loads(done.stdout)["taken_over"]
    assert (taken["lanes"], taken["profiles"], taken["differs"]) == (["till-1"], [str(profile)], [])
    assert load_config(new).lane == load_config(dead).lane
    assert profile.read_text("utf-8") == PROFILE
    assert new.with_name("config.toml.before-enrol").read_text("utf-8") == before
    assert (
        Identity.load(load_config(new).state_dir).box_id != Identity.load(load_config(dead).state_dir).box_id
    )


def test_a_setup_that_changed_is_told_again_and_one_with_a_new_box_too(tmp_path, member_service, own):
    config = config_file(tmp_path / "box", member_service.url, LANE)
    state = load_config(config).state_dir
    enrol(state, member_service.url, member_service.enrolment_code())
    assert heartbeat(config, member_service.url) == ["PUT /v1/setup"]
    write_profile(own)
    assert heartbeat(config, member_service.url) == ["PUT /v1/setup"]
    enrol(state, member_service.url, member_service.enrolment_code())
    assert heartbeat(config, member_service.url) == ["PUT /v1/setup"]


def test_a_box_that_has_its_own_keeps_it_and_says_what_differs(tmp_path, own):
    write_profile(own)
    setup = describe(load_config(config_file(tmp_path / "dead", "https://m.example.com", LANE)))
    mine = write_profile(own, 'currency = "EUR"\n')
    config = config_file(tmp_path / "new", "https://m.example.com", LANE.replace("compact", "full"))
    before = config.read_text("utf-8")
    taken = take_over(setup, config)
    assert taken.differs == [
        f"{mine}: the last box of this till had another; yours is kept",
        "lane till-1: block was 'compact', here it is 'full'",
    ]
    assert (config.read_text("utf-8"), mine.read_text("utf-8")) == (before, 'currency = "EUR"\n')


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/b", "", ".hidden", None, "x" * 65])
def test_no_profile_leads_out_of_its_folder(tmp_path, own, name):
    config = config_file(tmp_path / "new", "https://m.example.com")
    take_over({"profiles": [{"kind": "register", "name": name, "text": PROFILE}]}, config)
    assert [path for path in own.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "setup",
    [
        {},
        {"lanes": 3, "profiles": None},
        {"lanes": ["x"], "profiles": [{"kind": "bank", "name": "a", "text": ""}]},
    ],
)
def test_a_setup_that_makes_no_sense_changes_nothing(tmp_path, own, setup):
    config = config_file(tmp_path / "new", "https://m.example.com")
    assert not take_over(setup, config).lanes
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]


def test_lanes_that_no_configuration_can_have_are_refused_before_anything_is_written(tmp_path, own):
    config = config_file(tmp_path / "new", "https://m.example.com")
    before = config.read_text("utf-8")
    with pytest.raises(ConfigError, match="last box"):
        take_over({"lanes": [{"name": 'x"\n[service]', "register": "tcp-listen://0.0.0.0:1"}]}, config)
    assert config.read_text("utf-8") == before


def test_the_block_that_the_service_hands_down_is_that_of_every_lane(tmp_path):
    config = load_config(config_file(tmp_path / "box", "https://m.example.com", LANE))
    wanted = with_service_settings(config, {"block": "full"})
    assert [lane.block for lane in wanted.lane] == ["full"]
    assert with_service_settings(config, {"block": None}).lane == config.lane
    with pytest.raises(ConfigError):
        with_service_settings(config, {"block": "enormous"})
