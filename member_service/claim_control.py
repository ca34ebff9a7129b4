"""Commands of the head office about claims: how often a member may claim, and where the claims come from."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

import typer

from member_service.app import unix_time
from member_service.errors import UsageError
from member_service.head_office import DEFAULT_STORE, AsJson, Store
from member_service.store import claim_report
from member_service.store.database import Database
from member_service.store.limits import set_limits

REPORT_DAYS = 30
DAY_S = 24 * 3600

report = typer.Typer(help="What the head office looks at.", no_args_is_help=True)


def limits(
    merchant: str,
    per_day: Annotated[
        int | None, typer.Option(min=0, help="Claims of one member in 24 hours; 0: any.")
    ] = None,
    gap: Annotated[int | None, typer.Option(min=0, help="Seconds between two claims of one member.")] = None,
    database: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """How often one member may claim; without options, what holds now."""
    now = Database(database).write(lambda session: set_limits(session, merchant, per_day, gap))
    if now is None:
        raise UsageError(f"there is no merchant {merchant!r}; see `python -m member_service list`")
    answer = {"claims_per_day": now[0], "gap_s": now[1]}
    print(json.dumps(answer) if as_json else f"{now[0]} claims a day, {now[1]} s between two")


@report.command()
def claims(
    days: Annotated[int, typer.Option(min=1, help="How far back.")] = REPORT_DAYS,
    database: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """Claims by till and cashier, and members whose claims come from one of them out of proportion."""
    with Database(database).read() as session:
        found = claim_report.report(session, unix_time() - days * DAY_S)
    if as_json:
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
        return
    for line in found.sources:
        where = (line.merchant, line.store, line.till, line.cashier or "-")
        print(*where, f"{line.claims} claims of {line.members} members", sep="\t")
    for flag in found.flags:
        print(
            f"LOOK AT {flag.member} (account {flag.account_id}): {flag.from_source} of {flag.claims} claims in "
            f"{flag.store} from {flag.source}, which has {flag.usual_share:.0%} of the others'"
        )


@report.callback()
def _group() -> None:
    """A group with one command for now."""
