"""Local time of interviews stored before the column existed."""

from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from alembic import command
from tests.support.migrations import database_before, migrations

REVISION = "0016"
BEFORE = """
INSERT INTO app_user (id, issuer, subject, name, email) VALUES (gen_random_uuid(), 'x', 'x', 'Ann', 'a@example.com');
INSERT INTO application (user_id, company, role, stage) SELECT id, 'Linear', 'Engineer', 'saved' FROM app_user;
INSERT INTO interview (user_id, application_id, kind, starts_at, zone)
SELECT a.user_id, a.id, 'technical', i.at, i.zone FROM application a, (VALUES
  (timestamptz '2026-12-02 01:00Z', 'America/Vancouver'), ('2026-10-25 00:30Z', 'Europe/Berlin'),
  ('2026-10-25 01:30Z', 'Europe/Berlin'), ('2026-11-05 13:30Z', 'Asia/Kathmandu'), ('2026-11-05 13:30Z', 'Mars/Olympus')
) i(at, zone)
"""


@pytest.fixture
def kept_before(database_url: str) -> Iterator[str]:
    """Return a database of the previous version, with interviews."""
    yield from database_before(REVISION, BEFORE)


def upgraded(address: str) -> list[tuple[str, datetime, int]]:
    command.upgrade(migrations(address), REVISION)
    engine = create_engine(address)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT zone, wall_time, fold FROM interview ORDER BY id"))
        local_times = [(row.zone, row.wall_time, row.fold) for row in rows]
    engine.dispose()
    return local_times


def test_each_interview_gets_the_time_on_its_clock(
    kept_before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))
    assert upgraded(kept_before) == [
        ("America/Vancouver", datetime.fromisoformat("2026-12-01T18:00"), 0),
        ("Europe/Berlin", datetime.fromisoformat("2026-10-25T02:30"), 0),
        ("Europe/Berlin", datetime.fromisoformat("2026-10-25T02:30"), 1),
        ("Asia/Kathmandu", datetime.fromisoformat("2026-11-05T19:15"), 0),
        ("Mars/Olympus", datetime.fromisoformat("2026-11-05T13:30"), 0),
    ]


def test_local_times_are_computed_by_the_time_zone_rules_of_the_system(
    kept_before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under older rules Vancouver has UTC-8 in winter: what was typed as 17:00 is 17:00 again."""
    (tmp_path / "America").mkdir()
    older = resources.files("tzdata").joinpath("zoneinfo", "America", "Los_Angeles").read_bytes()
    (tmp_path / "America" / "Vancouver").write_bytes(older)
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))
    assert upgraded(kept_before)[0] == (
        "America/Vancouver",
        datetime.fromisoformat("2026-12-01T17:00"),
        0,
    )
