"""Interview reminders and their settings, and actions for missing facts."""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
JOBS = "'score_all', 'rebuild_snapshots', 'nightly_snapshot', 'remind'"
ACTIONS = "'decide', 'prepare', 'debrief', 'thank_you', 'follow_up', 'apply', 'close'"


def upgrade() -> None:
    op.add_column(
        "interview",
        sa.Column("placed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.create_index(
        "ix_interview_coming", "interview", ["starts_at"], postgresql_where=sa.text("state = 'scheduled'")
    )
    add_preferences()
    create_reminder()
    allow_upkeep()
    allow("set_aside", f"{ACTIONS}, 'complete'")
    allow("job", f"{JOBS}, 'mail_reminder'")


def downgrade() -> None:
    for table, kind, kinds in (("set_aside", "complete", ACTIONS), ("job", "mail_reminder", JOBS)):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE kind = '{kind}'")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        allow(table, kinds)
    op.execute("DROP POLICY upkeep_select ON interview")
    op.execute("REVOKE SELECT (user_id, id, state, starts_at, placed_at) ON interview FROM tracker_upkeep")
    op.drop_table("reminder")
    op.drop_constraint(op.f("ck_preferences_mail_to_length"), "preferences", type_="check")
    for column in ("remind_day", "remind_hour", "remind_by_mail", "mail_to"):
        op.drop_column("preferences", column)
    op.drop_index("ix_interview_coming", "interview")
    op.drop_column("interview", "placed_at")


def add_preferences() -> None:
    for column in ("remind_day", "remind_hour", "remind_by_mail"):
        op.add_column(
            "preferences",
            sa.Column(column, sa.Boolean(), server_default=sa.text("true"), nullable=False),
        )
    op.add_column(
        "preferences", sa.Column("mail_to", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_preferences_mail_to_length"), "preferences", "length(mail_to) BETWEEN 0 AND 320"
    )


def create_reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_silent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("mail_to", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("lead IN ('hour', 'day')", name=op.f("ck_reminder_lead")),
        sa.CheckConstraint("length(mail_to) BETWEEN 0 AND 320", name=op.f("ck_reminder_mail_to_length")),
        sa.CheckConstraint("mailed_at IS NULL OR mail_to != ''", name=op.f("ck_reminder_mailed_to_somebody")),
        sa.ForeignKeyConstraint(
            ["user_id", "interview_id"],
            ["interview.user_id", "interview.id"],
            name=op.f("fk_reminder_user_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_reminder_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "interview_id", "lead", "starts_at", name=op.f("pk_reminder")),
    )
    op.execute("ALTER TABLE reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON reminder TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON reminder TO tracker_app")


def allow_upkeep() -> None:
    """Let upkeep read which users have an upcoming interview without a reminder, and no other columns."""
    op.execute(
        "CREATE POLICY upkeep_select ON interview FOR SELECT TO tracker_upkeep USING (state = 'scheduled')"
    )
    op.execute("GRANT SELECT (user_id, id, state, starts_at, placed_at) ON interview TO tracker_upkeep")
    op.execute("CREATE POLICY upkeep_select ON reminder FOR SELECT TO tracker_upkeep USING (true)")
    op.execute("GRANT SELECT (user_id, interview_id, lead, starts_at) ON reminder TO tracker_upkeep")


def allow(table: str, kinds: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_kind"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_kind"), table, f"kind IN ({kinds})")
