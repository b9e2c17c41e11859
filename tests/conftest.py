"""The world every test lives in: a real PostgreSQL and Valkey, and three people.

`alice` owns things, `bob` has his own, `charlie` has none. Each test has its own three, so that no test sees
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
from tracker import cache, db, embedded
from tracker.launch import roles
from tracker.settings import settings

os.environ.setdefault("PURSUIT_SECRET", secrets.token_hex(32))
"""What keys are sealed with here, so that no test makes a secret in the checkout's own data folder."""
hypothesis.settings.register_profile("untimed", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("untimed")
"""A property holds however slow the machine is."""
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts its background jobs so, and every program that a test starts would ignore Ctrl+C as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--without-browser` leaves out what needs a browser, for a machine that has none."""
    parser.addoption("--without-browser", action="store_true", help="leave out the tests that need a browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what the options say; pytest counts it as deselected."""
    if config.getoption("--without-browser"):
        left_out = [one for one in items if "browser" in getattr(one, "fixturenames", ())]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]


@pytest.fixture(scope="session")
def servers_folder() -> Iterator[Path]:
    """Where the embedded servers of this process keep their data."""
    with embedded.scratch_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this process's own at the newest schema; the settings name it from here on."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        makers = _scratch_database(given)
    else:
        makers = _embedded_database(request.getfixturevalue("servers_folder"))
    for owner, url in makers:
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
    """The same database for whoever owns its tables, which Pursuit itself never is."""
    return os.environ["MIGRATION_DATABASE_URL"]


@pytest.fixture(scope="session")
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A Valkey of this process's own, or a logical database of the given one; the settings name it from here on."""
    given = os.environ.get("REDIS_URL", "")
    if given:
        number = 15 - int(WORKER.removeprefix("gw")) % 15
        yield from _named(f"{given.rsplit('/', 1)[0] if given.count('/') > 2 else given}/{number}")
        return
    with embedded.start_valkey(request.getfixturevalue("servers_folder")) as server:
        yield from _named(server.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium: one for a process, which can't hold two."""
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def alice(database_url: str, redis_url: str) -> Person:
    """Someone who owns things, in Berlin."""
    return newcomer("Alice")


@pytest.fixture
def bob(database_url: str, redis_url: str) -> Person:
    """Someone else, with things of his own."""
    return newcomer("Bob")


@pytest.fixture
def charlie(database_url: str, redis_url: str) -> Person:
    """Someone who has nothing here."""
    return newcomer("Charlie")


@pytest.fixture
def clock(database_url: str) -> Iterator[time_machine.Traveller]:
    """Tuesday 3 November 2026, 11:00 in Berlin, until the test moves on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _embedded_database(folder: Path) -> Iterator[tuple[str, str]]:
    with embedded.start_postgres(folder) as server:
        _commit_without_waiting(server.url)
        yield server.url, server.app_url


def _commit_without_waiting(owner: str) -> None:
    """Let no commit wait for the disk: the rows of these tests needn't outlive a crash of the machine."""
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {embedded.DATABASE} SET synchronous_commit = off")


def _scratch_database(given: str) -> Iterator[tuple[str, str]]:
    plain = given.replace("postgresql+psycopg://", "postgresql://", 1)
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


def _named(url: str) -> Iterator[str]:
    os.environ["REDIS_URL"] = url
    settings.cache_clear()
    cache.valkey.cache_clear()
    yield url
    cache.valkey().close()
    cache.valkey.cache_clear()
