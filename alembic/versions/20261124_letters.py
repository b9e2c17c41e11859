"""Cover letters: versions with their sources, and which one was sent."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
NEW_KINDS = ("letter.drafted", "letter.edited", "letter.sent", "letter.removed")


def upgrade() -> None:
    create_letter()
    op.execute("ALTER TABLE letter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY mine ON letter TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON letter TO tracker_app")
    allow_kinds("add")


def downgrade() -> None:
    op.execute("ALTER TABLE event NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM event WHERE kind IN {NEW_KINDS}")
    op.execute("ALTER TABLE event FORCE ROW LEVEL SECURITY")
    allow_kinds("remove")
    op.drop_table("letter")


def create_letter() -> None:
    op.create_table(
        "letter",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("tone", sa.Text(), nullable=False),
        sa.Column("length", sa.Text(), nullable=False),
        sa.Column("paragraphs", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("writer IN ('template', 'hand')", name=op.f("ck_letter_writer")),
        sa.CheckConstraint("tone IN ('plain', 'warm', 'formal')", name=op.f("ck_letter_tone")),
        sa.CheckConstraint("length IN ('short', 'medium', 'long')", name=op.f("ck_letter_length")),
        sa.CheckConstraint(
            "jsonb_typeof(paragraphs) = 'array' AND length(paragraphs::text) <= 100000",
            name=op.f("ck_letter_paragraphs"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "application_id"],
            ["application.user_id", "application.id"],
            name=op.f("fk_letter_user_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_letter_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_letter")),
    )
    op.create_index("ix_letter_application", "letter", ["user_id", "application_id", "id"])
    op.create_index(
        "uq_letter_sent",
        "letter",
        ["user_id", "application_id"],
        unique=True,
        postgresql_where=sa.text("sent_on IS NOT NULL"),
    )


def allow_kinds(what: str) -> None:
    """Allow the event kinds that this migration adds, or disallow them."""
    made = sa.inspect(op.get_bind())
    check = next(one for one in made.get_check_constraints("event") if one["name"] == "ck_event_kind")
    kinds = [kind for kind in check["sqltext"].split("'")[1::2] if kind not in NEW_KINDS]
    listed = ", ".join(f"'{kind}'" for kind in [*kinds, *(NEW_KINDS if what == "add" else ())])
    op.drop_constraint(op.f("ck_event_kind"), "event", type_="check")
    op.create_check_constraint(op.f("ck_event_kind"), "event", f"kind IN ({listed})")
