"""Postings that are read from an address or pasted HTML."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
KIND = "read_posting"
LENGTHS = {"address": 2000, "content": 3_000_000, "posting_text": 100_000, "reason": 500}


def upgrade() -> None:
    op.create_table(
        "posting_capture",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        *[sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False) for name in LENGTHS],
        sa.Column("facts", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_posting_capture_state")),
        *[
            sa.CheckConstraint(
                f"length({name}) BETWEEN 0 AND {most}", name=op.f(f"ck_posting_capture_{name}_length")
            )
            for name, most in LENGTHS.items()
        ],
        sa.CheckConstraint(
            "state = 'waiting' OR content = ''", name=op.f("ck_posting_capture_content_until_read")
        ),
        sa.CheckConstraint(
            "state != 'waiting' OR address != '' OR content != ''", name=op.f("ck_posting_capture_source")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_posting_capture_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_posting_capture")),
    )
    op.execute("ALTER TABLE posting_capture ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON posting_capture TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON posting_capture TO tracker_app")
    _allow([*_kinds(), KIND])


def downgrade() -> None:
    op.execute("ALTER TABLE job NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM job WHERE kind = '{KIND}'")
    op.execute("ALTER TABLE job FORCE ROW LEVEL SECURITY")
    _allow([kind for kind in _kinds() if kind != KIND])
    op.drop_table("posting_capture")


def _kinds() -> list[str]:
    """Return the kinds that the table of jobs allows."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("job")
    return next(check["sqltext"] for check in checks if check["name"] == "ck_job_kind").split("'")[1::2]


def _allow(kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_job_kind"), "job", type_="check")
    op.create_check_constraint(op.f("ck_job_kind"), "job", f"kind IN ({listed})")
