"""Embedded servers: real, closed to other accounts, and robust against crashes and full disks."""

import signal
from pathlib import Path

import psycopg
import pytest
import redis
import sqlalchemy

from tracker.commands.doctor import Finding, report
from tracker.launch import CannotStart, embedded, schema


def test_data_outlives_a_crash_of_the_database_and_its_stale_lock_file(folder: Path) -> None:
    with embedded.start_postgres(folder) as server:
        execute(server.url, "CREATE TABLE kept AS SELECT 'naïve' AS word")
        server.child.process.send_signal(signal.SIGKILL)
        server.child.process.wait()
    lock = folder / "postgres" / "cluster" / "postmaster.pid"
    assert lock.exists()
    lock.write_text("1\n" + lock.read_text().partition("\n")[2])
    with embedded.start_postgres(folder) as server:
        assert execute(server.url, "SELECT word FROM kept") == [("naïve",)]


def test_incomplete_database_files_are_created_again(folder: Path) -> None:
    half = folder / "postgres" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    with embedded.start_postgres(folder) as server:
        assert execute(server.url, "SHOW server_encoding") == [("UTF8",)]
    assert not half.exists()


def test_no_client_connects_without_the_password(folder: Path) -> None:
    with embedded.start_postgres(folder) as database, embedded.start_valkey(folder) as valkey:
        wrong = f"postgresql://pursuit:guess@127.0.0.1:{database.port}/pursuit"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
        with redis.Redis(port=valkey.port) as client, pytest.raises(redis.AuthenticationError):
            client.ping()
    for secret_file in (folder / "secrets").iterdir():
        assert secret_file.stat().st_mode & 0o077 == 0


def test_a_value_that_valkey_accepted_outlives_its_crash(folder: Path) -> None:
    with embedded.start_valkey(folder) as server:
        with redis.Redis.from_url(server.url) as client:
            client.set("job", "waiting")
            client.config_get("appendonly")
        server.stop()
    with embedded.start_valkey(folder) as server, redis.Redis.from_url(server.url) as client:
        assert client.get("job") == b"waiting"


def test_stopping_a_server_twice_has_no_further_effect(folder: Path) -> None:
    server = embedded.start_valkey(folder)
    server.stop()
    server.stop()
    assert not server.alive


def test_a_cluster_of_a_newer_postgresql_is_left_alone_with_one_line(folder: Path) -> None:
    embedded.start_postgres(folder).stop()
    version = folder / "postgres" / "cluster" / "PG_VERSION"
    version.write_text("19\n")
    with pytest.raises(
        CannotStart, match="from PostgreSQL 19, but this version of Pursuit has PostgreSQL 18"
    ) as refusal:
        embedded.start_postgres(folder)
    assert "\n" not in refusal.value.message


def test_data_of_a_newer_pursuit_is_left_alone_with_one_line(folder: Path) -> None:
    with embedded.start_postgres(folder) as server:
        execute(server.url, "CREATE TABLE alembic_version AS SELECT 'from_the_future' AS version_num")
        with pytest.raises(
            CannotStart, match=r"from a newer version of Pursuit .*from_the_future"
        ) as refusal:
            schema.migrate(server.url)
        assert "\n" not in refusal.value.message
        tables = sqlalchemy.text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert execute(server.url, tables.text) == [(1,)]


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def test_a_full_valkey_evicts_what_expires_and_never_a_job(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "VALKEY_MEMORY", "8mb")
    with embedded.start_valkey(folder) as server, redis.Redis.from_url(server.url) as store:
        store.set("a job", "kept")
        for number in range(200):
            store.set(f"the state of tab {number}", "x" * 100_000, ex=86_400)
        assert store.get("a job") == b"kept"
        # Valkey compares a few keys at a time, so that which of the states go is a matter of luck.
        assert 0 < len(list(store.scan_iter("the state of tab *"))) < 200


def test_the_doctor_refuses_a_redis_that_may_evict_jobs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded.start_valkey(folder) as server, redis.Redis.from_url(server.url) as store:
        monkeypatch.setenv("REDIS_URL", server.url)
        assert finding(folder, "Redis").fine
        store.config_set("maxmemory-policy", "allkeys-lru")
        assert "may evict jobs" in finding(folder, "Redis").detail


def finding(folder: Path, title: str) -> Finding:
    """Return the doctor's finding about one part."""
    return next(line for line in report(folder) if line.title == title)
