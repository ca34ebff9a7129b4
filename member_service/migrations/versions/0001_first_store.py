"""The store as it first was: boxes and their sales, members and their accruals."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# The ledger is append-only, also for whoever has a console on the store.
LEDGER_IS_APPEND_ONLY = {
    "sqlite": [
        f"""CREATE TRIGGER accruals_no_{verb} BEFORE {verb} ON accruals
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
}


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("phone", name="uq_members_phone"),
    )
    op.create_table(
        "merchants",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_merchants"),
        sa.UniqueConstraint("name", name="uq_merchants_name"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("merchant_id", ROW_ID, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_accounts_member_id_members"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name="fk_accounts_merchant_id_merchants"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("member_id", "merchant_id", name="uq_accounts_member_id_merchant_id"),
    )
    op.create_table(
        "earn_rules",
        sa.Column("merchant_id", ROW_ID, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minor_per_point", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name="fk_earn_rules_merchant_id_merchants"
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name="pk_earn_rules"),
    )
    op.create_table(
        "stores",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("merchant_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name="fk_stores_merchant_id_merchants"),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sa.UniqueConstraint("merchant_id", "name", name="uq_stores_merchant_id_name"),
    )
    op.create_table(
        "tills",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("store_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_tills_store_id_stores"),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sa.UniqueConstraint("store_id", "name", name="uq_tills_store_id_name"),
    )
    op.create_table(
        "boxes",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("till_id", ROW_ID, nullable=False),
        sa.Column("hardware", sa.String(length=200), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("heard_at", sa.BigInteger(), nullable=True),
        sa.Column("heartbeat", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_boxes_till_id_tills"),
        sa.PrimaryKeyConstraint("id", name="pk_boxes"),
    )
    op.create_index("ix_boxes_till_id", "boxes", ["till_id"])
    op.create_table(
        "box_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["boxes.id"], name="fk_box_keys_box_id_boxes"),
        sa.PrimaryKeyConstraint("id", name="pk_box_keys"),
    )
    op.create_index("ix_box_keys_box_id", "box_keys", ["box_id"])
    op.create_table(
        "conflicts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("presented", sa.JSON(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["boxes.id"], name="fk_conflicts_box_id_boxes"),
        sa.PrimaryKeyConstraint("id", name="pk_conflicts"),
        sa.UniqueConstraint("box_id", "number", "digest", name="uq_conflicts_box_id_number_digest"),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("till_id", ROW_ID, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("box_id", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["box_id"], ["boxes.id"], name="fk_enrolment_codes_box_id_boxes"),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_enrolment_codes_till_id_tills"),
        sa.PrimaryKeyConstraint("digest", name="pk_enrolment_codes"),
    )
    op.create_table(
        "issued_tokens",
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("typed_code", sa.String(length=16), nullable=False),
        sa.Column("first_heard_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["boxes.id"], name="fk_issued_tokens_box_id_boxes"),
        sa.PrimaryKeyConstraint("box_id", "number", name="pk_issued_tokens"),
    )
    op.create_index("ix_issued_tokens_typed_code", "issued_tokens", ["typed_code"])
    op.create_table(
        "sales",
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("payments", sa.JSON(), nullable=False),
        sa.Column("receipt_no", sa.String(length=200), nullable=True),
        sa.Column("printed_at", sa.String(length=200), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_good", sa.Boolean(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("refers_to", sa.JSON(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("why_no_code", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["boxes.id"], name="fk_sales_box_id_boxes"),
        sa.PrimaryKeyConstraint("box_id", "number", name="pk_sales"),
    )
    op.create_table(
        "accruals",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("form_digest", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_accruals_account_id_accounts"),
        sa.ForeignKeyConstraint(
            ["box_id", "number"],
            ["issued_tokens.box_id", "issued_tokens.number"],
            name="fk_accruals_box_id_number_issued_tokens",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_accruals"),
        sa.UniqueConstraint("box_id", "number", name="uq_accruals_box_id_number"),
    )
    op.create_index("ix_accruals_account_id", "accruals", ["account_id"])
    op.create_table(
        "nonces",
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["box_keys.id"], name="fk_nonces_key_id_box_keys"),
        sa.PrimaryKeyConstraint("key_id", "nonce", name="pk_nonces"),
    )
    op.create_index("ix_nonces_expires_at", "nonces", ["expires_at"])
    for statement in LEDGER_IS_APPEND_ONLY.get(op.get_bind().dialect.name, []):
        op.execute(statement)
