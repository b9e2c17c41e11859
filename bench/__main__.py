"""`python -m bench`: create a data set, serve Pursuit as in production, and time its actions.

`--small` is a trial of the benchmark itself: its figures mean nothing.
"""

import argparse
import asyncio
import os
import platform
import shutil
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from bench import (
    browser,
    concurrency,
    dataset,
    exports,
    idle,
    imports,
    install,
    memory,
    report,
    scoring,
    servers,
    sizes,
    snapshots,
    start,
    statements,
    timings,
)
from bench.actions import applied_ids
from bench.tab import Tab
from tracker import db
from tracker.launch import embedded, web_build
from tracker.services import sessions
from tracker.settings import settings

WITHOUT_DATA = {"install": install.measure, "start": start.measure}
"""Parts that need no data set, and run only if named."""
SMALL = dataset.Size(mine=400, my_events=2_400, people=5, all=1_000)


def main() -> None:
    """Read the options and run the requested parts."""
    options = _options()
    data_folder = nullcontext(options.data_dir.resolve()) if options.data_dir else embedded.scratch_folder()
    print(_heading(), flush=True)
    with data_folder as folder:
        rounds = 1 if options.small else min(options.rounds, 3)
        for name in WITHOUT_DATA.keys() & options.parts:
            print(f"\n{WITHOUT_DATA[name](folder, rounds)}", flush=True)
        if parts := [{**PARTS, **IF_NAMED}[part] for part in options.parts if part not in WITHOUT_DATA]:
            _measure_parts(folder, parts, options)


def _measure_parts(
    folder: Path,
    parts: Sequence[Callable[[servers.Backends, argparse.Namespace], str]],
    options: argparse.Namespace,
) -> None:
    """Create the data set and measure parts on it, served as in production."""
    size = SMALL if options.small else dataset.Size()
    with servers.start_backends(folder) as backends:
        settings.cache_clear()
        db.engine.cache_clear()
        print(_dataset_line(size), flush=True)
        dataset.fill(backends.owner, size)
        for part in parts:
            print(f"\n{part(backends, options)}", flush=True)
        db.engine().dispose()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--data-dir", type=Path, help="folder that keeps the filled servers for the next run")
    parser.add_argument("--small", action="store_true", help="a small data set and few rounds")
    parser.add_argument("--rounds", type=int, default=0, help="measured rounds of each action [60]")
    parser.add_argument("--tabs", type=int, default=0, help="concurrent tabs [100]")
    parser.add_argument("--idle", type=int, default=0, help="idle tabs [500]")
    parser.add_argument("--seconds", type=float, default=0, help="how long the concurrent tabs are busy [20]")
    parser.add_argument(
        "parts",
        nargs="*",
        help=f"what to measure [{' '.join(PARTS)}]; {' '.join([*WITHOUT_DATA, *IF_NAMED])} only if named; install downloads all packages",
    )
    options = parser.parse_args()
    options.rounds = options.rounds or (3 if options.small else 60)
    options.tabs = options.tabs or (5 if options.small else 100)
    options.idle = options.idle or (5 if options.small else 500)
    options.seconds = options.seconds or (1 if options.small else 20)
    options.parts = options.parts or list(PARTS)
    if unknown := set(options.parts) - {*PARTS, *IF_NAMED, *WITHOUT_DATA}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _heading() -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before."
    )


def _dataset_line(size: dataset.Size) -> str:
    return (
        f"One user with {size.mine:,} applications and {size.my_events:,} events "
        f"among {size.people} users with {size.all:,}."
    )


def _cookie(server: servers.WebServer, user_id: UUID) -> str:
    return f"pursuit-{server.port}={sessions.open_session(user_id, 'bench')}"


def measure_actions(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Time each action of one user in one tab, after a pass that reads PostgreSQL's log."""
    me = dataset.people(backends.owner)[0]
    application_ids = applied_ids(backends.owner, me)
    snapshots.fill(me)
    queries, answers = {}, {}

    async def read_log(server: servers.WebServer) -> None:
        async with Tab(server, _cookie(server, me)) as tab:
            queries.update(
                await timings.count_queries(tab, statements.LogReader(backends.log), application_ids[:12])
            )

    async def time(server: servers.WebServer, floor_server: servers.WebServer) -> None:
        async with Tab(server, _cookie(server, me)) as tab, Tab(floor_server) as floor:
            answers.update(await timings.time_actions(tab, floor, application_ids[: options.rounds + 2]))

    with statements.logged(backends.owner, settings().database_url), servers.pursuit(backends) as server:
        asyncio.run(read_log(server))
    with servers.pursuit(backends) as server, servers.floor(backends) as floor_server:
        asyncio.run(time(server, floor_server))
    return f"{report.actions(answers, queries)}\n\n{report.badge(queries, timings.BADGE)} {report.scans(queries)}"


def measure_concurrency(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Measure many busy tabs at once: of different users, then all of the user with the large search."""
    people = dataset.people(backends.owner)
    number, seconds = options.tabs, options.seconds
    results = []
    with servers.floor(backends) as floor_server:
        results.append(asyncio.run(concurrency.floor(floor_server, number, seconds)))
    for processes in sorted({1, os.cpu_count() or 1}):
        with servers.pursuit(backends, processes=processes) as server:
            cookies_of_users = [_cookie(server, people[n % len(people)]) for n in range(number)]
            cookies_of_one_user = [_cookie(server, people[0]) for _ in range(number)]
            for owners, cookies in (("different users", cookies_of_users), ("one user", cookies_of_one_user)):
                for part in (concurrency.turn_pages, concurrency.open_lists):
                    measured = asyncio.run(part(server, cookies, seconds))
                    served = f"{processes} web process{'es' if processes > 1 else ''}"
                    results.append(measured.renamed(f"{measured.name}, {owners}, {served}"))
    return report.throughput(results, number)


def measure_idle(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Measure idle tabs, and the time until they show a change: of different users, then of one user."""
    people = dataset.people(backends.owner)
    limits = dict.fromkeys(("SOCKETS_PER_SESSION", "SOCKETS_PER_ADDRESS"), str(2 * options.idle))
    results = []
    for users in (people, people[:1]):
        with servers.pursuit(backends, **limits) as server:
            user_cookies = [_cookie(server, person) for person in users]
            cookies = [user_cookies[n // len(idle.PAGES) % len(user_cookies)] for n in range(options.idle)]
            measurement = idle.measure(server, cookies, people[0], backends.valkey, options.seconds * 2)
            results.append(asyncio.run(measurement))
    return report.idle(*results)


def measure_memory(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Measure the memory of the web process over `--seconds`, which an hour makes worth reading."""
    people = dataset.people(backends.owner)
    with servers.pursuit(backends) as server:
        cookies = [_cookie(server, person) for person in people]
        return report.memory(asyncio.run(memory.measure(server, cookies, options.seconds)))


def measure_sizes(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Measure the scripts and styles of a cold list page."""
    build = web_build.ensure(web_build.BUILT_PORT, backends.folder)
    return report.sizes(sizes.cold(build / "build" / "client"))


def measure_browser(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Time a key in the search field and a cold list page in a real browser."""
    me, new_user = dataset.people(backends.owner)[0], dataset.newcomer(backends.owner)
    with servers.pursuit(backends, for_browsers=True) as server:
        waits = browser.measure(server, _cookie(server, me), _cookie(server, new_user), options.rounds)
    return report.waits(waits, {browser.KEY: browser.TICK, browser.COLD: browser.EMPTY})


def measure_scoring(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Time scoring all applications of one user."""
    return scoring.measured(dataset.people(backends.owner)[0], min(options.rounds, 5))


def measure_snapshots(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Time rebuilding two years of snapshots from the event log."""
    return snapshots.measured(dataset.people(backends.owner)[0])


def measure_exports(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Time exporting everything of one user, and loading it into another account."""
    return exports.measured(dataset.people(backends.owner)[0])


def measure_imports(backends: servers.Backends, options: argparse.Namespace) -> str:
    """Time an import of 10,000 rows into an empty account."""
    return imports.measured(dataset.newcomer(backends.owner))


PARTS = {
    "snapshots": measure_snapshots, "actions": measure_actions, "browser": measure_browser,
    "concurrency": measure_concurrency, "idle": measure_idle, "sizes": measure_sizes, "scoring": measure_scoring, "exports": measure_exports,
    "imports": measure_imports,
}  # fmt: skip
IF_NAMED = {"memory": measure_memory}
"""Parts that take long, and run only if named."""

if __name__ == "__main__":
    assert shutil.disk_usage(Path.cwd()).free > 5_000_000_000, "5 GB of free disk space are needed"
    main()
