"""What says that a sale is finished, on a receipt that names no payment.

Fast food, market scales, car parks and small shops print what was bought, its sum and no tender; so do bills
that are still to be paid, which must never get a code. What tells them apart is what only a finished sale
gets: a stamp that it is paid, the marks of a fiscal memory, the title of a receipt. A bill at a table may bear
the title of an invoice before it is paid, so there a title proves nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from receiptbridge.receipt.fold import letters
from receiptbridge.receipt.kinds import HEAD_ROWS, LARGE_TITLE_SHARE, TITLE_SHARE, columns_of
from receiptbridge.receipt.lexicon import Lexicon
from receiptbridge.receipt.statements import METHODS, Row

PROVEN: Final = 2
"""Points that prove a sale finished."""

_NUMBERED: Final = frozenset({"fiscal", "approved"})
_ANYWHERE: Final = frozenset({"served", "slip", "ride"})
_POINTS: Final = {"ride": 2, "paid": 2, "fiscal": 2, "approved": 2, "receipt": 2, "invoice": 1}
_POINTS_AT_A_TABLE: Final = {"paid": 2, "fiscal": 2, "approved": 2, "receipt": 1}


class Proofs(NamedTuple):
    """`points`: how far a receipt's titles prove that it was paid."""

    points: int
    slip: bool  # it is, or bears, a card terminal's slip
    approved: bool  # it bears the approval of a card payment
    paid: bool  # it says that it was paid
    served: bool  # it is of a table, where bills are brought before they are paid


def find_proofs(rows: Sequence[Row], words: Lexicon, amounts_at: frozenset[int]) -> Proofs:
    """What the titles of a receipt prove; rows in `amounts_at` carry amounts and are no titles."""
    said = {proof for row in rows if row.index not in amounts_at for proof in _said(row, words)}
    points = _POINTS_AT_A_TABLE if "served" in said else _POINTS
    if any(row.index not in amounts_at and _is_of_another_kind(row, words) for row in rows[:HEAD_ROWS]):
        points = {"paid": PROVEN}
    return Proofs(
        max((points.get(proof, 0) for proof in said), default=0),
        "slip" in said,
        "approved" in said,
        "paid" in said,
        "served" in said,
    )


def _said(row: Row, words: Lexicon) -> set[str]:
    """What a row proves: by its title, or wherever the id of a fiscal memory, an approval or a table stands."""
    hits = words.proofs.find(row.low)
    if any(hit.meaning == "paid" for hit in hits) and _says_how(row, words):
        return {hit.meaning for hit in hits}
    numbered = any(map(str.isdigit, row.low))
    is_title = any(_names(text, words) for text in (row.low, *columns_of(row)))
    return {
        hit.meaning
        for hit in hits
        if is_title or hit.meaning in _ANYWHERE or (hit.meaning in _NUMBERED and numbered)
    }


def _says_how(row: Row, words: Lexicon) -> bool:
    """Whether a row says little else than that, and how, it was paid: "微信支付成功", "PAID MC ****0042"."""
    paid = [hit for hit in words.proofs.find(row.low) if hit.meaning == "paid"]
    how = [hit for hit in words.labels.find(row.low) if hit.meaning in METHODS]
    said = {at for hit in (*paid, *how) for at in range(hit.start, hit.end) if row.low[at].isalpha()}
    return bool(how) and len(said) >= TITLE_SHARE * letters(row.low)


def _is_of_another_kind(row: Row, words: Lexicon) -> bool:
    """Whether a title says in words that nobody knows which receipt it is: "TICKET APARCADO" is a parked one."""
    known = [hit for hit in words.proofs.find(row.low) if hit.meaning in ("receipt", "invoice")]
    share = sum(letters(row.low[hit.start : hit.end]) for hit in known) / max(letters(row.low), 1)
    return LARGE_TITLE_SHARE <= share < TITLE_SHARE and not any(map(str.isdigit, row.low))


def _names(text: str, words: Lexicon) -> bool:
    """Whether a text says little else than a title."""
    hits = [hit for hit in words.proofs.find(text) if hit.meaning not in _ANYWHERE]
    titles = sum(letters(text[hit.start : hit.end]) for hit in hits)
    return titles > 0 and titles >= TITLE_SHARE * letters(text)
