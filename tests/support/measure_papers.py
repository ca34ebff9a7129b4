"""python tests/support/measure_papers.py FOLDER: how much of the papers in a folder is read, and how much wrongly.

For papers that the code has never seen: measured once, before anybody looks at what was not read.
`--show` prints what was not read as its author says.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from receipt_papers import Paper, amount, papers, read_all

from receiptbridge.receipt.model import Kind, ReceiptReading


def bare(number: str | None) -> str:
    """A receipt number without punctuation, as the captures' labels compare it."""
    printed = filter(str.isalnum, normalize("NFKC", number or "").upper())
    return "".join(str(int(char)) if char.isdecimal() else char for char in printed)


ALIKE = {"unionpay": "card", "stored_value": "other"}
"""Methods that the captures' labels count as one: cards by their networks, stored value among the rest."""


def named(methods: Iterable[str]) -> set[str]:
    return {ALIKE.get(method, method) for method in methods}


def verdicts(paper: Paper, reading: ReceiptReading) -> list[str]:
    """What is to be counted of one paper; those in capitals are wrong readings."""
    sale = reading.kind is Kind.SALE and reading.total is not None
    found = ["papers", *(["kind"] if reading.kind.value in paper.kinds else [])]
    if sale and ("sale" not in paper.kinds or amount(reading) != paper.total):
        found.append("WRONG")
    if paper.is_sale:
        found.append("sales")
        found += ["read"] if sale and amount(reading) == paper.total else []
        found += (
            ["methods"] if named(p.method.value for p in reading.payments) == named(paper.methods) else []
        )
        if paper.receipt_no is not None:
            found += ["numbered", *(["number"] if bare(reading.receipt_no) == bare(paper.receipt_no) else [])]
    return found


def complaint(paper: Paper, reading: ReceiptReading, found: list[str]) -> str:
    """One line about what was read otherwise than the author says, "" where nothing was."""
    wanted = ["kind", *(["read", "methods"] if paper.is_sale else [])]
    wanted += ["number"] if "numbered" in found else []
    lacks = [want for want in wanted if want not in found] + ["WRONG"] * ("WRONG" in found)
    methods = ",".join(p.method.value for p in reading.payments)
    return (
        lacks
        and (
            f"{paper.language} {paper.name}: {lacks}: {reading.kind} {amount(reading)} {methods} "
            f"{reading.receipt_no} ({reading.reason}) for {paper.kinds[0]} {paper.total} "
            f"{','.join(sorted(paper.methods))} {paper.receipt_no}"
        )
    ) or ""


def main(folder: Path, *, show: bool) -> None:
    counts: Counter[str] = Counter()
    for paper in papers(folder):
        (reading, *_) = read_all(paper.printed())
        found = verdicts(paper, reading)
        counts.update(found)
        if show and (line := complaint(paper, reading, found)):
            print(line)
    print(" ".join(f"{name} {counts[name]}" for name in (
        "papers", "kind", "sales", "read", "WRONG", "methods", "numbered", "number",
    )))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), show="--show" in sys.argv)
