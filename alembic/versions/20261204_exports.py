"""Archives: exports of everything to download, and uploaded ones to load."""

import sqlalchemy as sa

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
ADDED = {
    "job": ["export_everything", "load_export"],
    "audit_entry": ["export_requested", "export_downloaded", "export_loaded"],
}
"""Kinds that are added to the tables that list them."""


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("downloaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("downloaded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('export', 'upload')", name=op.f("ck_archive_kind")),
        sa.CheckConstraint("length(summary) BETWEEN 0 AND 500", name=op.f("ck_archive_summary_length")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_archive_size")),
        sa.CheckConstraint(
            "downloaded_at IS NULL OR ready_at IS NOT NULL", name=op.f("ck_archive_downloaded_once_ready")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_archive_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_archive")),
        sa.UniqueConstraint("user_id", "kind", name=op.f("uq_archive_user_id_kind")),
    )
    op.create_index("ix_archive_expires_at", "archive", ["expires_at"])
    op.create_table(
        "archive_part",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("archive_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_archive_part_number")),
        sa.CheckConstraint(
            "length(content) BETWEEN 1 AND 1048576", name=op.f("ck_archive_part_content_size")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_archive_part_user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "archive_id"],
            ["archive.user_id", "archive.id"],
            name=op.f("fk_archive_part_user_id_archive_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "archive_id", "number", name=op.f("pk_archive_part")),
    )
    for table in ("archive", "archive_part"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY mine ON {table} TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tracker_app")
    allow_upkeep()
    for table, kinds in ADDED.items():
        _allow(table, [*_kinds(table), *kinds])


def allow_upkeep() -> None:
    """Let upkeep delete expired archives, and read only when they expire."""
    for right, condition in {"SELECT": "true", "DELETE": "expires_at < now()"}.items():
        op.execute(
            f"CREATE POLICY upkeep_{right.lower()} ON archive FOR {right} TO tracker_upkeep USING ({condition})"
        )
    op.execute("GRANT SELECT (expires_at), DELETE ON archive TO tracker_upkeep")


def downgrade() -> None:
    for table, kinds in ADDED.items():
        listed = ", ".join(f"'{kind}'" for kind in kinds)
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE kind IN ({listed})")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        _allow(table, [kind for kind in _kinds(table) if kind not in kinds])
    op.drop_table("archive_part")
    op.drop_table("archive")


def _kinds(table: str) -> list[str]:
    """Return the kinds that a table allows."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    return next(check["sqltext"] for check in checks if check["name"] == f"ck_{table}_kind").split("'")[1::2]


def _allow(table: str, kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f(f"ck_{table}_kind"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_kind"), table, f"kind IN ({listed})")
