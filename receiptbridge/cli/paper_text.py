"""A receipt as a person reads it: its paper with the amounts marked, and the reasons in words.

Colours are for terminals; what a colour says stands in the margin as well ("< total"), so that plain text loses
nothing. Columns are counted in cells: a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from receiptbridge.receipt.explanation import ASIDE, Considered, Explanation, Ground, Mark, Term
from receiptbridge.stored_words import said
from receiptbridge.words import N_, _

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
    "total": N_("the total"), "total_weak": N_("perhaps the total"), "gross": N_("the total before discounts"),
    "per_head": N_("a share"), "instalment": N_("an instalment"), "foreign": N_("another currency"),
    "suggested": N_("a suggestion"),
    "count": N_("a count"),
    "received": N_("what was given"), "balance": N_("a balance"), "points": N_("points"), "savings": N_("savings"),
}  # fmt: skip
"""What a label says of its amount, by its meaning."""

PARTS: Final = (
    N_("total"), N_("total?"), N_("paid"), N_("change"), N_("item"), N_("subtotal"), N_("tax"), N_("service"),
    N_("tip"), N_("discount"), N_("rounding"), N_("deposit"), N_("points"), N_("balance"), N_("savings"),
    N_("foreign"), N_("instalment"), N_("per head"), N_("suggested"), N_("count"), N_("price"),
)  # fmt: skip
"""What stands in the margin."""

NOT_CHOSEN: Final = {
    "less sure": N_("another amount's label is surer"),
    "before": N_("what stands between makes the total of it"),
    "remainder": N_("it is what was left to pay"),
    "tax": N_("it is the tax in the total"),
    "with tip": N_("it is the total with a tip"),
    "change": N_("it is what was given back"),
    "account": N_("it is the total with an older balance"),
    "rounded": N_("it was rounded to the total"),
    "two totals": N_("it contradicts the other"),
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
        return Text(_("(no text)"))
    texts = [Text(line, no_wrap=True) for line in lines]
    for number in explanation.emphasised:
        texts[number].stylize("bold")
    for mark in explanation.marks:
        texts[mark.line].stylize(_style(mark.part), mark.start, mark.end)
    return Text("\n").join(texts)


def _margins(lines: int, marks: Iterable[Mark]) -> list[Text]:
    """Of each line what its amounts were taken for: " < total"."""
    from rich.text import Text

    margins = [Text() for _line in range(lines)]
    for mark in marks:
        margin = margins[mark.line]
        word = _("total?") if mark.part == "candidate" else _words(mark.part)
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
    return _(part.replace("_", " "))


def _arguments(one: Considered) -> Iterator[str]:
    yield _of_its_label(one)
    yield from map(_in_words, one.grounds)
    if one.against in NOT_CHOSEN:
        yield _("not chosen, as {reason}").format(reason=_(NOT_CHOSEN[one.against]))
    elif one.against is not None and one.against not in ASIDE:
        yield _("but {reason}").format(reason=said(one.against))


def _of_its_label(one: Considered) -> str:
    label = one.label or _("(none)")
    if one.says is None:
        return _("the label {label} is in no vocabulary").format(label=label)
    says = _(SAYS[one.says]) if one.says in SAYS else _words(one.says)
    form = (
        _("the label {label} says {says}")
        if one.sure
        else _("the label {label} says {says}, among other words")
    )
    return form.format(label=label, says=says)


def _in_words(ground: Ground) -> str:
    match ground.by, ground.terms:
        case "settled", ():
            return _("nothing was to be paid")
        case "settled", (only,):
            return _("paid by {payments}").format(payments=_named(only))
        case "settled", terms:
            return _("paid by {payments}").format(payments=_sum(terms))
        case "items", terms:
            return _("the items add up to {sum}").format(sum=_sum(terms))
        case "subtotal", terms if terms:
            return _("{sum} gives it").format(sum=_sum(terms))
        case "tax", (tax,):
            return _("the tax {tax} fits it").format(tax=_named(tax))
        case "twice", terms:
            return _("said under {labels}").format(labels=_(" and ").join(term.label for term in terms))
        case "pinned", _terms:
            return _("the register's profile says so")
        case "rounded", (total,):
            return _("rounded to {amount}").format(amount=_plain(total.amount))
        case by, _terms:
            return _("confirmed by the {what}").format(what=_(by))


def _sum(terms: Sequence[Term]) -> str:
    """ "129.10 less 会员优惠 6.46", "cash 50.00 and card 20.00 less change 6.33"."""
    words = [_named(terms[0])]
    for term in terms[1:]:
        words.append(f"{_('less') if term.amount < 0 else _('and')} {_named(term)}")
    return " ".join(words)


def _named(term: Term) -> str:
    return f"{term.label} {_plain(abs(term.amount))}".strip()


def _plain(amount: Decimal) -> str:
    """An amount as paper writes it; whole ones have no decimals."""
    whole = amount.to_integral_value()
    return f"{whole:f}" if amount == whole and amount.as_tuple().exponent != -CENTS else f"{amount:f}"
