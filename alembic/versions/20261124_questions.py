"""Interview questions, their answers, and when each is due for practice."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
NEW_KINDS = ("questions.added", "question.answered", "question.removed")
TOPICS = (
    "'opening', 'motivation', 'behavioural', 'technical', 'system_design', 'leading', 'terms', 'ask_them'"
)


def upgrade() -> None:
    create_question()
    op.execute("ALTER TABLE question ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON question TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON question TO tracker_app")
    allow_kinds("add")


def downgrade() -> None:
    op.execute("ALTER TABLE event NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM event WHERE kind IN {NEW_KINDS}")
    op.execute("ALTER TABLE event FORCE ROW LEVEL SECURITY")
    allow_kinds("remove")
    op.drop_table("question")


def create_question() -> None:
    op.create_table(
        "question",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("is_ready", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("recall", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("card", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(f"topic IN ({TOPICS})", name=op.f("ck_question_topic")),
        sa.CheckConstraint("recall IN ('again', 'hard', 'good', 'easy')", name=op.f("ck_question_recall")),
        sa.CheckConstraint("length(key) BETWEEN 0 AND 60", name=op.f("ck_question_key_length")),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 500", name=op.f("ck_question_text_length")),
        sa.CheckConstraint("length(why) BETWEEN 0 AND 500", name=op.f("ck_question_why_length")),
        sa.CheckConstraint("length(answer) BETWEEN 0 AND 10000", name=op.f("ck_question_answer_length")),
        sa.CheckConstraint(
            "(recall IS NULL) = (due_at IS NULL)", name=op.f("ck_question_due_once_practised")
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "interview_id"],
            ["interview.user_id", "interview.id"],
            name=op.f("fk_question_user_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_question_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_question")),
    )
    op.create_index("ix_question_interview", "question", ["user_id", "interview_id"])
    op.create_index(
        "uq_question_key",
        "question",
        ["user_id", "interview_id", "key"],
        unique=True,
        postgresql_where=sa.text("key != ''"),
    )


def allow_kinds(what: str) -> None:
    """Allow the event kinds that this migration adds, or disallow them."""
    made = sa.inspect(op.get_bind())
    check = next(one for one in made.get_check_constraints("event") if one["name"] == "ck_event_kind")
    kinds = [kind for kind in check["sqltext"].split("'")[1::2] if kind not in NEW_KINDS]
    listed = ", ".join(f"'{kind}'" for kind in [*kinds, *(NEW_KINDS if what == "add" else ())])
    op.drop_constraint(op.f("ck_event_kind"), "event", type_="check")
    op.create_check_constraint(op.f("ck_event_kind"), "event", f"kind IN ({listed})")
