"""Scheduled backups are made when due, pruned, and watched by the doctor."""

import fcntl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from rq.utils import import_attribute

from tests.support.people import Person
from tracker import clock, queue
from tracker.backup import postgres, schedule
from tracker.backup.archive import is_encrypted, opened
from tracker.backup.restore import restore
from tracker.errors import Sorry
from tracker.launch import embedded
from tracker.settings import settings
from worker.schedule import Schedule

BEGUN = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def travel(person: Person) -> Iterator[time_machine.Traveller]:
    """Freeze time; it moves only when the test moves it."""
    with time_machine.travel(BEGUN, tick=False) as traveller:
        yield traveller


def save(data: Path, keep: int = 14, **more: object) -> schedule.Plan:
    wanted = {"every": "day", "keep": keep, "folder": data / "backups", "since": clock.now(), **more}
    plan = schedule.Plan.model_validate(wanted)
    schedule.save(data, plan)
    return plan


def names(folder: Path) -> list[str]:
    return [path.name for _, path in schedule.existing_backups(folder)]


def test_a_backup_is_made_at_once_and_then_each_day_at_its_hour(
    data: Path, travel: time_machine.Traveller
) -> None:
    save(data)
    backup = []
    for _ in range(3 * 24 * 12):
        if schedule.run(data):
            backup.append(clock.now())
        travel.shift(timedelta(minutes=5))
    assert backup == [BEGUN, BEGUN + timedelta(days=1), BEGUN + timedelta(days=2)]
    assert names(data / "backups")[0] == "pursuit-2026-11-03T02-00-00Z.zip"


def test_only_old_backups_are_deleted(data: Path, travel: time_machine.Traveller) -> None:
    save(data, keep=2)
    for name in ("pursuit.zip", "pursuit-2020-01-01.zip", "notes.txt"):
        (data / "backups" / name).write_text("mine")
    for _ in range(4):
        schedule.run(data)
        travel.shift(timedelta(days=1))
    assert names(data / "backups") == ["pursuit-2026-11-05T02-00-00Z.zip", "pursuit-2026-11-06T02-00-00Z.zip"]
    for name in ("pursuit.zip", "pursuit-2020-01-01.zip", "notes.txt"):
        assert (data / "backups" / name).read_text() == "mine"


def test_a_scheduled_backup_is_restored_like_any_other(
    data: Path, target: str, owner_url: str, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    save(data)
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", owner_url)
        backup = schedule.run(data)
    assert backup
    assert backup.path.stat().st_mode & 0o777 == 0o600
    restored = restore(backup.path, "", data.parent / "new")
    assert restored.rows["application"] >= 3


def test_a_failed_backup_is_reported_and_tried_again(
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    travel: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    save(data)
    schedule.run(data)
    travel.shift(timedelta(days=1))
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nowhere")
        import_attribute(queue.BACK_UP)()
    assert "The scheduled backup failed: The database doesn't answer" in caplog.text
    with pytest.raises(
        Sorry, match=r"the latest is 24 h old, 1 kept; the attempt of .* failed: The database"
    ):
        schedule.status(data)
    assert names(data / "backups") == ["pursuit-2026-11-03T02-00-00Z.zip"]
    import_attribute(queue.BACK_UP)()
    assert "the latest is 0 min old, 2 kept" in schedule.status(data)


def test_a_missing_backup_is_reported(data: Path, travel: time_machine.Traveller) -> None:
    assert "not scheduled" in schedule.status(data)
    save(data)
    assert "none yet" in schedule.status(data)
    travel.shift(timedelta(days=2))
    with pytest.raises(Sorry, match=r"none yet, 0 kept; it is late: check that a worker is running"):
        schedule.status(data)


def test_a_schedule_that_is_switched_off_keeps_existing_backups(
    data: Path, travel: time_machine.Traveller
) -> None:
    save(data)
    schedule.run(data)
    schedule.switch_off(data)
    travel.shift(timedelta(days=3))
    assert schedule.run(data) is None
    assert len(names(data / "backups")) == 1
    assert "not scheduled" in schedule.status(data)


def test_an_encrypted_schedule_never_writes_an_unencrypted_backup(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(data, is_encrypted=True)
    with pytest.raises(Sorry, match="there is no passphrase: set BACKUP_PASSPHRASE"):
        schedule.run(data)
    assert names(data / "backups") == []
    monkeypatch.setenv("BACKUP_PASSPHRASE", "a passphrase")
    settings.cache_clear()
    backup = schedule.run(data)
    assert backup
    assert is_encrypted(backup.path)
    with opened(backup.path, "a passphrase") as reader:
        assert reader.manifest.rows


def test_a_passphrase_may_lie_in_a_file(data: Path, tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("from a file\n")
    save(data, is_encrypted=True, passphrase_file=tmp_path / "passphrase")
    backup = schedule.run(data)
    assert backup
    with opened(backup.path, "from a file") as reader:
        assert reader.manifest.rows


def test_two_workers_make_a_single_backup(data: Path) -> None:
    save(data)
    with (data / "backups" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert schedule.run(data) is None
    assert schedule.run(data)
    assert schedule.run(data) is None


def test_the_unfinished_backup_of_a_killed_worker_is_removed(data: Path) -> None:
    save(data)
    left = data / "backups" / ".pursuit-2026-11-01T02-00-00Z.zip.77.unfinished"
    left.write_text("half")
    schedule.run(data)
    assert not left.exists()


def test_a_clock_that_was_wrong_holds_up_nothing(data: Path, travel: time_machine.Traveller) -> None:
    save(data)
    travel.shift(timedelta(days=400))
    schedule.run(data)
    travel.shift(timedelta(days=-400))
    assert schedule.run(data)


def test_a_backup_job_has_a_longer_timeout_than_other_jobs(redis_url: str) -> None:
    times = {job.func_name: job.job_options["job_timeout"] for job in Schedule()._scheduler.get_jobs()}
    assert times[queue.BACK_UP] == queue.LONG_JOB_TIMEOUTS[queue.BACK_UP] > queue.JOB_TIMEOUT
    assert times[queue.SWEEP] == queue.JOB_TIMEOUT


def test_a_worker_that_has_the_applications_address_alone_backs_up_as_the_owner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with embedded.scratch_folder() as folder, embedded.start_postgres(folder) as server:
        monkeypatch.setenv("DATABASE_URL", server.app_url)
        assert postgres.owner_url(folder) == server.url
        monkeypatch.setenv("DATABASE_URL", server.app_url.replace(str(server.port), "1"))
        assert postgres.owner_url(folder) != server.url
