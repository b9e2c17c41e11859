"""Deletions in the account history, with a limit of their own."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = (
    *("signed_in", "refused", "signed_out", "session_ended", "others_ended"),
    *("key_saved", "key_removed"),
)


def upgrade() -> None:
    allow((*KINDS, "deleted"))
    op.execute("GRANT SELECT (kind) ON audit_entry TO tracker_upkeep")


def downgrade() -> None:
    op.execute("REVOKE SELECT (kind) ON audit_entry FROM tracker_upkeep")
    op.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM audit_entry WHERE kind = 'deleted'")
    op.execute("ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY")
    allow(KINDS)


def allow(kinds: tuple[str, ...]) -> None:
    """Allow these kinds of entries."""
    names = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_audit_entry_kind"), "audit_entry", type_="check")
    op.create_check_constraint(op.f("ck_audit_entry_kind"), "audit_entry", f"kind IN ({names})")
