"""Tabs that follow changes, and the web process that serves them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from tests.support.live_pages import WINDOW
from tests.support.server import Served, serve
from tests.support.tab import Tab
from tracker.live import channel
from tracker.services import sessions
from tracker.shapes.people import Who

Opens = Callable[..., Tab]


@pytest.fixture(scope="session")
def served(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[Served]:
    """Pursuit with a window on the tabs it knows."""
    with serve(servers_folder, **WINDOW) as pursuit:
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


@pytest.fixture
def heard(redis_url: str) -> Iterator[Callable[[], list[str]]]:
    """Listens beside the web process: all messages sent so far."""
    with redis.Redis.from_url(redis_url) as store, store.pubsub(ignore_subscribe_messages=True) as said:
        said.subscribe(channel())
        assert said.get_message(timeout=5) is None

        def so_far() -> list[str]:
            store.publish(channel(), "the end")
            messages = iter(lambda: said.get_message(timeout=5), None)
            words = (message["data"].decode() for message in messages)
            return list(iter(lambda: next(words), "the end"))

        yield so_far
