"""Browser journeys over the production build, served as in production."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import visit
from tests.support.people import Person, newcomer
from tests.support.server import WebServer, serve
from tests.support.visits import Visit, cookie_of
from tracker.services.preferences import learn_zone
from tracker.shapes.people import Who


@pytest.fixture(scope="session")
def served(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit with its pages, without a provider, on loopback."""
    with serve(servers_folder, pages=True) as pursuit:
        yield pursuit


@pytest.fixture(scope="session")
def base_url(served: WebServer) -> str:
    """Return the address of Pursuit."""
    return served.origin


@pytest.fixture
def visits(browser: Browser, base_url: str) -> Iterator[Visit]:
    """Return a function that opens a browser of its own for a user."""
    with ExitStack() as stack:

        def open_for(user: Who, **options: Any) -> Page:
            return stack.enter_context(
                visit(browser, cookie_of(user, base_url), base_url=base_url, **options)
            )

        yield open_for


@pytest.fixture
def alice_at(visits: Visit, alice: Person) -> Page:
    """Return Alice's browser page."""
    return visits(alice.user)


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice, who lives in Berlin."""
    alice.call(learn_zone, "Europe/Berlin")
    return alice


@pytest.fixture
def page(visits: Visit, database_url: str, redis_url: str) -> Page:
    """Return the browser page of a user who has just signed in for the first time."""
    return visits(newcomer("Dana").user)
