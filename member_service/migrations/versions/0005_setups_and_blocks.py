"""How a box was set up, for the one that replaces it; and the block that a merchant wants on all his tills."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("boxes", sa.Column("setup", sa.JSON(), nullable=True))
    op.add_column("boxes", sa.Column("setup_at", sa.BigInteger(), nullable=True))
    op.add_column("merchants", sa.Column("block", sa.String(length=10), nullable=True))
