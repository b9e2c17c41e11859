"""Search terms: names with symbols, parts of emails, apostrophes, and texts without blanks between words.

The generated columns are computed again, since a function that they call changed.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OWNER = "tracker_search"
FOLD_BEFORE = "lower(unaccent('unaccent'::regdictionary, words))"
FOLD = f"replace(replace(replace({FOLD_BEFORE}, '''', ''), '´', ''), '`', '')"
"""The dictionary also turns typographic apostrophes, wide letters and ligatures into plain ones."""
CREATE_FOLD = """
CREATE OR REPLACE FUNCTION fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN {}
"""

LETTER, BEFORE, AFTER = "[[:alpha:]]", r"(^|[^[:alnum:]_&''’.+#-])", r"(?![[:alnum:]_&''’+#-]|\.[[:alnum:]])"
LABELS = "vitamins?|plan|series|grade|hepatitis|class|tier|appendix|option|block|category|type|section|level"
RULES = (
    # A language of one letter gets a term of its own, unless the letter is a label: the C of Vitamin C.
    (rf"\m({LABELS})(\s+)c\M", r"\1\2c", "gi"),
    (BEFORE + "C" + AFTER + r"(?!\s+(suite|level|section|major|minor)\M)", r"\1C clanguage ", "g"),
    (BEFORE + "R" + AFTER + r"(?!\s*(&|and)\s*D\M|\s?\d)", r"\1R rlanguage ", "g"),
    (BEFORE + "Go" + AFTER + r"(?!,?\s+(to|live|ahead|beyond|further|out|above|get|back|over|team|green|big)\M)",
     r"\1golang ", "g"),
    # Symbols that the text search parser leaves out become letters.
    (rf"\m({LETTER}+)\+\+", r" \1pp ", "g"),
    (rf"\m({LETTER})#", r" \1sharp ", "g"),
    (r"\m(asp|ado|vb)\.net\M", r"\1.net dotnet", "gi"),
    (r"(^|[^[:alnum:]_])\.net\M", r"\1 dotnet ", "gi"),
    (rf"\m({LETTER})&({LETTER})\M", r"\1and\2", "g"),
    # A single letter joined to a word isn't a word of its own: T-SQL, Objective-C, e-mail.
    (rf"\m({LETTER})-({LETTER}{{2,}})", r"\1\2 \2", "g"),
    (rf"({LETTER}{{2,}})-({LETTER})\M", r"\1\2 \1", "g"),
    (rf"\m({LETTER}+)[''’‘ʼ]({LETTER}{{3,}})", r"\1\2 \1 \2", "g"),
    ("/", " ", "g"),
)  # fmt: skip
EMAILS = r"([[:alnum:]_.+-]+)@([[:alnum:].-]+)"
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces between words, or with long compounds: Chinese, Japanese, Korean, Thai, Khmer."""


def _rewritten(words: str) -> str:
    for pattern, replacement, flags in RULES:
        words = f"regexp_replace({words}, '{pattern}', '{replacement}', '{flags}')"
    return words


# OFFSET 0 keeps the planner from computing a text once per reference to it.
SEARCH_VECTOR = f"""
CREATE FUNCTION search_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT CASE WHEN folded ~ '[{UNSPACED}]'
    THEN to_tsvector('simple'::regconfig, regexp_replace(folded, '[{UNSPACED}]+', ' ', 'g'))
      || pairs_vector(regexp_replace(left(folded, 100000), '[^{UNSPACED}]+', ' ', 'g'))
    ELSE to_tsvector('simple'::regconfig, folded) END
  FROM (
    SELECT fold({_rewritten("plain")} || CASE WHEN strpos(plain, '@') > 0 THEN email_parts(plain) ELSE '' END) AS folded
    FROM (
      SELECT CASE WHEN octet_length(words) = length(words) THEN words ELSE normalize(words, NFKC) END AS plain OFFSET 0
    ) AS n OFFSET 0) AS f)
"""
"""Only texts beyond ASCII are normalized, which takes as long as everything else."""
EMAIL_PARTS = f"""
CREATE FUNCTION email_parts(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT coalesce(string_agg(' ' || part || ' ' || translate(part, '_.+-', '    '), ''), '')
  FROM (SELECT m[1] || ' ' || m[2] AS part FROM regexp_matches(words, '{EMAILS}', 'g') AS m OFFSET 0) AS parts)
"""
PAIRS_VECTOR = f"""
CREATE FUNCTION pairs_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  strip(to_tsvector('simple'::regconfig,
    regexp_replace(words, '([{UNSPACED}][{UNSPACED}]?)', '\\1 ', 'g') || ' ' ||
    regexp_replace(regexp_replace(words, '(^| )[{UNSPACED}]', ' ', 'g'), '([{UNSPACED}][{UNSPACED}]?)', '\\1 ', 'g')))
"""
"""Each pair of letters, and the last letter of each run; without positions, whose limit long texts exceed."""

TEXT = "company || ' ' || role || ' ' || location || ' ' || notes || ' ' || posting_text"

FIND = """
CREATE OR REPLACE FUNCTION find_applications(phrase tsquery, part text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_indexscan = off ROWS 100 AS $$
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL
    AND (search @@ phrase OR ({part}headline LIKE part))
$$
"""
FIND_LATEST = """
CREATE OR REPLACE FUNCTION find_latest_applications(phrase tsquery, part text, number int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
ROWS 50 AS $$
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL
    AND (search @@ phrase OR ({part}headline LIKE part))
  ORDER BY touched_at DESC, id DESC LIMIT number
$$
"""
WITHOUT_PART = "part IS NOT NULL AND "
"""Lets the planner drop the second condition, whose null would keep it from using an index for the first."""

FIND_SIMILAR = """
CREATE FUNCTION find_similar_applications(words text, swapped tsquery DEFAULT NULL) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5 ROWS 50 AS $$
  WITH swaps AS MATERIALIZED (SELECT id FROM find_applications(swapped, NULL) AS f(id))
  SELECT id FROM swaps
  UNION ALL
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND words <% headline
    AND NOT EXISTS (SELECT FROM swaps)
$$
"""
FIND_LATEST_SIMILAR = """
CREATE FUNCTION find_latest_similar_applications(words text, swapped tsquery, number int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5 ROWS 50 AS $$
  WITH matches AS MATERIALIZED (
    SELECT id, touched_at FROM application
    WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND search @@ swapped),
  swaps AS MATERIALIZED (SELECT id FROM matches ORDER BY touched_at DESC, id DESC LIMIT number),
  latest AS (
    SELECT id, headline, touched_at FROM application
    WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND NOT EXISTS (SELECT FROM swaps)
    ORDER BY touched_at DESC, id DESC LIMIT 200),
  near AS MATERIALIZED (SELECT id FROM latest WHERE words <% headline ORDER BY touched_at DESC, id DESC LIMIT number),
  rest AS (
    SELECT id FROM application
    WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND words <% headline
      AND NOT EXISTS (SELECT FROM swaps) AND (SELECT count(*) FROM near) < number
    ORDER BY touched_at DESC, id DESC LIMIT number)
  SELECT id FROM swaps
  UNION ALL SELECT id FROM near WHERE (SELECT count(*) FROM near) >= number
  UNION ALL SELECT id FROM rest
$$
"""
# All matches are found before the latest are taken: with a limit, PostgreSQL would scan from the latest row, though most words have few matches.

FIND_SIMILAR_BEFORE = """
CREATE FUNCTION find_similar_applications(words text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5 ROWS 50 AS $$
  SELECT id FROM application
  WHERE user_id = current_setting('app.user_id')::uuid AND deleted_at IS NULL AND words <% headline
$$
"""
FIND_LATEST_SIMILAR_BEFORE = """
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


def upgrade() -> None:
    op.execute(CREATE_FOLD.format(FOLD))
    for function in (EMAIL_PARTS, PAIRS_VECTOR, SEARCH_VECTOR):
        op.execute(function)
    compute_again(f"search_vector({TEXT})")
    fold_tags()
    replace_functions(WITHOUT_PART)
    op.execute("DROP FUNCTION find_similar_applications(text), find_latest_similar_applications(text, int)")
    create_function(FIND_SIMILAR, "find_similar_applications(text, tsquery)")
    create_function(FIND_LATEST_SIMILAR, "find_latest_similar_applications(text, tsquery, int)")


def downgrade() -> None:
    op.execute(
        "DROP FUNCTION find_similar_applications(text, tsquery), find_latest_similar_applications(text, tsquery, int)"
    )
    op.execute(CREATE_FOLD.format(FOLD_BEFORE))
    compute_again(f"to_tsvector('simple'::regconfig, fold({TEXT}))")
    op.execute("DROP FUNCTION search_vector(text), email_parts(text), pairs_vector(text)")
    replace_functions("")
    create_function(FIND_SIMILAR_BEFORE, "find_similar_applications(text)")
    create_function(FIND_LATEST_SIMILAR_BEFORE, "find_latest_similar_applications(text, int)")


def compute_again(search: str) -> None:
    """Compute the generated columns again, in one rewrite of each table."""
    columns = {
        "company_key": "fold(company)",
        "role_key": "fold(role)",
        "headline": "fold(company || ' ' || role || ' ' || location)",
        "search": search,
    }
    changes = (f"ALTER {name} SET EXPRESSION AS ({expression})" for name, expression in columns.items())
    op.execute(f"ALTER TABLE application {', '.join(changes)}")
    op.execute("ALTER TABLE contact ALTER name_key SET EXPRESSION AS (fold(name))")


def fold_tags() -> None:
    """Merge tags that differ only in wide characters or the dot of an `İ`, as is done for new tags."""
    folded = "replace(lower(normalize(tag, NFKC)), U&'i\\0307', 'i')"
    op.execute("ALTER TABLE application NO FORCE ROW LEVEL SECURITY")
    op.execute(f"""
        UPDATE application SET tags = ARRAY(
          SELECT {folded} FROM unnest(tags) WITH ORDINALITY AS t(tag, place) GROUP BY 1 ORDER BY min(place))
        WHERE EXISTS (SELECT FROM unnest(tags) AS t(tag) WHERE tag <> {folded})
    """)
    op.execute("ALTER TABLE application FORCE ROW LEVEL SECURITY")


def replace_functions(part: str) -> None:
    """Replace the search functions, which the search role owns."""
    op.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
    op.execute(FIND.format(part=part))
    op.execute(FIND_LATEST.format(part=part))
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {OWNER}")


def create_function(made: str, signature: str) -> None:
    """Create a function that runs as the search role."""
    op.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
    op.execute(made)
    op.execute(f"ALTER FUNCTION {signature} OWNER TO {OWNER}")
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {OWNER}")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO tracker_app")
