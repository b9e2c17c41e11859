"""Full disk: reported everywhere, and everything continues once there is space."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.support.installation import installed, steady_writing
from tests.support.supervised import Installation as Supervised
from tests.support.supervised import processes_of, wait_until
from tracker.launch import children, embedded


@pytest.fixture
def folder() -> Iterator[Path]:
    with embedded.scratch_folder() as scratch:
        yield scratch


@contextmanager
def mounted(place: Path, size: str) -> Iterator[Path]:
    """Yield a folder on a small file system of its own."""
    place.mkdir()
    options = f"size={size},mode=711"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill_and_make_room(running: Supervised, number: int) -> int:
    """Fill the disk for the `number`th time until all has failed; return how many rows were accepted."""
    ballast = running.folder / "ballast"
    fill(ballast)
    wait_until(lambda: running.output.count("is full: free some space") >= number, running)
    accepted = write(url_of(running), 500)
    for name in ("postgres", "worker"):
        with suppress(psutil.Error, OSError):
            running.child(name).kill()
    wait_until(lambda: running.output.count("because the disk is full") >= 2 * number, running)
    ballast.unlink()
    wait_until(lambda: alive(running, "postgres") and alive(running, "worker"), running)
    wait_until(lambda: reaches(running), running)
    return accepted


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_processes_that_a_full_disk_stopped_restart_by_themselves(folder: Path) -> None:
    with mounted(folder / "small", "180m") as small:
        running = Supervised(small, embedded.free_port(), "small")
        try:
            check_recovery_each_time(running)
        finally:
            assert running.end() == 0
        assert processes_of(small) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_full_disk_leaves_no_unreadable_record_of_a_child(folder: Path) -> None:
    def start() -> children.Child:
        return children.start("sleeper", ["sleep", "60"], folder=data, environment={})

    with mounted(folder / "data", "1m") as data:
        first = start()
        assert json.loads(first.record.read_text())["pid"] == first.process.pid
        first.stop()
        fill(data / "ballast")
        with pytest.raises(OSError, match="No space left"):
            start()
        assert not first.record.exists()
        (data / "ballast").unlink()
        start().stop()


def check_recovery_each_time(running: Supervised) -> None:
    running.wait_for("ready:")
    accepted = write(url_of(running), 5)
    for number in range(1, 8):  # more often than a program may die elsewhere
        accepted += fill_and_make_room(running, number)
    assert running.output.count("The disk has free space again.") == 7
    assert answers(running)
    with closing(connected(url_of(running))) as connection:
        [(stored,)] = connection.execute("SELECT count(*) FROM accepted").fetchall()
    assert stored >= accepted


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_full_disk_is_reported_everywhere_and_work_continues_once_there_is_space(folder: Path) -> None:
    with mounted(folder / "data", "700m"), installed(folder) as running, steady_writing(running) as writer:
        assert writer.writes_again()
        fill(running.folder / "ballast")
        running.wait_until(lambda: "is full: free some space" in running.output)
        running.wait_until(lambda: writer.has_received("The server's disk is full. Nothing was changed."))
        running.wait_until(lambda: any("The disk is full" in problem for problem in running.problems))
        (running.folder / "ballast").unlink()
        running.wait_until(lambda: running.is_ready)
        running.wait_until(writer.writes_again)
        assert "The disk has free space again." in running.output


def write(url: str, rows: int) -> int:
    """Insert row by row; return how many the database accepted."""
    done = 0
    with suppress(psycopg.Error), closing(connected(url)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS accepted (row text)")
        for _ in range(rows):
            connection.execute("INSERT INTO accepted VALUES (repeat('x', 100000))")
            done += 1
    return done


def fill(path: Path) -> None:
    """Fill the remaining disk space."""
    with suppress(OSError), path.open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"\0" * 1_000_000)


def url_of(running: Supervised) -> str:
    return embedded.postgres_url(running.folder, int(running.record("postgres")["port"]))


def connected(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def alive(running: Supervised, name: str) -> bool:
    with suppress(psutil.Error, OSError):
        return running.child(name).status() != psutil.STATUS_ZOMBIE
    return False


def reaches(running: Supervised) -> bool:
    """Return whether the database answers."""
    with suppress(psycopg.Error), closing(connected(url_of(running))):
        return True
    return False


def answers(running: Supervised) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{running.port}/") as answer:
        return bool(answer.status == 200)
    return False
