"""Index for the list's default order: open applications first, then by last activity."""

import sqlalchemy as sa

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_application_open_first",
        "application",
        ["user_id", sa.text("(stage <> 'closed')"), "touched_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_application_open_first", "application")
