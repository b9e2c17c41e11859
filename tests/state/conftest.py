"""Tabs that follow changes, and the web process that serves them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.live_pages import TAB_COUNTS
from tests.support.server import Served, serve
from tests.support.tab import Tab
from tracker.services import sessions
from tracker.shapes.people import Who

Opens = Callable[..., Tab]


@pytest.fixture(scope="session")
def served(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[Served]:
    """Pursuit with a window on the tabs it knows."""
    with serve(servers_folder, **TAB_COUNTS) as pursuit:
        yield pursuit


@pytest.fixture
def opens() -> Iterator[Callable[..., Tab]]:
    """Opens a tab of a person on a page; all are closed in the end."""
    opened: list[Tab] = []

    def on(at: Served, who: Who, path: str = "/applications", cookie: str = "") -> Tab:
        given = cookie or f"pursuit-{at.port}={sessions.open_session(who.user_id, 'a test')}"
        tab = Tab(at, cookie=given, path=path)
        opened.append(tab)
        tab.hydrate()
        tab.wait_for('"is_hydrated_rx_state_":true')
        return tab

    yield on
    for tab in opened:
        tab.__exit__()


@pytest.fixture
def tab_of(opens: Callable[..., Tab], served: Served) -> Callable[..., Tab]:
    """Opens a tab of a person on a page of the one Pursuit."""
    return lambda who, *args, **named: opens(served, who, *args, **named)
