"""The member service behind the network: the real one's store, or a model of docs/sync-api.md that is far quicker."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from benchmarks.simulation.clock import EPOCH
from member_service import claim_token
from member_service.store import boxes, claims, merchants, sales
from member_service.store.database import Database
from member_service.store.tables import Accrual, Conflict, Sale
from member_service.wire import SalesRequest
from receiptbridge.identity import BoxKey

MINOR_PER_POINT = 100


class Service(Protocol):
    """What one box's sales and its shoppers see of it. Tokens are spelled."""

    key: BoxKey

    def receive(self, items: list[dict[str, Any]], now: int) -> list[dict[str, Any]]: ...
    def scan(self, token: str, phone: str, form: str, now: int) -> None: ...
    def sales(self) -> dict[int, str | None]: ...
    def accruals(self) -> dict[int, int]: ...
    def conflicts(self) -> int: ...


class Model:
    """A sale and an accrual once for each number; another token for the same number is a conflict."""

    def __init__(self, dice: random.Random) -> None:
        box_id = dice.randbytes(6)
        self.key = BoxKey(
            box_id, f"{box_id.hex()}:1", Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))
        )
        self._tokens: dict[int, str | None] = {}  # of scans, and of sales
        self._sales: dict[int, dict[str, Any]] = {}
        self._accruals: Counter[int] = Counter()
        self._conflicts = 0

    def receive(self, items: list[dict[str, Any]], now: int) -> list[dict[str, Any]]:
        return [{"number": item["number"], "status": self._take(item)} for item in items]

    def scan(self, token: str, phone: str, form: str, now: int) -> None:
        number = claim_token.from_spelling(token).number
        if self._tokens.setdefault(number, token) != token:
            self._conflicts += 1
        elif not self._accruals[number]:
            self._accruals[number] += 1

    def sales(self) -> dict[int, str | None]:
        return {number: item["token"] for number, item in self._sales.items()}

    def accruals(self) -> dict[int, int]:
        return self._accruals

    def conflicts(self) -> int:
        return self._conflicts

    def _take(self, item: dict[str, Any]) -> str:
        number = item["number"]
        if self._tokens.setdefault(number, item["token"]) != item["token"]:
            self._conflicts += 1
            return "conflict"
        if number in self._sales:
            return "duplicate"
        self._sales[number] = item
        return "stored"


@cache
def _store() -> Database:
    """One for all worlds of this process: every world enrols a box of its own."""
    return Database("sqlite://")


class RealStore:
    """The member service's own store, on SQLite in memory."""

    def __init__(self, dice: random.Random) -> None:
        private_key = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))
        public_key = private_key.public_key().public_bytes_raw()
        terms = merchants.RuleTerms("CNY", MINOR_PER_POINT)
        code = _store().write(
            lambda session: merchants.add_till(
                session, merchant="Shop", store="Street", till="till-1", terms=terms, now=EPOCH
            )
        )

        def enrol(session: Any) -> tuple[str, str]:
            key = boxes.enrol(session, code=code, public_key=public_key, hardware="simulated", now=EPOCH)
            return key.box_id, key.id

        self._box_id, key_id = _store().write(enrol)
        self.key = BoxKey(bytes.fromhex(self._box_id), key_id, private_key)

    def receive(self, items: list[dict[str, Any]], now: int) -> list[dict[str, Any]]:
        request = SalesRequest.model_validate({"sales": items})
        answered = _store().write(lambda session: sales.receive(session, self._box_id, request.sales, now))
        return [result.model_dump() for result in answered]

    def scan(self, token: str, phone: str, form: str, now: int) -> None:
        read = claim_token.from_spelling(token)
        _store().write(lambda session: claims.claim(session, read, phone=phone, form=form, now=now))

    def sales(self) -> dict[int, str | None]:
        with _store().read() as session:
            rows = session.execute(select(Sale.number, Sale.token).where(Sale.box_id == self._box_id))
            return {row.number: row.token and claim_token.from_bytes(row.token).spelling for row in rows}

    def accruals(self) -> dict[int, int]:
        with _store().read() as session:
            counted = select(Accrual.number, func.count()).where(Accrual.box_id == self._box_id)
            return dict(session.execute(counted.group_by(Accrual.number)).all())

    def conflicts(self) -> int:
        with _store().read() as session:
            counted = select(func.count()).select_from(Conflict).where(Conflict.box_id == self._box_id)
            return int(session.scalar(counted) or 0)
