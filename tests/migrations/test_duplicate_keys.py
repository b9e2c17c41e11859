"""Keys of applications that were stored before the rules changed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from alembic import command
from tests.support.migrations import database_before, migrations

REVISION = "0020"
BEFORE = """
INSERT INTO app_user (id, issuer, subject, name, email) VALUES (gen_random_uuid(), 'x', 'x', 'Ann', 'a@example.com');
INSERT INTO application (user_id, company, role, stage, posting_url, posting_key)
SELECT id, 'ACME, Inc.', 'Cook', 'saved', 'https://acme.wd5.myworkdayjobs.com/A/job/B/Cook_R-17', 'workday:r-17' FROM app_user
"""


@pytest.fixture
def previous(database_url: str) -> Iterator[str]:
    """Return a database of the previous version, with an application."""
    yield from database_before(REVISION, BEFORE)


def test_stored_applications_get_keys_by_the_new_rules(previous: str) -> None:
    command.upgrade(migrations(previous), REVISION)
    engine = create_engine(previous)
    with engine.connect() as connection:
        keys = connection.execute(text("SELECT employer_key, posting_key FROM application")).one()
    engine.dispose()
    assert tuple(keys) == ("acme", "workday:acme:r-17")
