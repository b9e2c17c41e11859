"""Running copies of Pursuit and a real browser, shared by the tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from tests.support.server import WebServer, serve
from tests.support.sign_in_steps import HOME
from tests.support.strict_provider import SECRET, StrictProvider, strict_provider
from tracker.api.routes import routes
from tracker.services import provider, sessions
from tracker.settings import settings
from tracker.shapes.people import Who


@pytest.fixture(scope="session")
def local(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit without a provider, on loopback, with its pages."""
    with serve(servers_folder, pages=True, SIGN_INS_A_MINUTE="1000") as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page of a fresh browser context; errors in its console fail the test."""
    context = browser.new_context()
    fresh, errors = context.new_page(), []
    fresh.on(
        "console",
        lambda message: (
            errors.append(f"{message.text} {message.location}") if message.type == "error" else None
        ),
    )
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert [trouble for trouble in errors if "favicon" not in trouble] == []


@pytest.fixture(scope="session")
def strict(servers_folder: Path) -> Iterator[StrictProvider]:
    """Yield the strict provider, which redirects to `HOME`."""
    with strict_provider(servers_folder, f"{HOME}/auth/callback") as provider:
        yield provider


@pytest.fixture
def configure(
    monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> Iterator[Callable[..., TestClient]]:
    """Return a function that sets this process's settings and returns a client."""
    clients: list[TestClient] = []

    def set_to(**environment: str) -> TestClient:
        for name, value in {"PUBLIC_URL": HOME, **environment}.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        provider._cache.clear()
        client = TestClient(routes(), base_url=HOME, follow_redirects=False)
        clients.append(client)
        return client

    yield set_to
    for client in clients:
        client.close()
    monkeypatch.undo()
    settings.cache_clear()
    provider._cache.clear()


@pytest.fixture
def ours(configure: Callable[..., TestClient], strict: StrictProvider) -> TestClient:
    """Return a client of a Pursuit that trusts the strict provider."""
    return configure(OIDC_ISSUER=strict.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET=SECRET)


@pytest.fixture
def cookie_of(local: WebServer) -> Callable[[Who], str]:
    """Return a function that signs a user in and returns the Cookie header."""

    def sign_in(user: Who) -> str:
        return f"pursuit-{local.port}={sessions.open_session(user.user_id, 'a test')}"

    return sign_in
