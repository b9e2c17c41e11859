"""First schema: users, applications, interviews, contacts and event log, under row-level security."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OWNED = ("preferences", "user_session", "application", "interview", "contact", "application_contact", "event")
ROLES = ("tracker_app", "tracker_sign_in", "tracker_search", "tracker_upkeep")
MINE = "(SELECT current_setting('app.user_id')::uuid)"

FOLD = """
CREATE FUNCTION fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, words))
"""

FIND = """
CREATE FUNCTION find_applications(phrase tsquery, part text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_indexscan = off ROWS 100 AS $$
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL
    AND (search @@ phrase OR headline LIKE part)
$$
"""
# Without a bitmap scan, PostgreSQL would decompress the words of all the user's applications: 60 ms for 10,000.

FIND_LATEST = """
CREATE FUNCTION find_latest_applications(phrase tsquery, part text, number int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
ROWS 50 AS $$
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL
    AND (search @@ phrase OR headline LIKE part)
  ORDER BY touched_at DESC, id DESC LIMIT number
$$
"""
# For frequent words, a scan from the latest row fills a page within a hundred rows; rare words need another plan, so
# each search is planned by itself.

FIND_SIMILAR = """
CREATE FUNCTION find_similar_applications(words text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5 ROWS 50 AS $$
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND words <% headline
$$
"""
FIND_LATEST_SIMILAR = """
CREATE FUNCTION find_latest_similar_applications(words text, number int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5 ROWS 50 AS $$
  WITH latest AS (
    SELECT id, headline, touched_at FROM application
    WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL
    ORDER BY touched_at DESC, id DESC LIMIT 200),
  near AS MATERIALIZED (SELECT id FROM latest WHERE words <% headline ORDER BY touched_at DESC, id DESC LIMIT number),
  rest AS (
    SELECT id FROM application
    WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND words <% headline
      AND (SELECT count(*) FROM near) < number
    ORDER BY touched_at DESC, id DESC LIMIT number)
  SELECT id FROM near WHERE (SELECT count(*) FROM near) >= number UNION ALL SELECT id FROM rest
$$
"""
# Comparing words takes 10 µs per application; if every second one is similar, the latest 200 fill the page.

FIND_SESSION = """
CREATE FUNCTION find_session(mark bytea, now timestamptz) RETURNS TABLE (
  user_id uuid, session_id uuid, issuer text, name text, email text, timezone text, locale text, currency text,
  weekly_goal smallint, week_start smallint, columns text[], seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
  SELECT u.id, s.id, u.issuer, u.name, u.email, p.timezone, p.locale, p.currency,
    p.weekly_goal, p.week_start, p.columns, s.seen_at
  FROM user_session s JOIN app_user u ON u.id = s.user_id JOIN preferences p ON p.user_id = u.id
  WHERE s.token_hash = mark AND s.expires_at > now
$$
"""


def upgrade() -> None:
    for extension in ("unaccent", "pg_trgm", "btree_gin"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.execute(FOLD)
    create_roles()
    create_tables()
    force_row_level_security()
    allow_sign_in()
    allow_search()
    allow_upkeep()


def create_roles() -> None:
    """Create the roles unless they exist: roles belong to the server, so another database may have them."""
    for role in ROLES:
        op.execute(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        op.execute(f"DO $$ BEGIN EXECUTE format('GRANT {role} TO %I', current_user); END $$")
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")


def force_row_level_security() -> None:
    """Force row-level security on every table with a user's data, for the tables' owner too."""
    op.execute("ALTER TABLE app_user ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY mine ON app_user TO tracker_app USING (id = {MINE}) WITH CHECK (id = {MINE})")
    op.execute("GRANT SELECT, DELETE ON app_user TO tracker_app")
    op.execute("GRANT UPDATE (name) ON app_user TO tracker_app")
    for table in OWNED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY mine ON {table} TO tracker_app USING (user_id = {MINE}) WITH CHECK (user_id = {MINE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tracker_app")


def allow_sign_in() -> None:
    """Let sign-in read users and sessions by a role of its own, before there is a user."""
    for table, rights in {
        "app_user": "SELECT, INSERT, UPDATE",
        "user_session": "SELECT, INSERT, UPDATE, DELETE",
        "preferences": "SELECT, INSERT",
    }.items():
        op.execute(f"CREATE POLICY sign_in ON {table} TO tracker_sign_in USING (true) WITH CHECK (true)")
        op.execute(f"GRANT {rights} ON {table} TO tracker_sign_in")
    create_function(FIND_SESSION, "find_session(bytea, timestamptz)", owner="tracker_sign_in")
    op.execute(
        "DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION find_session(bytea, timestamptz) TO %I', "
        "current_user); END $$"
    )


def allow_search() -> None:
    """Let search run as a role of its own, inside two functions that name the user themselves.

    Full-text operators aren't leakproof, so they can't use an index behind a row-level policy.
    """
    op.execute("CREATE POLICY search ON application FOR SELECT TO tracker_search USING (true)")
    op.execute(
        "GRANT SELECT (id, user_id, deleted_at, touched_at, search, headline) ON application TO tracker_search"
    )
    for made, signature in (
        (FIND, "find_applications(tsquery, text)"),
        (FIND_LATEST, "find_latest_applications(tsquery, text, int)"),
        (FIND_SIMILAR, "find_similar_applications(text)"),
        (FIND_LATEST_SIMILAR, "find_latest_similar_applications(text, int)"),
    ):
        create_function(made, signature, owner="tracker_search")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO tracker_app")


def create_function(made: str, signature: str, *, owner: str) -> None:
    """Create a function that runs as its owner, who needs CREATE on the schema while becoming the owner."""
    op.execute(f"GRANT CREATE ON SCHEMA public TO {owner}")
    op.execute(made)
    op.execute(f"ALTER FUNCTION {signature} OWNER TO {owner}")
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {owner}")


def allow_upkeep() -> None:
    """Let upkeep delete expired rows of all users, and read only the columns that this needs."""
    expired = {
        "user_session": ("expires_at", "expires_at < now()"),
        "application": ("deleted_at", "deleted_at < now() - interval '30 days'"),
    }
    for table, (column, condition) in expired.items():
        op.execute(f"CREATE POLICY upkeep ON {table} TO tracker_upkeep USING ({condition})")
        op.execute(f"GRANT DELETE ON {table} TO tracker_upkeep")
        op.execute(f"GRANT SELECT ({column}) ON {table} TO tracker_upkeep")


def create_tables() -> None:
    op.create_table(
        "app_user",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("length(email) BETWEEN 0 AND 320", name=op.f("ck_app_user_email_length")),
        sa.CheckConstraint("length(name) BETWEEN 0 AND 200", name=op.f("ck_app_user_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_app_user_issuer_subject")),
    )
    op.create_table(
        "application",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=True),
        sa.Column("employment", sa.Text(), nullable=True),
        sa.Column("salary_from", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("salary_to", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("salary_period", sa.Text(), nullable=True),
        sa.Column("posting_url", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("posting_key", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("posting_text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("source", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("stage", sa.Text(), server_default=sa.text("'saved'"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("furthest", sa.Text(), server_default=sa.text("'saved'"), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("excitement", sa.SmallInteger(), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("company_key", sa.Text(), sa.Computed("fold(company)", persisted=True), nullable=True),
        sa.Column("role_key", sa.Text(), sa.Computed("fold(role)", persisted=True), nullable=True),
        sa.Column(
            "applied_sort",
            sa.Date(),
            sa.Computed("coalesce(applied_on, '0001-01-01'::date)", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "headline",
            sa.Text(),
            sa.Computed("fold(company || ' ' || role || ' ' || location)", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple'::regconfig, fold(company || ' ' || role || ' ' || location || ' ' || notes || ' ' || posting_text))",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(stage = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_application_outcome_only_when_closed")
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_application_country")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_application_currency")),
        sa.CheckConstraint(
            "employment IN ('full_time', 'part_time', 'contract', 'freelance', 'internship', 'temporary')",
            name=op.f("ck_application_employment"),
        ),
        sa.CheckConstraint(
            "furthest IN ('saved', 'applied', 'screening', 'interviewing', 'offer')",
            name=op.f("ck_application_furthest"),
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'declined', 'rejected', 'withdrawn', 'no_response', 'expired')",
            name=op.f("ck_application_outcome"),
        ),
        sa.CheckConstraint(
            "salary_period IN ('year', 'month', 'week', 'day', 'hour')",
            name=op.f("ck_application_salary_period"),
        ),
        sa.CheckConstraint(
            "stage IN ('saved', 'applied', 'screening', 'interviewing', 'offer', 'closed')",
            name=op.f("ck_application_stage"),
        ),
        sa.CheckConstraint(
            "workplace IN ('remote', 'hybrid', 'onsite')", name=op.f("ck_application_workplace")
        ),
        sa.CheckConstraint(
            "(salary_from IS NULL AND salary_to IS NULL) OR (currency IS NOT NULL AND salary_period IS NOT NULL)",
            name=op.f("ck_application_salary_has_currency_and_period"),
        ),
        sa.CheckConstraint("cardinality(tags) <= 30", name=op.f("ck_application_tags")),
        sa.CheckConstraint("excitement BETWEEN 1 AND 5", name=op.f("ck_application_excitement")),
        sa.CheckConstraint("length(company) BETWEEN 1 AND 200", name=op.f("ck_application_company_length")),
        sa.CheckConstraint("length(location) BETWEEN 0 AND 200", name=op.f("ck_application_location_length")),
        sa.CheckConstraint("length(notes) BETWEEN 0 AND 100000", name=op.f("ck_application_notes_length")),
        sa.CheckConstraint(
            "length(posting_text) BETWEEN 0 AND 100000", name=op.f("ck_application_posting_text_length")
        ),
        sa.CheckConstraint(
            "length(posting_url) BETWEEN 0 AND 2000", name=op.f("ck_application_posting_url_length")
        ),
        sa.CheckConstraint("length(role) BETWEEN 1 AND 200", name=op.f("ck_application_role_length")),
        sa.CheckConstraint("length(source) BETWEEN 0 AND 100", name=op.f("ck_application_source_length")),
        sa.CheckConstraint("salary_from <= salary_to", name=op.f("ck_application_salary_order")),
        sa.CheckConstraint(
            "salary_from >= 0 AND salary_to >= 0", name=op.f("ck_application_salary_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_application_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_application")),
    )
    op.create_index(
        "ix_application_applied",
        "application",
        ["user_id", "applied_sort", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_company",
        "application",
        ["user_id", "company_key", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_deadline",
        "application",
        ["user_id", "deadline"],
        unique=False,
        postgresql_include=["stage", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_deleted",
        "application",
        ["deleted_at"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.create_index(
        "ix_application_follow_up",
        "application",
        ["user_id", "follow_up_on"],
        unique=False,
        postgresql_include=["stage", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_headline",
        "application",
        ["user_id", "headline"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"headline": "gin_trgm_ops"},
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_posting_key",
        "application",
        ["user_id", "posting_key"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_role",
        "application",
        ["user_id", "role_key", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_search",
        "application",
        ["user_id", "search"],
        unique=False,
        postgresql_using="gin",
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_stage",
        "application",
        ["user_id", "stage", "touched_at", "id"],
        unique=False,
        postgresql_include=["furthest", "outcome", "applied_on"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_application_touched",
        "application",
        ["user_id", "touched_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "contact",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("company", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("phone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("link", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("notes", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("name_key", sa.Text(), sa.Computed("fold(name)", persisted=True), nullable=True),
        sa.CheckConstraint("length(company) BETWEEN 0 AND 200", name=op.f("ck_contact_company_length")),
        sa.CheckConstraint("length(email) BETWEEN 0 AND 320", name=op.f("ck_contact_email_length")),
        sa.CheckConstraint("length(link) BETWEEN 0 AND 2000", name=op.f("ck_contact_link_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_contact_name_length")),
        sa.CheckConstraint("length(notes) BETWEEN 0 AND 100000", name=op.f("ck_contact_notes_length")),
        sa.CheckConstraint("length(phone) BETWEEN 0 AND 50", name=op.f("ck_contact_phone_length")),
        sa.CheckConstraint("length(role) BETWEEN 0 AND 200", name=op.f("ck_contact_role_length")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_contact_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_name", "contact", ["user_id", "name_key", "id"], unique=False)
    op.create_table(
        "preferences",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("timezone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("locale", sa.Text(), server_default=sa.text("'en-GB'"), nullable=False),
        sa.Column("currency", sa.Text(), server_default=sa.text("'USD'"), nullable=False),
        sa.Column("weekly_goal", sa.SmallInteger(), server_default=sa.text("5"), nullable=False),
        sa.Column("week_start", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("columns", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_preferences_currency")),
        sa.CheckConstraint("week_start IN (1, 6, 7)", name=op.f("ck_preferences_week_start")),
        sa.CheckConstraint("weekly_goal BETWEEN 0 AND 200", name=op.f("ck_preferences_weekly_goal")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_preferences_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "user_session",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(browser) BETWEEN 0 AND 300", name=op.f("ck_user_session_browser_length")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_user_session_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    op.create_index(
        "ix_user_session_user_id_expires_at", "user_session", ["user_id", "expires_at"], unique=False
    )
    op.create_table(
        "application_contact",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id", "application_id"],
            ["application.user_id", "application.id"],
            name=op.f("fk_application_contact_user_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "contact_id"],
            ["contact.user_id", "contact.id"],
            name=op.f("fk_application_contact_user_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_application_contact_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "user_id", "application_id", "contact_id", name=op.f("pk_application_contact")
        ),
    )
    op.create_index(
        "ix_application_contact_contact", "application_contact", ["user_id", "contact_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor", sa.Text(), server_default=sa.text("'user'"), nullable=False),
        sa.Column("door", sa.Text(), server_default=sa.text("'web'"), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column(
            "particulars",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("door IN ('web', 'api', 'import', 'email', 'worker')", name=op.f("ck_event_door")),
        sa.CheckConstraint(
            "kind IN ('application.added', 'application.edited', 'application.deleted', 'application.restored', 'stage.changed', 'follow_up.logged', 'interview.scheduled', 'interview.moved', 'interview.edited', 'interview.cancelled', 'interview.done', 'interview.missed', 'interview.reopened', 'interview.deleted', 'interview.debriefed', 'contact.added', 'contact.edited', 'contact.linked', 'contact.unlinked', 'contact.deleted')",
            name=op.f("ck_event_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "application_id"],
            ["application.user_id", "application.id"],
            name=op.f("fk_event_user_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_event_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_application", "event", ["user_id", "application_id", "at"], unique=False)
    op.create_index("ix_event_at", "event", ["user_id", "at"], unique=False)
    op.create_index("ix_event_batch", "event", ["user_id", "batch"], unique=False)
    op.create_table(
        "interview",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'scheduled'"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), server_default=sa.text("60"), nullable=False),
        sa.Column("place", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("interviewers", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("preparation", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("debrief", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('recruiter_screen', 'hiring_manager', 'technical', 'coding', 'system_design', 'behavioural', 'take_home', 'panel', 'onsite', 'final', 'other')",
            name=op.f("ck_interview_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('scheduled', 'done', 'cancelled', 'no_show')", name=op.f("ck_interview_state")
        ),
        sa.CheckConstraint("length(debrief) BETWEEN 0 AND 100000", name=op.f("ck_interview_debrief_length")),
        sa.CheckConstraint(
            "length(interviewers) BETWEEN 0 AND 1000", name=op.f("ck_interview_interviewers_length")
        ),
        sa.CheckConstraint("length(place) BETWEEN 0 AND 2000", name=op.f("ck_interview_place_length")),
        sa.CheckConstraint(
            "length(preparation) BETWEEN 0 AND 100000", name=op.f("ck_interview_preparation_length")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 1440", name=op.f("ck_interview_minutes")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_interview_rating")),
        sa.CheckConstraint("round BETWEEN 1 AND 50", name=op.f("ck_interview_round")),
        sa.ForeignKeyConstraint(
            ["user_id", "application_id"],
            ["application.user_id", "application.id"],
            name=op.f("fk_interview_user_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_interview_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_interview")),
    )
    op.create_index(
        "ix_interview_application", "interview", ["user_id", "application_id", "starts_at"], unique=False
    )
    op.create_index("ix_interview_starts", "interview", ["user_id", "starts_at"], unique=False)


def downgrade() -> None:
    op.execute(
        "DROP FUNCTION find_applications(tsquery, text), find_similar_applications(text), "
        "find_latest_applications(tsquery, text, int), find_latest_similar_applications(text, int), "
        "find_session(bytea, timestamptz)"
    )
    for table in ("event", "application_contact", "interview", "contact", "application"):
        op.drop_table(table)
    for table in ("user_session", "preferences", "app_user"):
        op.drop_table(table)
    op.execute("DROP FUNCTION fold(text)")
    for role in ROLES:
        op.execute(f"REVOKE USAGE ON SCHEMA public FROM {role}")
