"""Earn rules with a minimum spend, a cap and a rounding; those that there are stay as they meant."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("earn_rules") as table:
        table.add_column(sa.Column("minimum_spend", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("points_cap", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("rounding", sa.String(length=10), nullable=False, server_default="down"))
