"""Installation to back up, databases to restore into, and contents to compare."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import new_database
from tests.support.people import Person
from tracker.backup import age
from tracker.backup.creation import back_up
from tracker.settings import settings


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make trying a passphrase take milliseconds."""
    monkeypatch.setattr(age, "WORK_FACTOR", 10)


@pytest.fixture(autouse=True)
def one_role(owner_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use one role for everything, as with an external server."""
    if os.environ["DATABASE_URL"] != owner_url:
        monkeypatch.setenv("APP_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("DATABASE_URL", owner_url)
    monkeypatch.delenv("MIGRATION_DATABASE_URL")


@pytest.fixture
def person(alice: Person) -> Person:
    """Return a user whose rows are backed up."""
    for company in ("Linear", "Zoë & Söhne", "日本語"):
        alice.add_application(company)
    return alice


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a data folder of this test, set in the settings."""
    folder = tmp_path / "data"
    (folder / "secrets").mkdir(parents=True)
    (folder / "secrets" / "sealing").write_text("s" * 43)
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(folder))
    monkeypatch.delenv("PURSUIT_SECRET", raising=False)
    settings.cache_clear()
    yield folder
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def backup(person: Person, data: Path, tmp_path: Path) -> Path:
    """Return a backup of the tests' database."""
    return back_up(data, tmp_path / "backup.zip").path


@pytest.fixture
def target(person: Person, owner_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield an empty database on the same server, set in the environment."""
    with new_database(owner_url) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        yield url
