"""The commands `tracker backup` and `tracker restore`."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from tracker import clock
from tracker.errors import Sorry
from tracker.settings import settings

_PASSPHRASE_FILE = click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help="A file that holds the passphrase."
)
_DATA_DIR = click.option(
    "--data-dir", type=click.Path(path_type=Path), help="The data folder of the installation [data]."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--passphrase", is_flag=True, help="Ask for a passphrase and encrypt the backup with it.")
@_PASSPHRASE_FILE
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@click.option(
    "--every",
    type=click.Choice(["hour", "day", "week", "never"]),
    help="Schedule backups by the worker, or switch them off.",
)
@click.option("--keep", type=click.IntRange(1, 10_000), help="How many scheduled backups are kept [14].")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where scheduled backups go [backups in the data folder].",
)
@_DATA_DIR
def backup(
    file: Path | None,
    passphrase: bool,
    passphrase_file: Path | None,
    force: bool,
    every: str | None,
    keep: int | None,
    folder: Path | None,
    data_dir: Path | None,
) -> None:
    """Back up everything to FILE, while Pursuit runs or not, or schedule backups with --every."""
    if bool(file) == bool(every):
        raise click.UsageError("Name a FILE to back up to, or schedule backups with --every.")
    if not every and (keep or folder):
        raise click.UsageError("--keep and --folder belong to --every.")
    _ends_cleanly()
    if file:
        data = _data_folder(data_dir, is_running=True)
        _back_up(data, _resolved(file), _new_passphrase(passphrase, passphrase_file), force)
    elif passphrase:
        raise click.UsageError("A scheduled backup can't ask for a passphrase: use --passphrase-file.")
    else:
        _schedule(_data_folder(data_dir, is_running=False), str(every), keep or 14, folder, passphrase_file)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PASSPHRASE_FILE
@_DATA_DIR
def restore(file: Path, passphrase_file: Path | None, data_dir: Path | None) -> None:
    """Restore the backup FILE into an empty installation that isn't running."""
    from tracker.backup import restoring

    _ends_cleanly()
    data = _data_folder(data_dir, is_running=False)
    path = _resolved(file)
    restored = restoring.restore(path, _known_passphrase(path, passphrase_file), data)
    click.echo(
        f"Restored {sum(restored.rows.values()):,} rows of {len(restored.rows)} tables into {data}, as they were on "
        f"{restored.made_at:%Y-%m-%d at %H:%M} UTC. Start Pursuit to use them."
    )


def _back_up(data: Path, path: Path, passphrase: str, force: bool) -> None:
    from tracker.backup.making import back_up
    from tracker.launch.visit import visited

    if not os.environ.get("DATABASE_URL") and not (data / "postgres" / "cluster").exists():
        raise Sorry(f"There is nothing to back up in {data}.")
    with visited(data, ["DATABASE_URL"]):
        made = back_up(data, path, passphrase, replace=force)
    click.echo(made.sentence)
    if not passphrase:
        click.echo("It holds the secrets of this installation: keep it where only you can read it.")
    if settings().secret:
        click.echo("PURSUIT_SECRET isn't in it: keep that as well.")


def _schedule(data: Path, every: Any, keep: int, folder: Path | None, passphrase_file: Path | None) -> None:
    from tracker.backup import passphrases, schedule

    if every == "never":
        schedule.switch_off(data)
        click.echo("No backups are scheduled any more. Those that were made stay where they are.")
        return
    given = _resolved(passphrase_file) if passphrase_file else None
    is_encrypted = bool(passphrases.in_file(given) if given else passphrases.configured())
    plan = schedule.Plan(
        every=every,
        keep=keep,
        folder=_resolved(folder) if folder else schedule.default_folder(data),
        is_encrypted=is_encrypted,
        passphrase_file=given,
        since=clock.now(),
    )
    schedule.save(data, plan)
    click.echo(
        f"A worker backs up every {every} into {plan.folder}, {'' if is_encrypted else 'not '}encrypted, and keeps "
        f"the newest {keep}. The first is made within five minutes; tracker doctor shows how it went."
    )


def _new_passphrase(is_asked: bool, file: Path | None) -> str:
    from tracker.backup import passphrases

    if file:
        return passphrases.in_file(file)
    if is_asked:
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=True))
    return passphrases.configured()


def _known_passphrase(path: Path, file: Path | None) -> str:
    from tracker.backup import archive, passphrases

    if not path.is_file():
        raise Sorry(f"There is no file {path}.")
    if not archive.is_encrypted(path):
        return ""
    if file:
        return passphrases.in_file(file)
    if given := passphrases.configured():
        return given
    if not sys.stdin.isatty():
        raise Sorry(
            "This backup is encrypted: give its passphrase with --passphrase-file or BACKUP_PASSPHRASE."
        )
    return str(click.prompt("Passphrase", hide_input=True))


def _data_folder(given: Path | None, *, is_running: bool) -> Path:
    """Return the data folder, and name in the environment the servers that run on it if they are to be used."""
    from tracker.launch.folder import data_folder
    from tracker.launch.visit import running_servers

    if given:
        os.environ["PURSUIT_DATA_DIR"] = str(_resolved(given))
    settings.cache_clear()
    folder = data_folder(settings())
    os.environ.update({"PURSUIT_DATA_DIR": str(folder), **(running_servers(folder) if is_running else {})})
    settings.cache_clear()
    return folder


def _resolved(path: Path) -> Path:
    return path.expanduser().resolve()


def _ends_cleanly() -> None:
    """Let a signal end the command as an exception does, so that nothing half-written is left."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
