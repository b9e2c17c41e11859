"""`tracker up`: servers, schema, web build, workers and web server."""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from tracker import one_time_address
from tracker.launch import CannotStart, gate, listen_address, programs, web_build
from tracker.launch.browser import open_in_browser
from tracker.launch.build_folder import choose_build_folder
from tracker.launch.folder import AlreadyRuns, data_folder
from tracker.launch.supervisor import Plan, Supervisor
from tracker.launch.terminal import Progress, say, step
from tracker.migration_head import migration_head
from tracker.settings import CHECKOUT, Settings, settings


def start(*, demo: bool) -> int:
    """Run Pursuit with the current settings until the operator stops it; return the exit status."""
    config = settings()
    folder = data_folder(config)
    choose_build_folder(CHECKOUT, folder)  # Fails before anything is started.

    build = web_build.ready(web_build.browser_port(config.origin), folder)

    def early() -> list[programs.Program]:
        settings.cache_clear()
        return [_web(config, folder, build)] if build else []

    def prepare(supervisor: Supervisor) -> list[programs.Program]:
        _prepare_database(supervisor, demo=demo)
        backs_up = bool(config.database_url) and _is_backed_up(folder)
        workers = programs.workers(config.workers, backs_up=backs_up)
        return [workers] if build else [workers, _web(config, folder, _interface(supervisor))]

    plan = Plan(
        folder=folder,
        host=listen_address.bind_address(config.host, config.port),
        port=config.port,
        address=config.origin,
        prepare=prepare,
        early=early,
        database_url=config.database_url,
        redis_url=config.redis_url,
        sign_in_address=None
        if config.provider_configured
        else partial(sign_in_address, folder, config.origin),
    )
    try:
        return Supervisor(plan).run()
    except AlreadyRuns as error:
        raise _with_sign_in(error, folder, config) from None


def _web(config: Settings, folder: Path, build: Path) -> programs.Program:
    program = programs.web(config, folder, build)
    return replace(program, environment={**program.environment, **gate.environment(folder)})


def _prepare_database(supervisor: Supervisor, *, demo: bool) -> None:
    """Prepare the database by commands, whose libraries needn't stay in the supervisor's memory."""
    settings.cache_clear()
    from tracker.launch import roles

    owner, application = os.environ.get("MIGRATION_DATABASE_URL"), os.environ["DATABASE_URL"]
    if roles.has_revision(owner or application, migration_head()):
        if owner and owner != application:
            roles.allow(owner, application)
    else:
        with step("Migrating the database"):
            supervisor.complete(programs.migration())
    if power := roles.bypassing_role(os.environ["DATABASE_URL"]):
        say(f"  {roles.WARNING.format(power=power)}")
    if demo:
        with step("Loading the demo data"):
            supervisor.complete(programs.demo())


def _is_backed_up(folder: Path) -> bool:
    from tracker.backup import schedule  # Imports the libraries that make backups.

    return schedule.stored_plan(folder) is not None


def sign_in_address(folder: Path, origin: str) -> str:
    """Return a one-time address of the local account, opened in a browser where there is one."""
    address = one_time_address.issue(folder, origin)
    open_in_browser(folder, address)
    return address


def _with_sign_in(error: AlreadyRuns, folder: Path, config: Settings) -> CannotStart:
    """Return the error of a second start, with a new one-time address of the first."""
    if config.provider_configured or not error.address:
        return error
    address, command = sign_in_address(folder, error.address), one_time_address.command(folder)
    return CannotStart(
        f"Pursuit already runs on {folder}: {address}\nThe address works once; `{command}` prints another."
    )


def _interface(supervisor: Supervisor) -> Path:
    port = web_build.browser_port(settings().origin)
    progress = Progress()

    def pause() -> None:
        supervisor.pause()
        progress.tick()

    with step("Building the web interface"):
        return web_build.ensure(port, supervisor.plan.folder, pause)
