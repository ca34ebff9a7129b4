"""What one reading of a captured receipt is worth, beside the truth of that receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

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
    tally["kind_n"] += 1
    tally["kind_ok"] += reading.get("kind") in (truth["kind"], *truth["accept_kinds"])
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
