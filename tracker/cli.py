"""The command `tracker`: start everything, or one part of it, or look after the data."""

import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from tracker import __version__, zones
from tracker.backup.commands import backup, restore
from tracker.errors import Sorry
from tracker.settings import SettingsError, settings


def main() -> None:
    """Runs the command line."""
    answering(commands)


def answering(command: click.Command) -> NoReturn:
    """Runs `command` and exits; what an operator can mend is said in one line, never by a traceback."""
    try:
        status = command.main(standalone_mode=False)
    except SettingsError as error:
        _fail(str(error), 2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)
    except Sorry as error:
        _fail(error.message, 1)
    sys.exit(status if isinstance(status, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def commands(context: click.Context) -> None:
    """Pursuit: everything about a job search in one place."""
    if context.invoked_subcommand not in ("doctor", "version"):
        zones.check()


@commands.command()
@click.option("--host", help="The address to listen on [127.0.0.1].")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on [8000].")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where everything is kept [data].")
@click.option(
    "--demo", is_flag=True, help="Fill an empty installation with a believable world of 60 applications."
)
def up(host: str | None, port: int | None, data_dir: Path | None, demo: bool) -> int:
    """Start everything, print the address, and stop everything at Ctrl-C."""
    _set(PURSUIT_HOST=host, PURSUIT_PORT=port, PURSUIT_DATA_DIR=data_dir and data_dir.expanduser().resolve())
    from tracker.launch.everything import start

    return start(demo=demo)


@commands.command()
def web() -> None:
    """Serve the built interface in this process (the servers run elsewhere)."""
    from tracker import web_build
    from tracker.launch import programs

    folder = _at_home()
    build = web_build.ensure(web_build.browser_port(settings().origin), folder)
    programs.become(programs.web(settings(), folder, build))


@commands.command()
@click.option(
    "--processes", type=click.IntRange(1, 32), default=1, show_default=True, help="How many jobs run at once."
)
def worker(processes: int) -> int:
    """Run jobs and the schedule (the servers run elsewhere)."""
    _at_home()
    return int(import_module("worker.main").main(processes))


@commands.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from tracker.launch import schema
    from tracker.launch.visit import visited

    with visited(_at_home()):
        click.echo(f"The database is at schema {schema.bring_up()}.")


@commands.command()
@click.option("--demo", is_flag=True, required=True, help="A believable world of 60 applications.")
def seed(demo: bool) -> None:
    """Fill an empty installation with the demo; does nothing when there is data already."""
    from tracker.launch import schema
    from tracker.launch.visit import visited

    with visited(_at_home()):
        schema.bring_up()
        import_module("tracker.demo.seed").seed_demo()


@commands.command("sign-in")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where everything is kept [data].")
def sign_in(data_dir: Path | None) -> None:
    """Print a one-time address that signs a browser of this computer in to the local account."""
    from tracker import one_time_address
    from tracker.launch.folder import running_address

    _set(PURSUIT_DATA_DIR=data_dir and data_dir.expanduser().resolve())
    if settings().provider_configured:
        raise Sorry(
            f"People sign in with {settings().provider_name} at {settings().origin}; there is no local account."
        )
    folder = _at_home()
    click.echo(one_time_address.issue(folder, running_address(folder) or settings().origin))


@commands.command()
def doctor() -> int:
    """Say in one line each whether every part is as it should be."""
    from tracker.launch.doctor import report

    lines = report(_at_home())
    for line in lines:
        click.echo(f"{'ok  ' if line.fine else 'BAD '} {line.title:<16} {line.words}")
    return 0 if all(line.fine for line in lines) else 1


@commands.command()
def version() -> None:
    """Print the version."""
    click.echo(f"Pursuit {__version__} (Python {platform.python_version()})")


for command in (backup, restore):
    commands.add_command(command)


def _at_home() -> Path:
    """The data folder, named in the environment for whatever this process starts."""
    from tracker.launch.folder import data_folder
    from tracker.launch.visit import running_servers

    folder = data_folder(settings())
    _set(PURSUIT_DATA_DIR=folder, **running_servers(folder))
    return folder


def _set(**values: object) -> None:
    """Puts values into the environment, from which every process reads its settings."""
    os.environ.update({name: str(value) for name, value in values.items() if value is not None})
    settings.cache_clear()


def _fail(text: str, status: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(status)
