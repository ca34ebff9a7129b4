"""`receiptbridge keys`: which keys this box has, and a new one in place of the current."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from receiptbridge.cli.owner import become_owner_of
from receiptbridge.cli.sync import service_url
from receiptbridge.config import load_config
from receiptbridge.identity import BoxKey, Identity, noted_next_key
from receiptbridge.words import _

keys = typer.Typer(
    help="List the keys that this box signs with, and replace the current one.", no_args_is_help=True
)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="Configuration file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@keys.command("list")
def list_keys(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the keys that this box has had, the newest, which signs, last. Shows nothing secret.

    Example: sudo receiptbridge keys list
    """
    state_dir = load_config(config).state_dir
    become_owner_of(state_dir)
    identity = Identity.load(state_dir)
    under_way = noted_next_key(state_dir)
    rows = [_told(key, key is identity.current) for key in identity.keys] if identity else []
    if as_json:
        typer.echo(json.dumps({"keys": rows, "rotation_under_way": under_way is not None}))
        return
    for row in rows:
        typer.echo(
            f"{row['key_id']}  sha256:{row['fingerprint']}{'  ' + _('signs') if row['current'] else ''}"
        )
    if not rows:
        typer.echo(_("This box is not enrolled."))
    if under_way is not None:
        typer.echo(_("A new key was not answered yet; finish with: receiptbridge keys rotate"))


@keys.command()
def rotate(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Put a fresh key in the place of the current one. Running lanes and sync take it over by themselves.

    Example: sudo receiptbridge keys rotate
    """
    from receiptbridge.cloud.keys import rotate as rotate_key  # brings requests along

    settings = load_config(config)
    become_owner_of(settings.state_dir)
    current = rotate_key(settings.state_dir, service_url(settings)).current
    if as_json:
        typer.echo(json.dumps(_told(current, True)))
    else:
        typer.echo(_("This box now signs as {key_id}.").format(key_id=current.key_id))


def _told(key: BoxKey, current: bool) -> dict[str, object]:
    return {
        "box_id": key.box_id.hex(),
        "key_id": key.key_id,
        "fingerprint": sha256(key.public_key).hexdigest()[:16],
        "current": current,
    }
