"""`tracker backup` and `tracker restore` as an operator calls them."""

import io
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.databases import execute, rows
from tests.support.people import Person
from tests.support.supervised import wait_until
from tracker import cli
from tracker.backup import files, postgres, schedule
from tracker.backup.archive import is_encrypted, opened
from tracker.errors import Sorry
from tracker.launch import embedded
from tracker.launch import folder as folders
from tracker.launch.embedded import scratch_folder
from tracker.settings import settings


@dataclass(frozen=True)
class CommandResult:
    """Output and exit status of a command."""

    status: int
    stdout: str
    stderr: str


Call = Callable[..., CommandResult]


@pytest.fixture
def tracker(
    person: Person, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    """Run a command in this process on the tests' database, without a terminal."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def call(*words: object, **environment: str) -> CommandResult:
        with monkeypatch.context() as patch:
            for name in ("PURSUIT_DATA_DIR", "DATABASE_URL", "REDIS_URL"):
                patch.setenv(name, os.environ[name])
            for name, value in environment.items():
                patch.setenv(name, value) if value else patch.delenv(name)
            patch.setattr(sys, "argv", ["tracker", *map(str, words)])
            patch.setattr(sys, "stdin", io.StringIO())
            settings.cache_clear()
            with pytest.raises(SystemExit) as end:
                cli.main()
        settings.cache_clear()
        return CommandResult(int(end.value.code or 0), *capsys.readouterr())

    yield call
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_backup_is_readable_by_its_owner_alone_and_reports_its_content(
    tracker: Call, tmp_path: Path
) -> None:
    result = tracker("backup", tmp_path / "a.zip")
    assert result.status == 0, result.stderr
    assert re.search(r"[\d,]+ rows of \d+ tables", result.stdout)
    assert "not encrypted" in result.stdout
    assert "store it where only you can read it" in result.stdout
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "data"]


def test_an_existing_file_is_replaced_only_with_force(tracker: Call, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("precious")
    refused = tracker("backup", tmp_path / "a.zip")
    assert (refused.status, refused.stdout) == (1, "")
    assert (
        refused.stderr
        == f"{tmp_path / 'a.zip'} already exists: choose another name, or replace it with --force.\n"
    )
    assert (tmp_path / "a.zip").read_text() == "precious"
    assert tracker("backup", tmp_path / "a.zip", "--force").status == 0
    assert (tmp_path / "a.zip").read_bytes().startswith(b"PK")


def test_a_passphrase_from_the_environment_or_a_file_decrypts_the_backup(
    tracker: Call, tmp_path: Path, target: str, owner_url: str
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text("out of a file\n")
    for words, environment in (
        (("--passphrase-file", secret), {}),
        ((), {"BACKUP_PASSPHRASE": "out of a file"}),
        ((), {"BACKUP_PASSPHRASE_FILE": str(secret)}),
    ):
        result = tracker(
            "backup", tmp_path / "b.age", "--force", *words, DATABASE_URL=owner_url, **environment
        )
        assert "MB, encrypted" in result.stdout, result.stderr
        assert is_encrypted(tmp_path / "b.age")
    unasked = tracker("restore", tmp_path / "b.age", "--data-dir", tmp_path / "new")
    assert unasked.stderr.startswith("This backup is encrypted: set its passphrase")
    wrong = tracker(
        "restore", tmp_path / "b.age", "--data-dir", tmp_path / "new", BACKUP_PASSPHRASE="another"
    )
    assert wrong.stderr.startswith("The passphrase is wrong")
    result = tracker(
        "restore", tmp_path / "b.age", "--data-dir", tmp_path / "new", "--passphrase-file", secret
    )
    assert result.status == 0, result.stderr
    assert "as they were on" in result.stdout
    assert rows(target) == rows(owner_url)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_command_that_is_stopped_leaves_no_file(
    person: Person, data: Path, owner_url: str, number: int, status: int
) -> None:
    with postgres.connect(owner_url) as holder, holder.transaction():
        holder.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE")
        begun = subprocess.Popen(
            [sys.executable, "-m", "tracker", "backup", str(data.parent / "a.zip")], stderr=subprocess.PIPE
        )
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pursuit backup' AND wait_event_type = 'Lock'"
        with postgres.connect(owner_url) as looking:
            wait_until(lambda: looking.execute(waiting.encode()).fetchone() == (1,))
        assert len(list(data.parent.glob(f".*{files.UNFINISHED}"))) == 1
        begun.send_signal(number)
        assert begun.wait(30) == status
        assert begun.stderr
        assert b"Traceback" not in begun.stderr.read()
        begun.stderr.close()
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_table_that_stays_locked_ends_the_backup_with_one_line(
    tracker: Call, tmp_path: Path, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LOCK_TIMEOUT", "50ms")
    with postgres.connect(owner_url) as holder, holder.transaction():
        holder.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE")
        result = tracker("backup", tmp_path / "a.zip")
    assert result == CommandResult(
        1, "", "The database couldn't be backed up: canceling statement due to lock timeout\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(Sorry, match="couldn't be written: the disk is full"),
        files.atomic_file(tmp_path / "a"),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_isnt_there_gives_one_line(tracker: Call, tmp_path: Path) -> None:
    result = tracker("backup", tmp_path / "nowhere" / "a.zip")
    assert result.status == 1
    assert (
        result.stderr == f"{tmp_path / 'nowhere' / 'a.zip'} couldn't be written: no such file or directory.\n"
    )


@pytest.mark.parametrize(
    "words", [(), ("a.zip", "--every", "day"), ("a.zip", "--keep", "3"), ("--every", "day", "--passphrase")]
)
def test_incompatible_options_are_refused(tracker: Call, words: tuple[str, ...]) -> None:
    result = tracker("backup", *words)
    assert result.status == 2
    assert "Traceback" not in result.stderr


def test_a_schedule_is_set_shown_and_switched_off(tracker: Call, data: Path) -> None:
    result = tracker("backup", "--every", "day", "--keep", "3")
    assert result.status == 0, result.stderr
    assert (
        f"Backups go to {data / 'backups'} every day, not encrypted; the newest 3 are kept" in result.stdout
    )
    assert f"ok   Backups          every day into {data / 'backups'}" in tracker("doctor").stdout
    assert tracker("backup", "--every", "never").status == 0
    assert "not scheduled" in schedule.status(data)


def test_a_restore_into_a_running_folder_is_refused(
    tracker: Call, tmp_path: Path, backup: Path, target: str
) -> None:
    folders.prepare(tmp_path / "new")
    with folders.owned(tmp_path / "new", "http://127.0.0.1:8000"):
        result = tracker("restore", backup, "--data-dir", tmp_path / "new")
    assert result.status == 1
    assert result.stderr.startswith(f"Pursuit already runs on {tmp_path / 'new'}: http://127.0.0.1:8000")
    assert rows(target) == {}


def test_a_stopped_folder_is_backed_up_and_copied_as_it_is(tracker: Call) -> None:
    with scratch_folder() as first, scratch_folder() as copy, scratch_folder() as restored:
        with embedded.start_postgres(first) as server:
            execute(server.url, "CREATE TABLE alembic_version AS SELECT '0001' AS version_num")
            execute(server.url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
            expected = rows(server.url)
        subprocess.run(["cp", "-a", f"{first}/.", str(copy)], check=True)
        with embedded.start_postgres(copy) as server:
            assert rows(server.url) == expected
        backup_path = restored / "a.zip"
        assert tracker("backup", backup_path, "--data-dir", first, DATABASE_URL="").status == 0
        assert backup_path.exists()


def test_the_backup_command_works_when_only_the_supervisor_knows_redis(
    tracker: Call, data: Path, tmp_path: Path
) -> None:
    folders.prepare(data)
    with folders.owned(data, "http://127.0.0.1:8000"):
        result = tracker("backup", tmp_path / "a.zip", REDIS_URL="")
    assert result.status == 0, result.stderr


def test_an_empty_folder_gives_one_line_and_stays_empty(tracker: Call, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = tracker("backup", tmp_path / "a.zip", "--data-dir", tmp_path / "none", DATABASE_URL="")
    assert result.stderr == f"There is nothing to back up in {tmp_path / 'none'}.\n"
    assert list((tmp_path / "none").iterdir()) == []


def test_a_passphrase_is_asked_for_twice_and_never_shown(tracker: Call, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tracker", "backup", str(tmp_path / "a.age"), "--passphrase"]
    terminal, theirs = pty.openpty()
    asking = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    output = b""
    for question in (b"Passphrase: ", b"Repeat for confirmation: "):
        while not output.endswith(question):
            output += os.read(terminal, 1)
        os.write(terminal, b"typed by hand\n")
    with suppress(OSError):  # the terminal ends with the command
        while more := os.read(terminal, 1000):
            output += more
    os.close(terminal)
    assert asking.wait(30) == 0
    assert b"typed by hand" not in output
    with opened(tmp_path / "a.age", "typed by hand") as reader:
        assert reader.manifest.rows
