"""The configuration: read, checked, and explained when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from receiptbridge.config import (
    CLAIM_PREFIX_MOST,
    ENVIRONMENT_VARIABLE,
    load_config,
    parse_config,
    with_service_settings,
)
from receiptbridge.errors import ConfigError

WHOLE = """
state_dir = "/var/lib/receiptbridge"

[service]
url = "https://members.example.com"
claim_prefix = "HTTPS://M.EXAMPLE.COM/C/"

[points]
currency = "CNY"
minor_per_point = 1000

[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://0.0.0.0:9100"
printer = "tcp://192.168.1.50:9100"
printer_profile = "epson-tm-t88v"
register_profile = "generic"
"""
LANE = (
    '[[lane]]\nname = "till-1"\nregister = "tcp-listen://0.0.0.0:9100"\nprinter = "tcp://192.168.1.50:9100"\n'
)


def test_the_documented_configuration_is_read():
    config = parse_config(WHOLE, "config.toml")
    assert config.lane[0].mode == "print"
    assert config.points.minor_per_point == 1000
    assert config.service.claim_prefix == "HTTPS://M.EXAMPLE.COM/C/"


def test_a_lane_only_observes_until_it_is_told_to_print():
    assert parse_config(LANE, "config.toml").lane[0].mode == "observe"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("state_dir = ", "config.toml: not valid TOML"),
        ("colour = 1", "colour = 1: no such key"),
        (LANE.replace("till-1", "till 1"), "lane.1.name = 'till 1'"),
        (LANE + LANE, "two lanes are named 'till-1'"),
        (LANE + 'mode = "shout"', "mode = 'shout': must be 'print' or 'observe'"),
        (LANE.replace("tcp-listen://0.0.0.0:9100", "serial:ttyS0"), "give the whole path"),
        (LANE.replace("tcp-listen://0.0.0.0:9100", "udp://h:1"), "known are tcp-listen://HOST:PORT"),
        (LANE.replace("tcp://192.168.1.50:9100", "tcp://192.168.1.50"), "write tcp://HOST:PORT"),
        (LANE.replace("tcp://192.168.1.50:9100", "tcp-listen://1.2.3.4:9100"), "is no address of a printer"),
        (LANE.replace('printer = "tcp://192.168.1.50:9100"\n', ""), "lane.1.printer: must be given"),
        ('[service]\nclaim_prefix = "https://m.example.com/"', "may hold only upper-case letters"),
        (f'[service]\nclaim_prefix = "{"A" * (CLAIM_PREFIX_MOST + 1)}"', "at most 34 fit"),
        ('[service]\nurl = "members.example.com"', "must begin with https://"),
        ("[points]\nminor_per_point = 0", "minor_per_point = 0"),
        ("[points]\nrounding = 'half'", "rounding = 'half'"),
        ('[points]\ncurrency = "RMB"', "RMB"),
    ],
)
def test_a_wrong_configuration_is_refused_with_file_key_and_what_is_allowed(text: str, says: str):
    with pytest.raises(ConfigError) as refused:
        parse_config(text, "config.toml")
    assert "config.toml" in str(refused.value)
    assert says in str(refused.value)


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(ConfigError) as refused:
        parse_config(
            LANE + 'mode = "shout"\nprinter_baud = 1\n[points]\nrule = -1\ncolour = 2', "config.toml"
        )
    said = str(refused.value)
    assert [
        key in said for key in ("lane.1.mode", "lane.1.printer_baud", "points.rule", "points.colour")
    ] == [True] * 4


def test_the_path_given_beats_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    given, other = tmp_path / "given.toml", tmp_path / "other.toml"
    given.write_text('state_dir = "/given"')
    other.write_text('state_dir = "/other"')
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(other))
    assert load_config(given).state_dir == Path("/given")
    assert load_config().state_dir == Path("/other")


def test_a_missing_file_names_the_ways_to_give_one(tmp_path: Path):
    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path / "nowhere.toml")
    assert "--config" in refused.value.hint


def test_the_service_replaces_earn_rule_and_claim_prefix_and_nothing_else():
    config = parse_config(WHOLE, "config.toml")
    rule = {"id": 7, "currency": "HKD", "minor_per_point": 1200}
    changed = with_service_settings(
        config, {"earn_rule": rule, "claim_prefix": "HTTPS://X.HK/C/", "mode": "observe"}
    )
    assert (changed.points.rule, changed.points.currency, changed.points.minor_per_point) == (7, "HKD", 1200)
    assert changed.service.claim_prefix == "HTTPS://X.HK/C/"
    assert (changed.lane, changed.service.url) == (config.lane, config.service.url)


def test_the_services_earn_rule_is_a_whole_and_what_it_leaves_out_is_not_the_files_own():
    own = parse_config("[points]\nminimum_spend = 500\nrounding = 'up'\npoints_cap = 9", "config.toml")
    given = {"id": 2, "currency": "CNY", "minor_per_point": 900, "rounding": "nearest"}
    changed = with_service_settings(own, {"earn_rule": given}).points.earn_rule()
    assert (changed.rounding, changed.minimum_spend, changed.points_cap) == ("nearest", 0, None)
    assert with_service_settings(own, {}).points == own.points


def test_the_services_payment_policy_replaces_the_files_own_and_its_silence_does_not():
    own = parse_config("[points.payments]\nwechat = 'join'", "config.toml")
    assert own.points.payments == {"wechat": "join"}
    changed = with_service_settings(own, {"payment_policy": {"alipay": "none"}})
    assert changed.points.payments == {"alipay": "none"}
    assert with_service_settings(own, {"payment_policy": None}).points.payments == {"wechat": "join"}
    assert with_service_settings(own, {"payment_policy": {}}).points.payments == {}


@pytest.mark.parametrize("policy", [{"barter": "print"}, {"cash": "maybe"}])
def test_a_payment_policy_that_nobody_knows_is_refused(policy):
    with pytest.raises(ConfigError, match="payments"):
        with_service_settings(parse_config("", "config.toml"), {"payment_policy": policy})


def test_settings_that_no_paper_could_carry_are_refused():
    with pytest.raises(ConfigError, match="claim_prefix"):
        with_service_settings(
            parse_config(WHOLE, "config.toml"), {"claim_prefix": "https://too.small/letters"}
        )


def test_how_long_a_box_keeps_delivered_sales_can_be_said_in_days():
    assert parse_config("[journal]\nkeep_days = 30", "config.toml").journal.keep_days == 30
    with pytest.raises(ConfigError, match="keep_days"):
        parse_config("[journal]\nkeep_days = 0", "config.toml")


def test_what_is_kept_of_a_receipt_is_a_setting_and_by_default_its_fields():
    assert not parse_config("", "here").privacy.keeps_text
    assert parse_config('[privacy]\nkeep_text = "masked"', "here").privacy.keeps_text
    with pytest.raises(ConfigError, match="keep_text"):
        parse_config('[privacy]\nkeep_text = "all"', "here")
