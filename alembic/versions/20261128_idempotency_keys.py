"""Idempotency keys, so that a repeated request has one effect."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"


def upgrade() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "length(operation) BETWEEN 1 AND 200", name=op.f("ck_idempotency_key_operation_length")
        ),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 200", name=op.f("ck_idempotency_key_key_length")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_idempotency_key_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "operation", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"])
    op.execute("ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON idempotency_key TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO tracker_app")
    allow_upkeep()


def allow_upkeep() -> None:
    """Let upkeep delete keys older than a week, and read only their age."""
    for right, condition in {"SELECT": "true", "DELETE": "created_at < now() - interval '7 days'"}.items():
        op.execute(
            f"CREATE POLICY upkeep_{right.lower()} ON idempotency_key FOR {right} TO tracker_upkeep USING ({condition})"
        )
    op.execute("GRANT SELECT (created_at), DELETE ON idempotency_key TO tracker_upkeep")


def downgrade() -> None:
    op.drop_table("idempotency_key")
