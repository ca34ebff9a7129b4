"""Commands of the head office: what only a person can decide, and what comes from elsewhere."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer
from sqlalchemy.orm import Session

from member_service.app import unix_time
from member_service.errors import UsageError
from member_service.platform_file import Purchase, read_purchases
from member_service.store import merchants, platforms, refunds
from member_service.store.database import Database
from member_service.store.tables import Refund, Sale
from member_service.wire import Method, Policy

Store = Annotated[
    str,
    typer.Option("--database", envvar="MEMBER_SERVICE_DATABASE", help="SQLAlchemy URL of the store."),
]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
BlockChoice = Literal["full", "compact", "own"]
DEFAULT_STORE = "sqlite:///member_service.db"

PURCHASES_A_TRANSACTION = 500  # boxes deliver meanwhile

review = typer.Typer(
    help="Refunds and voids that fit no sale, or several: decide by hand.", no_args_is_help=True
)


@review.command("list")
def list_open(database: Store = DEFAULT_STORE, as_json: AsJson = False) -> None:
    """The open ones, oldest first: box, number, why, and what was read."""
    with Database(database).read() as session:
        rows = [_told(refund, sale) for refund, sale in refunds.open_refunds(session)]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False) if as_json else "\t".join(map(str, row.values())))


@review.command()
def match(
    box_id: str, number: int, sale_box_id: str, sale_number: int, database: Store = DEFAULT_STORE
) -> None:
    """Refund NUMBER of BOX_ID is of sale SALE_NUMBER of SALE_BOX_ID."""
    _decide(database, (box_id, number), (sale_box_id, sale_number))


@review.command()
def dismiss(box_id: str, number: int, database: Store = DEFAULT_STORE) -> None:
    """Put a refund away: no points are taken back for it."""
    _decide(database, (box_id, number), None)


def payment_policy(
    merchant: str,
    said: Annotated[list[str] | None, typer.Argument(metavar="[METHOD=POLICY]...")] = None,
    database: Store = DEFAULT_STORE,
) -> None:
    """What the paper gets by means of payment, such as wechat=join stored_value=none; what is not named is printed.

    Without any, boxes keep to their own configuration.
    """
    policy = dict(map(_policy, said)) if said else None
    if not Database(database).write(lambda session: merchants.set_payment_policy(session, merchant, policy)):
        raise _no_merchant(merchant)


def block(merchant: str, template: BlockChoice, database: Store = DEFAULT_STORE) -> None:
    """Which block all boxes of a merchant print: full, compact, or own (as each is configured)."""
    wanted = None if template == "own" else template
    if not Database(database).write(lambda session: merchants.set_block(session, merchant, wanted)):
        raise _no_merchant(merchant)


def platform_import(
    file: Path,
    merchant: Annotated[str, typer.Option(help="Whose purchases they are.")],
    database: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """Award purchases that a payment platform tells of: lines of transaction, phone, amount (.csv or JSON lines).

    A purchase that has its points already, by a claim or by an import before, gets none again.
    """
    purchases, store = read_purchases(file), Database(database)
    results: Counter[str] = Counter()
    for at in range(0, len(purchases), PURCHASES_A_TRANSACTION):
        part = purchases[at : at + PURCHASES_A_TRANSACTION]
        for purchase, result in zip(part, store.write(_awards(merchant, part)), strict=True):
            results[result] += 1
            if result == "conflict":
                print(f"{purchase.transaction}: told before of another member or amount", file=sys.stderr)
    answer = {result: results[result] for result in get_args(platforms.Award)}
    print(json.dumps(answer) if as_json else ", ".join(f"{count} {name}" for name, count in answer.items()))


def _awards(merchant: str, purchases: Sequence[Purchase]) -> Callable[[Session], list[platforms.Award]]:
    def work(session: Session) -> list[platforms.Award]:
        merchant_id = merchants.find(session, merchant)
        if merchant_id is None:
            raise _no_merchant(merchant)
        now = unix_time()
        return [
            platforms.award(
                session, merchant_id, transaction_no=p.transaction, phone=p.phone, amount=p.amount, now=now
            )
            for p in purchases
        ]

    return work


def _decide(database: str, refund: tuple[str, int], sale: tuple[str, int] | None) -> None:
    why_not = Database(database).write(
        lambda session: refunds.settle_by_hand(session, refund, sale, unix_time())
    )
    if why_not is not None:
        raise UsageError(f"refund {refund[1]} of box {refund[0]}: {why_not}; see `review list`")


def _told(refund: Refund, sale: Sale) -> dict[str, Any]:
    return {
        "box_id": refund.box_id,
        "number": refund.number,
        "lane": refund.lane,
        "kind": sale.kind,
        "total": sale.total,
        "currency": sale.currency,
        "printed_at": sale.printed_at,
        "refers_to": sale.refers_to,
        "reason": refund.reason,
    }


def _policy(said: str) -> tuple[str, str]:
    method, _, policy = said.partition("=")
    if method not in get_args(Method) or policy not in get_args(Policy):
        known = f"METHOD one of {', '.join(get_args(Method))}, POLICY one of {', '.join(get_args(Policy))}"
        raise UsageError(f"{said!r}: want METHOD=POLICY, {known}")
    return method, policy


def _no_merchant(name: str) -> UsageError:
    return UsageError(f"there is no merchant {name!r}; see `python -m member_service list`")
