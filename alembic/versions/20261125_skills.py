"""The skills that a posting requires, and those that a profile supports."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name in (("wishes", "borne_out"), ("priority", "asked")):
        none = sa.text("'{}'")
        op.add_column(
            table, sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=none, nullable=False)
        )
    op.add_column("priority", sa.Column("asked_of", sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    op.drop_column("priority", "asked_of")
    op.drop_column("priority", "asked")
    op.drop_column("wishes", "borne_out")
