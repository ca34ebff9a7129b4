"""How often a member may claim, and who stood at the register."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("merchants", sa.Column("claims_per_day", sa.BigInteger(), nullable=True))
    op.add_column("merchants", sa.Column("claim_gap_s", sa.BigInteger(), nullable=True))
    op.add_column("sales", sa.Column("cashier", sa.String(length=40), nullable=True))
    op.create_index("ix_accruals_claimed_at", "accruals", ["claimed_at"])
