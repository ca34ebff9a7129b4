"""Refunds and the sales they are of, payment platforms' transactions and awards, reversals, payment policy."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LEDGER = ("platform_awards", "reversals")


def upgrade() -> None:
    op.add_column("merchants", sa.Column("payment_policy", sa.JSON(), nullable=True))
    op.add_column("sales", sa.Column("transactions", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_sales_box_id_receipt_no", "sales", ["box_id", "receipt_no"])
    op.create_table(
        "sale_transactions",
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transaction_no", sa.String(length=200), nullable=False),
        sa.Column("merchant_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["box_id", "number"],
            ["sales.box_id", "sales.number"],
            name="fk_sale_transactions_box_id_number_sales",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name="fk_sale_transactions_merchant_id_merchants"
        ),
        sa.PrimaryKeyConstraint("box_id", "number", "transaction_no", name="pk_sale_transactions"),
    )
    op.create_index(
        "ix_sale_transactions_merchant_id_transaction_no",
        "sale_transactions",
        ["merchant_id", "transaction_no"],
    )
    op.create_table(
        "refunds",
        sa.Column("box_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("till_id", ROW_ID, nullable=False),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("receipt_no", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("sale_box_id", sa.String(length=12), nullable=True),
        sa.Column("sale_number", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["box_id", "number"], ["sales.box_id", "sales.number"], name="fk_refunds_box_id_number_sales"
        ),
        sa.ForeignKeyConstraint(
            ["sale_box_id", "sale_number"],
            ["sales.box_id", "sales.number"],
            name="fk_refunds_sale_box_id_sale_number_sales",
        ),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_refunds_till_id_tills"),
        sa.PrimaryKeyConstraint("box_id", "number", name="pk_refunds"),
    )
    op.create_index("ix_refunds_till_id_lane_receipt_no", "refunds", ["till_id", "lane", "receipt_no"])
    op.create_index("ix_refunds_sale_box_id_sale_number", "refunds", ["sale_box_id", "sale_number"])
    op.create_index("ix_refunds_state", "refunds", ["state"])
    op.create_table(
        "platform_awards",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("merchant_id", ROW_ID, nullable=False),
        sa.Column("transaction_no", sa.String(length=200), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("awarded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name="fk_platform_awards_merchant_id_merchants"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_platform_awards_account_id_accounts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_platform_awards"),
        sa.UniqueConstraint(
            "merchant_id", "transaction_no", name="uq_platform_awards_merchant_id_transaction_no"
        ),
    )
    op.create_index("ix_platform_awards_account_id", "platform_awards", ["account_id"])
    op.create_table(
        "reversals",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("accrual_id", ROW_ID, nullable=True),
        sa.Column("award_id", ROW_ID, nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=10), nullable=False),
        sa.Column("reversed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_reversals_account_id_accounts"),
        sa.ForeignKeyConstraint(["accrual_id"], ["accruals.id"], name="fk_reversals_accrual_id_accruals"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["platform_awards.id"], name="fk_reversals_award_id_platform_awards"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reversals"),
    )
    for column in ("account_id", "accrual_id", "award_id"):
        op.create_index(f"ix_reversals_{column}", "reversals", [column])
    if op.get_bind().dialect.name == "sqlite":
        for table in LEDGER:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
                    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
                )
