"""`receiptbridge report day|shift|observe`: what was read, taken and printed, from the journal of this box."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from receiptbridge.cli.owner import as_owner_of
from receiptbridge.cli.screen import AsJson, ConfigFile, console, lane_names, show_json, show_table
from receiptbridge.config import load_config
from receiptbridge.errors import UsageError
from receiptbridge.journal import FILE_NAME
from receiptbridge.stored_words import said
from receiptbridge.words import _

if TYPE_CHECKING:
    from sqlite3 import Connection

    from receiptbridge.journal.looking import Wanted
    from receiptbridge.upkeep.report import Observation, Observed, Sum, Takings

report = typer.Typer(help="Add up what was read and printed, from this box's journal.", no_args_is_help=True)

Date = Annotated[str | None, typer.Option("--date", metavar="DAY", help="2026-11-22, today or yesterday.")]
Lane = Annotated[
    str | None, typer.Option("--lane", metavar="NAME", help="This lane only.", autocompletion=lane_names)
]


@report.command()
def day(date: Date = None, lane: Lane = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Add up a day: receipts, totals, payments, codes, points, and what is not delivered.

    Example: receiptbridge report day --date yesterday
    """
    from receiptbridge.upkeep import when

    _report_takings(*when.day_bounds(when.day(date)), lane, config, as_json)


@report.command()
def shift(
    begin: Annotated[str, typer.Option("--from", metavar="TIME", help="When it began, such as 06:00.")],
    end: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="When it ended; now if left out.")
    ] = None,
    date: Date = None,
    lane: Lane = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Add up a shift, as `day` does. One that ends before it begins ended on the next day.

    Example: receiptbridge report shift --from 22:00 --to 06:00 --date yesterday
    """
    from receiptbridge.upkeep import when

    on = when.day(date)
    since = when.clock_time(begin, on)
    until = int(time.time()) + 1 if end is None else when.clock_time(end, on)
    if end is not None and until <= since:
        until = when.clock_time(end, on + datetime.timedelta(days=1))
    if until <= since:
        raise UsageError(_("the shift has not begun yet"), hint=_("Give --date, or another --from."))
    _report_takings(since, until, lane, config, as_json)


@report.command()
def observe(
    begin: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="From then on: a day, or a day and time.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="Up to then, that day with it.")
    ] = None,
    lane: Lane = None,
    most: Annotated[int, typer.Option(min=0, max=200, help="The latest so many one by one.")] = 20,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what lanes in observe mode read, how sure they were, and what they would have printed.

    Example: receiptbridge report observe --lane till-1 --from 2026-11-20
    """
    from receiptbridge.journal.looking import Wanted
    from receiptbridge.upkeep.report import observation
    from receiptbridge.upkeep.when import moment

    with _journal(config, lane) as (opened, name):
        found = observation(opened, Wanted(moment(begin), moment(end, end=True), name), most)
    if as_json:
        show_json(_observation_record(found))
    else:
        _show_observation(found)


@contextmanager
def _journal(config: Path | None, lane: str | None) -> Iterator[tuple[Connection, str | None]]:
    from receiptbridge.journal.looking import look

    settings = load_config(config)
    name = lane and settings.find_lane(lane).name
    with as_owner_of(settings.state_dir), look(settings.state_dir / FILE_NAME) as opened:
        yield opened, name


# ---- takings


def _report_takings(since: int, until: int, lane: str | None, config: Path | None, as_json: bool) -> None:
    from receiptbridge.journal.looking import Wanted
    from receiptbridge.journal.queue import counted
    from receiptbridge.upkeep.report import takings

    with _journal(config, lane) as (opened, name):
        wanted = Wanted(since, until, name)
        found = takings(opened, wanted)
        queue = dict(counted(opened, int(time.time())))
    if as_json:
        show_json(_takings_record(wanted, found, queue))
    else:
        _show_takings(wanted, found, queue)


def _takings_record(wanted: Wanted, found: Takings, queue: dict[Any, int]) -> dict[str, Any]:
    return {
        "from": _iso(wanted.since), "to": _iso(wanted.until), "lane": wanted.lane, "receipts": found.receipts,
        "kinds": {kind: _sum_record(entry) for kind, entry in found.kinds.items()},
        "sales_without_total": found.without_total,
        "payments": {method: _sum_record(entry) for method, entry in found.payments.items()},
        "codes": {"printed": found.codes, "unknown": found.unknown, "none": dict(found.no_code)},
        "points": found.points, "queue": queue,
    }  # fmt: skip


def _sum_record(entry: Sum) -> dict[str, Any]:
    return {
        "count": entry.count,
        "amounts": [
            {"amount": _plain(amount, code), "currency": code} for code, amount in entry.amounts.items()
        ],
    }


def _show_takings(wanted: Wanted, found: Takings, queue: dict[Any, int]) -> None:
    from receiptbridge.upkeep.report import shares
    from receiptbridge.upkeep.when import written

    lane = f", {wanted.lane}" if wanted.lane else ""
    typer.echo(_("{begin} to {end}{lane}: {count} receipts").format(
        begin=written(wanted.since), end=written(wanted.until), lane=lane, count=found.receipts
    ))  # fmt: skip
    if found.receipts:
        typer.echo("")
        _show_sums(_("receipts"), found.kinds)
        if found.without_total:
            typer.echo(_("{count} sales were read without a total").format(count=found.without_total))
        typer.echo("")
        _show_sums(_("paid by"), found.payments)
        typer.echo("")
        counts = [(_("printed"), found.codes), (_("not known whether printed"), found.unknown)]
        counts += [
            (_("none: {why}").format(why=said(why)), count) for why, count in shares(found.no_code.items())
        ]
        show_table(
            (_("codes"), ""), [(name, str(count)) for name, count in counts if count or name == counts[0][0]]
        )
        typer.echo(_("points on printed codes: {points}").format(points=found.points))
    waiting = ", ".join(f"{_(state)} {count}" for state, count in queue.items())
    typer.echo(_("not delivered by now: {waiting}").format(waiting=waiting or _("none")))


def _show_sums(title: str, sums: dict[str, Sum]) -> None:
    rows = []
    for name, entry in sorted(sums.items(), key=lambda item: -item[1].count):
        for place, (code, amount) in enumerate(entry.amounts.items() or [(None, None)]):
            count = "" if place else str(entry.count)
            rows.append(("" if place else said(name), count, _plain(amount, code) or "", code or ""))
    show_table((title, _("count"), _("amount"), ""), rows)


# ---- observation


def _observation_record(found: Observation) -> dict[str, Any]:
    return {
        "receipts": found.receipts, "from": _iso(found.first), "to": _iso(found.last), "kinds": dict(found.kinds),
        "may_be_sales": found.may_be_sales, "read": found.read, "share_read": found.share,
        "confidence": {f"from {bound:.2f}": count for bound, count in sorted(found.sure.items(), reverse=True)},
        "would_print": found.codes, "points": found.points, "not_read": dict(found.not_read),
        "no_code": dict(found.no_code),
        "latest": [
            {**asdict(one), "at": _iso(one.at), "total": _plain(one.total, one.currency)} for one in found.latest
        ],
    }  # fmt: skip


def _show_observation(found: Observation) -> None:
    from receiptbridge.upkeep.report import shares
    from receiptbridge.upkeep.when import written

    if not found.receipts:
        typer.echo(_("No lane in observe mode has read a receipt in that time."))
        return
    if found.latest:
        show_table(
            (_("number"), _("time"), _("kind"), _("total"), _("sure"), _("code")),
            map(_observed_row, found.latest),
        )
        typer.echo("")
    kinds = ", ".join(f"{said(kind)} {count}" for kind, count in shares(found.kinds.items()))
    facts = [
        (_("read"), _("{count} receipts from {begin} to {end}: {kinds}").format(
            count=found.receipts, begin=written(found.first), end=written(found.last), kinds=kinds)),
        (_("share read"), _share(found)),
        (_("how sure"), ", ".join(_("{count} from {percent:.0%} on").format(count=count, percent=bound) if bound
                                  else _("{count} below").format(count=count)
                                  for bound, count in sorted(found.sure.items(), reverse=True))),
        (_("codes"), _("{codes} would have been printed, with {points} points").format(
            codes=found.codes, points=found.points)),
        *_reasons(_("not read"), shares(found.not_read.items())),
        *_reasons(_("no code"), shares(found.no_code.items())),
    ]  # fmt: skip
    from receiptbridge.cli.paper_text import facts as aligned

    console().print(aligned((name, value) for name, value in facts if value))


def _reasons(title: str, counts: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    for place, (why, count) in enumerate(counts):
        yield "" if place else title, f"{count}  {said(why)}"


def _share(found: Observation) -> str:
    if found.share is None:
        return ""
    return _("{share:.1%}: {read} of {count} papers that are or may be sales have their total").format(
        share=found.share, read=found.read, count=found.may_be_sales
    )


def _observed_row(one: Observed) -> tuple[str, ...]:
    from receiptbridge.upkeep.when import written

    code = said(one.why)
    if one.code:
        code = _("invitation") if one.points is None else _("{points} points").format(points=one.points)
    total = f"{_plain(one.total, one.currency) or '-'} {one.currency or ''}"
    return (
        str(one.number), written(one.at), said(one.kind), total,
        f"{one.confidence:.0%}" if one.total is not None else "", code,
    )  # fmt: skip


def _plain(amount: int | None, currency: str | None) -> str | None:
    from receiptbridge.receipt.record import decimal

    return decimal(amount, currency)


def _iso(at: int | None) -> str | None:
    return None if at is None else datetime.datetime.fromtimestamp(at).astimezone().isoformat()
