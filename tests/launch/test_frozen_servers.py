"""A frozen server causes an error soon; a slow one doesn't."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from sqlalchemy.exc import DBAPIError

from tests.support.people import Person, newcomer
from tracker import cache, db, liveness
from tracker.launch import embedded, schema
from tracker.services import health
from tracker.settings import settings

SOON = 10
"""Seconds that a loaded machine may add to three; without a limit a frozen server takes for ever."""


@pytest.fixture
def servers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """Yield the process ids of a PostgreSQL and a Valkey of this test."""
    with embedded.start_postgres(folder) as database, embedded.start_valkey(folder) as valkey:
        monkeypatch.setenv("DATABASE_URL", database.app_url)
        monkeypatch.setenv("MIGRATION_DATABASE_URL", database.url)
        monkeypatch.setenv("REDIS_URL", valkey.url)
        clear_settings()
        schema.migrate_and_grant()
        yield database.child.process.pid, valkey.child.process.pid
        clear_settings()
        monkeypatch.undo()
        clear_settings()


def clear_settings() -> None:
    """Clear the cached settings and connections of this process."""
    if db.engine.cache_info().currsize:
        db.engine().dispose()
    for cached in (settings, db.engine, cache.valkey):
        cached.cache_clear()


def test_a_frozen_database_is_noticed_and_serves_again_when_it_thaws(servers: tuple[int, int]) -> None:
    alice = newcomer("Alice")
    alice.add_application()
    backends = [row["pid"] for row in alice.rows("SELECT pid FROM pg_stat_activity WHERE pid <> 0")]
    stopped = [servers[0], *backends]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        for _ in range(3):
            begun = time.monotonic()
            with pytest.raises(DBAPIError):
                alice.rows("SELECT 1 FROM application")
            assert time.monotonic() - begun < SOON
        assert health.problems() == ["The database doesn't answer, or has no schema yet."]
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)
    assert len(alice.rows("SELECT 1 FROM application")) == 1
    assert health.problems() == []


def test_a_slow_query_is_left_to_end(servers: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liveness, "PROBE_AFTER", 0.05)
    monkeypatch.setattr(liveness, "PROBE_INTERVAL", 0.1)
    monkeypatch.setattr(liveness, "PROBE_TIMEOUT", SOON)
    slow = Person(newcomer("Alice").user)
    assert slow.rows("SELECT 1 AS done FROM pg_sleep(1)") == [{"done": 1}]


def test_a_frozen_valkey_is_noticed_and_serves_again_when_it_thaws(servers: tuple[int, int]) -> None:
    assert cache.valkey().ping()
    os.kill(servers[1], signal.SIGSTOP)
    try:
        begun = time.monotonic()
        with pytest.raises(redis.TimeoutError):
            cache.valkey().ping()
        assert time.monotonic() - begun < SOON
        assert health.problems() == ["Redis doesn't answer."]
    finally:
        os.kill(servers[1], signal.SIGCONT)
    assert cache.valkey().ping()


def test_a_server_that_takes_no_connection_does_not_live() -> None:
    assert not liveness.answers(b"127.0.0.1", str(embedded.free_port()).encode())
    assert not liveness.answers(b"/nowhere", b"5432")
