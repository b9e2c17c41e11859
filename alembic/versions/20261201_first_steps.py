"""First steps that a user skipped, and whether the account holds the sample data."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KIND = "add_sample"


def upgrade() -> None:
    op.add_column(
        "preferences",
        sa.Column(
            "skipped_steps", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column(
        "preferences",
        sa.Column("has_sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    _allow([*_kinds(), KIND])


def downgrade() -> None:
    op.execute("ALTER TABLE job NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM job WHERE kind = '{KIND}'")
    op.execute("ALTER TABLE job FORCE ROW LEVEL SECURITY")
    _allow([kind for kind in _kinds() if kind != KIND])
    op.drop_column("preferences", "has_sample")
    op.drop_column("preferences", "skipped_steps")


def _kinds() -> list[str]:
    """Return the kinds that the table of jobs allows."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("job")
    return next(check["sqltext"] for check in checks if check["name"] == "ck_job_kind").split("'")[1::2]


def _allow(kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_job_kind"), "job", type_="check")
    op.create_check_constraint(op.f("ck_job_kind"), "job", f"kind IN ({listed})")
