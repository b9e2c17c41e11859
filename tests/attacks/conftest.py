"""Pursuit as in production to attack, and the cookie of a user."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.server import WebServer, serve
from tracker.services import sessions
from tracker.shapes.people import Who


@pytest.fixture(scope="session")
def target(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit with its pages, without a provider, on loopback."""
    with serve(servers_folder, pages=True) as served:
        yield served


@pytest.fixture
def cookie_of(target: WebServer) -> Callable[[Who], str]:
    """Return a function that signs a user in and returns the Cookie header."""

    def sign_in(user: Who) -> str:
        return f"pursuit-{target.port}={sessions.open_session(user.user_id, 'a test')}"

    return sign_in
