"""Account history, and the ID token hint that the provider needs at sign-out."""

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
KINDS = "'signed_in', 'refused', 'signed_out', 'session_ended', 'others_ended', 'key_saved', 'key_removed'"


def upgrade() -> None:
    op.add_column(
        "user_session",
        sa.Column("logout_hint", sa.Text(), server_default=sa.text("''"), nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_user_session_logout_hint_length"), "user_session", "length(logout_hint) BETWEEN 0 AND 8000"
    )
    create_audit_entry()
    restrict_access()


def downgrade() -> None:
    op.drop_table("audit_entry")
    op.drop_constraint(op.f("ck_user_session_logout_hint_length"), "user_session", type_="check")
    op.drop_column("user_session", "logout_hint")


def create_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("browser", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("address", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("number", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_audit_entry_kind")),
        sa.CheckConstraint("length(detail) BETWEEN 0 AND 300", name=op.f("ck_audit_entry_detail_length")),
        sa.CheckConstraint("length(browser) BETWEEN 0 AND 300", name=op.f("ck_audit_entry_browser_length")),
        sa.CheckConstraint("length(address) BETWEEN 0 AND 100", name=op.f("ck_audit_entry_address_length")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_audit_entry_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_audit_entry")),
    )


def restrict_access() -> None:
    """Let users read and add, sign-in only add, and upkeep only delete: no role can change an entry."""
    op.execute("ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON audit_entry TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT ON audit_entry TO tracker_app")
    op.execute("CREATE POLICY sign_in ON audit_entry FOR INSERT TO tracker_sign_in WITH CHECK (true)")
    op.execute("GRANT INSERT ON audit_entry TO tracker_sign_in")
    for command in ("SELECT", "DELETE"):
        op.execute(
            f"CREATE POLICY upkeep_{command.lower()} ON audit_entry FOR {command} TO tracker_upkeep USING (true)"
        )
    op.execute("GRANT DELETE, SELECT (user_id, id, created_at) ON audit_entry TO tracker_upkeep")
