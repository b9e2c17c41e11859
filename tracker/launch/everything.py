"""What `tracker up` starts in production: servers, schema, interface, worker, web."""

import importlib
import os
from functools import partial
from pathlib import Path

from tracker import one_time_address, web_build
from tracker.backup import schedule as backups
from tracker.launch import CannotStart, listening, programs, roles, schema
from tracker.launch.browser import open_in_browser
from tracker.launch.folder import AlreadyRuns, data_folder
from tracker.launch.terminal import Progress, say, step
from tracker.launch.workplace import choose
from tracker.settings import CHECKOUT, Settings, settings
from tracker.supervisor import Plan, Supervisor


def start(*, demo: bool) -> int:
    """Starts Pursuit as the settings say and watches it until the operator stops it."""
    given = settings()
    folder = data_folder(given)
    choose(CHECKOUT, folder)  # refuses a place for the interface before anything is started

    def prepare(supervisor: Supervisor) -> list[programs.Program]:
        settings.cache_clear()
        with step("Bringing the database to this version"):
            schema.bring_up()
        if power := roles.excess(os.environ["DATABASE_URL"]):
            say(f"  {roles.WARNING.format(power=power)}")
        supervisor.pause()
        build = _interface(supervisor)
        if demo:
            with step("Filling an empty installation with the demo"):
                importlib.import_module("tracker.demo").seed_demo()
        backs_up = bool(given.database_url) and backups.plan(folder) is not None
        return [programs.workers(given.workers, backs_up=backs_up), programs.web(given, folder, build)]

    plan = Plan(
        folder=folder,
        host=listening.address_of(given.host, given.port),
        port=given.port,
        address=given.origin,
        prepare=prepare,
        database_url=given.database_url,
        redis_url=given.redis_url,
        sign_in_address=None if given.provider_configured else partial(sign_in_address, folder, given.origin),
    )
    try:
        return Supervisor(plan).run()
    except AlreadyRuns as first:
        raise _with_sign_in(first, folder, given) from None


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
    found = web_build.ready(port, supervisor.plan.folder)
    if found:
        return found
    progress = Progress()

    def pause() -> None:
        supervisor.pause()
        progress.tick()

    with step("Building the web interface"):
        return web_build.ensure(port, supervisor.plan.folder, pause)
