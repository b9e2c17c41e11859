"""A function that refuses a transaction whose session has ended."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OWNER = "tracker_sign_in"
SIGNATURE = "insist_on_session(uuid, uuid, timestamptz)"
INSIST = """
CREATE FUNCTION insist_on_session(session uuid, person uuid, now timestamptz) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM user_session s WHERE s.id = session AND s.user_id = person AND s.expires_at > now) THEN
    RAISE EXCEPTION 'the session has ended' USING ERRCODE = 'PS001';
  END IF;
END
$$
"""


def upgrade() -> None:
    op.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
    op.execute(INSIST)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO {OWNER}")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {OWNER}")
    op.execute(
        f"DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION {SIGNATURE} TO %I', current_user); END $$"
    )


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
