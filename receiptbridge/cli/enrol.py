"""`receiptbridge enrol`: make this box one of the merchant's, in the place of the till's last box if there was one."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from receiptbridge.cli.owner import as_owner_of
from receiptbridge.cli.sync import service_url
from receiptbridge.config import config_path, load_config
from receiptbridge.words import _


def enrol(
    code: Annotated[
        str | None,
        typer.Argument(
            help="The one-time code from the head office, good for 15 minutes. Without it you are asked, and it is"
            " in no shell history and in no list of processes."
        ),
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Make a key on this box and enrol it with the member service.

    A box in the place of another takes over its lanes, where the configuration names none, and its profiles.

    Example: sudo receiptbridge enrol
    """
    from receiptbridge.cloud.enrol import enrol as enrol_box  # brings requests along
    from receiptbridge.cloud.setup import Takeover, take_over

    settings = load_config(config)
    code = code or _asked()
    with as_owner_of(settings.state_dir):
        enrolment = enrol_box(settings.state_dir, service_url(settings), code)
    taken = take_over(enrolment.setup, config_path(config)) if enrolment.setup else Takeover()
    key = enrolment.identity.current
    if as_json:
        answer = {"box_id": key.box_id.hex(), "key_id": key.key_id, "merchant": enrolment.merchant}
        typer.echo(json.dumps(answer | {"taken_over": asdict(taken)}))
        return
    typer.echo(
        _("Enrolled as box {box} of {merchant}.").format(
            box=key.box_id.hex(), merchant=enrolment.merchant or _("the merchant")
        )
    )
    for lane in taken.lanes:
        typer.echo(
            _(
                "Lane {lane} as the last box of this till had it; compare its addresses, then start it."
            ).format(lane=lane)
        )
    for profile in taken.profiles:
        typer.echo(_("Written: {profile}").format(profile=profile))
    for difference in taken.differs:
        typer.echo(_("Differs: {difference}").format(difference=difference))


def _asked() -> str:
    """The code, typed without being shown; from a pipe, its first line."""
    if sys.stdin.isatty():
        return str(typer.prompt(_("Enrolment code"), hide_input=True))
    return sys.stdin.readline().strip()
