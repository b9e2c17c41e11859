"""Profiles: positions, bullets, and resume imports that wait for review."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
NEW_WORDS = {"event": "profile.changed", "job": "read_resume"}


def upgrade() -> None:
    create_profile()
    create_position()
    create_bullet()
    create_resume_import()
    for table in ("profile", "position", "bullet", "resume_import"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY mine ON {table} TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tracker_app")
    for table, word in NEW_WORDS.items():
        allow(table, word)


def downgrade() -> None:
    for table, word in NEW_WORDS.items():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE kind = '{word}'")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        allow(table, word, may_be=False)
    for table in ("resume_import", "bullet", "position", "profile"):
        op.drop_table(table)


def allow(table: str, word: str, *, may_be: bool = True) -> None:
    """Allow the kind that this migration adds to a table, or disallow it."""
    name = f"ck_{table}_kind"
    made = sa.inspect(op.get_bind()).get_check_constraints(table)
    kinds = next(one["sqltext"] for one in made if one["name"] == name).split("'")[1::2]
    listed = ", ".join(
        f"'{kind}'" for kind in [*(k for k in kinds if k != word), *([word] if may_be else [])]
    )
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, f"kind IN ({listed})")


def own() -> list[sa.Column]:
    return [
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    ]


def words(name: str, default: str = "") -> sa.Column:
    return sa.Column(name, sa.Text(), server_default=sa.text(f"'{default}'"), nullable=False)


def several(name: str) -> sa.Column:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)


def place() -> sa.Column:
    return sa.Column("place", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)


def owned_by(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["app_user.id"], name=op.f(f"fk_{table}_user_id"), ondelete="CASCADE"
    )


def between(table: str, column: str, least: int, most: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"length({column}) BETWEEN {least} AND {most}", name=op.f(f"ck_{table}_{column}_length")
    )


def create_profile() -> None:
    op.create_table(
        "profile",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        words("headline"),
        several("languages"),
        between("profile", "headline", 0, 200),
        sa.CheckConstraint("cardinality(languages) <= 30", name=op.f("ck_profile_languages")),
        owned_by("profile"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_profile")),
    )


def create_position() -> None:
    op.create_table(
        "position",
        *own(),
        words("kind", "job"),
        sa.Column("title", sa.Text(), nullable=False),
        words("organisation"),
        words("begun"),
        words("ended"),
        sa.Column("is_current", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        place(),
        sa.CheckConstraint(
            "kind IN ('job', 'education', 'project', 'volunteering', 'other')", name=op.f("ck_position_kind")
        ),
        between("position", "title", 1, 200),
        between("position", "organisation", 0, 200),
        *(
            sa.CheckConstraint(
                f"{column} ~ '^([0-9]{{4}}(-(0[1-9]|1[0-2]))?)?$'", name=op.f(f"ck_position_{column}")
            )
            for column in ("begun", "ended")
        ),
        sa.CheckConstraint("ended = '' OR NOT is_current", name=op.f("ck_position_lasts")),
        owned_by("position"),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_position")),
    )
    op.create_index("ix_position_place", "position", ["user_id", "place", "id"])


def create_bullet() -> None:
    op.create_table(
        "bullet",
        *own(),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        several("skills"),
        place(),
        between("bullet", "text", 1, 1000),
        sa.CheckConstraint("cardinality(skills) <= 30", name=op.f("ck_bullet_skills")),
        sa.ForeignKeyConstraint(
            ["user_id", "position_id"],
            ["position.user_id", "position.id"],
            name=op.f("fk_bullet_user_id_position_id"),
            ondelete="CASCADE",
        ),
        owned_by("bullet"),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_bullet")),
    )
    op.create_index("ix_bullet_place", "bullet", ["user_id", "position_id", "place", "id"])


def create_resume_import() -> None:
    op.create_table(
        "resume_import",
        *own(),
        words("state", "waiting"),
        words("name"),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("proposal", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        words("reason"),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_resume_import_state")),
        sa.CheckConstraint(
            "(state = 'waiting') = (content IS NOT NULL)", name=op.f("ck_resume_import_content_until_read")
        ),
        sa.CheckConstraint("length(content) <= 5242880", name=op.f("ck_resume_import_content_size")),
        between("resume_import", "name", 0, 200),
        between("resume_import", "reason", 0, 500),
        owned_by("resume_import"),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_resume_import")),
        sa.UniqueConstraint("user_id", name=op.f("uq_resume_import_user_id")),
    )
