"""The configuration file: found, read, and checked before anything is opened.

Found at `--config`, `$RECEIPTBRIDGE_CONFIG`, `/etc/receiptbridge/config.toml`, in that order. An error
names file, key and value, and says what is allowed.
"""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, field

from receiptbridge.bridge.policy import Policy
from receiptbridge.checked import Checked, Checks, WrongData, read, table_of
from receiptbridge.claim.earn import EarnRule, Rounding
from receiptbridge.errors import ConfigError
from receiptbridge.links.address import parse_address
from receiptbridge.links.relay import parse_relay
from receiptbridge.money import currency
from receiptbridge.receipt.model import Method
from receiptbridge.words import _, why
from receiptbridge.wrong_values import refused

DEFAULT_PATH = Path("/etc/receiptbridge/config.toml")
ENVIRONMENT_VARIABLE = "RECEIPTBRIDGE_CONFIG"
LAST_GOOD = "last-good.toml"  # in state_dir
LANE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")  # it names a unit of systemd and a socket

# Refunds, reprints and complaints refer to a sale for some weeks; in a busy store (3,300 sales a day) a quarter's
# sales are 300,000 rows, some 120 MB: little on the smallest memory card that one can buy.
KEEP_DAYS = 90

# The prefix and the 144 characters of a token fill a version 7 symbol at level M: 178 characters.
CLAIM_PREFIX_MOST = 34
QR_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def _http(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise ValueError(_("must begin with https:// (http:// is for tests on this machine)"))
    return url.rstrip("/")


def _fits_the_symbol(prefix: str) -> str:
    if len(prefix) > CLAIM_PREFIX_MOST:
        raise ValueError(
            _("has {count} characters, at most {most} fit the QR symbol").format(
                count=len(prefix), most=CLAIM_PREFIX_MOST
            )
        )
    if outside := sorted(set(prefix) - QR_ALPHANUMERIC):
        raise ValueError(
            _("may hold only upper-case letters, digits and $%*+-./: (not {others!r})").format(
                others="".join(outside)
            )
        )
    return prefix


def _of_a_register(address: str) -> str:
    if not parse_address(address).may_be_register:
        raise ValueError(_("is no address a register can reach (tcp-listen://, serial:, pty:)"))
    return address


def _of_a_printer(address: str) -> str:
    if not parse_address(address).may_be_printer:
        raise ValueError(_("is no address of a printer (tcp://, serial:, file:, pty:)"))
    return address


def _one_word(name: str) -> str:
    if not LANE_NAME.fullmatch(name):
        raise ValueError(_("letters, digits, '.', '_' and '-', at most 32 of them, a letter or digit first"))
    return name


def _names_differ(lanes: tuple[LaneConfig, ...]) -> tuple[LaneConfig, ...]:
    names = [lane.name for lane in lanes]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(
            _("two lanes are named {name!r}; every lane needs a name of its own").format(name=twice[0])
        )
    return lanes


class ServiceConfig(Checked, frozen=True, kw_only=True):
    """Where the member service is, and how the code's URL begins."""

    url: str = ""
    claim_prefix: str = ""

    CHECKS: ClassVar[Checks] = {"url": _http, "claim_prefix": _fits_the_symbol}


class PointsConfig(Checked, frozen=True, kw_only=True):
    """The earn rule (`claim.earn`): how many minor units of the currency earn one point, from which sale on, at
    most how many points a sale, and how a part of a point is rounded."""

    currency: str = "CNY"
    minor_per_point: Annotated[int, Meta(gt=0)] = 1000
    minimum_spend: Annotated[int, Meta(ge=0)] = 0
    points_cap: Annotated[int, Meta(gt=0)] | None = None
    rounding: Rounding = "down"
    rule: Annotated[int, Meta(ge=0, le=0xFFFF)] = 1
    payments: Mapping[Method, Policy] = {}  # what is not named is printed

    CHECKS: ClassVar[Checks] = {"currency": lambda code: currency(code).code}

    def earn_rule(self) -> EarnRule:
        return EarnRule(self.minor_per_point, self.minimum_spend, self.points_cap, self.rounding)


class JournalConfig(Checked, frozen=True, kw_only=True):
    """How long the box keeps what the service has stored."""

    keep_days: Annotated[int, Meta(ge=1, le=3650)] = KEEP_DAYS


class PrivacyConfig(Checked, frozen=True, kw_only=True):
    """What is kept of a receipt beside its fields: nothing, or its text with what is personal masked."""

    keep_text: Literal["none", "masked"] = "none"

    @property
    def keeps_text(self) -> bool:
        return self.keep_text == "masked"


class LaneConfig(Checked, frozen=True, kw_only=True):
    """One register with its printer."""

    name: str
    mode: Literal["print", "observe"] = "observe"
    register_: str = field(name="register")
    printer: str
    printer_profile: str = "_default"
    register_profile: str = "generic"
    block: Literal["full", "compact"] = "full"
    printer_baud: Annotated[int, Meta(ge=1200, le=921600)] | None = (
        None  # where the way to the printer is serial
    )
    relay: str | None = None  # that puts the box into the line: links/relay.py

    CHECKS: ClassVar[Checks] = {
        "name": _one_word,
        "register_": _of_a_register,
        "printer": _of_a_printer,
        "relay": lambda text: str(parse_relay(text)),
    }


class Config(Checked, frozen=True, kw_only=True):
    """The whole file. Times in seconds."""

    state_dir: Path = Path("/var/lib/receiptbridge")
    service: ServiceConfig = ServiceConfig()
    points: PointsConfig = PointsConfig()
    journal: JournalConfig = JournalConfig()
    privacy: PrivacyConfig = PrivacyConfig()
    lane: tuple[LaneConfig, ...] = ()

    CHECKS: ClassVar[Checks] = {"lane": _names_differ}

    def find_lane(self, name: str) -> LaneConfig:
        """The lane of that name; `ConfigError` names the lanes there are."""
        for lane in self.lane:
            if lane.name == name:
                return lane
        known = ", ".join(lane.name for lane in self.lane) or _("none")
        raise ConfigError(
            _("there is no lane {name!r} in the configuration").format(name=name),
            hint=_("Lanes there: {known}.").format(known=known),
        )


def config_path(given: Path | None) -> Path:
    """Where the configuration is to be read from."""
    if given is not None:
        return given
    from_environment = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(from_environment) if from_environment else DEFAULT_PATH


def load_config(given: Path | None = None) -> Config:
    """Read and check the configuration. Raises `ConfigError`."""
    path = config_path(given)
    return parse_config(read_config(path), str(path))


def keep_last_good(config: Config, given: Path | None) -> None:
    """Copy a configuration that was found good to where the bypass finds it when the file no longer is."""
    copy = config.state_dir / LAST_GOOD
    draft = copy.with_name(f".{LAST_GOOD}.{os.getpid()}")
    with contextlib.suppress(OSError, ConfigError):  # without it the bypass needs the file itself
        text = read_config(config_path(given))
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:
            draft.write_text(text, encoding="utf-8")
            draft.replace(copy)


def parse_config(text: str, where: str) -> Config:
    """Check a configuration text; `where` names it in errors. Raises `ConfigError`."""
    try:
        return read(Config, tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(
            _("{where}: not valid TOML: {fault}").format(where=where, fault=fault),
            hint=_("Mend that line and try again."),
            faults=(_("not valid TOML: {fault}").format(fault=fault),),
        ) from None
    except WrongData as wrong:
        raise refused(where, wrong) from None


def with_service_settings(config: Config, settings: Mapping[str, Any]) -> Config:
    """The configuration with what the member service hands down: earn rule, claim prefix and block, nothing else.

    `settings` is the answer to `GET /v1/settings` (docs/sync-api.md). Raises `ConfigError`.
    """
    prefix = settings.get("claim_prefix") or config.service.claim_prefix
    try:
        points = _points_of(settings, config.points)
        service = read(ServiceConfig, {"url": config.service.url, "claim_prefix": prefix})
        lanes = tuple(_with_block(lane, settings.get("block")) for lane in config.lane)
    except WrongData as wrong:
        raise refused(_("settings of the service"), wrong) from None
    return config.but(points=points, service=service, lane=lanes)


def _with_block(lane: LaneConfig, block: str | None) -> LaneConfig:
    if block is None:
        return lane
    return read(LaneConfig, table_of(lane) | {"block": block})


def _points_of(settings: Mapping[str, Any], own: PointsConfig) -> PointsConfig:
    """The service's earn rule is a whole: what it leaves out is the default, and not the file's own."""
    rule, payments = settings.get("earn_rule"), settings.get("payment_policy")
    payments = own.payments if payments is None else read(PointsConfig, {"payments": payments}).payments
    if not rule:
        return own.but(payments=payments)
    given = {key: rule[key] for key in ("minimum_spend", "points_cap", "rounding") if key in rule}
    told = {
        "currency": rule.get("currency", own.currency),
        "minor_per_point": rule.get("minor_per_point", own.minor_per_point),
        "rule": rule.get("id", own.rule),
        "payments": payments,
    }
    return read(PointsConfig, told | given)


def read_config(path: Path) -> str:
    """The text of a configuration. Raises `ConfigError`."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        hint = _("Give --config FILE, or set ${variable}, or write {path}.").format(
            variable=ENVIRONMENT_VARIABLE, path=DEFAULT_PATH
        )
        raise ConfigError(_("{path}: no configuration there").format(path=path), hint=hint) from None
    except UnicodeDecodeError:
        raise ConfigError(_("{path}: not a text file in UTF-8").format(path=path)) from None
    except OSError as fault:
        raise ConfigError(
            _("{path}: cannot be read: {reason}").format(path=path, reason=why(fault))
        ) from None
