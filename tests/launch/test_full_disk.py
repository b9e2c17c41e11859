"""A full disk stops nothing for good: it is named, and everything goes on once there is room."""

import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.launch.conftest import Installation, processes_of, wait_until
from tracker import disk, embedded
from tracker.services import health
from tracker.settings import settings


@pytest.fixture
def small(used: Path, folder: Path) -> Iterator[Path]:
    """A data folder on a file system of its own with little room."""
    place = folder / "small"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=180m,mode=711", "tmpfs", place], check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    subprocess.run(["cp", "-a", f"{used}/.", f"{place}/"], check=True)
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill_and_make_room(running: Installation, number: int) -> int:
    """Fills the disk for the `number`th time until everything has died of it; how many rows were accepted."""
    ballast = running.folder / "ballast"
    fill(ballast)
    wait_until(lambda: running.said.count("is full: make room") >= number, running)
    accepted = write(url_of(running), 500)
    for name in ("postgres", "worker"):
        with suppress(psutil.Error, OSError):
            running.child(name).kill()
    wait_until(lambda: running.said.count("for want of room") >= 2 * number, running)
    ballast.unlink()
    wait_until(lambda: alive(running, "postgres") and alive(running, "worker"), running)
    wait_until(lambda: reaches(running), running)
    return accepted


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_what_a_full_disk_stopped_goes_on_by_itself(small: Path) -> None:
    running = Installation(small, embedded.free_port(), "small")
    try:
        running.wait_for("ready:")
        accepted = write(url_of(running), 5)
        for number in range(1, 8):  # more often than a program may die elsewhere
            accepted += fill_and_make_room(running, number)
        assert running.said.count("There is room on the disk again.") == 7
        assert answers(running)
        with closing(connected(url_of(running))) as connection:
            [(kept,)] = connection.execute("SELECT count(*) FROM accepted").fetchall()
        assert kept >= accepted
    finally:
        assert running.end() == 0
    assert processes_of(small) == []


def test_health_names_a_full_disk(
    database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert health.trouble() == []
    monkeypatch.setattr(disk, "free_mb", lambda folder: 3)
    settings.cache_clear()
    assert health.trouble() == ["The disk is full: nothing can be saved until there is room."]


def write(url: str, rows: int) -> int:
    """Writes row by row, and counts what the database accepted."""
    done = 0
    with suppress(psycopg.Error), closing(connected(url)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS accepted (row text)")
        for _ in range(rows):
            connection.execute("INSERT INTO accepted VALUES (repeat('x', 100000))")
            done += 1
    return done


def fill(path: Path) -> None:
    """Takes all the room there is."""
    with suppress(OSError), path.open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"\0" * 1_000_000)


def url_of(running: Installation) -> str:
    return embedded.postgres_url(running.folder, int(running.record("postgres")["port"]))


def connected(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def alive(running: Installation, name: str) -> bool:
    with suppress(psutil.Error, OSError):
        return running.child(name).status() != psutil.STATUS_ZOMBIE
    return False


def reaches(running: Installation) -> bool:
    """Whether the database answers."""
    with suppress(psycopg.Error), closing(connected(url_of(running))):
        return True
    return False


def answers(running: Installation) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{running.port}/") as answer:
        return bool(answer.status == 200)
    return False
