"""Puts a lane together from its configuration. The one place that names concrete adapters."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Sequence
from pathlib import Path

from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.session import Session
from receiptbridge.claim.block import BlockStyle, line_budget
from receiptbridge.config import Config, LaneConfig, with_service_settings
from receiptbridge.daemon import Lane
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.identity import Identity
from receiptbridge.issuer import Issuer
from receiptbridge.journal import (
    FILE_NAME,
    SERVICE_SETTINGS,
    Journal,
    bring_forward_apart,
    peek_setting,
)
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import printer_door, register_door
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.lexicon import warm_up
from receiptbridge.systemd import keep_told

log = logging.getLogger("receiptbridge.lane")


def build_lane(config: Config, lane: LaneConfig) -> tuple[Lane, Issuer]:
    """A lane ready to run, and its issuer. Raises `ConfigError` for profiles that are not there."""
    identity = _identity(config)
    issuer = Issuer(
        lambda: _open_journal(config.state_dir / FILE_NAME),
        lane=lane.name,
        identity=identity,
    )
    session = Session(_rules(config, lane, enrolled=identity is not None))
    doors = register_door(parse_address(lane.register_)), printer_door(parse_address(lane.printer))
    return Lane(lane.name, session, *doors, issuer), issuer


async def run_lanes(config: Config, lanes: Sequence[LaneConfig]) -> None:
    """Run lanes until cancelled. Raises `LinkError` when a lane's own address cannot be had."""
    config = _as_the_service_wants(config)
    running: list[Lane] = []
    async with asyncio.TaskGroup() as group:
        for lane_config in lanes:
            lane, issuer = build_lane(config, lane_config)
            running.append(lane)
            lane.disk.do(issuer.prepare)
            lane.disk.do(warm_up)
            lane.disk.do(gc.freeze)  # what is there now stays: the collector need not look at it again
            group.create_task(lane.run(), name=lane.name)
        group.create_task(keep_told(lambda: "; ".join(map(_in_words, running))))


def _in_words(lane: Lane) -> str:
    return f"{lane.name}: {lane.session.state.name}, printer {lane.session.printer.condition.name}"


def _as_the_service_wants(config: Config) -> Config:
    """Earn rule and claim prefix as sync last brought them; the file's own where it has brought none."""
    setting = peek_setting(config.state_dir / FILE_NAME, SERVICE_SETTINGS)
    if setting is None:
        return config
    try:
        return with_service_settings(config, setting.value)
    except ConfigError as fault:
        log.error("the configuration file's own values are used: %s", fault)
        return config


def _open_journal(path: Path) -> Journal:
    bring_forward_apart(path)
    return Journal.open(path)


def _rules(config: Config, lane: LaneConfig, *, enrolled: bool) -> LaneRules:
    printer = load_printer(lane.printer_profile)
    dialect = "star" if printer.dialect.startswith("star") else "escpos"
    return LaneRules(
        grammar=load_grammar(dialect, printer.grammar_profiles, printer.unknown_commands),
        printer=printer,
        register=load_register(lane.register_profile),
        mode=lane.mode,
        currency=config.points.currency,
        earn=config.points.earn_rule(),
        policies=config.points.payments,
        claim_prefix=config.service.claim_prefix,
        enrolled=enrolled and bool(config.service.claim_prefix),
        style=BlockStyle(template=lane.block),
        rule=config.points.rule,
        block_bytes=line_budget(lane.printer_baud),
    )


def _identity(config: Config) -> Identity | None:
    """The box's keys; without them the lane runs all the same and prints no codes."""
    try:
        identity = Identity.load(config.state_dir)
    except ReceiptBridgeError as fault:
        log.error("the box's identity cannot be used, so no codes are printed: %s %s", fault, fault.hint)
        return None
    if identity is None:
        log.warning("this box is not enrolled: receipts pass and are kept, no codes are printed")
    return identity
