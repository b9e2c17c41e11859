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
    "--passphrase-file", type=click.Path(path_type=Path), help="File with the passphrase."
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
    help="Schedule backups, or turn them off.",
)
@click.option("--keep", type=click.IntRange(1, 10_000), help="Number of scheduled backups to keep [14].")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of scheduled backups [backups in the data folder].",
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
    """Back up everything to FILE, whether or not Pursuit is running, or schedule backups with --every."""
    if bool(file) == bool(every):
        raise click.UsageError("Name a FILE to back up to, or schedule backups with --every.")
    if not every and (keep or folder):
        raise click.UsageError("--keep and --folder belong to --every.")
    _exit_cleanly_on_signals()
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
    from tracker.backup import restore as restoration

    _exit_cleanly_on_signals()
    data = _data_folder(data_dir, is_running=False)
    path = _resolved(file)
    restored = restoration.restore(path, _known_passphrase(path, passphrase_file), data)
    click.echo(
        f"Restored {sum(restored.rows.values()):,} rows of {len(restored.rows)} tables into {data}, as they were on "
        f"{restored.made_at:%Y-%m-%d at %H:%M} UTC. Start Pursuit to use them."
    )


def _back_up(data: Path, path: Path, passphrase: str, force: bool) -> None:
    from tracker.backup.creation import back_up
    from tracker.launch.command_servers import servers_for_command

    if not os.environ.get("DATABASE_URL") and not (data / "postgres" / "cluster").exists():
        raise Sorry(f"There is nothing to back up in {data}.")
    with servers_for_command(data, ["DATABASE_URL"]):
        backup_file = back_up(data, path, passphrase, replace=force)
    click.echo(backup_file.sentence)
    if not passphrase:
        click.echo("It contains this installation's secrets: store it where only you can read it.")
    if settings().secret:
        click.echo("It doesn't contain PURSUIT_SECRET: save that too.")


def _schedule(data: Path, every: Any, keep: int, folder: Path | None, passphrase_file: Path | None) -> None:
    from tracker.backup import passphrases, schedule

    if every == "never":
        schedule.switch_off(data)
        click.echo("Scheduled backups are off. Existing backups are kept.")
        return
    secret_file = _resolved(passphrase_file) if passphrase_file else None
    is_encrypted = bool(passphrases.in_file(secret_file) if secret_file else passphrases.configured())
    plan = schedule.Plan(
        every=every,
        keep=keep,
        folder=_resolved(folder) if folder else schedule.default_folder(data),
        is_encrypted=is_encrypted,
        passphrase_file=secret_file,
        since=clock.now(),
    )
    schedule.save(data, plan)
    click.echo(
        f"Backups go to {plan.folder} every {every}, {'' if is_encrypted else 'not '}encrypted; "
        f"the newest {keep} are kept. The first is made within five minutes; tracker doctor shows its result."
    )


def _new_passphrase(prompt: bool, file: Path | None) -> str:
    from tracker.backup import passphrases

    if file:
        return passphrases.in_file(file)
    if prompt:
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
    if passphrase := passphrases.configured():
        return passphrase
    if not sys.stdin.isatty():
        raise Sorry(
            "This backup is encrypted: set its passphrase with --passphrase-file or BACKUP_PASSPHRASE."
        )
    return str(click.prompt("Passphrase", hide_input=True))


def _data_folder(path: Path | None, *, is_running: bool) -> Path:
    """Return the data folder; with `is_running`, set its running servers in the environment."""
    from tracker.launch.command_servers import running_servers
    from tracker.launch.folder import data_folder

    if path:
        os.environ["PURSUIT_DATA_DIR"] = str(_resolved(path))
    settings.cache_clear()
    folder = data_folder(settings())
    os.environ.update({"PURSUIT_DATA_DIR": str(folder), **(running_servers(folder) if is_running else {})})
    settings.cache_clear()
    return folder


def _resolved(path: Path) -> Path:
    return path.expanduser().resolve()


def _exit_cleanly_on_signals() -> None:
    """Turn signals into SystemExit, so that unfinished files are removed."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
