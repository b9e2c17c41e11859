"""`python -m bench`: fill a world, serve Pursuit as in production, and print what everything costs.

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
    crowd,
    idle,
    installing,
    measure,
    nights,
    report,
    scoring,
    servers,
    sizes,
    statements,
    world,
)
from bench.actions import applied
from bench.tab import Tab
from tracker import db, embedded, web_build
from tracker.services import sessions
from tracker.settings import settings

INSTALLING = "installing"
SMALL = world.Size(mine=400, my_events=2_400, people=5, all=1_000)


def main() -> None:
    """Reads the options and runs the parts asked for."""
    options = _options()
    keeping = nullcontext(options.data_dir.resolve()) if options.data_dir else embedded.scratch_folder()
    print(_heading(), flush=True)
    with keeping as folder:
        if INSTALLING in options.parts:
            rounds = 1 if options.small else min(options.rounds, 3)
            print(f"\n{installing.compared(folder, rounds)}", flush=True)
        if parts := [PARTS[part] for part in options.parts if part != INSTALLING]:
            _in_a_world(folder, parts, options)


def _in_a_world(
    folder: Path,
    parts: Sequence[Callable[[servers.Ground, argparse.Namespace], str]],
    options: argparse.Namespace,
) -> None:
    """Fill a world and measure parts of it, served as in production."""
    size = SMALL if options.small else world.Size()
    with servers.ground(folder) as under:
        settings.cache_clear()
        db.engine.cache_clear()
        print(_peopled(size), flush=True)
        world.fill(under.owner, size)
        for part in parts:
            print(f"\n{part(under, options)}", flush=True)
        db.engine().dispose()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--data-dir", type=Path, help="keep the filled servers here for the next run")
    parser.add_argument("--small", action="store_true", help="a tiny world and few rounds")
    parser.add_argument("--rounds", type=int, default=0, help="rounds of every action that are measured [60]")
    parser.add_argument("--tabs", type=int, default=0, help="tabs at once [100]")
    parser.add_argument("--idle", type=int, default=0, help="tabs that only stand open [500]")
    parser.add_argument("--seconds", type=float, default=0, help="how long the tabs are busy [20]")
    parser.add_argument(
        "parts",
        nargs="*",
        help=f"what to measure [{' '.join(PARTS)}]; {INSTALLING} too, where it is named: it downloads all packages",
    )
    options = parser.parse_args()
    options.rounds = options.rounds or (3 if options.small else 60)
    options.tabs = options.tabs or (5 if options.small else 100)
    options.idle = options.idle or (5 if options.small else 500)
    options.seconds = options.seconds or (1 if options.small else 20)
    options.parts = options.parts or list(PARTS)
    if unknown := set(options.parts) - {*PARTS, INSTALLING}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _heading() -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before."
    )


def _peopled(size: world.Size) -> str:
    return (
        f"One person with {size.mine:,} applications and {size.my_events:,} events "
        f"among {size.people} with {size.all:,}."
    )


def _cookie(served: servers.Served, user_id: UUID) -> str:
    return f"pursuit-{served.port}={sessions.open_session(user_id, 'bench')}"


def alone(under: servers.Ground, options: argparse.Namespace) -> str:
    """One person, one tab: a pass that reads PostgreSQL's log, then one that measures."""
    me = world.people(under.owner)[0]
    chosen = applied(under.owner, me)
    nights.kept(me)
    asked, answers = {}, {}

    async def listen(served: servers.Served) -> None:
        async with Tab(served, _cookie(served, me)) as tab:
            asked.update(await measure.listened(tab, statements.Listener(under.log), chosen[:12]))

    async def time(served: servers.Served, least: servers.Served) -> None:
        async with Tab(served, _cookie(served, me)) as tab, Tab(least) as floor:
            answers.update(await measure.alone(tab, floor, chosen[: options.rounds + 2]))

    with statements.logged(under.owner, settings().database_url), servers.pursuit(under) as served:
        asyncio.run(listen(served))
    with servers.pursuit(under) as served, servers.floor(under) as least:
        asyncio.run(time(served, least))
    return f"{report.alone(answers, asked)}\n\n{report.apart(asked, measure.BADGE)} {report.scans(asked)}"


def together(under: servers.Ground, options: argparse.Namespace) -> str:
    """Many tabs at once: of as many people, then all of the one with the long search."""
    people = world.people(under.owner)
    number, seconds = options.tabs, options.seconds
    found = []
    with servers.floor(under) as least:
        found.append(asyncio.run(crowd.floor(least, number, seconds)))
    with servers.pursuit(under) as served:
        several = [_cookie(served, people[n % len(people)]) for n in range(number)]
        one = [_cookie(served, people[0]) for _ in range(number)]
        for whose, cookies in (("of different people", several), ("of the one person", one)):
            for part in (crowd.pages_turned, crowd.lists_opened):
                measured = asyncio.run(part(served, cookies, seconds))
                found.append(measured.named(f"{measured.name}, {whose}"))
    return report.crowds(found, number)


def standing(under: servers.Ground, options: argparse.Namespace) -> str:
    """Tabs that only stand open until something of the one person's changes: of as many people, then all of theirs."""
    people = world.people(under.owner)
    found, roomy = [], dict.fromkeys(("SOCKETS_PER_SESSION", "SOCKETS_PER_ADDRESS"), str(2 * options.idle))
    for whose in (people, people[:1]):
        with servers.pursuit(under, **roomy) as served:
            known = [_cookie(served, person) for person in whose]
            cookies = [known[n // len(idle.PAGES) % len(known)] for n in range(options.idle)]
            standing = idle.stood(served, cookies, people[0], under.valkey, options.seconds * 2)
            found.append(asyncio.run(standing))
    return report.idle(*found)


def fetched(under: servers.Ground, options: argparse.Namespace) -> str:
    """The scripts and styles of a cold list page."""
    build = web_build.ensure(web_build.BUILT_PORT, under.folder)
    return report.sizes(sizes.cold(build / "build" / "client"))


def browsed(under: servers.Ground, options: argparse.Namespace) -> str:
    """A key in the search field and a cold list page, in a real browser."""
    me, new = world.people(under.owner)[0], world.newcomer(under.owner)
    with servers.pursuit(under, for_browsers=True) as served:
        taken = browser.waited(served, _cookie(served, me), _cookie(served, new), options.rounds)
    return report.waits(taken, {browser.KEY: browser.TICK, browser.COLD: browser.EMPTY})


def scored(under: servers.Ground, options: argparse.Namespace) -> str:
    """Every application of one person, scored anew."""
    return scoring.measured(world.people(under.owner)[0], min(options.rounds, 5))


def nights_told(under: servers.Ground, options: argparse.Namespace) -> str:
    """Two years of snapshots told anew from the log."""
    return nights.told(world.people(under.owner)[0])


PARTS = {
    "nights": nights_told, "alone": alone, "browsed": browsed, "together": together, "standing": standing,
    "fetched": fetched, "scored": scored,
}  # fmt: skip

if __name__ == "__main__":
    assert shutil.disk_usage(Path.cwd()).free > 5_000_000_000, "5 GB of free disk are needed"
    main()
