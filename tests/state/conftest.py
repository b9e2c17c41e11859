"""Fixtures of tabs that follow changes, and of the web process that serves them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.live_pages import TAB_COUNTS
from tests.support.server import WebServer, serve
from tests.support.tab import Tab
from tracker.services import sessions
from tracker.shapes.people import Who

Opens = Callable[..., Tab]


@pytest.fixture(scope="session")
def served(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit with a route that counts its tabs."""
    with serve(servers_folder, **TAB_COUNTS) as pursuit:
        yield pursuit


@pytest.fixture
def open_tab_at() -> Iterator[Callable[..., Tab]]:
    """Return a function that opens a user's tab on a page; all are closed in the end."""
    opened: list[Tab] = []

    def open_tab(server: WebServer, user: Who, path: str = "/applications", cookie: str = "") -> Tab:
        tab_cookie = cookie or f"pursuit-{server.port}={sessions.open_session(user.user_id, 'a test')}"
        tab = Tab(server, cookie=tab_cookie, path=path)
        opened.append(tab)
        tab.hydrate()
        tab.wait_for('"is_hydrated_rx_state_":true')
        return tab

    yield open_tab
    for tab in opened:
        tab.__exit__()


@pytest.fixture
def tab_of(open_tab_at: Callable[..., Tab], served: WebServer) -> Callable[..., Tab]:
    """Return a function that opens a user's tab at the shared Pursuit."""
    return lambda user, *args, **options: open_tab_at(served, user, *args, **options)
