"""What the tests of live pages do and ask."""

import time
from collections.abc import Callable

import redis

from tests.support.server import Served
from tests.support.tab import Tab
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.shapes.people import Who

APP = "reflex___state____state.tracker___framework___app_state____app_state"
LIST = f"{APP}.tracker___state___applications____applications"
VIEW = f"{APP}.tracker___state___application____application_view"
BADGE = f"{APP}.tracker___state___waiting____waiting"
SAY = f"{APP}.tracker___state___base____notices.say"
SOON = 1.0
WINDOW = {"target": "tests.support.served_with_tab_counts:app"}
"""Pursuit with a window on the tabs it knows, for `serve`."""


def adds(who: Who, company: str, **more: str) -> str:
    """What a worker or the API does: a transaction in a process that serves no page."""
    with scoped(who) as scope:
        return creation.add(scope, {"company": company, "role": "Engineer", **more}, "saved")


def known(served: Served, what: str = "open") -> int:
    """How many tabs the web process knows."""
    with served.client() as client:
        return int(client.get("/livez/tabs").json()[what])


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Waits for something to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def written(store: redis.Redis) -> None:
    """Waits until no process has leased the state of a tab: Redis holds them all as they are."""
    until(lambda: not list(store.scan_iter("*_lock")))


def new(tab: Tab, since: int) -> str:
    """Everything a tab was sent since it had been sent so many packets, up to now."""
    tab.settled()
    return "\n".join(tab.raw[since:])
