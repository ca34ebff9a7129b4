"""python -m hardware_sim.score PREDICTIONS.jsonl [--corpus DIR] [--by lang,form,...] [--errors N]

Scores what was read off receipts against the labelled captures. One prediction a line, as
`receiptbridge inspect --json` prints them: {"id", "kind", "total", "currency", "payments", "receipt_no",
"datetime"} or, for a job of several receipts, {"id", "receipts": [{...}, ...]} in printed order. A total of
null abstains; a capture without a line counts as all null.

The columns: precision and recall of "sale"; of the sales how many totals were given (cover) and exact, how
many were another defensible one (lenient) or wrong; totals of sales that are none (phantom); payments,
receipt numbers and currencies that are right among the given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from hardware_sim.grading import Mistake, Record, Tally, score_capture

CORPUS: Final = Path(__file__).parent / "captures" / "corpus"


# ---- groups


def form(capture: Record) -> str:
    """How the receipt was sent: as text or as pictures, and Star's dialects apart."""
    transport = "text" if capture["transport"] == "text" else "raster"
    return transport + (":star" if capture["protocol"] == "star" else "")


def _subform(capture: Record) -> str:
    text = capture["transport"] == "text"
    return f"text:{capture['codepage']}" if text else f"raster:{capture['raster_form']}"


GROUPS: Final[Mapping[str, Callable[[Record], str]]] = {
    "lang": lambda capture: str(capture["lang"]),
    "form": form,
    "subform": _subform,
    "encoder": lambda capture: str(capture["encoder"]),
    "template": lambda capture: str(capture["template"]),
    "kind": lambda capture: str(capture["kind"]),
    "langform": lambda capture: f"{capture['lang'].split('-')[0]} {form(capture)}",
}


# ---- the table


HEAD: Final = (
    f"{'':30s} streams  sale P      R    | sales   cover   exact  lenient wrong /1000 phantom"
    " | pay ok(given) | no ok(given) | cur"
)


def row(name: str, tally: Tally) -> str:
    """One line of the table."""
    sales, given = tally["sales"], tally["exact"] + tally["lenient"] + tally["wrong"]
    per_thousand = 1000 * tally["wrong"] / sales if sales else 0.0
    return (
        f"{name[:30]:30s} {tally['streams']:6d}  {percent(tally['tp'], tally['tp'] + tally['fp'])}"
        f" {percent(tally['tp'], tally['tp'] + tally['fn'])} | {sales:5d}  {percent(given, sales)}"
        f" {percent(tally['exact'], sales)} {tally['lenient']:5d} {tally['wrong']:6d} {per_thousand:6.1f}"
        f" {tally['phantom']:5d}  | {percent(tally['pay_ok'], tally['pay_given'])}"
        f" {percent(tally['pay_given'], tally['pay_n'])} | {percent(tally['no_ok'], tally['no_given'])}"
        f" {percent(tally['no_given'], tally['no_n'])} | {percent(tally['cur_ok'], tally['cur_n'])}"
    )


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}%" if whole else "    - "


def key_line(whole: Tally, strangers: int) -> str:
    """The figures that decide, in words."""
    sales, given = whole["sales"], whole["exact"] + whole["lenient"] + whole["wrong"]
    per_thousand = 1000 * whole["wrong"] / sales if sales else 0.0
    return (
        f"KEY: wrong totals per 1000 sales {per_thousand:.2f} ({whole['wrong']} of {sales});"
        f" coverage {percent(given, sales)}; phantom sales with a total {whole['phantom']}"
        f" of {whole['fp'] + whole['tn']} non-sales; ambiguous kinds left out of P/R: {whole['ambiguous']};"
        f" predictions without a stream: {strangers}"
    )


def load_predictions(path: Path) -> dict[str, Record]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, filter(str.strip, lines))}


def load_corpus(folder: Path) -> list[Record]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def report(
    corpus: Sequence[Record], predictions: Mapping[str, Record], by: Sequence[str], errors: int
) -> str:
    """The whole table: all captures, then each grouping, then the worst mistakes."""
    whole: Tally = Counter()
    groups: dict[str, dict[str, Tally]] = {name: defaultdict(Counter) for name in by}
    mistakes: list[Mistake] = []
    for capture in corpus:
        tally, made = score_capture(capture, predictions.get(capture["id"]))
        mistakes += made
        for counted in (whole, *(groups[name][GROUPS[name](capture)] for name in by)):
            counted.update(tally)
    lines = [HEAD, "-- set", row("ALL", whole)]
    for name in by:
        lines += [f"-- {name}", *(row(value, tally) for value, tally in sorted(groups[name].items()))]
    strangers = len(set(predictions) - {capture["id"] for capture in corpus})
    lines += ["", key_line(whole, strangers)]
    worst = sorted(mistakes, key=lambda mistake: (mistake.rank, mistake.capture))[:errors]
    lines += [f"   {m.capture} {m.what} {m.got} {m.truth}" for m in worst]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m hardware_sim.score", description="Score readings of captures."
    )
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of captures with their truths")
    parser.add_argument("--by", default="lang,form", help=f"comma list of {', '.join(GROUPS)}")
    parser.add_argument("--errors", type=int, default=20, help="how many mistakes to list")
    options = parser.parse_args(arguments)
    by = [name for name in options.by.split(",") if name]
    if unknown := [name for name in by if name not in GROUPS]:
        parser.error(f"--by {unknown[0]}: allowed are {', '.join(GROUPS)}")
    try:
        corpus, predictions = load_corpus(options.corpus), load_predictions(options.predictions)
    except (OSError, ValueError, KeyError) as error:
        parser.error(f"cannot read the predictions or the corpus: {error}")
    print(report(corpus, predictions, by, options.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
