"""`python -m member_service`: serve, and the few things that the head office needs a console for."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Annotated

import typer
import uvicorn

from member_service import claim_control, head_office, money
from member_service.app import create_app, unix_time
from member_service.earn import Rounding
from member_service.errors import UsageError
from member_service.head_office import DEFAULT_STORE, AsJson, Store
from member_service.store import boxes, merchants
from member_service.store.database import Database

cli = typer.Typer(help="The member service.", no_args_is_help=True, add_completion=False)

cli.add_typer(head_office.review, name="review")
cli.command()(head_office.payment_policy)
cli.command()(head_office.block)
cli.command()(claim_control.limits)
cli.add_typer(claim_control.report, name="report")
cli.command()(head_office.platform_import)

DEFAULT_PORT = 8080


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = DEFAULT_PORT,
    database: Store = DEFAULT_STORE,
    public_url: Annotated[
        str,
        typer.Option(help="How boxes and phones reach the service; by default where it listens."),
    ] = "",
    claim_prefix: Annotated[str, typer.Option(help="On paper; by default the public URL and /C/.")] = "",
) -> None:
    """Serve boxes and shoppers. HTTPS is for the proxy in front."""
    app = create_app(
        Database(database),
        public_url=public_url or f"http://{host}:{port}",
        claim_prefix=claim_prefix or None,
    )
    # No access log: a claim's address is the right to its points.
    uvicorn.run(app, host=host, port=port, access_log=False, server_header=False)


@cli.command("add-till")
def add_till(
    merchant: Annotated[str, typer.Option(help="Name that shoppers see.")],
    store: Annotated[str, typer.Option()],
    till: Annotated[str, typer.Option()],
    currency: Annotated[str, typer.Option(help="ISO 4217 code.")] = "CNY",
    minor_per_point: Annotated[int, typer.Option(min=1, help="Minor units that earn one point.")] = 1000,
    minimum_spend: Annotated[int, typer.Option(min=0, help="Least sale that earns, in minor units.")] = 0,
    points_cap: Annotated[int | None, typer.Option(min=1, help="Most points that one sale earns.")] = None,
    rounding: Annotated[Rounding, typer.Option(help="What becomes of a part of a point.")] = "down",
    database: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """Add a till, or take one that has a dead box, and print the one-time code for `receiptbridge enrol`."""
    if currency not in money.BY_CODE:
        raise UsageError(f"--currency {currency!r} is not an ISO 4217 code such as CNY or EUR")
    terms = merchants.RuleTerms(currency, minor_per_point, minimum_spend, points_cap, rounding)
    code = Database(database).write(
        lambda session: merchants.add_till(
            session,
            merchant=merchant,
            store=store,
            till=till,
            terms=terms,
            now=unix_time(),
        )
    )
    answer = {"code": code, "valid_s": merchants.ENROLMENT_CODE_LIFE_S}
    print(json.dumps(answer) if as_json else code)


@cli.command("replace-box")
def replace_box(
    merchant: Annotated[str, typer.Option()],
    store: Annotated[str, typer.Option()],
    till: Annotated[str, typer.Option()],
    database: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """Print a one-time code for a till that is there: its new box gets the terms of the till and the setup of its
    last box. Revoke the old one where it was lost and not just broken."""
    code = Database(database).write(
        lambda session: merchants.code_for_till(
            session, merchant=merchant, store=store, till=till, now=unix_time()
        )
    )
    if code is None:
        raise UsageError(f"{merchant} has no till {till!r} in {store!r}; see `python -m member_service list`")
    answer = {"code": code, "valid_s": merchants.ENROLMENT_CODE_LIFE_S}
    print(json.dumps(answer) if as_json else code)


@cli.command("list")
def list_tills(database: Store = DEFAULT_STORE, as_json: AsJson = False) -> None:
    """Tills with their boxes, sales, claims, and conflicts (two different sales with one number)."""
    with Database(database).read() as session:
        lines = merchants.tills(session)
    for line in lines:
        row = dataclasses.asdict(line)
        print(json.dumps(row, ensure_ascii=False) if as_json else "\t".join(map(_shown, row.values())))


@cli.command()
def revoke(box_id: str, database: Store = DEFAULT_STORE) -> None:
    """Believe nothing new of a lost or stolen box; what it told before stays."""
    if not Database(database).write(lambda session: boxes.revoke(session, box_id, unix_time())):
        raise UsageError(f"there is no box {box_id!r}; see `python -m member_service list`")


@cli.command()
def migrate(database: Store = DEFAULT_STORE) -> None:
    """Bring a store up to date; an SQLite one is brought up to date whenever it is opened."""
    Database(database).migrate()


def _shown(value: object) -> str:
    return "-" if value is None else str(value)


def main() -> None:
    try:
        cli()
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
