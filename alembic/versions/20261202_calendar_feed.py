"""Calendar feeds, and the invitation that an interview was imported from."""

import sqlalchemy as sa

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
SIGN_IN = "tracker_sign_in"
SIGNATURE = "find_calendar_feed(bytea)"
FIND_FEED = """
CREATE FUNCTION find_calendar_feed(mark bytea) RETURNS TABLE (user_id uuid, issuer text, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
  SELECT u.id, u.issuer, u.email FROM calendar_feed f JOIN app_user u ON u.id = f.user_id WHERE f.token_hash = mark
$$
"""
KINDS = ("feed_created", "feed_replaced", "feed_ended")


def upgrade() -> None:
    create_calendar_feed()
    restrict_access()
    create_function()
    add_invitation()
    _allow([*_kinds(), *KINDS])


def downgrade() -> None:
    op.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM audit_entry WHERE kind IN ({_quoted(KINDS)})")
    op.execute("ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY")
    _allow([kind for kind in _kinds() if kind not in KINDS])
    op.drop_index("ix_interview_invitation", "interview")
    for column in ("invitation_stamp", "invitation_sequence", "invitation_uid"):
        op.drop_column("interview", column)
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    op.drop_table("calendar_feed")


def create_calendar_feed() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("has_interviews", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("has_deadlines", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("has_follow_ups", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("has_reminders", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_calendar_feed_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def restrict_access() -> None:
    """Let users reach their own feed, and sign-in only find the user of a token's hash."""
    op.execute("ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON calendar_feed TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_feed TO tracker_app")
    op.execute(f"CREATE POLICY sign_in ON calendar_feed FOR SELECT TO {SIGN_IN} USING (true)")
    op.execute(f"GRANT SELECT (user_id, token_hash) ON calendar_feed TO {SIGN_IN}")


def create_function() -> None:
    """Create the lookup of a feed, which runs as the sign-in role."""
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SIGN_IN}")
    op.execute(FIND_FEED)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO {SIGN_IN}")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SIGN_IN}")
    op.execute(
        f"DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION {SIGNATURE} TO %I', current_user); END $$"
    )


def add_invitation() -> None:
    op.add_column(
        "interview", sa.Column("invitation_uid", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "interview",
        sa.Column("invitation_sequence", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("interview", sa.Column("invitation_stamp", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_interview_invitation_uid_length"), "interview", "length(invitation_uid) BETWEEN 0 AND 1000"
    )
    op.create_index(
        "ix_interview_invitation",
        "interview",
        ["user_id", "invitation_uid"],
        postgresql_where=sa.text("invitation_uid != ''"),
    )


def _kinds() -> list[str]:
    """Return the kinds that the account history allows."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("audit_entry")
    return next(check["sqltext"] for check in checks if check["name"] == "ck_audit_entry_kind").split("'")[
        1::2
    ]


def _allow(kinds: list[str]) -> None:
    op.drop_constraint(op.f("ck_audit_entry_kind"), "audit_entry", type_="check")
    op.create_check_constraint(op.f("ck_audit_entry_kind"), "audit_entry", f"kind IN ({_quoted(kinds)})")


def _quoted(kinds: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
