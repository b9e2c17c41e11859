"""The `tracker` command: start everything or a single part, and maintain the data."""

import os
import platform
from importlib import import_module
from pathlib import Path

import click

from tracker import __version__, zones
from tracker.commands.backup import backup, restore
from tracker.commands.runner import run_command
from tracker.errors import Sorry
from tracker.settings import settings


def main() -> None:
    """Run the command line."""
    run_command(commands)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def commands(context: click.Context) -> None:
    """Pursuit: everything about a job search in one place."""
    if context.invoked_subcommand not in ("doctor", "version"):
        zones.check()


@commands.command()
@click.option("--host", help="The address to listen on [127.0.0.1].")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on [8000].")
@click.option("--data-dir", type=click.Path(path_type=Path), help="The data folder [data].")
@click.option("--demo", is_flag=True, help="Load demo data with 60 applications into an empty installation.")
def up(host: str | None, port: int | None, data_dir: Path | None, demo: bool) -> int:
    """Start everything, print the address, and stop everything at Ctrl-C."""
    _set(PURSUIT_HOST=host, PURSUIT_PORT=port, PURSUIT_DATA_DIR=data_dir and data_dir.expanduser().resolve())
    from tracker.commands.up import start

    return start(demo=demo)


@commands.command()
def web() -> None:
    """Serve the built interface in this process, with servers that run elsewhere."""
    from tracker.launch import programs, web_build

    folder = _use_data_folder()
    build = web_build.ensure(web_build.browser_port(settings().origin), folder)
    programs.become(programs.web(settings(), folder, build))


@commands.command()
@click.option(
    "--processes", type=click.IntRange(1, 32), default=1, show_default=True, help="How many jobs run at once."
)
def worker(processes: int) -> int:
    """Run jobs and the schedule, with servers that run elsewhere."""
    _use_data_folder()
    return int(import_module("worker.main").main(processes))


@commands.command()
def migrate() -> None:
    """Migrate the database to this version's schema."""
    from tracker.launch import schema
    from tracker.launch.command_servers import servers_for_command

    with servers_for_command(_use_data_folder()):
        click.echo(f"The database is at schema {schema.migrate_and_grant()}.")


@commands.command()
@click.option("--demo", is_flag=True, required=True, help="Load demo data with 60 applications.")
def seed(demo: bool) -> None:
    """Load demo data into an empty installation; do nothing if it has data."""
    from tracker.launch import schema
    from tracker.launch.command_servers import servers_for_command

    with servers_for_command(_use_data_folder()):
        schema.migrate_and_grant()
        import_module("tracker.demo.seed").seed_demo()


@commands.command("sign-in")
@click.option("--data-dir", type=click.Path(path_type=Path), help="The data folder [data].")
def sign_in(data_dir: Path | None) -> None:
    """Print a one-time address that signs a browser of this computer in to the local account."""
    from tracker import one_time_address
    from tracker.launch.folder import running_address

    _set(PURSUIT_DATA_DIR=data_dir and data_dir.expanduser().resolve())
    if settings().provider_configured:
        raise Sorry(
            f"People sign in with {settings().provider_name} at {settings().origin}; there is no local account."
        )
    folder = _use_data_folder()
    click.echo(one_time_address.issue(folder, running_address(folder) or settings().origin))


@commands.command()
def doctor() -> int:
    """Check every part of the installation and print one line for each."""
    from tracker.commands.doctor import report

    lines = report(_use_data_folder())
    for line in lines:
        click.echo(f"{'ok  ' if line.fine else 'FAIL'} {line.title:<16} {line.detail}")
    return 0 if all(line.fine for line in lines) else 1


@commands.command()
def version() -> None:
    """Print the version."""
    click.echo(f"Pursuit {__version__} (Python {platform.python_version()})")


for command in (backup, restore):
    commands.add_command(command)


def _use_data_folder() -> Path:
    """Return the data folder, and set it and the running servers in the environment."""
    from tracker.launch.command_servers import running_servers
    from tracker.launch.folder import data_folder

    folder = data_folder(settings())
    _set(PURSUIT_DATA_DIR=folder, **running_servers(folder))
    return folder


def _set(**values: object) -> None:
    """Set environment variables, from which every process reads its settings."""
    os.environ.update({name: str(value) for name, value in values.items() if value is not None})
    settings.cache_clear()
