"""`receiptbridge replay FILE`: a capture through today's configuration, to the screen, a picture or a printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from receiptbridge.cli.screen import AsJson, ConfigFile, console, lane_names, say, show_json
from receiptbridge.config import Config, LaneConfig, config_path, load_config, parse_config
from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.stored_words import said
from receiptbridge.upkeep.lanes import one_lane
from receiptbridge.words import _

if TYPE_CHECKING:
    from receiptbridge.bridge.rules import LaneRules
    from receiptbridge.upkeep.capture_file import Capture
    from receiptbridge.upkeep.replaying import Paper, Replayed


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A capture, or a register's bytes (.bin).")],
    lane: Annotated[
        str | None, typer.Option(help="As this lane of the configuration.", autocompletion=lane_names)
    ] = None,
    png: Annotated[Path | None, typer.Option(metavar="OUT", help="Also draw the paper.")] = None,
    to: Annotated[str | None, typer.Option(metavar="LINK", help="Also print it there.")] = None,
    speed: Annotated[
        float | None,
        typer.Option(min=0.01, max=1000, help="With --to: 1 as captured; all at once if left out."),
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what a capture would be read as and printed as today. Its codes are samples that earn nothing.

    Example: receiptbridge replay till-1.capture --png paper.png
    Example: receiptbridge replay sale.bin --lane till-1 --to tcp://192.168.1.60:9100
    """
    from receiptbridge.upkeep.replaying import as_printing, one_job
    from receiptbridge.upkeep.replaying import replay as play

    if speed is not None and to is None:
        raise UsageError(_("--speed is for printing"), hint=_("Say where to: --to LINK"))
    capture = _read(file)
    settings, chosen = _as_which_lane(capture, lane, config)
    rules = _rules(settings, chosen)
    paper = play(capture.crossings if capture else one_job(file.read_bytes()), as_printing(rules))
    notes = _notes(settings, chosen)
    if as_json:
        show_json(_record(file, chosen, paper, notes))
    else:
        _show(file, paper, notes, rules)
    if png is not None:
        from receiptbridge.cli.inspect import draw_paper

        draw_paper(paper.data, rules.grammar.dialect, png, banner=_SAMPLE)
    if to is not None:
        _print(to, settings, rules, paper, speed)


_SAMPLE = "SAMPLE  样张"
"""Above each drawn receipt, whatever the language: the code on it must not be taken for one."""

_ABOVE = b"*** SAMPLE: no code on this paper earns points ***\n"
"""And on paper, in letters that every printer has."""


def _read(file: Path) -> Capture | None:
    from receiptbridge.upkeep.capture_file import read_capture_file

    capture = read_capture_file(file)
    if capture is None and not file.stat().st_size:
        raise ReceiptBridgeError(
            _("{file}: the file is empty").format(file=file), hint=_("Nothing was captured.")
        )
    return capture


def _as_which_lane(
    capture: Capture | None, lane: str | None, config: Path | None
) -> tuple[Config, LaneConfig]:
    """The lane that is named, else the capture's own; on a machine without a box's configuration its profiles."""
    if config is None and lane is None and not config_path(None).exists():
        return _by_profiles(capture.header if capture else {})
    settings = load_config(config)
    own = str(capture.header.get("lane")) if capture and lane is None else None
    if own is not None and own in {one.name for one in settings.lane}:
        return settings, settings.find_lane(own)
    return settings, one_lane(settings, lane)


def _by_profiles(header: dict[str, Any]) -> tuple[Config, LaneConfig]:
    printer, register = header.get("printer_profile", "_default"), header.get("register_profile", "generic")
    text = (
        f'[points]\ncurrency = "{header.get("currency") or "CNY"}"\n[[lane]]\nname = "replay"\nmode = "print"\n'
        'register = "tcp-listen://127.0.0.1:9100"\nprinter = "tcp://127.0.0.1:9100"\n'
        f'printer_profile = "{printer}"\nregister_profile = "{register}"\n'
    )
    settings = parse_config(text, _("the capture's header"))
    return settings, settings.lane[0]


def _rules(settings: Config, lane: LaneConfig) -> LaneRules:
    """As the lane would go by, without its keys."""
    from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, peek_setting
    from receiptbridge.kept_terms import lane_rules
    from receiptbridge.terms import Terms, as_the_service_wants

    setting = peek_setting(settings.state_dir / FILE_NAME, SERVICE_SETTINGS)
    return lane_rules(lane, Terms(as_the_service_wants(settings, setting), None))


def _notes(settings: Config, lane: LaneConfig) -> list[str]:
    """What keeps these codes from the paper today."""
    from receiptbridge.identity import identity_path

    notes = []
    if lane.mode == "observe":
        notes.append(
            _("lane {lane} only observes: today it prints none of these codes").format(lane=lane.name)
        )
    if not identity_path(settings.state_dir).exists():
        notes.append(_("this box is not enrolled: today it prints none of these codes"))
    return notes


# ---- for programs


def _record(file: Path, lane: LaneConfig, paper: Paper, notes: list[str]) -> dict[str, Any]:
    return {
        "file": str(file), "lane": lane.name, "notes": notes,
        "receipts": [_receipt(one) for one in paper.receipts],
    }  # fmt: skip


def _receipt(one: Replayed) -> dict[str, Any]:
    from receiptbridge.receipt.masking import masked
    from receiptbridge.receipt.record import as_record

    return {
        "at": round(one.at, 3), **as_record(one.reading), "points": one.points, "why_no_code": one.why_no_code,
        "block_bytes": len(one.block), "text": list(masked(one.reading).text),
    }  # fmt: skip


# ---- for people


def _show(file: Path, paper: Paper, notes: list[str], rules: LaneRules) -> None:
    from receiptbridge.cli.inspect import reading_facts
    from receiptbridge.cli.paper_text import facts, framed, reasons
    from receiptbridge.receipt.masking import masked

    screen = console()
    for number, one in enumerate(paper.receipts, start=1):
        reading = masked(one.reading)
        title = _("{file}, receipt {number} of {count}").format(
            file=file.name, number=number, count=len(paper.receipts)
        )
        screen.print(framed(reading.text, reading.explanation, title))
        why = [("" if n else _("evidence"), said) for n, said in enumerate(reasons(reading.explanation))]
        screen.print(facts([*reading_facts(reading), *why, *_code(one, rules)]))
        screen.print()
    if not paper.receipts:
        typer.echo(_("No receipt: nothing in it ends one. What was said on the way: {reports}").format(
            reports="; ".join(paper.reports) or _("nothing")
        ))  # fmt: skip
    for note in notes:
        typer.echo(note)


def _code(one: Replayed, rules: LaneRules) -> list[tuple[str, str]]:
    if not one.block:
        return [(_("code"), _("none: {why}").format(why=_(said(one.why_no_code or ""))))]
    points = (
        _("an invitation to join") if one.points is None else _("{points} points").format(points=one.points)
    )
    return [(_("code"), _("{points}; a block of {bytes} bytes").format(points=points, bytes=len(one.block)))]


# ---- to a printer


def _print(to: str, settings: Config, rules: LaneRules, paper: Paper, speed: float | None) -> None:
    from receiptbridge.upkeep.sending import holder, printer_address, send

    address = printer_address(to)
    if (lane := holder(settings, address)) is not None:
        raise ReceiptBridgeError(
            _("lane {lane} has this printer, and a link is opened by one process only").format(
                lane=lane.name
            ),
            hint=_(
                "Use another printer, or stop the lane first: sudo systemctl stop receiptbridge@{lane}."
                " What the lane itself can print between two receipts is a test page: test-print {lane}"
            ).format(lane=lane.name),
        )
    pieces = [(0.0, _ABOVE), *((at / speed if speed else 0.0, data) for at, data in paper.pieces)]
    say(_("printing on {link}").format(link=address))
    sent = send(address, rules.printer.usb_interface_class, pieces)
    say(_("{bytes} bytes printed").format(bytes=sent))
