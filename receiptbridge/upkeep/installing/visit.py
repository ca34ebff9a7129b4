"""What every step of an installation works with: the person at the counter, and what is known so far.

Rules of this file:
- What was found is kept after every step, so that a broken-off installation goes on where it was.
- A step that cannot go on raises `Stopped`, with what is to be done in the shop before it is tried again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, TypeVar

from receiptbridge.config import Config, parse_config
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.upkeep.lanes import runs
from receiptbridge.upkeep.settings_file import read_text
from receiptbridge.words import _

T = TypeVar("T")

FOLDER: Final = "setup"  # in the state directory
LOOK_EVERY: Final = 0.1
"""Seconds between two looks at what somebody was asked to do."""

PATIENCE: Final = 180.0
"""Seconds in which a person does what was asked: longer than a queue of customers at the till takes."""


class Stopped(ReceiptBridgeError):
    """A step cannot go on; `to_do` is what to do about it, in the order in which to try."""

    def __init__(self, what: str, *to_do: str) -> None:
        super().__init__(what)
        self.to_do = to_do


class Person(Protocol):
    """Whoever installs: at a terminal, or a script that has the answers."""

    def tell(self, text: str) -> None:
        """Something that was found."""

    def do(self, task: str) -> None:
        """Something to be done at the counter, now."""

    def given(self, key: str) -> str | None:
        """An answer that was given beforehand."""

    def choose(self, key: str, question: str, choices: Mapping[str, str], *, other: bool = False) -> str:
        """One of the choices (answer and description), the likeliest first; with `other` any text."""

    def type(self, key: str, question: str) -> str:
        """A line of text; "" for none."""


@dataclass
class Installation:
    """What is known of one lane: facts by name, and what became of each step ("done" or "skipped")."""

    file: Path
    facts: dict[str, str] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, state_dir: Path, lane: str) -> Installation:
        """As it was left. Raises `ReceiptBridgeError` where it cannot be read."""
        file = state_dir / FOLDER / f"{lane}.json"
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            return cls(file, dict(kept["facts"]), dict(kept["steps"]))
        except FileNotFoundError:
            return cls(file)
        except OSError as fault:
            raise ReceiptBridgeError(f"{file}: {fault.strerror}", hint=_("Use sudo.")) from None
        except (ValueError, KeyError, TypeError):
            return cls(file)  # damaged: the steps can be taken again

    def save(self) -> None:
        """Raises `ReceiptBridgeError`."""
        draft = self.file.with_suffix(".draft")
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_text(
                json.dumps({"facts": self.facts, "steps": self.steps}, indent=1), encoding="utf-8"
            )
            draft.chmod(0o600)
            os.replace(draft, self.file)
        except OSError as fault:
            raise ReceiptBridgeError(f"{self.file}: {fault.strerror}", hint=_("Use sudo.")) from None

    @property
    def receipts(self) -> Path:
        """The folder of the receipts that were captured during the proof."""
        return self.file.with_suffix("")


@dataclass
class Visit:
    """One call of `setup`."""

    person: Person
    config_file: Path
    lane: str
    known: Installation
    usb_backend: object = None
    as_owner_of: Callable[[Path], AbstractContextManager[None]] = lambda folder: nullcontext()

    @property
    def config(self) -> Config:
        """The configuration as it stands; one without lanes where there is none yet. Raises `ConfigError`."""
        return parse_config(read_text(self.config_file), str(self.config_file))

    @property
    def state_dir(self) -> Path:
        return self.config.state_dir

    @property
    def lane_runs(self) -> bool:
        return runs(self.lane, self.state_dir)

    def fact(self, name: str) -> str:
        """Raises `Stopped` where an earlier step has to find it first."""
        if name not in self.known.facts:
            raise Stopped(_("that is not known yet: {what}").format(what=name), _("Run: receiptbridge setup"))
        return self.known.facts[name]

    def learn(self, **facts: str) -> None:
        self.known.facts.update(facts)
        self.known.save()

    def wait(self, task: str, look: Callable[[], T | None], patience: float = PATIENCE) -> T | None:
        """Have something done, and look until it shows; None where it does not in that time."""
        self.person.do(task)
        return watch_for(look, patience)

    def have_set(self, key: str, task: str) -> None:
        """Something to be set at the till: what it prints before that is done would mislead."""
        self.person.do(task)
        self.person.choose(key, _("Done?"), {"yes": _("yes")})

    def yes(self, key: str, question: str, *more: tuple[str, str]) -> str:
        """yes, no, or what else is offered."""
        return self.person.choose(key, question, {"yes": _("yes"), "no": _("no"), **dict(more)})


def watch_for(look: Callable[[], T | None], patience: float) -> T | None:
    until = time.monotonic() + patience
    while (found := look()) is None and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
    return found


def truth(look: Callable[[], bool]) -> Callable[[], bool | None]:
    """For `Visit.wait`: true is found, false is not yet."""
    return lambda: look() or None


def again(step: str, *answers: str) -> str:
    """The command that takes a step once more."""
    words = ["receiptbridge", "setup", "--step", step, *(f"--answer {answer}" for answer in answers)]
    return _("Then: {command}").format(command=" ".join(words))


def listed(things: Sequence[str]) -> str:
    return ", ".join(things)
