"""`receiptbridge setup`: an installation from plugging in to the first code, step by step."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from receiptbridge.cli.owner import as_owner_of
from receiptbridge.cli.screen import AsJson, ConfigFile, show_json, show_table
from receiptbridge.config import config_path
from receiptbridge.errors import UsageError
from receiptbridge.words import N_, _

if TYPE_CHECKING:
    from receiptbridge.upkeep.installing.visit import Person, Stopped, Visit

_ROOM: Final = "receiptbridge.upkeep.installing"
STEPS: Final[Mapping[str, tuple[str, str]]] = {
    "ports": ("wiring", "ports"),
    "line": ("wiring", "line"),
    "printer": ("naming", "printer"),
    "handshake": ("shaking", "handshake"),
    "lane": ("laning", "lane"),
    "proof": ("proof", "proof"),
    "learn": ("lesson", "learn"),
    "enrol": ("opening", "enrol"),
    "observe": ("opening", "observe"),
    "print": ("opening", "print_codes"),
}
"""In their order: where each is."""

TITLES: Final[Mapping[str, str]] = {
    "ports": N_("where till and printer are plugged in"),
    "line": N_("speed, bits and parity of serial lines"),
    "printer": N_("which printer it is"),
    "handshake": N_("how printer and till say that they are busy"),
    "lane": N_("the lane's configuration, and its start"),
    "proof": N_("that the counter works as before"),
    "learn": N_("the totals on the till's receipts"),
    "enrol": N_("the member service"),
    "observe": N_("what was read so far"),
    "print": N_("the first code"),
}
"""What each is about."""

QUESTIONS: Final = (
    "ports.register", "ports.printer", "ports.network", "line.register", "line.printer", "line.seven-bits", "line.set",
    "printer.profile", "handshake.cover", "handshake.paper", "handshake.till", "handshake.set", "proof.print",
    "proof.drawer", "proof.cut", "proof.paper-out.done", "proof.cover.done", "proof.long", "learn.pictures",
    "learn.set", "learn.total.1", "learn.total.2", "learn.total.3", "learn.only-paid", "enrol.code", "enrol.url",
    "observe.content", "print.scanned",
)  # fmt: skip
"""What may be answered beforehand; docs/technician.md says how."""

LANE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")  # as in the configuration

DONE, SKIPPED, OPEN = N_("done"), N_("skipped"), N_("open")


def setup(
    step: Annotated[
        list[str] | None,
        typer.Option(metavar="STEP", help="Take this step (again); may be given several times."),
    ] = None,
    skip: Annotated[list[str] | None, typer.Option(metavar="STEP", help="Leave this step out.")] = None,
    lane: Annotated[str, typer.Option(help="What the lane is called.")] = "till-1",
    answer: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="Answer a question beforehand.")
    ] = None,
    answers: Annotated[Path | None, typer.Option(metavar="FILE", help="Answers from a TOML file.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Questions as lines of text, as for scripts and simple terminals.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--list", help="Only show the steps and what became of them.")
    ] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Install a counter step by step: ports, line, printer, handshake, lane, proof, learn, enrol, observe, print.

    Goes on where it was left. Every step can be taken again, left out, or answered beforehand.

    Example: sudo receiptbridge setup
    Example: sudo receiptbridge setup --step handshake
    Example: sudo receiptbridge setup --answers till.toml --answer enrol.code=K7QM4T2P9X
    """
    from receiptbridge.upkeep.installing.visit import Installation, Visit

    wanted, left_out = _known(step or []), _known(skip or [])
    given = _checked(_answers(answers) | _pairs(answer or []))
    _check_name(lane)
    visit = Visit(
        _person(given, plain), config_path(config), lane, Installation(Path()), as_owner_of=as_owner_of
    )
    visit.known = Installation.load(visit.state_dir, lane)
    for name in left_out:
        visit.known.steps[name] = SKIPPED
    if show or as_json:
        _list(visit, as_json)
        return
    todo = wanted or [name for name in STEPS if name not in visit.known.steps]
    for name in todo:
        _take(visit, name)
    if wanted and (rest := [name for name in STEPS if name not in visit.known.steps]):
        visit.person.tell(_("Still to do: {steps}. Go on: receiptbridge setup").format(steps=", ".join(rest)))
    elif not todo:
        visit.person.tell(_("Everything is done. Take a step again with --step; --list shows them."))


def _take(visit: Visit, name: str) -> None:
    from receiptbridge.upkeep.installing.visit import Stopped

    room, function = STEPS[name]
    typer.echo(
        _("Step {number} of {count}, {step}: {title}").format(
            number=list(STEPS).index(name) + 1, count=len(STEPS), step=name, title=_(TITLES[name])
        )
    )
    take: Callable[[Visit], None] = getattr(import_module(f"{_ROOM}.{room}"), function)
    visit.known.steps.pop(name, None)
    try:
        take(visit)
    except KeyboardInterrupt:
        visit.known.save()
        typer.echo("\n" + _("What was found is kept. Go on: receiptbridge setup"))
        raise typer.Exit(130) from None
    except Stopped as stop:
        visit.known.save()
        _tell_stop(name, stop)
        raise typer.Exit(1) from None
    visit.known.steps[name] = DONE
    visit.known.save()


def _tell_stop(name: str, stop: Stopped) -> None:
    typer.echo(_("STOPPED at {step}: {what}").format(step=name, what=stop))
    for todo in stop.to_do:
        typer.echo(f"  - {todo}")


def _list(visit: Visit, as_json: bool) -> None:
    if as_json:
        steps = {name: visit.known.steps.get(name, OPEN) for name in STEPS}
        show_json({"lane": visit.lane, "steps": steps, "facts": visit.known.facts})
        return
    rows = [(name, _(TITLES[name]), _(visit.known.steps.get(name, OPEN))) for name in STEPS]
    show_table((_("step"), _("what it is about"), _("state")), rows)


# ---- answers


def _person(given: Mapping[str, str], plain: bool) -> Person:
    from receiptbridge.cli.setup_person import AtTerminal, ByLines

    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return ByLines(given)
    return AtTerminal(given)


def _known(names: list[str]) -> list[str]:
    for name in names:
        if name not in STEPS:
            raise UsageError(
                _("there is no step {step!r}").format(step=name),
                hint=_("Steps: {steps}").format(steps=", ".join(STEPS)),
            )
    return names


def _check_name(lane: str) -> None:
    if not LANE_NAME.fullmatch(lane):
        raise UsageError(
            _("--lane {lane!r} is no name of a lane").format(lane=lane),
            hint=_("Use letters, digits, - . and _, at most 32."),
        )


def _checked(given: dict[str, str]) -> dict[str, str]:
    for key in given:
        if key not in QUESTIONS and not re.fullmatch(r"learn\.total\.[1-9]", key):
            raise UsageError(
                _("there is no question {key!r}").format(key=key),
                hint=_("Questions: {questions}").format(questions=", ".join(QUESTIONS)),
            )
    return given


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        key, is_one, value = text.partition("=")
        if not is_one or not key:
            raise UsageError(
                _("{text!r} is no KEY=VALUE").format(text=text), hint=_("Write it as proof.drawer=skip.")
            )
        pairs[key] = value
    return pairs


def _answers(file: Path | None) -> dict[str, str]:
    """A TOML file's answers, their keys joined by dots. Raises `UsageError`."""
    if file is None:
        return {}
    try:
        return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))
    except (OSError, ValueError) as fault:
        raise UsageError(
            f"{file}: {fault}", hint=_('--answers wants a TOML file, as: proof.drawer = "skip"')
        ) from None


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(value, f"{before}{key}.")
        else:
            found.append(
                (
                    before + key,
                    {True: "yes", False: "no"}.get(value, str(value))
                    if isinstance(value, bool)
                    else str(value),
                )
            )
    return found
