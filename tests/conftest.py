"""Fixtures of all tests: a real PostgreSQL and Valkey, and three users.

`alice` owns rows, `bob` has his own, `charlie` has none. Each test has its own three, so that no test sees
another's rows; each process has its own database. DATABASE_URL and REDIS_URL, when set, replace the embedded servers.
"""

import os
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
import time_machine
from playwright.sync_api import Browser, expect, sync_playwright
from psycopg.conninfo import make_conninfo

from tests.support.browser import FLAGS, chromium
from tests.support.clock import NOW
from tests.support.people import Person, newcomer
from tests.support.schema import migrate
from tracker import cache, db
from tracker.launch import embedded, roles
from tracker.settings import settings

os.environ.setdefault("PURSUIT_SECRET", secrets.token_hex(32))
"""Encryption secret of the tests, so that none is created in the checkout's data folder."""
hypothesis.settings.register_profile("untimed", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("untimed")
"""Properties have no deadline, since machines differ in speed."""
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs with SIGINT ignored, which programs started by a test would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--without-browser`, which leaves out tests that need a browser."""
    parser.addoption("--without-browser", action="store_true", help="leave out the tests that need a browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that the options leave out."""
    if config.getoption("--without-browser"):
        deselected = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if item not in deselected]


@pytest.fixture(scope="session")
def servers_folder() -> Iterator[Path]:
    """Yield the data folder of this process's embedded servers."""
    with embedded.scratch_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the URL of this process's database at the newest schema, and put it in the settings."""
    server_url = os.environ.get("DATABASE_URL", "")
    if server_url:
        databases = _scratch_database(server_url)
    else:
        databases = _embedded_database(request.getfixturevalue("servers_folder"))
    for owner, url in databases:
        os.environ.update(DATABASE_URL=url, MIGRATION_DATABASE_URL=owner)
        settings.cache_clear()
        db.engine.cache_clear()
        migrate(owner)
        if owner != url:
            roles.allow(owner, url)
        yield url
        db.engine().dispose()
        db.engine.cache_clear()


@pytest.fixture(scope="session")
def owner_url(database_url: str) -> str:
    """Return the URL of the database for the owner of its tables."""
    return os.environ["MIGRATION_DATABASE_URL"]


@pytest.fixture(scope="session")
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the URL of this process's Valkey or logical database, and put it in the settings."""
    server_url = os.environ.get("REDIS_URL", "")
    if server_url:
        number = 15 - int(WORKER.removeprefix("gw")) % 15
        yield from _in_settings(
            f"{server_url.rsplit('/', 1)[0] if server_url.count('/') > 2 else server_url}/{number}"
        )
        return
    with embedded.start_valkey(request.getfixturevalue("servers_folder")) as server:
        yield from _in_settings(server.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield the system's Chromium; a process can have only one."""
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield chromium_browser
        chromium_browser.close()


@pytest.fixture
def alice(database_url: str, redis_url: str) -> Person:
    """Return a user in Berlin who owns rows."""
    return newcomer("Alice")


@pytest.fixture
def bob(database_url: str, redis_url: str) -> Person:
    """Return another user with rows of his own."""
    return newcomer("Bob")


@pytest.fixture
def charlie(database_url: str, redis_url: str) -> Person:
    """Return a user without rows."""
    return newcomer("Charlie")


@pytest.fixture
def clock(database_url: str) -> Iterator[time_machine.Traveller]:
    """Freeze time at Tuesday 3 November 2026, 11:00 in Berlin, until the test moves on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _embedded_database(folder: Path) -> Iterator[tuple[str, str]]:
    with embedded.start_postgres(folder) as server:
        _commit_without_waiting(server.url)
        yield server.url, server.app_url


def _commit_without_waiting(owner: str) -> None:
    """Commit without waiting for the disk: rows of tests needn't survive a crash."""
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {embedded.DATABASE} SET synchronous_commit = off")


def _scratch_database(server_url: str) -> Iterator[tuple[str, str]]:
    plain = server_url.replace("postgresql+psycopg://", "postgresql://", 1)
    name = f"pursuit_test_{WORKER}_{os.getpid()}"
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        url = f"postgresql+psycopg:///?{_query(plain, name)}"
        try:
            yield url, url
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _query(plain: str, name: str) -> str:
    from urllib.parse import urlencode

    parts = psycopg.conninfo.conninfo_to_dict(make_conninfo(plain, dbname=name))
    return urlencode(parts)


def _in_settings(url: str) -> Iterator[str]:
    os.environ["REDIS_URL"] = url
    settings.cache_clear()
    cache.valkey.cache_clear()
    yield url
    cache.valkey().close()
    cache.valkey.cache_clear()
