"""`tracker backup` and `tracker restore` as an operator calls them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.acting import Person
from tests.backup.conftest import execute, rows
from tests.launch.conftest import wait_until
from tracker import embedded
from tracker.backup import files, postgres
from tracker.backup.archive import is_encrypted
from tracker.errors import Sorry
from tracker.launch import folder as folders

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tracker(person: Person, data: Path) -> Call:
    """Runs a command on the database of the tests."""

    def call(*words: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "tracker", *map(str, words)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return call


def test_a_backup_is_a_file_of_its_owner_alone_and_says_what_is_in_it(tracker: Call, tmp_path: Path) -> None:
    said = tracker("backup", tmp_path / "a.zip")
    assert said.returncode == 0, said.stderr
    assert "rows of 2" in said.stdout
    assert "not encrypted" in said.stdout
    assert "keep it where only you can read it" in said.stdout
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "data"]


def test_a_file_that_is_there_is_replaced_only_with_force(tracker: Call, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("precious")
    refused = tracker("backup", tmp_path / "a.zip")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert (
        refused.stderr
        == f"{tmp_path / 'a.zip'} exists already: choose another name, or replace it with --force.\n"
    )
    assert (tmp_path / "a.zip").read_text() == "precious"
    assert tracker("backup", tmp_path / "a.zip", "--force").returncode == 0
    assert (tmp_path / "a.zip").read_bytes().startswith(b"PK")


def test_a_passphrase_comes_from_the_environment_or_a_file_and_opens_it_again(
    tracker: Call, tmp_path: Path, target: str, database_url: str
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text("out of a file\n")
    for words, environment in (
        (("--passphrase-file", secret), {}),
        ((), {"BACKUP_PASSPHRASE": "out of a file"}),
        ((), {"BACKUP_PASSPHRASE_FILE": str(secret)}),
    ):
        said = tracker(
            "backup", tmp_path / "b.age", "--force", *words, DATABASE_URL=database_url, **environment
        )
        assert "encrypted" in said.stdout, said.stderr
        assert is_encrypted(tmp_path / "b.age")
    unasked = tracker("restore", tmp_path / "b.age", "--data-dir", tmp_path / "new")
    assert unasked.stderr.startswith("This backup is encrypted: give its passphrase")
    wrong = tracker(
        "restore", tmp_path / "b.age", "--data-dir", tmp_path / "new", BACKUP_PASSPHRASE="another"
    )
    assert wrong.stderr.startswith("This passphrase doesn't open the backup")
    said = tracker("restore", tmp_path / "b.age", "--data-dir", tmp_path / "new", "--passphrase-file", secret)
    assert said.returncode == 0, said.stderr
    assert "as they were on" in said.stdout
    assert rows(target) == rows(database_url)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_command_that_is_stopped_leaves_no_file(
    person: Person, data: Path, database_url: str, number: int, status: int
) -> None:
    with postgres.connect(database_url) as holder, holder.transaction():
        holder.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE")
        begun = subprocess.Popen(
            [sys.executable, "-m", "tracker", "backup", str(data.parent / "a.zip")], stderr=subprocess.PIPE
        )
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pursuit backup' AND wait_event_type = 'Lock'"
        with postgres.connect(database_url) as looking:
            wait_until(lambda: looking.execute(waiting.encode()).fetchone() == (1,))
        assert len(list(data.parent.glob(f".*{files.UNFINISHED}"))) == 1
        begun.send_signal(number)
        assert begun.wait(30) == status
        assert begun.stderr
        assert b"Traceback" not in begun.stderr.read()
        begun.stderr.close()
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Sorry, match="couldn't be written: the disk is full"), files.whole(tmp_path / "a"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_isnt_there_gives_one_line(tracker: Call, tmp_path: Path) -> None:
    said = tracker("backup", tmp_path / "nowhere" / "a.zip")
    assert said.returncode == 1
    assert (
        said.stderr == f"{tmp_path / 'nowhere' / 'a.zip'} couldn't be written: no such file or directory.\n"
    )


@pytest.mark.parametrize(
    "words", [(), ("a.zip", "--every", "day"), ("a.zip", "--keep", "3"), ("--every", "day", "--passphrase")]
)
def test_words_that_dont_belong_together_are_refused(tracker: Call, words: tuple[str, ...]) -> None:
    said = tracker("backup", *words)
    assert said.returncode == 2
    assert "Traceback" not in said.stderr


def test_a_schedule_is_set_shown_and_switched_off(tracker: Call, data: Path) -> None:
    said = tracker("backup", "--every", "day", "--keep", "3")
    assert said.returncode == 0, said.stderr
    assert f"backs up every day into {data / 'backups'}, not encrypted, and keeps the newest 3" in said.stdout
    assert "ok   Backups" in tracker("doctor").stdout
    assert "every day" in tracker("doctor").stdout
    assert tracker("backup", "--every", "never").returncode == 0
    assert "none are scheduled" in tracker("doctor").stdout


def test_nothing_is_restored_into_a_folder_that_runs(
    tracker: Call, tmp_path: Path, backup: Path, target: str
) -> None:
    folders.prepare(tmp_path / "new")
    with folders.owned(tmp_path / "new", "http://127.0.0.1:8000"):
        said = tracker("restore", backup, "--data-dir", tmp_path / "new")
    assert said.returncode == 1
    assert said.stderr.startswith(f"Pursuit already runs on {tmp_path / 'new'}: http://127.0.0.1:8000")
    assert rows(target) == {}


def test_a_stopped_folder_is_backed_up_and_copied_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "PURSUIT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    with scratch() as first, scratch() as copy, scratch() as restored:
        with embedded.start_postgres(first) as server:
            execute(server.url, "CREATE TABLE alembic_version AS SELECT '0001' AS version_num")
            execute(server.url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
            expected = rows(server.url)
        subprocess.run(["cp", "-a", f"{first}/.", str(copy)], check=True)
        with embedded.start_postgres(copy) as server:
            assert rows(server.url) == expected
        made = restored / "a.zip"
        subprocess.run(
            [sys.executable, "-m", "tracker", "backup", str(made), "--data-dir", str(first)], check=True
        )
        assert made.exists()


@contextmanager
def scratch() -> Any:
    with embedded.scratch_folder() as folder:
        yield folder
