"""`bin/dev`: serve a checkout with hot reload, on servers of its own under data/dev."""

import os
import sys
from functools import partial

import click

from tracker import one_time_address
from tracker.commands.runner import run_command
from tracker.launch import environments, programs, schema, web_build
from tracker.launch.folder import data_folder
from tracker.launch.supervisor import Plan, Supervisor
from tracker.launch.terminal import say, step
from tracker.settings import CHECKOUT, settings


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
def dev(port: int) -> int:
    """Start the servers and the interface with hot reload, until Ctrl-C."""
    os.environ.update(PURSUIT_PORT=str(port), PURSUIT_HOST="127.0.0.1")
    settings.cache_clear()
    folder = data_folder(settings()) / "dev"
    os.environ["PURSUIT_DATA_DIR"] = str(folder)
    settings.cache_clear()
    config = settings()
    if config.provider_configured:
        say(f"Serving {config.origin}; sign in with {config.provider_name}.")
    plan = Plan(
        folder=folder,
        host=config.host,
        port=config.port,
        address=config.origin,
        prepare=_prepare,
        database_url=config.database_url,
        redis_url=config.redis_url,
        ready_within=300,
        sign_in_address=None
        if config.provider_configured
        else partial(one_time_address.issue, folder, config.origin),
    )
    return Supervisor(plan).run()


def _prepare(supervisor: Supervisor) -> list[programs.Program]:
    settings.cache_clear()
    with step("Migrating the database"):
        schema.migrate_and_grant()
    return [programs.reloading_worker(), _reloading_web(supervisor)]


def _reloading_web(supervisor: Supervisor) -> programs.Program:
    """Return Reflex's preview server: a real build on one port, with production's cookies and addresses."""
    plan = supervisor.plan
    ports = ["--frontend-port", str(plan.port), "--backend-port", str(plan.port), "--backend-host", plan.host]
    command = [sys.executable, "-m", "reflex", "run", "--env", "preview", *ports]
    environment = {
        **environments.of_web(),
        **web_build.tools(plan.folder),
        "REFLEX_API_URL": f"http://localhost:{plan.port}",
    }
    environment["REFLEX_ENV_MODE"] = "preview"
    environment["REFLEX_HOT_RELOAD_OVERRIDE_PATHS"] = f"{CHECKOUT / 'tracker'}"
    return programs.Program("web", "web server with hot reload", command, environment, shown=True)


if __name__ == "__main__":
    run_command(dev)
