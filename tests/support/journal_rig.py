"""A box's state directory with a key, a configuration and sales in its journal, as lanes and sync left them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from receiptbridge.bridge.events import StoreSale
from receiptbridge.clock import Moment
from receiptbridge.identity import Identity, adopt_key, make_key
from receiptbridge.issuer import Issuer
from receiptbridge.journal import FILE_NAME, Journal
from receiptbridge.receipt.model import Kind, Method, Payment, ReceiptReading

BOX = bytes.fromhex("0123456789ab")
CONFIG = """
state_dir = "{state}"
[service]
url = "https://anna:secret-of-anna@members.example.com"
claim_prefix = "HTTPS://M.EXAMPLE.COM/C/"
[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://127.0.0.1:9100"
printer = "tcp://127.0.0.1:9101"
printer_profile = "xprinter-xp-80"
[[lane]]
name = "till-2"
register = "tcp-listen://127.0.0.1:9102"
printer = "tcp://127.0.0.1:9103"
"""


@dataclass
class State:
    """A state directory. `now` is the clock of what is sold next."""

    folder: Path
    identity: Identity
    now: float = 1_795_340_000.0
    _journals: list[Journal] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def file(self) -> Path:
        return self.folder / FILE_NAME

    def sell(
        self,
        total: int | None = 6367,
        *,
        lane: str = "till-1",
        kind: Kind = Kind.SALE,
        currency: str | None = "CNY",
        why_no_code: str | None = None,
        reason: str | None = None,
        method: Method = Method.CASH,
        printed: bool = True,
    ) -> int:
        """A receipt as a lane keeps it, printed; its number."""
        reading = ReceiptReading(
            kind, total=total, currency=currency, payments=(Payment(method, total),), confidence=0.97,
            reason=reason, receipt_no=f"=R{int(self.now)}",
        )  # fmt: skip
        mode = "observe" if lane == "till-2" else "print"
        issuer = Issuer(
            lambda: self._journal(), lane=lane, identity=self.identity, clock=lambda: Moment(self.now, True)
        )
        stored = issuer.commit(StoreSale(1, reading, 6, why_no_code, mode))
        assert hasattr(stored, "row"), stored
        if stored.code is not None and printed:
            self._journals[-1].mark(stored.row, "released")
        return int(stored.row)

    def _journal(self) -> Journal:
        self._journals.append(Journal.open(self.file, clock=lambda: self.now))
        return self._journals[-1]

    def close(self) -> None:
        while self._journals:
            self._journals.pop().close()


@contextmanager
def state(folder: Path) -> Iterator[State]:
    identity = adopt_key(folder, make_key(folder), BOX, "0123456789ab:1")
    made = State(folder, identity)
    made.config.write_text(CONFIG.format(state=folder))
    try:
        yield made
    finally:
        made.close()
