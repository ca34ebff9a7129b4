"""The step `lane`: the configuration is written, and the lane runs with it. Later steps change it, too."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Final

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.upkeep.installing.visit import Stopped, Visit, again, truth
from receiptbridge.upkeep.lanes import LaneNotRunning, ask
from receiptbridge.upkeep.settings_file import read_text, write_config
from receiptbridge.words import _

SYSTEMD_RUNS: Final = Path("/run/systemd/system")  # sd_booted(3)
SYSTEMCTL_MOST: Final = 30.0
"""Seconds: stopping takes a lane a second at most; starting may wait for a slow card."""

READS_AFTER: Final = 1.2
"""Seconds: a lane that starts on a line reads from the first job behind a second of silence on."""

START_MOST: Final = 60.0
"""Seconds in which a lane that was started answers, on a slow box whose card has to be read first."""


def lane(visit: Visit) -> None:
    """Write the lane into the configuration, in observe mode, and start it."""
    facts = visit.known.facts
    write_lane(
        visit,
        register=visit.fact("register"),
        printer=visit.fact("printer"),
        printer_profile=facts.get("printer_profile", "_default"),
    )
    take_over(visit)


def write_lane(visit: Visit, **values: Any) -> None:
    """Put values into the lane's section of the configuration; a lane that is new only observes."""
    text = read_text(visit.config_file)
    write_config(visit.config_file, with_lane(text, visit.lane, values), instead_of=text)
    visit.person.tell(_("Written: {file}").format(file=visit.config_file))


def with_lane(text: str, name: str, values: dict[str, Any]) -> str:
    """The configuration's text with these values in the section of that lane; comments stay where they are."""
    import tomlkit

    document = tomlkit.parse(text)
    lanes = document.get("lane")
    if lanes is None:
        lanes = document["lane"] = tomlkit.aot()
    section = next((one for one in lanes if one.get("name") == name), None)
    if section is None:
        section = tomlkit.table()
        section.update({"name": name, "mode": "observe"})
        lanes.append(section)
        section = lanes[-1]
    section.update(values)
    return tomlkit.dumps(document)


def take_over(visit: Visit) -> None:
    """Have the lane run with the configuration as it is now: asked to read it again, else started anew."""
    if not visit.lane_runs:
        _start(visit)
        return
    try:
        ask(visit.lane, visit.state_dir, "reload")
    except (
        ReceiptBridgeError
    ):  # it says something that only a new start can do, or the lane is of an older version
        _restart(visit)


def _start(visit: Visit) -> None:
    if _has_systemd():
        _systemctl("enable", visit.lane)
        _systemctl("start", visit.lane)
        task = _("Starting lane {lane} ...").format(lane=visit.lane)
    else:
        task = _("Start the lane, and leave it running: {command}").format(command=_command(visit))
    if visit.wait(task, truth(lambda: visit.lane_runs), START_MOST) is None:
        raise Stopped(
            _("lane {lane} did not start").format(lane=visit.lane),
            _("What it says: journalctl -u receiptbridge@{lane}").format(lane=visit.lane),
            again("lane"),
        )
    time.sleep(READS_AFTER)
    visit.person.tell(_("Lane {lane} runs.").format(lane=visit.lane))


def _restart(visit: Visit) -> None:
    before = ask(visit.lane, visit.state_dir, "status")["pid"]

    def is_new() -> bool:
        try:
            return bool(ask(visit.lane, visit.state_dir, "status")["pid"] != before)
        except LaneNotRunning:
            return False

    if _has_systemd():
        _systemctl("restart", visit.lane)
        task = _("Starting lane {lane} anew ...").format(lane=visit.lane)
    else:
        task = _("Stop the lane, and start it anew: {command}").format(command=_command(visit))
    if visit.wait(task, truth(is_new), START_MOST) is None:
        raise Stopped(
            _("lane {lane} did not start anew").format(lane=visit.lane),
            _("What it says: journalctl -u receiptbridge@{lane}").format(lane=visit.lane),
        )
    time.sleep(READS_AFTER)


def _command(visit: Visit) -> str:
    return f"receiptbridge run --lane {visit.lane} --config {visit.config_file}"


def _has_systemd() -> bool:
    return SYSTEMD_RUNS.is_dir() and shutil.which("systemctl") is not None


def _systemctl(verb: str, lane: str) -> None:
    unit = f"receiptbridge@{lane}.service"
    try:
        done = subprocess.run(
            ["systemctl", "--no-ask-password", verb, unit],
            capture_output=True,
            text=True,
            timeout=SYSTEMCTL_MOST,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        said = (done.stderr.strip().splitlines() if done else []) or [_("no reason given")]
        raise Stopped(
            _("{unit} did not {verb}: {reason}").format(unit=unit, verb=verb, reason=said[0]),
            _("Use sudo; what happened is in: journalctl -u {unit}").format(unit=unit),
        )
