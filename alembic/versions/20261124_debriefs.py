"""Partial index of the interviews without a debrief, which are few."""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_interview_debrief",
        "interview",
        ["user_id", "starts_at"],
        postgresql_where=sa.text("debrief = ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_interview_debrief", table_name="interview")
