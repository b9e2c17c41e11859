"""The local account's placeholder name, stored before names were asked for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from alembic import command
from tests.support.migrations import database_before, migrations

REVISION = "0023"
BEFORE = """
INSERT INTO app_user (issuer, subject, name, email) VALUES
  ('local', 'local', 'You', ''), ('https://id.example.com', '1', 'You', ''), ('https://id.example.com', '2', 'Ann', '')
"""


@pytest.fixture
def previous(database_url: str) -> Iterator[str]:
    """Return a database of the previous version, with three users."""
    yield from database_before(REVISION, BEFORE)


def test_only_the_local_accounts_placeholder_is_removed(previous: str) -> None:
    command.upgrade(migrations(previous), REVISION)
    engine = create_engine(previous)
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT name FROM app_user ORDER BY issuer, subject")).all()
    engine.dispose()
    assert sorted(names) == ["", "Ann", "You"]
