"""The table for a terminal: all captures, each grouping, then the worst mistakes.

The columns: precision and recall of "sale", and how many kinds are right; of the sales how many totals were
given (cover) and exact, how many were another defensible one (lenient) or wrong; totals of sales that are none
(phantom); payments and receipt numbers that are right and that were given, of those that are printed; currencies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .corpus import GROUPS, Scored
from .figures import RATES, Rate
from .grading import Tally

HEAD: Final = (
    f"{'':30s} streams  sale P      R    kind | sales   cover   exact  lenient wrong /1000  95%<= phantom"
    " | pay ok(given) | no ok(given) | cur"
)


def table(scored: Scored, by: Sequence[str], errors: int) -> str:
    lines = [HEAD, "-- set", _row("ALL", scored.tally())]
    for name in by:
        lines += [f"-- {name}", *(_row(group, tally) for group, tally in scored.groups(GROUPS[name]).items())]
    lines += ["", _key_line(scored.tally(), scored.strangers)]
    return "\n".join(
        [*lines, *(f"   {m.capture} {m.what} {m.got} {m.truth}" for m in scored.mistakes[:errors])]
    )


def _row(name: str, tally: Tally) -> str:
    rates = {rate: count(tally) for rate, count in RATES.items()}
    wrong = rates["wrong"]
    return (
        f"{name[:30]:30s} {tally['streams']:6d}  {_percent(rates['precision'])} {_percent(rates['recall'])}"
        f" {_percent(rates['kind'])} | {tally['sales']:5d}  {_percent(rates['coverage'])} {_percent(rates['exact'])}"
        f" {tally['lenient']:5d} {wrong.hits:6d} {wrong.per_thousand():>6} {wrong.at_most_per_thousand():>6}"
        f" {tally['phantom']:5d}  | {_percent(rates['payments'])} {_percent(rates['payments given'])}"
        f" | {_percent(rates['numbers'])} {_percent(rates['numbers given'])} | {_percent(rates['currency'])}"
    )


def _percent(rate: Rate) -> str:
    return f"{100 * rate.hits / rate.trials:5.1f}%" if rate.trials else "    - "


def _key_line(whole: Tally, strangers: int) -> str:
    """The figures that decide, in words."""
    wrong, coverage, phantom = (RATES[name](whole) for name in ("wrong", "coverage", "phantom"))
    return (
        f"KEY: wrong totals per 1000 sales {wrong.per_thousand() or '0.0'} ({wrong.hits} of {wrong.trials}, at most"
        f" {wrong.at_most_per_thousand() or '-'} with 95 %); coverage {coverage.percent() or '-'}; phantom sales with"
        f" a total {phantom.hits} of {phantom.trials} non-sales; ambiguous kinds left out of P/R:"
        f" {whole['ambiguous']}; predictions without a stream: {strangers}"
    )
