"""`receiptbridge doctor`: everything that can be checked, and what to do about what is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import typer

from receiptbridge.cli.screen import AsJson, ConfigFile, console, say, show_json
from receiptbridge.words import N_, _

_SIGNS: Final = {
    "good": ("+", "green", N_("good")),
    "warning": ("!", "yellow", N_("look at it")),
    "bad": ("x", "red", N_("bad")),
    "unknown": ("-", "dim", N_("not checked")),
}


def doctor(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Check everything from the configuration to the clock, and say what to do; ends with 1 where something is bad.

    Example: sudo receiptbridge doctor
    """
    from receiptbridge.upkeep.checks import CHECKS, all_findings

    place = _place(config)

    def tell(code: str) -> None:
        if not as_json and console(err=True).is_terminal:
            say(_(CHECKS[code][0]) + " ...")

    found = list(all_findings(place, tell))
    if as_json:
        rows = [{"check": code, **finding._asdict()} for code, finding in found]
        show_json({"well": all(finding.verdict != "bad" for _code, finding in found), "findings": rows})
    else:
        console().print(_table([(_(CHECKS[code][0]), finding) for code, finding in found]))
        console().print(_summary([finding for _code, finding in found]))
    raise typer.Exit(1 if any(finding.verdict == "bad" for _code, finding in found) else 0)


def _place(given: Path | None) -> Any:
    from receiptbridge.upkeep.checks import Place
    from receiptbridge.upkeep.status import found_config

    found, fault = found_config(given)
    return Place(config=found, given=given, fault=(fault["what"], fault["hint"]) if fault else None)


def _table(rows: list[tuple[str, Any]]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        _("Check"), _("Verdict"), _("What was found, and what to do"), box=box.SIMPLE_HEAD, pad_edge=False
    )
    before = ""
    for heading, finding in rows:
        sign, style, words = _SIGNS[finding.verdict]
        said = finding.what if finding.lane is None else f"{finding.lane}: {finding.what}"
        text = Text(said)
        if finding.hint:
            text.append(f"\n{finding.hint}", style="bold")
        table.add_row(heading if heading != before else "", Text(f"{sign} {_(words)}", style=style), text)
        before = heading
    return table


def _summary(findings: list[Any]) -> str:
    bad = sum(finding.verdict == "bad" for finding in findings)
    warnings = sum(finding.verdict == "warning" for finding in findings)
    if not bad and not warnings:
        return _("Nothing is wrong.")
    return _("{bad} bad, {warnings} to look at.").format(bad=bad, warnings=warnings)
