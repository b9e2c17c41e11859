"""Imports of applications and contacts from files."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
NEW_KINDS = ("read_import", "apply_import")


def upgrade() -> None:
    create_import()
    op.execute("ALTER TABLE data_import ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON data_import TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON data_import TO tracker_app")
    _allow([*_kinds(), *NEW_KINDS])


def downgrade() -> None:
    op.execute("ALTER TABLE job NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM job WHERE kind IN {NEW_KINDS}")
    op.execute("ALTER TABLE job FORCE ROW LEVEL SECURITY")
    _allow([kind for kind in _kinds() if kind not in NEW_KINDS])
    op.drop_table("data_import")


def create_import() -> None:
    op.create_table(
        "data_import",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'reading'"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sheets", sa.LargeBinary(), nullable=True),
        sa.Column("mapping", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("encodings", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("checked", sa.LargeBinary(), nullable=True),
        sa.Column("counts", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('reading', 'ready', 'applying', 'applied', 'undone', 'failed')",
            name=op.f("ck_data_import_state"),
        ),
        sa.CheckConstraint("length(name) BETWEEN 0 AND 200", name=op.f("ck_data_import_name_length")),
        sa.CheckConstraint("length(reason) BETWEEN 0 AND 500", name=op.f("ck_data_import_reason_length")),
        sa.CheckConstraint("length(content) <= 20971520", name=op.f("ck_data_import_content_size")),
        sa.CheckConstraint(
            "state NOT IN ('applied', 'undone') OR content IS NULL",
            name=op.f("ck_data_import_content_until_applied"),
        ),
        sa.CheckConstraint(
            "(batch IS NOT NULL) = (applied_at IS NOT NULL)", name=op.f("ck_data_import_batch_once_applied")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_data_import_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_data_import")),
    )
    op.create_index("ix_data_import_created", "data_import", ["user_id", "created_at"])


def _kinds() -> list[str]:
    """Return the kinds that the table of jobs allows."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("job")
    return next(check["sqltext"] for check in checks if check["name"] == "ck_job_kind").split("'")[1::2]


def _allow(kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_job_kind"), "job", type_="check")
    op.create_check_constraint(op.f("ck_job_kind"), "job", f"kind IN ({listed})")
