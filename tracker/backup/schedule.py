"""Scheduled backups: how often, into which folder, how many are kept, and how the last one went."""

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
from tracker.backup.files import UNFINISHED, whole
from tracker.backup.making import Made, back_up
from tracker.errors import Sorry

M = TypeVar("M", bound=BaseModel)
PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
EARLY = timedelta(minutes=1)
"""How much sooner than a whole period a backup may be made, so that it stays at its time of day."""
LATE = timedelta(hours=2)
"""How long after its time a backup counts as missing."""
NAME = "pursuit-%Y-%m-%dT%H-%M-%SZ"
_FILE = re.compile(r"(pursuit-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.zip(\.age)?")
_UNENCRYPTED = (
    "the backups are to be encrypted, and there is no passphrase: set BACKUP_PASSPHRASE for the worker"
)


class Plan(BaseModel):
    """What the operator has scheduled."""

    model_config = ConfigDict(frozen=True)

    every: Literal["hour", "day", "week"]
    keep: int = Field(ge=1)
    folder: Path
    is_encrypted: bool = False
    passphrase_file: Path | None = None
    since: datetime

    @property
    def period(self) -> timedelta:
        """The time between two backups."""
        return PERIODS[self.every]


class Failure(BaseModel):
    """Why the last try made no backup, and when that was."""

    at: datetime
    reason: str


def default_folder(data: Path) -> Path:
    """Return where the backups of a data folder go unless another folder is given."""
    return data / "backups"


def plan(data: Path) -> Plan | None:
    """Return what is scheduled for a data folder, if anything."""
    return _read(Plan, _plan_file(data))


def last_failure(data: Path) -> Failure | None:
    """Return why the last try failed; nothing after a backup that was made."""
    return _read(Failure, _failure_file(data))


def save(data: Path, wanted: Plan) -> None:
    """Schedule backups, in place of what was scheduled before."""
    for folder in (default_folder(data), wanted.folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(_plan_file(data), wanted)
    _failure_file(data).unlink(missing_ok=True)


def switch_off(data: Path) -> None:
    """Schedule no backups any more; those that were made stay."""
    for path in (_plan_file(data), _failure_file(data)):
        path.unlink(missing_ok=True)


def made(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the scheduled backups in a folder with their times, the oldest first."""
    backups = [(match[1], path) for path in folder.glob("*") if (match := _FILE.fullmatch(path.name))]
    return sorted((datetime.strptime(stem, NAME).replace(tzinfo=UTC), path) for stem, path in backups)


def run(data: Path) -> Made | None:
    """Make the backup that is due, if one is, and delete the oldest beyond the number kept.

    A failure is noted for the doctor and raised; the next run tries again.
    """
    wanted = plan(data)
    if wanted is None:
        return None
    with _alone(data) as is_alone:
        if not is_alone or not _is_due(wanted):
            return None
        try:
            finished = _make(data, wanted)
            _prune(wanted)
        except Exception as error:
            reason = error.message if isinstance(error, Sorry) else repr(error)
            _write(_failure_file(data), Failure(at=clock.now(), reason=reason))
            raise
        _failure_file(data).unlink(missing_ok=True)
        return finished


def standing(data: Path) -> str:
    """Say how the scheduled backups stand; raises Sorry when the last try failed or a backup is missing."""
    wanted = plan(data)
    if wanted is None:
        return "none are scheduled: tracker backup --every day --keep 14 makes one a day"
    kept = made(wanted.folder)
    last = f"the last good one is {_age(kept[-1][0])} old" if kept else "there is none yet"
    words = f"every {wanted.every} into {wanted.folder}; {last}, {len(kept)} kept"
    if failure := last_failure(data):
        raise Sorry(f"{words}; the try of {failure.at:%Y-%m-%d %H:%M} UTC failed: {failure.reason}")
    if clock.now() - max([wanted.since, *(at for at, _ in kept)]) > wanted.period + LATE:
        raise Sorry(f"{words}, which is late: see that a worker runs")
    return words


def _age(at: datetime) -> str:
    minutes = max(int((clock.now() - at).total_seconds() // 60), 0)
    if minutes >= 2 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} h" if minutes >= 2 * 60 else f"{minutes} min"


def _is_due(wanted: Plan) -> bool:
    times = [at for at, _ in made(wanted.folder)]
    age = clock.now() - times[-1] if times else wanted.period
    return age >= wanted.period - EARLY or age < -EARLY  # one from the future is from a clock that was wrong


def _make(data: Path, wanted: Plan) -> Made:
    for left in wanted.folder.glob(f".pursuit-*{UNFINISHED}"):
        left.unlink(missing_ok=True)
    passphrase = _passphrase(wanted)
    suffix = ".zip.age" if passphrase else ".zip"
    return back_up(data, wanted.folder / f"{clock.now().strftime(NAME)}{suffix}", passphrase)


def _passphrase(wanted: Plan) -> str:
    if wanted.passphrase_file:
        return passphrases.in_file(wanted.passphrase_file)
    passphrase = passphrases.configured()
    if wanted.is_encrypted and not passphrase:
        raise Sorry(_UNENCRYPTED)
    return passphrase


def _prune(wanted: Plan) -> None:
    for _, path in made(wanted.folder)[: -wanted.keep]:
        path.unlink(missing_ok=True)


@contextmanager
def _alone(data: Path) -> Iterator[bool]:
    """Tell whether no other worker makes a backup of this data folder during the block."""
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
    with whole(path, replace=True) as file:
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
