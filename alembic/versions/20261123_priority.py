"""Priority scores: the user's wishes, a score per application, and two facts that it considers."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MINE = "(SELECT current_setting('app.user_id')::uuid)"
LISTS = ("countries", "cities", "workplaces", "wanted", "known", "avoided", "levels", "industries", "sizes", "breakers",
         "breaking_words", "scanned")  # fmt: skip


BEGIN = """
CREATE FUNCTION begin_priority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO priority (user_id, application_id, score) SELECT user_id, id, 50 FROM added ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$
"""
# A trigger gives every new application a score, so that a list sorted by score includes it.


def upgrade() -> None:
    add_facts()
    create_wishes()
    create_priority()
    score_existing_applications()
    op.execute(BEGIN)
    op.execute(
        "CREATE TRIGGER begin_priority AFTER INSERT ON application REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION begin_priority()"
    )
    for table in ("wishes", "priority"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY mine ON {table} TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tracker_app")


def add_facts() -> None:
    op.add_column(
        "application", sa.Column("industry", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("application", sa.Column("company_size", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_application_industry_length"), "application", "length(industry) BETWEEN 0 AND 100"
    )
    op.create_check_constraint(
        op.f("ck_application_company_size"),
        "application",
        "company_size IN ('tiny', 'small', 'medium', 'large', 'huge')",
    )


def create_wishes() -> None:
    def words(name: str) -> sa.Column:
        return sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)

    def table(name: str) -> sa.Column:
        return sa.Column(name, postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False)

    op.create_table(
        "wishes",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *[words(name) for name in LISTS],
        sa.Column("salary_target", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("salary_floor", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("salary_period", sa.Text(), server_default=sa.text("'year'"), nullable=False),
        *[table(name) for name in ("weights", "rates", "sources")],
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$' OR currency = ''", name=op.f("ck_wishes_currency")),
        sa.CheckConstraint("salary_floor <= salary_target", name=op.f("ck_wishes_salary_order")),
        sa.CheckConstraint(
            "salary_period IN ('year', 'month', 'week', 'day', 'hour')", name=op.f("ck_wishes_salary_period")
        ),
        sa.CheckConstraint(
            "cardinality(wanted) + cardinality(known) + cardinality(avoided) + cardinality(breaking_words) <= 200",
            name=op.f("ck_wishes_words"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_wishes_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_wishes")),
    )


def create_priority() -> None:
    op.create_table(
        "priority",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("found", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_priority_score")),
        sa.ForeignKeyConstraint(
            ["user_id", "application_id"],
            ["application.user_id", "application.id"],
            name=op.f("fk_priority_user_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_priority_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "application_id", name=op.f("pk_priority")),
    )
    op.create_index("ix_priority_score", "priority", ["user_id", "score", "application_id"], unique=False)


def score_existing_applications() -> None:
    """Give existing applications a score of 50, and request a scoring job for each of their users."""
    for table in ("application", "job"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "INSERT INTO priority (user_id, application_id, score) "
        "SELECT user_id, id, CASE WHEN stage = 'closed' THEN 0 ELSE 50 END FROM application"
    )
    op.execute(
        "INSERT INTO job (user_id, kind, next_try_at, send_at) "
        "SELECT DISTINCT user_id, 'score_all', now(), now() FROM application ON CONFLICT DO NOTHING"
    )
    for table in ("application", "job"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("DROP TRIGGER begin_priority ON application")
    op.execute("DROP FUNCTION begin_priority()")
    op.drop_table("priority")
    op.drop_table("wishes")
    op.drop_constraint(op.f("ck_application_company_size"), "application")
    op.drop_constraint(op.f("ck_application_industry_length"), "application")
    op.drop_column("application", "company_size")
    op.drop_column("application", "industry")
