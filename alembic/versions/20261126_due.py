"""What is due: an index that has the unanswered applications in order; and indexes kept fit to be read alone."""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LIVE = sa.text("deleted_at IS NULL")
READ_BY_INDEX = ("application", "event", "interview", "priority")
"""What is counted from indexes alone as long as the table was tidied since it changed."""
TIDIED_AT = {
    "autovacuum_vacuum_scale_factor": 0.01,
    "autovacuum_vacuum_insert_scale_factor": 0.01,
    "autovacuum_analyze_scale_factor": 0.02,
}
"""Shares of a table; PostgreSQL's own are a fifth and a tenth, which lets a long search be read row by row for weeks."""


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
