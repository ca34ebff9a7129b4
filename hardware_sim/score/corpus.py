"""Captures and predictions from their files, and the groups that are shown apart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .grading import Mistake, Record, Tally, score_capture

CORPUS: Final = Path(__file__).parents[1] / "captures" / "corpus"


def form(capture: Record) -> str:
    """How the receipt was sent: as text or as pictures, and Star's dialects apart."""
    transport = "text" if capture["transport"] == "text" else "raster"
    return transport + (":star" if capture["protocol"] == "star" else "")


def language(capture: Record) -> str:
    """The primary tag: en of en-GB."""
    return str(capture["lang"]).split("-")[0]


def _subform(capture: Record) -> str:
    text = capture["transport"] == "text"
    return f"text:{capture['codepage']}" if text else f"raster:{capture['raster_form']}"


def _way(capture: Record) -> str:
    parameters = capture.get("encoder_params") or {}
    return str(parameters.get("way", capture["encoder"]))


GROUPS: Final[Mapping[str, Callable[[Record], str]]] = {
    "lang": lambda capture: str(capture["lang"]),
    "form": form,
    "subform": _subform,
    "encoder": lambda capture: str(capture["encoder"]),
    "way": _way,
    "template": lambda capture: str(capture["template"]),
    "kind": lambda capture: str(capture["kind"]),
    "langform": lambda capture: f"{language(capture)} {form(capture)}",
}


def load_predictions(path: Path) -> dict[str, Record]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, filter(str.strip, lines))}


def load_corpus(folder: Path) -> list[Record]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


@dataclass(slots=True)
class Scored:
    """A whole corpus, scored: tallies of each capture, and all mistakes, worst first."""

    captures: list[tuple[Record, Tally]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    strangers: int = 0  # predictions of what is no capture

    def tally(self, belongs: Callable[[Record], bool] = lambda capture: True) -> Tally:
        """The sum over the captures that belong."""
        whole: Tally = Counter()
        for capture, tally in self.captures:
            if belongs(capture):
                whole.update(tally)
        return whole

    def groups(self, group: Callable[[Record], str]) -> dict[str, Tally]:
        """The sums by group, in the order of their names."""
        names = sorted({group(capture) for capture, _ in self.captures})
        # mypy infers no type for a lambda's default, which binds the name of this turn
        return {name: self.tally(lambda capture, name=name: group(capture) == name) for name in names}  # type: ignore[misc]


def score(corpus: Sequence[Record], predictions: Mapping[str, Record]) -> Scored:
    scored = Scored(strangers=len(set(predictions) - {capture["id"] for capture in corpus}))
    for capture in corpus:
        tally, mistakes = score_capture(capture, predictions.get(capture["id"]))
        scored.captures.append((capture, tally))
        scored.mistakes += mistakes
    scored.mistakes.sort(key=lambda mistake: (mistake.rank, mistake.capture))
    return scored
