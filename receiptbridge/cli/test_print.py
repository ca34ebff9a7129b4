"""`receiptbridge test-print LANE`: a page that shows what a printer can, through its lane or straight to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from receiptbridge import __version__
from receiptbridge.cli.screen import ConfigFile, lane_names, say
from receiptbridge.config import Config, LaneConfig, load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.profiles.load import printer_names
from receiptbridge.upkeep.lanes import LaneRefused, one_lane, print_page, runs
from receiptbridge.words import N_, _

if TYPE_CHECKING:
    from receiptbridge.upkeep.capturing import How
    from receiptbridge.upkeep.test_page import Asked


def test_print(
    lane: Annotated[
        str | None,
        typer.Argument(help="Whose printer; the only lane's if left out.", autocompletion=lane_names),
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="LINK", help="This printer, such as tcp://192.168.1.50:9100.")
    ] = None,
    printer_profile: Annotated[
        str | None,
        typer.Option(help="What it is; with a lane, the lane's if left out.", autocompletion=printer_names),
    ] = None,
    drawer: Annotated[bool, typer.Option("--drawer", help="Open the cash drawer, too.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also while the lane does not know what state the printer is in.")
    ] = False,
    png: Annotated[Path | None, typer.Option(metavar="OUT", help="Only draw the page.")] = None,
    config: ConfigFile = None,
) -> None:
    """Print a self-test page: versions, line, characters, codes to scan, cutter; through the lane where one runs.

    Example: receiptbridge test-print till-1
    Example: receiptbridge test-print --to usb:04b8:0202 --printer-profile epson-tm-t88v --drawer
    """
    settings, chosen = _which(lane, to, config)
    through = _lane_that_runs(settings, chosen, to)
    link = to or (chosen.printer if chosen else "")
    how = _how(printer_profile, through or chosen)
    asked = _asked(settings, through or chosen, how, link, drawer)
    if png is not None:
        _draw(asked, how, png)
    elif through is not None:
        _through_lane(through, settings, asked, how, anyway)
    else:
        _straight(link, asked, how)


def _which(lane: str | None, to: str | None, config: Path | None) -> tuple[Config, LaneConfig | None]:
    """The configuration and its lane; none is needed where a printer is named."""
    if to is None or lane is not None:
        settings = load_config(config)
        return settings, one_lane(settings, lane)
    try:
        return load_config(config), None
    except ConfigError:
        if config is not None:
            raise
        return Config(), None


def _lane_that_runs(settings: Config, chosen: LaneConfig | None, to: str | None) -> LaneConfig | None:
    """The lane that has this printer at the moment: only it may print there."""
    from receiptbridge.upkeep.sending import holder, printer_address

    if to is not None:
        return holder(settings, printer_address(to))
    return chosen if chosen is not None and runs(chosen.name, settings.state_dir) else None


def _how(printer_profile: str | None, lane: LaneConfig | None) -> How:
    from receiptbridge.upkeep.capturing import reading_by

    return reading_by(printer_profile or (lane.printer_profile if lane else "_default"), "generic")


def _asked(settings: Config, lane: LaneConfig | None, how: How, link: str, drawer: bool) -> Asked:
    from receiptbridge.upkeep.replaying import SAMPLE_PREFIX
    from receiptbridge.upkeep.scrubbing import scrubbed_data
    from receiptbridge.upkeep.test_page import Asked

    printer = how.printer
    codes = ("GS ( k, " if printer.native_qr else "") + ", ".join(printer.raster_forms)
    about = [
        (N_("Software"), f"receiptbridge {__version__}"),
        (N_("Time"), datetime.now().isoformat(" ", "minutes")),
        *([(N_("Lane"), lane.name)] if lane else []),
        (N_("Printer"), str(scrubbed_data(link))),
        (N_("Profile"), f"{printer.name}, {printer.dialect}"),
        (N_("Paper"), f"{printer.dots_per_line} dots, {printer.columns} columns, {printer.dpi} dpi"),
        (N_("Two-byte characters"), printer.two_byte),
        (N_("Codes"), codes),
    ]
    return Asked(about, settings.service.claim_prefix or SAMPLE_PREFIX, drawer)


def _draw(asked: Asked, how: How, png: Path) -> None:
    from receiptbridge.cli.inspect import draw_paper
    from receiptbridge.upkeep.test_page import render

    draw_paper(render(asked, how.printer, how.grammar), how.grammar.dialect, png)


def _through_lane(lane: LaneConfig, settings: Config, asked: Asked, how: How, anyway: bool) -> None:
    """Codes as pictures where the lane could not put the printer's store of codes back."""
    from receiptbridge.upkeep.test_page import render

    say(_("lane {lane} prints it between two receipts").format(lane=lane.name))
    most = _most_bytes(lane)
    page = render(asked, how.printer, how.grammar, most)
    try:
        print_page(lane.name, settings.state_dir, page, anyway=anyway)
    except LaneRefused as fault:
        if fault.code != "refused" or not how.printer.native_qr:
            raise
        page = render(asked.with_pictures(), how.printer, how.grammar, most)
        print_page(lane.name, settings.state_dir, page, anyway=anyway)
    typer.echo(_("printed by lane {lane}: {bytes} bytes").format(lane=lane.name, bytes=len(page)))


def _most_bytes(lane: LaneConfig) -> int:
    """What the lane prints at a time, less what it may have to set and to put back around it."""
    from receiptbridge.bridge.own_page import PAGE_BLOCKS, PAGE_MOST
    from receiptbridge.kept_terms import block_bytes

    block = block_bytes(lane)
    return PAGE_MOST if block is None else min(PAGE_MOST, block * PAGE_BLOCKS)


def _straight(link: str, asked: Asked, how: How) -> None:
    from receiptbridge.upkeep.sending import printer_address, send
    from receiptbridge.upkeep.test_page import RESET, render

    address = printer_address(link)
    if address.scheme == "pty":
        raise ReceiptBridgeError(
            _("{link} is there only while its lane runs").format(link=link),
            hint=_("Start the lane, then: receiptbridge test-print LANE"),
        )
    page = RESET + render(asked, how.printer, how.grammar)
    say(_("printing on {link}").format(link=address))
    send(address, how.printer.usb_interface_class, [(0.0, page)])
    typer.echo(_("printed: {bytes} bytes").format(bytes=len(page)))
