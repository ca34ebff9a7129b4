"""`receiptbridge status`: the whole box at a glance."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from receiptbridge.cli.screen import AsJson, ConfigFile, console, show_json
from receiptbridge.upkeep.when import age
from receiptbridge.words import N_, _

if TYPE_CHECKING:
    from rich.console import RenderableType

WATCH_SECONDS: Final = 1.0
"""Between two looks: a lane answers in milliseconds, and a person sees no more."""

ENDED_BY_HAND: Final = 130
"""The exit code of what Ctrl-C ended, as shells have it."""

Facts = dict[str, Any]


def status(
    config: ConfigFile = None,
    lane: Annotated[str | None, typer.Option(metavar="LANE", help="This lane only.")] = None,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Look again every second, until Ctrl-C.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how lanes, printers, service, queue and clock are; ends with 1 where something needs a person.

    Example: receiptbridge status --watch

    Example for monitoring: receiptbridge status --json || alert
    """
    from receiptbridge.upkeep.status import take_status

    if watch:
        _watch(lambda: take_status(config, lane))
    facts = take_status(config, lane)
    if as_json:
        show_json(facts)
    else:
        console().print(page(facts))
    raise typer.Exit(0 if facts["well"] else 1)


def _watch(take: Callable[[], Facts]) -> None:
    from rich.live import Live

    screen = console()
    try:
        with Live(console=screen, screen=screen.is_terminal, auto_refresh=False) as live:
            while True:
                if screen.is_terminal:
                    live.update(page(take()), refresh=True)
                else:
                    screen.print(page(take()))
                time.sleep(WATCH_SECONDS)
    except KeyboardInterrupt:
        raise typer.Exit(ENDED_BY_HAND) from None


def page(facts: Facts) -> RenderableType:
    """The status for a screen of 80 columns."""
    from rich.console import Group

    return Group(*_parts(facts))


def _parts(facts: Facts) -> Iterator[RenderableType]:
    from rich.text import Text

    box = facts["box_id"] or _("not enrolled")
    yield Text.assemble(
        f"receiptbridge {facts['version']}  ",
        _("box {box}").format(box=box) if facts["box_id"] else box,
        "   ",
        (_("all is well"), "bold green") if facts["well"] else (_("needs a person"), "bold red"),
    )
    yield Text()
    if facts["lanes"]:
        yield _lanes(facts)
        yield Text()
    yield _rest(facts)
    for need in facts["needs"]:
        yield Text.assemble(
            ("\n! ", "bold red"), need["what"], *(("\n    ", need["hint"]) if need["hint"] else ())
        )


def _rest(facts: Facts) -> RenderableType:
    from rich.table import Table

    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold")
    rows.add_row(_("Service"), _service(facts))
    rows.add_row(_("Queue"), _queue(facts["queue"]))
    rows.add_row(_("Clock"), _clock(facts))
    rows.add_row(_("Key"), facts["key_id"] or _("none"))
    return rows


def _lanes(facts: Facts) -> RenderableType:
    from rich import box
    from rich.table import Table

    headings = (_("Lane"), _("Mode"), _("Now"), _("Register"), _("Printer"), _("Last receipt"))
    table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for lane in facts["lanes"]:
        table.add_row(
            lane["name"], _(_MODES[lane["mode"]]), *_now(lane), _last(lane["last_receipt"], facts["at"])
        )
    return table


def _now(lane: Facts) -> tuple[str, str, str]:
    """What the lane does, and how its two sides are."""
    from receiptbridge.upkeep.needs import PRINTER_WORDS

    if lane["on_bypass"]:
        return f"[red]{_('bypass')}[/red]", "-", "-"
    if not lane["running"]:
        return "[red]" + (_("does not answer") if lane["fault"] else _("stopped")) + "[/red]", "-", "-"
    register = _("connected") if lane["register_connected"] else _("not connected")
    printer = _(PRINTER_WORDS[lane["printer_condition"]])
    if not lane["printer_connected"]:
        printer = _("not connected") if lane["printer_condition"] == "UNKNOWN" else printer
    state = "BYPASSED" if lane["bypassed"] else lane["state"]
    return _(_STATES[state]), register, printer


def _last(receipt: Facts | None, now: int) -> str:
    if receipt is None:
        return _("none yet")
    kind = _(_KINDS[receipt["kind"]])
    what = " ".join(part for part in (kind, receipt["total"], receipt["currency"]) if part)
    earned = "" if receipt["points"] is None else _(", {points} points").format(points=receipt["points"])
    ago = _("{time} ago").format(time=age(now - receipt["at"]))
    return f"{what}{earned}, {ago}"


def _service(facts: Facts) -> str:
    service, now = facts["service"], facts["at"]
    if not service["url"]:
        return _("none configured")
    if service["sync_runs"] is None:
        return f"{service['url']}  " + _("sync has not run yet")
    heard = service["heard_at"]
    when = _("heard {time} ago").format(time=age(now - heard)) if heard else _("never heard")
    if not service["sync_runs"]:
        return f"{service['url']}  " + _("sync does not run") + f", {when}"
    if service["reachable"]:
        return f"{service['url']}  {when}"
    since = _("fails for {time}").format(time=age(now - service["failing_since"]))
    return f"{service['url']}  {since}, {when}: {service['fault']}"


def _queue(queue: Facts | None) -> str:
    if queue is None:
        return _("no journal yet")
    said = _("{due} to deliver, {refused} refused, {stored} delivered, {numbered} in all").format(**queue)
    if queue["oldest_due_age"]:
        said += _(", the oldest for {time}").format(time=age(queue["oldest_due_age"]))
    return said


def _clock(facts: Facts) -> str:
    clock = facts["clock"]
    at = datetime.fromtimestamp(facts["at"]).strftime("%Y-%m-%d %H:%M:%S")
    good = _("good") if clock["good"] else _("not known to be good")
    return f"{at}  {good}, {_(_SOURCES[clock['source']])}"


_MODES: Final = {"print": N_("print"), "observe": N_("observe")}
_STATES: Final = {
    "IDLE": N_("waits"),
    "RECEIPT": N_("a receipt"),
    "HOLDING_CUT": N_("at the cut"),
    "PASSTHROUGH": N_("forwards unread"),
    "BYPASSED": N_("bypass"),
}
_SOURCES: Final = {
    "service": N_("by the service"),
    "network": N_("by the network's time"),
    "none": N_("set by nobody"),
}
_KINDS: Final = {
    "sale": N_("sale"), "refund": N_("refund"), "void": N_("void"), "duplicate": N_("reprint"),
    "kitchen": N_("kitchen order"), "report": N_("report"), "training": N_("training"),
    "merchant_copy": N_("merchant's copy"), "voucher": N_("voucher"), "other": N_("no sale"),
}  # fmt: skip
