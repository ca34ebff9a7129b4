"""A receipt as a person reads it: its paper with the amounts marked, and the reasons in words.

Colours are for terminals; what a colour says stands in the margin as well ("< total"), so that plain text loses
nothing. Columns are counted in cells: a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from receiptbridge.receipt.explanation import ASIDE, Considered, Explanation, Ground, Mark, Term

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

STYLES: Final = {
    "total": "bold black on green", "candidate": "bold black on yellow", "paid": "cyan", "change": "cyan", "item": "",
    "subtotal": "blue", "tax": "magenta",
}  # fmt: skip
ADJUSTED: Final = "magenta"
SET_ASIDE: Final = "dim"
CENTS: Final = 2

SAYS: Final = {
    "total": "the total", "total_weak": "perhaps the total", "gross": "the total before discounts",
    "per_head": "a share", "instalment": "an instalment", "foreign": "another currency", "suggested": "a suggestion",
    "count": "a count",
    "received": "what was given", "balance": "a balance", "points": "points", "savings": "savings",
}  # fmt: skip
"""What a label says of its amount, by its meaning."""

NOT_CHOSEN: Final = {
    "less sure": "another amount's label is surer",
    "before": "what stands between makes the total of it",
    "remainder": "it is what was left to pay",
    "tax": "it is the tax in the total",
    "with tip": "it is the total with a tip",
    "change": "it is what was given back",
    "account": "it is the total with an older balance",
    "rounded": "it was rounded to the total",
    "two totals": "it contradicts the other",
}
"""Why an amount is not the total, by its standing beside the chosen one."""


def framed(lines: Sequence[str], explanation: Explanation | None, title: str) -> Table:
    """The paper in a frame, its amounts in colours, and beside it what each was taken for."""
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    shown = explanation or Explanation((), ())
    frame = Panel.fit(_paper(lines, shown), title=title, title_align="left")
    sheet = Table.grid()
    sheet.add_row(frame, Text("\n").join([Text(), *_margins(len(lines), shown.marks)]))
    return sheet


def facts(named: Iterable[tuple[str, str]]) -> Table:
    """Names with their values below the paper."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", min_width=10)
    table.add_column(overflow="fold")
    for name, value in named:
        table.add_row(Text(name), Text(value))
    return table


def _paper(lines: Sequence[str], explanation: Explanation) -> Text:
    from rich.text import Text

    if not lines:
        return Text("(no text)")
    texts = [Text(line, no_wrap=True) for line in lines]
    for number in explanation.emphasised:
        texts[number].stylize("bold")
    for mark in explanation.marks:
        texts[mark.line].stylize(_style(mark.part), mark.start, mark.end)
    return Text("\n").join(texts)


def _margins(lines: int, marks: Iterable[Mark]) -> list[Text]:
    """Of each line what its amounts were taken for: " < total"."""
    from rich.text import Text

    margins = [Text() for _ in range(lines)]
    for mark in marks:
        margin = margins[mark.line]
        word = "total?" if mark.part == "candidate" else _words(mark.part)
        if word not in margin.plain:
            margin.append(f"{',' if margin else ' <'} {word}", "dim" if mark.part in ("item", *ASIDE) else "")
    return margins


def reasons(explanation: Explanation | None) -> Iterator[str]:
    """What speaks for and against each amount that might have been the total, one line each."""
    for one in explanation.considered if explanation else ():
        yield f"{_plain(one.amount)}: {'; '.join(_arguments(one))}"


def _style(part: str) -> str:
    return STYLES.get(part, SET_ASIDE if part in ASIDE else ADJUSTED)


def _words(part: str) -> str:
    return part.replace("_", " ")


def _arguments(one: Considered) -> Iterator[str]:
    says = SAYS.get(one.says, _words(one.says))
    yield f"the label {one.label or '(none)'} says {says}" + ("" if one.sure else ", among other words")
    yield from map(_in_words, one.grounds)
    if one.against in NOT_CHOSEN:
        yield f"not chosen, as {NOT_CHOSEN[one.against]}"
    elif one.against is not None and one.against not in ASIDE:
        yield f"but {one.against}"


def _in_words(ground: Ground) -> str:
    match ground.by, ground.terms:
        case "settled", ():
            return "nothing was to be paid"
        case "settled", (only,):
            return f"paid by {_named(only)}"
        case "settled", terms:
            return f"paid by {_sum(terms)}"
        case "items", terms:
            return f"the items add up to {_sum(terms)}"
        case "subtotal", terms if terms:
            return f"{_sum(terms)} gives it"
        case "tax", (tax,):
            return f"the tax {_named(tax)} fits it"
        case "twice", terms:
            return f"said under {' and '.join(term.label for term in terms)}"
        case "pinned", _:
            return "the register's profile says so"
        case "rounded", (total,):
            return f"rounded to {_plain(total.amount)}"
        case by, _:
            return f"confirmed by the {by}"


def _sum(terms: Sequence[Term]) -> str:
    """ "129.10 less 会员优惠 6.46", "cash 50.00 and card 20.00 less change 6.33"."""
    words = [_named(terms[0])]
    for term in terms[1:]:
        words.append(f"{'less' if term.amount < 0 else 'and'} {_named(term)}")
    return " ".join(words)


def _named(term: Term) -> str:
    return f"{term.label} {_plain(abs(term.amount))}".strip()


def _plain(amount: Decimal) -> str:
    """An amount as paper writes it; whole ones have no decimals."""
    whole = amount.to_integral_value()
    return f"{whole:f}" if amount == whole and amount.as_tuple().exponent != -CENTS else f"{amount:f}"
