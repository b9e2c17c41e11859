"""`bin/dev`: the contributor's loop, on servers of its own under data/dev, with hot reload on one port."""

import os
import sys
from functools import partial

import click

from tracker import one_time_address, web_build
from tracker.cli import answering
from tracker.launch import environments, programs, schema
from tracker.launch.folder import data_folder
from tracker.launch.terminal import say, step
from tracker.settings import CHECKOUT, settings
from tracker.supervisor import Plan, Supervisor


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
    given = settings()
    if given.provider_configured:
        say(f"It serves {given.origin}; sign in with {given.provider_name}.")
    plan = Plan(
        folder=folder,
        host=given.host,
        port=given.port,
        address=given.origin,
        prepare=_prepare,
        database_url=given.database_url,
        redis_url=given.redis_url,
        ready_within=300,
        sign_in_address=None
        if given.provider_configured
        else partial(one_time_address.issue, folder, given.origin),
    )
    return Supervisor(plan).run()


def _prepare(supervisor: Supervisor) -> list[programs.Program]:
    settings.cache_clear()
    with step("Bringing the database to this version"):
        schema.bring_up()
    return [programs.reloading_worker(), _reloading_web(supervisor)]


def _reloading_web(supervisor: Supervisor) -> programs.Program:
    """Reflex's preview: a real build on one port, so that cookies and addresses are those of production."""
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
    answering(dev)
