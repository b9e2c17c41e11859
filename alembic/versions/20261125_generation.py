"""Generation requests, model calls, users' own AI services, and the language of a letter."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
LANGUAGES = "('en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da')"
NEW = {
    ("event", "kind"): (
        "letter.asked",
        "letter.written",
        "writing.cancelled",
        "questions.asked",
        "questions.suggested",
    ),
    ("job", "kind"): ("write_letter", "suggest_questions"),
    ("letter", "writer"): ("model",),
}


def upgrade() -> None:
    create_writing()
    create_model_call()
    create_own_service()
    for table in ("writing", "model_call", "own_service"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY mine ON {table} TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tracker_app")
    op.execute("CREATE POLICY upkeep ON model_call FOR SELECT TO tracker_upkeep USING (true)")
    counted = "begun_at, is_own, held_tokens, read_tokens, written_tokens"
    op.execute(f"GRANT SELECT ({counted}) ON model_call TO tracker_upkeep")
    op.add_column("letter", sa.Column("language", sa.Text(), server_default=sa.text("'en'"), nullable=False))
    op.create_check_constraint(op.f("ck_letter_language"), "letter", f"language IN {LANGUAGES}")
    nobody = sa.text("'{}'")
    op.add_column(
        "question", sa.Column("bullets", postgresql.ARRAY(sa.Text()), server_default=nobody, nullable=False)
    )
    op.create_check_constraint(op.f("ck_question_bullets"), "question", "cardinality(bullets) <= 10")
    allow_words("add")


def downgrade() -> None:
    for (table, column), words in NEW.items():
        listed = ", ".join(f"'{word}'" for word in words)
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE {column} IN ({listed})")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    allow_words("remove")
    op.drop_constraint(op.f("ck_letter_language"), "letter", type_="check")
    op.drop_column("letter", "language")
    op.drop_column("question", "bullets")
    op.drop_table("own_service")
    op.drop_table("model_call")
    op.drop_table("writing")


def allow_words(what: str) -> None:
    """Allow the values that this migration adds to checked columns, or disallow them."""
    made = sa.inspect(op.get_bind())
    for (table, column), new in NEW.items():
        name = f"ck_{table}_{column}"
        check = next(one for one in made.get_check_constraints(table) if one["name"] == name)
        words = [word for word in check["sqltext"].split("'")[1::2] if word not in new]
        listed = ", ".join(f"'{word}'" for word in [*words, *(new if what == "add" else ())])
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, f"{column} IN ({listed})")


def owned() -> list[sa.Column]:
    """Return the columns of every table with a user's rows."""
    return [
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    ]


def word(name: str, default: str | None = "", **more: object) -> sa.Column:
    """Return a text column that is never null."""
    given = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, sa.Text(), server_default=given, nullable=False, **more)


def number(name: str) -> sa.Column:
    """Return a counter that starts at 0."""
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def answer(name: str) -> sa.Column:
    """Return a boolean column that defaults to false."""
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def owner(table: str) -> list[sa.Constraint]:
    """Return the foreign key to the user, with cascading deletion, and the primary key."""
    return [
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f(f"fk_{table}_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f(f"pk_{table}")),
    ]


def parent(table: str, of: str) -> sa.ForeignKeyConstraint:
    """Return the foreign key to a parent row of the same user."""
    column = f"{of}_id"
    return sa.ForeignKeyConstraint(
        ["user_id", column],
        [f"{of}.user_id", f"{of}.id"],
        name=op.f(f"fk_{table}_user_id_{column}"),
        ondelete="CASCADE",
    )


def create_writing() -> None:
    op.create_table(
        "writing",
        *owned(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        word("purpose", None),
        word("tone", "plain"),
        word("length", "medium"),
        word("language", "en"),
        word("instruction"),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("paragraph", sa.SmallInteger(), nullable=True),
        word("state", "open"),
        word("text"),
        sa.Column("made_letter_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('letter', 'paragraph', 'questions')", name=op.f("ck_writing_purpose")
        ),
        sa.CheckConstraint("tone IN ('plain', 'warm', 'formal')", name=op.f("ck_writing_tone")),
        sa.CheckConstraint("length IN ('short', 'medium', 'long')", name=op.f("ck_writing_length")),
        sa.CheckConstraint(f"language IN {LANGUAGES}", name=op.f("ck_writing_language")),
        sa.CheckConstraint("state IN ('open', 'done', 'cancelled', 'failed')", name=op.f("ck_writing_state")),
        sa.CheckConstraint(
            "length(instruction) BETWEEN 0 AND 500", name=op.f("ck_writing_instruction_length")
        ),
        sa.CheckConstraint("length(text) BETWEEN 0 AND 100000", name=op.f("ck_writing_text_length")),
        sa.CheckConstraint(
            "(purpose = 'questions') = (interview_id IS NOT NULL)", name=op.f("ck_writing_of_an_interview")
        ),
        sa.CheckConstraint(
            "(purpose = 'paragraph') = (letter_id IS NOT NULL AND paragraph >= 0)",
            name=op.f("ck_writing_of_a_paragraph"),
        ),
        parent("writing", "application"),
        parent("writing", "interview"),
        *owner("writing"),
    )
    op.create_index("ix_writing_application", "writing", ["user_id", "application_id", "id"])
    op.create_index("ix_writing_interview", "writing", ["user_id", "interview_id", "id"])
    for name, of, is_null in (
        ("letter", "application_id", "IS NULL"),
        ("questions", "interview_id", "IS NOT NULL"),
    ):
        op.create_index(
            f"uq_writing_open_{name}",
            "writing",
            ["user_id", of],
            unique=True,
            postgresql_where=sa.text(f"state = 'open' AND interview_id {is_null}"),
        )


def create_model_call() -> None:
    op.create_table(
        "model_call",
        *owned(),
        sa.Column("writing_id", sa.Uuid(), nullable=False),
        word("host", None),
        word("model", None),
        answer("is_own"),
        word("rules", None),
        word("matter", None),
        sa.Column("parameters", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        word("answer"),
        answer("is_whole"),
        word("reason"),
        number("held_tokens"),
        number("read_tokens"),
        number("written_tokens"),
        answer("is_estimated"),
        sa.Column("begun_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(reason) BETWEEN 0 AND 500", name=op.f("ck_model_call_reason_length")),
        sa.CheckConstraint(
            "read_tokens >= 0 AND written_tokens >= 0 AND held_tokens >= 0", name=op.f("ck_model_call_tokens")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR held_tokens = 0", name=op.f("ck_model_call_holds_nothing_once_ended")
        ),
        parent("model_call", "writing"),
        *owner("model_call"),
    )
    op.create_index("ix_model_call_writing", "model_call", ["user_id", "writing_id", "id"])
    op.create_index("ix_model_call_mine", "model_call", ["user_id", "begun_at"])
    op.create_index("ix_model_call_begun", "model_call", ["begun_at"])


def create_own_service() -> None:
    op.create_table(
        "own_service",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        word("base_url", None),
        word("model", None),
        word("sealed_key"),
        sa.CheckConstraint("length(base_url) BETWEEN 1 AND 500", name=op.f("ck_own_service_base_url_length")),
        sa.CheckConstraint("length(model) BETWEEN 1 AND 200", name=op.f("ck_own_service_model_length")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_own_service_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_own_service")),
    )
