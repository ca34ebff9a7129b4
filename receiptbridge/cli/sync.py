"""`receiptbridge sync`: the process that brings sales to the member service."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated, Any

import typer

from receiptbridge.cli.owner import become_owner_of
from receiptbridge.config import Config, load_config
from receiptbridge.errors import ConfigError
from receiptbridge.logs import start_logging
from receiptbridge.words import _


def sync(
    config: Annotated[Path | None, typer.Option(help="Configuration file.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Deliver what is due, then end.")] = False,
) -> None:
    """Bring sales to the member service, and its settings back, until told to stop.

    Example: receiptbridge sync --once
    """
    from receiptbridge.cloud.sync import Sync  # brings requests along, which no other command needs

    start_logging()
    settings = load_config(config)
    become_owner_of(settings.state_dir)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker = Sync(
        settings.state_dir,
        service_url(settings),
        lanes=_lanes(settings),
        setup=lambda: _setup(config),
        keep_days=settings.journal.keep_days,
        stop=stop,
    )
    try:
        if not once:
            worker.run()
        elif remaining := worker.drain():
            typer.echo(_("{remaining} sales remain to be delivered.").format(remaining=remaining), err=True)
            raise typer.Exit(1)
    finally:
        worker.close()


def service_url(settings: Config) -> str:
    """The service's address. Raises `ConfigError` where none is configured."""
    if not settings.service.url:
        raise ConfigError(
            _("No member service is configured."),
            hint=_('Put url = "https://..." under [service] in the config.'),
        )
    return settings.service.url


def _setup(config: Path | None) -> dict[str, Any] | None:
    """As the configuration is now; None while it has a mistake."""
    from receiptbridge.cloud.setup import describe

    try:
        return describe(load_config(config))
    except ConfigError:
        return None


def _lanes(settings: Config) -> list[dict[str, str]]:
    return [{"name": lane.name, "mode": lane.mode} for lane in settings.lane]
