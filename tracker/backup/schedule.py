"""Scheduled backups: their plan, runs, retention and status."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tracker import clock
from tracker.backup import passphrases
from tracker.backup.creation import BackupFile, back_up
from tracker.backup.files import UNFINISHED, atomic_file
from tracker.errors import Sorry

M = TypeVar("M", bound=BaseModel)
PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
EARLY = timedelta(minutes=1)
"""How early a backup may start, so that its time of day doesn't drift."""
LATE = timedelta(hours=2)
"""How late a backup may be before it counts as missing."""
NAME = "pursuit-%Y-%m-%dT%H-%M-%SZ"
_FILE = re.compile(r"(pursuit-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.zip(\.age)?")
_UNENCRYPTED = (
    "the plan requires encryption, but there is no passphrase: set BACKUP_PASSPHRASE for the worker"
)


class Plan(BaseModel):
    """Schedule of backups as the operator set it."""

    model_config = ConfigDict(frozen=True)

    every: Literal["hour", "day", "week"]
    keep: int = Field(ge=1)
    folder: Path
    is_encrypted: bool = False
    passphrase_file: Path | None = None
    since: datetime

    @property
    def period(self) -> timedelta:
        """Return the time between two backups."""
        return PERIODS[self.every]


class Failure(BaseModel):
    """Reason and time of the last failed backup."""

    at: datetime
    reason: str


def default_folder(data: Path) -> Path:
    """Return the default folder of backups."""
    return data / "backups"


def stored_plan(data: Path) -> Plan | None:
    """Return the plan of a data folder, or None."""
    return _read(Plan, _plan_file(data))


def last_failure(data: Path) -> Failure | None:
    """Return the failure since the last successful backup, or None."""
    return _read(Failure, _failure_file(data))


def save(data: Path, plan: Plan) -> None:
    """Schedule backups, replacing the previous plan."""
    for folder in (default_folder(data), plan.folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(_plan_file(data), plan)
    _failure_file(data).unlink(missing_ok=True)


def switch_off(data: Path) -> None:
    """Delete the plan; existing backups are kept."""
    for path in (_plan_file(data), _failure_file(data)):
        path.unlink(missing_ok=True)


def existing_backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the scheduled backups in a folder with their times, oldest first."""
    backups = [(match[1], path) for path in folder.glob("*") if (match := _FILE.fullmatch(path.name))]
    return sorted((datetime.strptime(stem, NAME).replace(tzinfo=UTC), path) for stem, path in backups)


def run(data: Path) -> BackupFile | None:
    """Create a backup if one is due, and delete the oldest beyond the number to keep.

    A failure is recorded for `tracker doctor` and raised; the next run retries.
    """
    plan = stored_plan(data)
    if plan is None:
        return None
    with _locked(data) as is_locked:
        if not is_locked or not _is_due(plan):
            return None
        try:
            backup = _make(data, plan)
            _prune(plan)
        except Exception as error:
            reason = error.message if isinstance(error, Sorry) else repr(error)
            _write(_failure_file(data), Failure(at=clock.now(), reason=reason))
            raise
        _failure_file(data).unlink(missing_ok=True)
        return backup


def status(data: Path) -> str:
    """Describe the scheduled backups; raises Sorry when the last one failed or is late."""
    plan = stored_plan(data)
    if plan is None:
        return "not scheduled: tracker backup --every day --keep 14 makes one a day"
    backups = existing_backups(plan.folder)
    latest = f"the latest is {_age(backups[-1][0])} old" if backups else "none yet"
    summary = f"every {plan.every} into {plan.folder}; {latest}, {len(backups)} kept"
    if failure := last_failure(data):
        raise Sorry(f"{summary}; the attempt of {failure.at:%Y-%m-%d %H:%M} UTC failed: {failure.reason}")
    if clock.now() - max([plan.since, *(at for at, _ in backups)]) > plan.period + LATE:
        raise Sorry(f"{summary}; it is late: check that a worker is running")
    return summary


def _age(at: datetime) -> str:
    minutes = max(int((clock.now() - at).total_seconds() // 60), 0)
    if minutes >= 2 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} h" if minutes >= 2 * 60 else f"{minutes} min"


def _is_due(plan: Plan) -> bool:
    times = [at for at, _ in existing_backups(plan.folder)]
    age = clock.now() - times[-1] if times else plan.period
    return age >= plan.period - EARLY or age < -EARLY  # A backup from the future is from a wrong clock.


def _make(data: Path, plan: Plan) -> BackupFile:
    for leftover in plan.folder.glob(f".pursuit-*{UNFINISHED}"):
        leftover.unlink(missing_ok=True)
    passphrase = _passphrase(plan)
    suffix = ".zip.age" if passphrase else ".zip"
    return back_up(data, plan.folder / f"{clock.now().strftime(NAME)}{suffix}", passphrase)


def _passphrase(plan: Plan) -> str:
    if plan.passphrase_file:
        return passphrases.in_file(plan.passphrase_file)
    passphrase = passphrases.configured()
    if plan.is_encrypted and not passphrase:
        raise Sorry(_UNENCRYPTED)
    return passphrase


def _prune(plan: Plan) -> None:
    for _, path in existing_backups(plan.folder)[: -plan.keep]:
        path.unlink(missing_ok=True)


@contextmanager
def _locked(data: Path) -> Iterator[bool]:
    """Yield True while this process holds the lock of this data folder's backups."""
    with (default_folder(data) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _plan_file(data: Path) -> Path:
    return default_folder(data) / "schedule.json"


def _failure_file(data: Path) -> Path:
    return default_folder(data) / "failure.json"


def _write(path: Path, content: BaseModel) -> None:
    with atomic_file(path, replace=True) as file:
        file.write(content.model_dump_json(indent=2).encode())


def _read(model: type[M], path: Path) -> M | None:
    try:
        return model.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise Sorry(
            f"{path} can't be read: schedule the backups again with tracker backup --every"
        ) from error
