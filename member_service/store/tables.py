"""The tables. Times are Unix seconds, money is minor units with its currency, phone numbers are E.164.

Two primary or unique keys carry the promise "exactly once", whatever the order and however many processes
write: one sale (`sales`) and one accrual (`accruals`) for each (box, number).
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = dict[str, Any]

# SQLite counts rows by itself only in a column that is declared INTEGER.
_ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
_BOX_ID = String(12)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger(),
        bytes: LargeBinary(),
        Json: JSON(none_as_null=True),
        list[Json]: JSON(),
    }


class Merchant(Base):
    __tablename__ = "merchants"
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    payment_policy: Mapped[Json | None]  # None: what a box's own configuration says
    block: Mapped[str | None] = mapped_column(String(10))  # full, compact; None: as above
    claims_per_day: Mapped[int | None]  # of one member; None: the default of store/limits.py, 0: no limit
    claim_gap_s: Mapped[int | None]  # between two claims of one member; as above


class EarnRule(Base):
    """How points are earned. A row never changes: paper was printed by it. The highest id is current."""

    __tablename__ = "earn_rules"
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # u16 in the token
    currency: Mapped[str] = mapped_column(String(3))
    minor_per_point: Mapped[int]
    minimum_spend: Mapped[int]
    points_cap: Mapped[int | None]
    rounding: Mapped[str] = mapped_column(String(10))  # down, nearest, up


class Store(Base):
    __tablename__ = "stores"
    __table_args__ = (UniqueConstraint("merchant_id", "name"),)
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    name: Mapped[str] = mapped_column(String(200))


class Till(Base):
    __tablename__ = "tills"
    __table_args__ = (UniqueConstraint("store_id", "name"),)
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    name: Mapped[str] = mapped_column(String(200))


class Box(Base):
    """One enrolment. Rows are never deleted, so that no box id is issued a second time."""

    __tablename__ = "boxes"
    id: Mapped[str] = mapped_column(_BOX_ID, primary_key=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("tills.id"), index=True)
    hardware: Mapped[str] = mapped_column(String(200))
    enrolled_at: Mapped[int]
    revoked_at: Mapped[int | None]
    heard_at: Mapped[int | None]
    heartbeat: Mapped[Json | None]
    setup: Mapped[Json | None]  # as it was told last, for the box that replaces this one
    setup_at: Mapped[int | None]


class BoxKey(Base):
    __tablename__ = "box_keys"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # "<box id>:<n>", as in a signature's keyid
    box_id: Mapped[str] = mapped_column(ForeignKey("boxes.id"), index=True)
    public_key: Mapped[bytes]  # raw Ed25519, 32 bytes
    retired_at: Mapped[int | None]  # when the next key replaced it


class EnrolmentCode(Base):
    __tablename__ = "enrolment_codes"
    digest: Mapped[bytes] = mapped_column(primary_key=True)  # SHA-256 of the code
    till_id: Mapped[int] = mapped_column(ForeignKey("tills.id"))
    expires_at: Mapped[int]
    box_id: Mapped[str | None] = mapped_column(
        ForeignKey("boxes.id")
    )  # the box that it made; then it is used


class Nonce(Base):
    """A signature's nonce, kept for as long as the signature could be used again."""

    __tablename__ = "nonces"
    key_id: Mapped[str] = mapped_column(ForeignKey("box_keys.id"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[int] = mapped_column(index=True)


class IssuedToken(Base):
    """The one token of a (box, number), from when the service first heard of it by sync or by a scan."""

    __tablename__ = "issued_tokens"
    box_id: Mapped[str] = mapped_column(ForeignKey("boxes.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    raw: Mapped[bytes]
    typed_code: Mapped[str] = mapped_column(String(16), index=True)
    first_heard_at: Mapped[int]


class Sale(Base):
    """What a box read off one receipt, as it was first delivered."""

    __tablename__ = "sales"
    __table_args__ = (Index(None, "box_id", "receipt_no"),)
    box_id: Mapped[str] = mapped_column(ForeignKey("boxes.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[bytes | None]
    lane: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    total: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    payments: Mapped[list[Json]]
    receipt_no: Mapped[str | None] = mapped_column(String(200))
    printed_at: Mapped[str | None] = mapped_column(String(200))
    issued_at: Mapped[int]
    clock_good: Mapped[bool]
    points: Mapped[int | None]
    refers_to: Mapped[Json | None]
    transactions: Mapped[list[Json]]
    reason: Mapped[str | None] = mapped_column(String(200))
    why_no_code: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(200))
    cashier: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[int]


class SaleTransaction(Base):
    """A number under which a payment platform or an acquirer knows the payment of a sale."""

    __tablename__ = "sale_transactions"
    __table_args__ = (
        ForeignKeyConstraint(["box_id", "number"], ["sales.box_id", "sales.number"]),
        Index(None, "merchant_id", "transaction_no"),
    )
    box_id: Mapped[str] = mapped_column(_BOX_ID, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    transaction_no: Mapped[str] = mapped_column(String(200), primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))


class Refund(Base):
    """A refund or void that a box read, and the sale that it is of once that is known."""

    __tablename__ = "refunds"
    __table_args__ = (
        ForeignKeyConstraint(["box_id", "number"], ["sales.box_id", "sales.number"]),
        ForeignKeyConstraint(["sale_box_id", "sale_number"], ["sales.box_id", "sales.number"]),
        Index(None, "till_id", "lane", "receipt_no"),
        Index(None, "sale_box_id", "sale_number"),
        Index(None, "state"),
    )
    box_id: Mapped[str] = mapped_column(_BOX_ID, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    till_id: Mapped[int] = mapped_column(ForeignKey("tills.id"))
    lane: Mapped[str] = mapped_column(String(200))
    receipt_no: Mapped[str | None] = mapped_column(String(200))  # of the sale, as the refund prints it
    state: Mapped[str] = mapped_column(String(10))  # open, matched, dismissed
    reason: Mapped[str | None] = mapped_column(String(200))  # why it is open
    sale_box_id: Mapped[str | None] = mapped_column(_BOX_ID)
    sale_number: Mapped[int | None]
    amount: Mapped[int | None]  # what is given back of that sale


class Conflict(Base):
    """What was presented for a (box, number) that something else has: refused, and kept to be looked at."""

    __tablename__ = "conflicts"
    __table_args__ = (UniqueConstraint("box_id", "number", "digest"),)
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    box_id: Mapped[str] = mapped_column(ForeignKey("boxes.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(20))  # other_token, other_sale, revoked
    channel: Mapped[str] = mapped_column(String(10))  # sync, scan
    presented: Mapped[Json]
    digest: Mapped[bytes]  # SHA-256 of `presented`: the same thing presented again is one row
    seen_at: Mapped[int]


class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    phone: Mapped[str] = mapped_column(String(16), unique=True)  # E.164
    joined_at: Mapped[int]


class Account(Base):
    """A member's loyalty account with one merchant."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("member_id", "merchant_id"),)
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    opened_at: Mapped[int]


class Accrual(Base):
    """Points credited for one sale. The ledger is append-only: the store refuses to change a row."""

    __tablename__ = "accruals"
    __table_args__ = (
        UniqueConstraint("box_id", "number"),
        ForeignKeyConstraint(["box_id", "number"], ["issued_tokens.box_id", "issued_tokens.number"]),
    )
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    box_id: Mapped[str] = mapped_column(_BOX_ID)
    number: Mapped[int]
    rule_id: Mapped[int]
    points: Mapped[int]
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    form_digest: Mapped[
        bytes | None
    ]  # SHA-256 of the claim form's own id: tells a double submit from a second claim
    claimed_at: Mapped[int] = mapped_column(index=True)


class PlatformAward(Base):
    """Points for a purchase that a payment platform told of. Append-only, like all of the ledger."""

    __tablename__ = "platform_awards"
    __table_args__ = (UniqueConstraint("merchant_id", "transaction_no"),)
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    transaction_no: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    rule_id: Mapped[int]
    points: Mapped[int]
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    awarded_at: Mapped[int]


class Reversal(Base):
    """Points taken back from an accrual or a platform's award. Append-only."""

    __tablename__ = "reversals"
    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    accrual_id: Mapped[int | None] = mapped_column(ForeignKey("accruals.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("platform_awards.id"), index=True)
    points: Mapped[int]  # above 0
    cause: Mapped[str] = mapped_column(String(10))  # refund, awarded (the purchase has its points elsewhere)
    reversed_at: Mapped[int]
