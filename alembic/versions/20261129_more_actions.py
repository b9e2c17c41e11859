"""Two more kinds of actions: reschedule a cancelled interview, and resolve a duplicate."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NEW = "'reschedule', 'duplicate'"
ALL = "'decide', 'prepare', 'apply', 'reschedule', 'follow_up', 'thank_you', 'debrief', 'close', 'duplicate', 'complete'"
KINDS = "'decide', 'prepare', 'debrief', 'thank_you', 'follow_up', 'apply', 'close', 'complete'"


def upgrade() -> None:
    allow(ALL)


def downgrade() -> None:
    op.execute("ALTER TABLE set_aside NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM set_aside WHERE kind IN ({NEW})")
    op.execute("ALTER TABLE set_aside FORCE ROW LEVEL SECURITY")
    allow(KINDS)


def allow(kinds: str) -> None:
    op.drop_constraint(op.f("ck_set_aside_kind"), "set_aside", type_="check")
    op.create_check_constraint(op.f("ck_set_aside_kind"), "set_aside", f"kind IN ({kinds})")
