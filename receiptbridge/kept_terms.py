"""What a lane goes by, kept up to date while it runs: what sync and enrolment change, and its configuration if asked.

Rules of this file:
- A configuration is taken over whole or not at all, and between two receipts.
- What cannot change without closing a link (addresses, flow control, the relay) needs a restart, and is refused.
- Files are read beside the loop that forwards, never in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from receiptbridge.bridge.rules import LaneRules
from receiptbridge.claim.block import BlockStyle, line_budget
from receiptbridge.config import Config, LaneConfig, keep_last_good, load_config
from receiptbridge.control import RestartNeeded
from receiptbridge.daemon import Lane
from receiptbridge.issuer import Issuer
from receiptbridge.links.address import parse_address
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.terms import LOOK_EVERY, Terms, TermsKeeper

_OF_THE_LINKS: Final = ("register_", "printer", "relay")

_KEYS: Final[Mapping[str, str]] = {
    "grammar": "printer_profile", "printer": "printer_profile", "register": "register_profile", "mode": "mode",
    "currency": "points", "earn": "points", "rule": "points", "policies": "points", "style": "block",
    "claim_prefix": "service.claim_prefix", "explained": "privacy.keep_text", "block_bytes": "printer_baud",
    "enrolled": "enrolled",
}  # fmt: skip
"""The keys of the configuration from which the rules come."""


class KeptTerms:
    """The terms of one lane. `path`: its configuration file, None for where it is found."""

    def __init__(
        self, lane: Lane, issuer: Issuer, config: LaneConfig, keeper: TermsKeeper, path: Path | None
    ) -> None:
        self._lane, self._issuer, self._config, self._keeper, self._path = lane, issuer, config, keeper, path

    async def keep(self) -> None:
        """Take over what sync and enrolment change, from the next receipt on."""
        loop = asyncio.get_running_loop()

        def look() -> None:
            config, keeper = self._config, self._keeper
            terms = keeper.read_if_changed()
            if terms is not None:
                rules = lane_rules(config, terms)
                loop.call_soon_threadsafe(self._go_by, keeper, terms, rules)

        while True:
            await asyncio.sleep(LOOK_EVERY)
            self._lane.disk.do(look)

    async def reload(self) -> list[str]:
        """Take the configuration file over between two receipts; the keys that are others now.

        Raises `ConfigError`, `RestartNeeded` and `LaneBusy`, and has changed nothing then.
        """
        whole, config, rules, keeper, terms = await asyncio.to_thread(self._read)
        await self._lane.between_receipts()
        before = self._lane.rules
        changed = {key for name, key in _KEYS.items() if getattr(before, name) != getattr(rules, name)}
        self._config, self._keeper = config, keeper
        self._go_by(keeper, terms, rules)
        await asyncio.to_thread(keep_last_good, whole, self._path)
        return sorted(changed)

    def _read(self) -> tuple[Config, LaneConfig, LaneRules, TermsKeeper, Terms]:
        whole = load_config(self._path)
        config = whole.find_lane(self._config.name)
        self._check(whole, config)
        keeper = TermsKeeper(whole)
        terms = keeper.read()
        rules = lane_rules(config, terms)
        before = self._lane.rules
        if (rules.grammar.dialect, rules.printer.usb_interface_class) != (
            before.grammar.dialect,
            before.printer.usb_interface_class,
        ):
            raise self._restart_for("printer_profile")
        return whole, config, rules, keeper, terms

    def _check(self, whole: Config, config: LaneConfig) -> None:
        if whole.state_dir != self._keeper.config.state_dir:
            raise self._restart_for("state_dir")
        for key in _OF_THE_LINKS:
            if getattr(config, key) != getattr(self._config, key):
                raise self._restart_for(key.rstrip("_"))

    def _restart_for(self, key: str) -> RestartNeeded:
        name = self._config.name
        return RestartNeeded(
            f"{key} is another: that needs a restart; nothing was changed",
            hint=f"sudo systemctl restart receiptbridge@{name}",
        )

    def _go_by(self, keeper: TermsKeeper, terms: Terms, rules: LaneRules) -> None:
        if keeper is not self._keeper:
            return  # it was read before a reload, and is told after it
        self._issuer.identity = terms.identity
        self._issuer.keep_text = terms.config.privacy.keeps_text
        self._lane.go_by(rules)


def lane_rules(lane: LaneConfig, terms: Terms) -> LaneRules:
    config = terms.config
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
        enrolled=terms.identity is not None and bool(config.service.claim_prefix),
        style=BlockStyle(template=config.find_lane(lane.name).block),
        rule=config.points.rule,
        explained=config.privacy.keeps_text,  # where its amounts stand, a mask leaves them
        block_bytes=block_bytes(lane),
    )


def block_bytes(lane: LaneConfig) -> int | None:
    """What a block may be on the way to the printer: the speed is the address's, or what the lane says of a line
    behind a network adapter."""
    line = parse_address(lane.printer).line
    return line_budget(lane.printer_baud) if line is None else line_budget(line.baud, line.bits_a_byte)
