"""Day of closing of applications whose outcome was corrected before version 0021."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from alembic import command
from tests.support.migrations import database_before, migrations

REVISION = "0021"
BEFORE = """
INSERT INTO app_user (id, issuer, subject, name, email) VALUES (gen_random_uuid(), 'x', 'x', 'Ann', 'a@example.com');
INSERT INTO application (user_id, company, role, stage, outcome, stage_since)
SELECT id, company, 'Engineer', 'closed', 'withdrawn', timestamptz '2026-09-30 12:00Z'
FROM app_user, (VALUES ('Corrected'), ('Reopened'), ('Undone'), ('Once')) c(company);
INSERT INTO event (user_id, application_id, kind, at, door, batch, particulars, undone_at)
SELECT a.user_id, a.id, 'stage.changed', m.at, 'web', gen_random_uuid(), jsonb_build_object('to', m.stage), m.undone
FROM application a JOIN (VALUES
  ('Corrected', timestamptz '2026-08-01 12:00Z', 'closed', NULL::timestamptz), ('Corrected', '2026-09-30 12:00Z', 'closed', NULL),
  ('Reopened', '2026-08-01 12:00Z', 'closed', NULL), ('Reopened', '2026-08-20 12:00Z', 'applied', NULL),
  ('Reopened', '2026-09-30 12:00Z', 'closed', NULL),
  ('Undone', '2026-08-01 12:00Z', 'closed', '2026-08-02 12:00Z'), ('Undone', '2026-09-30 12:00Z', 'closed', NULL),
  ('Once', '2026-09-30 12:00Z', 'closed', NULL)
) m(company, at, stage, undone) USING (company)
"""


@pytest.fixture
def stored_before(database_url: str) -> Iterator[str]:
    """Return a database of the previous version, with closed applications."""
    yield from database_before(REVISION, BEFORE)


def test_an_application_was_closed_when_it_first_was_since_it_was_open(stored_before: str) -> None:
    command.upgrade(migrations(stored_before), REVISION)
    engine = create_engine(stored_before)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT company, stage_since FROM application ORDER BY company"))
        days = {company: since.date().isoformat() for company, since in rows}
    engine.dispose()
    assert days == {
        "Corrected": "2026-08-01",
        "Once": "2026-09-30",
        "Reopened": "2026-09-30",
        "Undone": "2026-09-30",
    }
