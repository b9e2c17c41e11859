"""Day of closing: the first since the application was last open, whatever outcome was corrected since."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FIRST_CLOSING = """
UPDATE application a SET stage_since = closing.at FROM (
  SELECT e.user_id, e.application_id, min(e.at) AS at FROM event e
  WHERE e.kind = 'stage.changed' AND e.undone_at IS NULL AND e.particulars ->> 'to' = 'closed' AND NOT EXISTS (
    SELECT FROM event later
    WHERE later.user_id = e.user_id AND later.application_id = e.application_id AND later.kind = 'stage.changed'
      AND later.undone_at IS NULL AND later.particulars ->> 'to' <> 'closed' AND (later.at, later.id) > (e.at, e.id))
  GROUP BY e.user_id, e.application_id) closing
WHERE a.user_id = closing.user_id AND a.id = closing.application_id AND a.stage = 'closed' AND closing.at < a.stage_since
"""


def upgrade() -> None:
    for table in ("application", "event"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(FIRST_CLOSING)
    for table in ("application", "event"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    pass
