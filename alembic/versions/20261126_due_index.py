"""Index of unanswered applications in order, and frequent vacuuming for index-only scans."""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LIVE = sa.text("deleted_at IS NULL")
READ_BY_INDEX = ("application", "event", "interview", "priority")
"""Tables counted by index-only scans, which need pages that were vacuumed since they changed."""
TIDIED_AT = {
    "autovacuum_vacuum_scale_factor": 0.01,
    "autovacuum_vacuum_insert_scale_factor": 0.01,
    "autovacuum_analyze_scale_factor": 0.02,
}
"""Shares of a table; PostgreSQL's defaults of 0.2 and 0.1 would prevent index-only scans for weeks."""


def upgrade() -> None:
    op.drop_index("ix_application_follow_up", table_name="application")
    op.create_index(
        "ix_application_follow_up",
        "application",
        ["user_id", "stage", "follow_up_on", "applied_on", "id"],
        postgresql_where=LIVE,
    )
    settings = ", ".join(f"{name} = {share}" for name, share in TIDIED_AT.items())
    for table in READ_BY_INDEX:
        op.execute(f"ALTER TABLE {table} SET ({settings})")


def downgrade() -> None:
    for table in READ_BY_INDEX:
        op.execute(f"ALTER TABLE {table} RESET ({', '.join(TIDIED_AT)})")
    op.drop_index("ix_application_follow_up", table_name="application")
    op.create_index(
        "ix_application_follow_up",
        "application",
        ["user_id", "follow_up_on"],
        postgresql_include=["stage", "id"],
        postgresql_where=LIVE,
    )
