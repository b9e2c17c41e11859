"""Daily snapshots, and the times at which each application first reached each stage."""

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
PASSED = ("applied_at", "screening_at", "interviewing_at", "offer_at")
COUNTS = (
    "saved", "applied", "screening", "interviewing", "offer", "accepted", "declined", "rejected", "withdrawn",
    "no_response", "expired", "sent", "answered", "actions",
)  # fmt: skip
FIGURED = [
    "id", "created_at", "stage", "outcome", "furthest", "stage_since", *PASSED, "source", "workplace", "currency",
    "salary_from", "salary_to", "salary_period", "version",
]  # fmt: skip

FILL = """
WITH stood AS (
  SELECT user_id, application_id, at, id,
    CASE kind WHEN 'stage.changed' THEN particulars->>'to' ELSE coalesce(particulars->>'stage', 'saved') END AS stage
  FROM event WHERE kind IN ('application.added', 'stage.changed') AND undone_at IS NULL),
ranked AS (
  SELECT *, array_position(ARRAY['saved', 'applied', 'screening', 'interviewing', 'offer'], stage) AS rank
  FROM stood WHERE stage != 'closed'),
further AS (
  SELECT *, max(rank) OVER (PARTITION BY user_id, application_id ORDER BY at, id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM ranked),
reached AS (
  SELECT user_id, application_id,
    min(at) FILTER (WHERE stage = 'applied') AS applied_at,
    min(at) FILTER (WHERE stage = 'screening') AS screening_at,
    min(at) FILTER (WHERE stage = 'interviewing') AS interviewing_at,
    min(at) FILTER (WHERE stage = 'offer') AS offer_at
  FROM further WHERE before IS NULL OR rank > before GROUP BY user_id, application_id)
UPDATE application a
SET applied_at = r.applied_at, screening_at = r.screening_at, interviewing_at = r.interviewing_at, offer_at = r.offer_at
FROM reached r WHERE r.user_id = a.user_id AND r.application_id = a.id AND a.furthest != 'saved'
"""


def upgrade() -> None:
    for name in PASSED:
        op.add_column("application", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    fill()
    op.create_index(
        "ix_application_figures",
        "application",
        ["user_id", "applied_on"],
        postgresql_include=FIGURED,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "snapshot",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *[sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False) for name in COUNTS],
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_snapshot_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "day", name=op.f("pk_snapshot")),
    )
    op.execute("ALTER TABLE snapshot ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON snapshot TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON snapshot TO tracker_app")


def fill() -> None:
    """Fill the new columns from the event log, with row-level security lifted for the tables' owner."""
    for table in ("application", "event"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(FILL)
    for table in ("application", "event"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.drop_table("snapshot")
    op.drop_index("ix_application_figures", "application")
    for name in PASSED:
        op.drop_column("application", name)
