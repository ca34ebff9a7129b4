"""Puts a lane together from its configuration. The one place that names concrete adapters."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from receiptbridge.bridge.session import Session
from receiptbridge.clock import BoxClock
from receiptbridge.config import Config, LaneConfig
from receiptbridge.control import Control
from receiptbridge.daemon import Lane
from receiptbridge.errors import LinkError
from receiptbridge.issuer import Issuer
from receiptbridge.journal import FILE_NAME, Journal, bring_forward_apart
from receiptbridge.kept_terms import KeptTerms, lane_rules
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import printer_door, register_door
from receiptbridge.links.relay import RelayAddress, parse_relay, pull_in
from receiptbridge.profiles.load import load_printer
from receiptbridge.receipt.lexicon import warm_up
from receiptbridge.systemd import keep_told
from receiptbridge.terms import LOOK_EVERY, Terms, TermsKeeper

log = logging.getLogger("receiptbridge.lane")


def build_lane(lane: LaneConfig, terms: Terms, clock: BoxClock) -> tuple[Lane, Issuer]:
    """A lane ready to run, and its issuer. Raises `ConfigError` for profiles that are not there."""
    journal = terms.config.state_dir / FILE_NAME
    issuer = Issuer(
        lambda: _open_journal(journal, clock),
        lane=lane.name,
        identity=terms.identity,
        keep_text=terms.config.privacy.keeps_text,
        clock=clock.moment,
    )
    rules = lane_rules(lane, terms)
    register = register_door(parse_address(lane.register_))
    printer = printer_door(parse_address(lane.printer), rules.printer.usb_interface_class)
    return Lane(lane.name, Session(rules), register, printer, issuer), issuer


async def run_lanes(config: Config, lanes: Sequence[LaneConfig], path: Path | None = None) -> None:
    """Run lanes until cancelled; `path`: where their configuration is read again when somebody asks for it.

    Raises `LinkError` when a lane's own address cannot be had.
    """
    running: list[Lane] = []
    clock = BoxClock(config.state_dir)
    # Before anybody is served: the first receipt may come at once, and two who make the same words ready at a time
    # take longer than a cut may be held.
    _make_ready_for_cuts(lanes)
    async with asyncio.TaskGroup() as group:
        for lane_config in lanes:
            keeper = TermsKeeper(config)
            lane, issuer = build_lane(lane_config, keeper.read(), clock)
            running.append(lane)
            lane.disk.do(issuer.prepare)
            lane.disk.do(clock.learn)
            relay = parse_relay(lane_config.relay) if lane_config.relay else None
            group.create_task(in_line(lane.run(), relay) if relay else lane.run(), name=lane.name)
            terms = KeptTerms(lane, issuer, lane_config, keeper, path)
            group.create_task(_as_a_guest(terms.keep()))
            group.create_task(_as_a_guest(_keep_time(lane, clock)))
            group.create_task(_as_a_guest(Control(lane, config.state_dir, terms.reload).serve()))
        group.create_task(_as_a_guest(keep_told(lambda: "; ".join(map(_in_words, running)))))


async def _as_a_guest(work: Coroutine[Any, Any, None]) -> None:
    """Whatever goes wrong in what is not forwarding, the lanes go on without it."""
    try:
        await work
    except Exception:
        log.exception("the lanes go on forwarding without it")


def _make_ready_for_cuts(lanes: Sequence[LaneConfig]) -> None:
    """Prepare what a lane needs from its first cut on. One that comes before may have to go without its code."""
    warm_up()
    if not all(load_printer(lane.printer_profile).native_qr for lane in lanes):
        import segno  # noqa: F401  loaded here, so that `claim.qr` need not at the first cut
    gc.freeze()  # what is there now stays: the collector need not look at it again


def _in_words(lane: Lane) -> str:
    return f"{lane.name}: {lane.session.state.name}, printer {lane.session.printer.condition.name}"


async def in_line(run: Coroutine[Any, Any, None], address: RelayAddress) -> None:
    """Run a lane with the box in the line; the relay falls when the lane has handed over what it had.

    Whatever else ends the process lets the relay fall, too. Without its relay a lane runs all the same.
    """
    relay = None
    try:
        relay = pull_in(address)
    except LinkError as fault:
        log.error("%s %s", fault, fault.hint)
    try:
        await run
    finally:
        if relay is not None:
            relay.fall()


async def _keep_time(lane: Lane, clock: BoxClock) -> None:
    """Go by the service's time as soon as sync has heard it."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        lane.disk.do(clock.learn)


def _open_journal(path: Path, clock: BoxClock) -> Journal:
    bring_forward_apart(path)
    return Journal.open(path, clock=clock.now)
