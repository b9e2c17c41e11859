"""Run a command and exit, with errors as messages and exit statuses."""

import sys
from typing import NoReturn

import click

from tracker.errors import Sorry
from tracker.settings import SettingsError


def run_command(command: click.Command) -> NoReturn:
    """Run `command` and exit; errors that an operator can fix are printed in one line."""
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


def _fail(text: str, status: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(status)
