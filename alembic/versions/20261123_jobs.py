"""Jobs, under row-level security; upkeep can find those that no worker has claimed."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"


def upgrade() -> None:
    create_table()
    op.execute("ALTER TABLE job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON job TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON job TO tracker_app")
    allow_upkeep()


def allow_upkeep() -> None:
    """Let upkeep enqueue and delete jobs of all users, and read time zones to find midnight."""
    for right, condition in {
        "SELECT": "true",
        "UPDATE": "next_try_at IS NOT NULL",
        "DELETE": "state = 'done' AND finished_at < now() - interval '30 days'",
    }.items():
        name = f"upkeep_{right.lower()}"
        op.execute(f"CREATE POLICY {name} ON job FOR {right} TO tracker_upkeep USING ({condition})")
    op.execute(
        "GRANT SELECT (user_id, id, kind, day, state, requested_at, finished_at, next_try_at, send_at) "
        "ON job TO tracker_upkeep"
    )
    op.execute("GRANT UPDATE (send_at), DELETE ON job TO tracker_upkeep")
    op.execute("CREATE POLICY upkeep ON preferences FOR SELECT TO tracker_upkeep USING (true)")
    op.execute("GRANT SELECT (user_id, timezone) ON preferences TO tracker_upkeep")


def create_table() -> None:
    op.create_table(
        "job",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("arguments", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("progress", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=True),
        sa.Column("send_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('score_all', 'rebuild_snapshots', 'nightly_snapshot', 'remind')",
            name=op.f("ck_job_kind"),
        ),
        sa.CheckConstraint("state IN ('waiting', 'working', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.CheckConstraint("length(reason) BETWEEN 0 AND 500", name=op.f("ck_job_reason_length")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_job_progress")),
        sa.CheckConstraint("state != 'done' OR next_try_at IS NULL", name=op.f("ck_job_done_for_good")),
        sa.CheckConstraint(
            "(state = 'working') = (claim IS NOT NULL)", name=op.f("ck_job_claimed_while_working")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_job_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_job")),
    )
    op.create_index(
        "uq_job_waiting",
        "job",
        ["user_id", "kind", "subject"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("state = 'waiting' AND day IS NULL"),
    )
    op.create_index(
        "uq_job_day",
        "job",
        ["user_id", "kind", "day"],
        unique=True,
        postgresql_where=sa.text("day IS NOT NULL"),
    )
    op.create_index("ix_job_recent", "job", ["user_id", "requested_at"], unique=False)
    op.create_index("ix_job_due", "job", ["send_at"], postgresql_where=sa.text("next_try_at IS NOT NULL"))


def downgrade() -> None:
    op.drop_table("job")
    op.execute("DROP POLICY upkeep ON preferences")
    op.execute("REVOKE SELECT (user_id, timezone) ON preferences FROM tracker_upkeep")
