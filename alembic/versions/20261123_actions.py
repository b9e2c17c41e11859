"""Actions: snoozed and dismissed ones, thank-you notes, and the user's cadence."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
NEW_KINDS = ("interview.thanked", "action.snoozed", "action.dismissed")

FIND_SESSION = """
CREATE FUNCTION find_session(mark bytea, now timestamptz) RETURNS TABLE (
  user_id uuid, session_id uuid, issuer text, name text, email text, timezone text, locale text, currency text,
  weekly_goal smallint, week_start smallint, columns text[], {cadence} seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
  SELECT u.id, s.id, u.issuer, u.name, u.email, p.timezone, p.locale, p.currency,
    p.weekly_goal, p.week_start, p.columns, {chosen} s.seen_at
  FROM user_session s JOIN app_user u ON u.id = s.user_id JOIN preferences p ON p.user_id = u.id
  WHERE s.token_hash = mark AND s.expires_at > now
$$
"""

FIRST_FOLLOW_UP = """
UPDATE application a SET follow_up_on = greatest(current_date, a.applied_on + 7)
WHERE a.stage = 'applied' AND a.follow_up_on IS NULL AND a.applied_on > current_date - 30
  AND NOT EXISTS (SELECT FROM event e WHERE e.user_id = a.user_id AND e.application_id = a.id
    AND e.kind = 'follow_up.logged' AND e.undone_at IS NULL)
"""
# Applications without a follow-up get a first date by the default cadence.


def upgrade() -> None:
    op.add_column(
        "preferences",
        sa.Column("cadence", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("interview", sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True))
    create_set_aside()
    replace_find_session(cadence="cadence jsonb,", chosen="p.cadence,")
    allow_kinds("add")
    change_all_rows(FIRST_FOLLOW_UP)


def downgrade() -> None:
    change_all_rows(f"DELETE FROM event WHERE kind IN {NEW_KINDS}")
    allow_kinds("remove")
    replace_find_session(cadence="", chosen="")
    op.drop_table("set_aside")
    op.drop_column("interview", "thanked_at")
    op.drop_column("preferences", "cadence")


def change_all_rows(change: str) -> None:
    """Change rows of all users, with row-level security lifted for the tables' owner."""
    for table in ("application", "event"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(change)
    for table in ("application", "event"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def create_set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('decide', 'prepare', 'debrief', 'thank_you', 'follow_up', 'apply', 'close')",
            name=op.f("ck_set_aside_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "application_id"],
            ["application.user_id", "application.id"],
            name=op.f("fk_set_aside_user_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_set_aside_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "application_id", "kind", "about", name=op.f("pk_set_aside")),
    )
    op.execute("ALTER TABLE set_aside ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON set_aside TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON set_aside TO tracker_app")


def replace_find_session(**parts: str) -> None:
    """Replace the function: its result columns can't be changed in place."""
    signature, owner = "find_session(bytea, timestamptz)", "tracker_sign_in"
    op.execute(f"DROP FUNCTION {signature}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {owner}")
    op.execute(FIND_SESSION.format(**parts))
    op.execute(f"ALTER FUNCTION {signature} OWNER TO {owner}")
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {owner}")
    op.execute(
        f"DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION {signature} TO %I', current_user); END $$"
    )


def allow_kinds(what: str) -> None:
    """Allow the event kinds that this migration adds, or disallow them."""
    made = sa.inspect(op.get_bind())
    check = next(one for one in made.get_check_constraints("event") if one["name"] == "ck_event_kind")
    kinds = [kind for kind in check["sqltext"].split("'")[1::2] if kind not in NEW_KINDS]
    listed = ", ".join(f"'{kind}'" for kind in [*kinds, *(NEW_KINDS if what == "add" else ())])
    op.drop_constraint(op.f("ck_event_kind"), "event", type_="check")
    op.create_check_constraint(op.f("ck_event_kind"), "event", f"kind IN ({listed})")
