"""What a change of the configuration wants of the programs that run with it, and asking the lanes for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from receiptbridge.config import Config, LaneConfig
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.upkeep.lanes import LaneNotRunning, LaneRefused, reload
from receiptbridge.words import _

BUSY: Final = "busy"
"""What a lane says where a receipt was under way for too long (docs/control.md)."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a change, in words, and what a person has to type for it (empty: nothing)."""

    says: str
    type_this: str = ""


def take_effect(before: Config, after: Config) -> list[Step]:
    """Ask the lanes that run to go by the new configuration when they are idle; what is left to do is told."""
    return [*_lanes(before, after), *_sync(before, after)]


def go_by(config: Config) -> list[Step]:
    """Ask all lanes that run to go by the configuration as it is."""
    return [step for lane in config.lane for step in _asked(lane, config)]


def _lanes(before: Config, after: Config) -> Iterator[Step]:
    old, new = ({lane.name: lane for lane in config.lane} for config in (before, after))
    for name in old.keys() - new.keys():
        yield Step(
            _("lane {lane} is no longer there").format(lane=name),
            f"sudo systemctl disable --now receiptbridge@{name}",
        )
    for name, lane in new.items():
        if name not in old:
            yield Step(
                _("lane {lane} is new").format(lane=name),
                f"sudo systemctl enable --now receiptbridge@{name}",
            )
        elif lane != old[name] or _shared(before) != _shared(after):
            yield from _asked(lane, before)


def _asked(lane: LaneConfig, before: Config) -> Iterator[Step]:
    still = _("lane {lane} still runs with what was").format(lane=lane.name)
    try:
        reload(lane.name, before.state_dir)
    except LaneNotRunning:
        return
    except LaneRefused as refusal:
        if refusal.code == BUSY:
            yield Step(still, "receiptbridge config apply")
        else:
            yield Step(still, f"sudo systemctl restart receiptbridge@{lane.name}")
    except ReceiptBridgeError as fault:
        yield Step(f"{still} ({fault})", f"sudo systemctl restart receiptbridge@{lane.name}")
    else:
        yield Step(_("lane {lane} goes by it").format(lane=lane.name))


def _sync(before: Config, after: Config) -> Iterator[Step]:
    """Sync reads where the service is, and how long to keep sales, when it starts."""
    if (before.service, before.journal, before.state_dir) != (after.service, after.journal, after.state_dir):
        yield Step(
            _("sync still runs with what was, where it runs"), "sudo systemctl try-restart receiptbridge-sync"
        )


def _shared(config: Config) -> Config:
    """What counts for every lane."""
    return config.but(lane=())
