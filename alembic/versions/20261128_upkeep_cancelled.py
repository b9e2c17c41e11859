"""Let upkeep read cancelled interviews too: they can be rescheduled, so new zone rules apply to them."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ALTER = "ALTER POLICY upkeep_select ON interview USING ({states})"


def upgrade() -> None:
    op.execute(ALTER.format(states="state IN ('scheduled', 'cancelled')"))


def downgrade() -> None:
    op.execute(ALTER.format(states="state = 'scheduled'"))
