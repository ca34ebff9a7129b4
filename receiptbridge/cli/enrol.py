"""`receiptbridge enrol CODE`: make this box one of the merchant's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from receiptbridge.cli.owner import become_owner_of
from receiptbridge.cli.sync import service_url
from receiptbridge.config import load_config


def enrol(
    code: Annotated[str, typer.Argument(help="The one-time code from the head office, good for 15 minutes.")],
    config: Annotated[Path | None, typer.Option(help="Configuration file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Make a key on this box and enrol it with the member service."""
    from receiptbridge.cloud.enrol import enrol as enrol_box  # brings requests along

    settings = load_config(config)
    become_owner_of(settings.state_dir)
    enrolment = enrol_box(settings.state_dir, service_url(settings), code)
    key = enrolment.identity.current
    if as_json:
        typer.echo(
            json.dumps({"box_id": key.box_id.hex(), "key_id": key.key_id, "merchant": enrolment.merchant})
        )
    else:
        typer.echo(f"Enrolled as box {key.box_id.hex()} of {enrolment.merchant or 'the merchant'}.")
