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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, NamedTuple

CORPUS: Final = Path(__file__).parent / "captures" / "corpus"

Record = Mapping[str, Any]
Tally = Counter[str]

EQUAL_METHODS: Final[Mapping[str, frozenset[str]]] = {
    "unionpay": frozenset({"unionpay", "card"}),
    "card": frozenset({"card", "unionpay"}),
    "other": frozenset({"other", "stored_value"}),
}
"""True method -> methods that are taken for it: a UnionPay card at a counter is both."""


class Mistake(NamedTuple):
    rank: int
    capture: str
    what: str
    got: object
    truth: object


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


# ---- comparing


def decimal(value: object) -> Decimal | None:
    """A printed amount; NaN, which equals nothing, for what is none."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return Decimal("NaN")


def same_amount(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and one == other


def is_sale(reading: Record) -> bool:
    return reading.get("kind") == "sale"


def align(
    truths: Sequence[Record], readings: Sequence[Record]
) -> Iterator[tuple[Record | None, Record | None]]:
    """Pairs in printed order where the lengths agree, else the likeliest ones; what is left stands alone."""
    if len(truths) == len(readings):
        yield from zip(truths, readings, strict=True)
        return
    left = list(readings)
    for truth in truths:
        likest = max(left, key=lambda reading: _likeness(truth, reading), default=None)
        if likest is None or _likeness(truth, likest) == 0:
            yield truth, None
        else:
            left.remove(likest)
            yield truth, likest
    yield from ((None, reading) for reading in left)


def _likeness(truth: Record, reading: Record) -> int:
    same_kind = is_sale(reading) == is_sale(truth)
    return 2 * same_kind + same_amount(decimal(reading.get("total")), decimal(truth["total"]))


def methods(payments: Iterable[Any] | None) -> list[str] | None:
    """The distinct methods of a list of payments (names, or objects with "method"); None for no list."""
    if not payments:
        return None
    names = {payment if isinstance(payment, str) else payment.get("method") for payment in payments}
    return sorted(names - {None})


def same_methods(truth: Sequence[str], given: Sequence[str]) -> bool:
    left = list(given)
    for method in truth:
        accepted = [method, *sorted(EQUAL_METHODS.get(method, ()))]
        match = next((name for name in accepted if name in left), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def bare(number: object) -> str:
    """A receipt number without its punctuation."""
    return "".join(char for char in str(number).upper() if char.isalnum())


# ---- scoring


def score_capture(capture: Record, prediction: Record | None) -> tuple[Tally, list[Mistake]]:
    """What one capture adds to the tallies, and its mistakes."""
    tally: Tally = Counter(streams=1)
    mistakes: list[Mistake] = []
    truths = capture["receipts"]
    for truth, reading in align(truths, _readings(prediction, len(truths))):
        if truth is None:
            assert reading is not None
            _score_extra(capture["id"], reading, tally, mistakes)
        else:
            _score_receipt(capture["id"], truth, reading or {}, tally, mistakes)
    return tally, mistakes


def _readings(prediction: Record | None, expected: int) -> list[Record]:
    if prediction is None:
        return [{}] * expected
    receipts = prediction.get("receipts")
    return [prediction] if receipts is None else list(receipts)


def _score_extra(capture: str, reading: Record, tally: Tally, mistakes: list[Mistake]) -> None:
    """A receipt that is not there does harm only as a sale."""
    if is_sale(reading):
        tally["fp"] += 1
        tally["phantom"] += reading.get("total") is not None
        mistakes.append(Mistake(1, capture, "extra sale", reading.get("total"), None))


def _score_receipt(
    capture: str, truth: Record, reading: Record, tally: Tally, mistakes: list[Mistake]
) -> None:
    sold, read_as_sale = is_sale(truth), is_sale(reading)
    ambiguous = bool(truth["accept_kinds"]) and ("sale" in truth["accept_kinds"] or sold)
    if ambiguous:
        tally["ambiguous"] += 1
        if not (sold and read_as_sale):
            return
    else:
        tally[("t" if sold == read_as_sale else "f") + ("p" if read_as_sale else "n")] += 1
    if sold:
        _score_sale(capture, truth, reading if read_as_sale else {}, tally, mistakes)
    elif read_as_sale:
        tally["phantom"] += reading.get("total") is not None
        what = f"non-sale {truth['kind']} taken as sale"
        mistakes.append(Mistake(2, capture, what, reading.get("total"), truth["total"]))


def _score_sale(capture: str, truth: Record, reading: Record, tally: Tally, mistakes: list[Mistake]) -> None:
    """The facts of a sale; `reading` is empty where it was not taken as one."""
    verdict = _total_verdict(truth, decimal(reading.get("total")))
    tally["sales"] += 1
    tally[verdict] += 1
    if verdict == "wrong":
        mistakes.append(Mistake(0, capture, "wrong total", reading["total"], truth["total"]))
    elif verdict == "abstain":
        what = "abstained" if reading else "sale missed"
        mistakes.append(Mistake(3, capture, what, None, truth["total"]))
    if reading.get("currency"):
        tally["cur_n"] += 1
        tally["cur_ok"] += reading["currency"] == truth["currency"]
    _score_payments(truth, reading, tally)
    _score_number(truth, reading, tally)


def _total_verdict(truth: Record, total: Decimal | None) -> str:
    if total is None:
        return "abstain"
    if same_amount(total, decimal(truth["total"])):
        return "exact"
    accepted = any(same_amount(total, decimal(other)) for other in truth["accept_totals"])
    return "lenient" if accepted else "wrong"


def _score_payments(truth: Record, reading: Record, tally: Tally) -> None:
    true_methods, given = methods(truth["payments"]), methods(reading.get("payments"))
    if true_methods:
        tally["pay_n"] += 1
        tally["pay_given"] += given is not None
        tally["pay_ok"] += given is not None and same_methods(true_methods, given)


def _score_number(truth: Record, reading: Record, tally: Tally) -> None:
    if truth["receipt_no"]:
        given = reading.get("receipt_no")
        accepted = {bare(number) for number in [truth["receipt_no"], *truth["accept_receipt_nos"]]}
        tally["no_n"] += 1
        tally["no_given"] += bool(given)
        tally["no_ok"] += given is not None and bare(given) in accepted


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
