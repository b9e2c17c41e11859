"""Personal access tokens of the API."""

import sqlalchemy as sa

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
SIGNATURE = "find_access_token(bytea, timestamptz)"
FUNCTION = """
CREATE FUNCTION find_access_token(mark bytea, now timestamptz) RETURNS TABLE (
  token_id uuid, token_name text, can_write boolean, expires_at timestamptz, used_at timestamptz,
  user_id uuid, issuer text, name text, email text, timezone text, locale text, currency text,
  weekly_goal smallint, week_start smallint, columns text[], cadence jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
  SELECT t.id, t.name, t.can_write, t.expires_at, t.used_at,
    u.id, u.issuer, u.name, u.email, p.timezone, p.locale, p.currency,
    p.weekly_goal, p.week_start, p.columns, p.cadence
  FROM access_token t JOIN app_user u ON u.id = t.user_id JOIN preferences p ON p.user_id = u.id
  WHERE t.token_hash = mark AND (t.expires_at IS NULL OR t.expires_at > now)
$$
"""
KINDS = ("token_created", "token_revoked")


def upgrade() -> None:
    create_access_token()
    allow_sign_in()
    allow_kinds("add")


def downgrade() -> None:
    change_entries(f"DELETE FROM audit_entry WHERE kind IN {KINDS}")
    allow_kinds("remove")
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    op.drop_table("access_token")


def create_access_token() -> None:
    op.create_table(
        "access_token",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("can_write", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name=op.f("ck_access_token_name_length")),
        sa.CheckConstraint("length(ending) BETWEEN 4 AND 4", name=op.f("ck_access_token_ending_length")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_access_token_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_token_token_hash")),
    )
    op.execute("ALTER TABLE access_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON access_token TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON access_token TO tracker_app")


def allow_sign_in() -> None:
    """Let sign-in look a token up by its hash, and note its use."""
    owner = "tracker_sign_in"
    op.execute(f"CREATE POLICY sign_in ON access_token TO {owner} USING (true) WITH CHECK (true)")
    op.execute(f"GRANT SELECT, UPDATE (used_at) ON access_token TO {owner}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {owner}")
    op.execute(FUNCTION)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO {owner}")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {owner}")
    op.execute(
        f"DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION {SIGNATURE} TO %I', current_user); END $$"
    )


def change_entries(change: str) -> None:
    """Change entries of all users, with row-level security lifted for the table's owner."""
    op.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY")
    op.execute(change)
    op.execute("ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY")


def allow_kinds(what: str) -> None:
    """Allow the kinds of entries that this migration adds, or disallow them."""
    constraints = sa.inspect(op.get_bind()).get_check_constraints("audit_entry")
    check = next(constraint for constraint in constraints if constraint["name"] == "ck_audit_entry_kind")
    kinds = [kind for kind in check["sqltext"].split("'")[1::2] if kind not in KINDS]
    listed = ", ".join(f"'{kind}'" for kind in [*kinds, *(KINDS if what == "add" else ())])
    op.drop_constraint(op.f("ck_audit_entry_kind"), "audit_entry", type_="check")
    op.create_check_constraint(op.f("ck_audit_entry_kind"), "audit_entry", f"kind IN ({listed})")
