"""Three books that must agree when all is over: the codes on paper, the box's journal, the service's store."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from receiptbridge.claim.token import decode, unspell

Row = tuple[bytes | None, str, str]  # token, sync, outcome


@dataclass(frozen=True, slots=True)
class Books:
    """By number of the sale."""

    printed: dict[int, bytes]
    rows: dict[int, Row]
    delivered: dict[int, bytes | None]
    conflicts: int
    codes: int

    @classmethod
    def read(cls, codes: Iterable[str], journal: Path, store: Path) -> Books:
        tokens = [unspell(code) for code in codes]
        with contextlib.closing(sqlite3.connect(journal)) as box:
            rows = {
                n: (t, s, o) for n, t, s, o in box.execute("SELECT number, token, sync, outcome FROM sale")
            }
        with contextlib.closing(sqlite3.connect(store)) as service:
            delivered = dict(service.execute("SELECT number, token FROM sales"))
            (conflicts,) = service.execute("SELECT count(*) FROM conflicts").fetchone()
        printed = {decode(token).number: token for token in tokens}
        return cls(printed, rows, delivered, conflicts, len(tokens))

    @property
    def interrupted(self) -> int:
        return sum(outcome == "unknown" for _, _, outcome in self.rows.values())

    def faults(self) -> Iterator[str]:
        if len(self.printed) < self.codes:
            yield "a number is on paper twice"
        if self.conflicts or self.delivered.keys() != self.rows.keys():
            yield f"{self.conflicts} conflicts; {len(self.rows)} rows, {len(self.delivered)} at the service"
        for number, token in self.printed.items():
            if self.rows.get(number, (None,))[0] != token:
                yield f"code {number} is on paper without its row"
        for number, row in self.rows.items():
            yield from self._faults_of(number, row)

    def _faults_of(self, number: int, row: Row) -> Iterator[str]:
        token, sync, outcome = row
        if self.delivered.get(number, b"") != token:
            yield f"row {number} is at the service as another"
        if sync != "stored" or outcome in ("committed", "releasing"):
            yield f"row {number} was left {sync}, {outcome}"
        if (outcome, number in self.printed) in (("released", False), ("not_printed", True)):
            yield f"row {number} counts as {outcome}, and that is not so"
