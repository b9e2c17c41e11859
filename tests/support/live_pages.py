"""Steps and checks of live pages."""

import time
from collections.abc import Callable

import redis

from tests.support.server import WebServer
from tests.support.tab import Tab
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.shapes.people import Who

APP = "reflex___state____state.tracker___framework___app_state____app_state"
LIST = f"{APP}.tracker___state___applications____applications"
VIEW = f"{APP}.tracker___state___application____application_view"
BADGE = f"{APP}.tracker___state___badge____badge"
SAY = f"{APP}.tracker___state___base____notices.say"
SOON = 1.0
TAB_COUNTS = {"target": "tests.support.served_with_tab_counts:app"}
"""Pursuit with a route that counts its tabs, for `serve`."""


def add_application(user: Who, company: str, **more: str) -> str:
    """Add an application in a process that serves no page, as a worker or the API does."""
    with scoped(user) as scope:
        return creation.add(scope, {"company": company, "role": "Engineer", **more}, "saved")


def tab_count(served: WebServer, kind: str = "open") -> int:
    """Return how many tabs the web process knows."""
    with served.client() as client:
        return int(client.get("/livez/tabs").json()[kind])


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def wait_for_storage(store: redis.Redis) -> None:
    """Wait until no process leases a tab state, so that Redis stores them all."""
    wait_until(lambda: not list(store.scan_iter("*_lock")))


def packets_since(tab: Tab, since: int) -> str:
    """Return all packets that a tab received after the first `since` ones."""
    tab.settled()
    return "\n".join(tab.raw[since:])
