"""When a key of a box was replaced by its next."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("box_keys", sa.Column("retired_at", sa.BigInteger(), nullable=True))
