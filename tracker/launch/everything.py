"""What `tracker up` starts in production: servers, schema, interface, worker, web."""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from tracker import one_time_address, web_build
from tracker.launch import CannotStart, gate, listening, programs
from tracker.launch.browser import open_in_browser
from tracker.launch.folder import AlreadyRuns, data_folder
from tracker.launch.terminal import Progress, say, step
from tracker.launch.workplace import choose
from tracker.migration_head import migration_head
from tracker.settings import CHECKOUT, Settings, settings
from tracker.supervisor import Plan, Supervisor


def start(*, demo: bool) -> int:
    """Starts Pursuit as the settings say and watches it until the operator stops it."""
    given = settings()
    folder = data_folder(given)
    choose(CHECKOUT, folder)  # refuses a place for the interface before anything is started

    build = web_build.ready(web_build.browser_port(given.origin), folder)

    def early() -> list[programs.Program]:
        settings.cache_clear()
        return [_web(given, folder, build)] if build else []

    def prepare(supervisor: Supervisor) -> list[programs.Program]:
        _prepare_database(supervisor, demo=demo)
        backs_up = bool(given.database_url) and _is_backed_up(folder)
        workers = programs.workers(given.workers, backs_up=backs_up)
        return [workers] if build else [workers, _web(given, folder, _interface(supervisor))]

    plan = Plan(
        folder=folder,
        host=listening.address_of(given.host, given.port),
        port=given.port,
        address=given.origin,
        prepare=prepare,
        early=early,
        database_url=given.database_url,
        redis_url=given.redis_url,
        sign_in_address=None if given.provider_configured else partial(sign_in_address, folder, given.origin),
    )
    try:
        return Supervisor(plan).run()
    except AlreadyRuns as first:
        raise _with_sign_in(first, folder, given) from None


def _web(given: Settings, folder: Path, build: Path) -> programs.Program:
    program = programs.web(given, folder, build)
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
        with step("Bringing the database to this version"):
            supervisor.complete(programs.migration())
    if power := roles.excess(os.environ["DATABASE_URL"]):
        say(f"  {roles.WARNING.format(power=power)}")
    if demo:
        with step("Filling an empty installation with the demo"):
            supervisor.complete(programs.demo())


def _is_backed_up(folder: Path) -> bool:
    from tracker.backup import schedule  # with the libraries that make backups

    return schedule.plan(folder) is not None


def sign_in_address(folder: Path, origin: str) -> str:
    """Return a one-time address of the local account, opened in a browser where there is one."""
    address = one_time_address.issue(folder, origin)
    open_in_browser(folder, address)
    return address


def _with_sign_in(first: AlreadyRuns, folder: Path, given: Settings) -> CannotStart:
    """The refusal of a second start with a one-time address of the first: whoever starts it again wants in."""
    if given.provider_configured or not first.address:
        return first
    address, again = sign_in_address(folder, first.address), one_time_address.command(folder)
    return CannotStart(
        f"Pursuit already runs on {folder}: {address}\nThe address works once; `{again}` prints another."
    )


def _interface(supervisor: Supervisor) -> Path:
    port = web_build.browser_port(settings().origin)
    progress = Progress()

    def pause() -> None:
        supervisor.pause()
        progress.tick()

    with step("Building the web interface"):
        return web_build.ensure(port, supervisor.plan.folder, pause)
